"""Persons come in with their posts and numbers: who is new, who is known, who is perhaps somebody we know, and who stays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from crm.context import Context
from crm.errors import Refused
from crm.likeness import Reason
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.people.commands import add_contact_point, add_person, add_post, remove_contact_point, remove_post
from crm.people.forms import NewContactPoint, NewPerson, NewPost
from crm.people.person_queries import list_persons, person_card
from crm.people.selects import PersonFilter
from crm.people.suppression import suppress
from crm.permissions import Permission
from crm.transfer.columns import Subject, headings_key, likely_subject, proposed_meanings
from crm.transfer.commands import SaidMeanings, SeenImport, import_list
from crm.transfer.examination import NEW, SKIP, Choice, Outcome
from crm.transfer.meanings import Meaning
from crm.transfer.people_out import ContactOut, PersonOut, WishOut, headings
from crm.transfer.people_read import people_of
from crm.transfer.queries import examine_list, import_batches, import_report, remembered_meanings
from crm.transfer.rows import ListRow
from crm.undo.commands import undo_batch
from crm.undo.rules import Standing
from crm.undo.words import refused_words
from db.models.organisations import Membership, Organisation
from db.models.people import ContactChannel, ContactKind, Person
from tests.crm.contents import contents
from tests.crm.importing import looked_through, rows_in, taken_in

pytestmark = pytest.mark.usefixtures("right_last_contacts")

LIST = (
    "Navn;Stilling;Organisasjon;Telefon;E-post;Språk;Ikke kontakt på;Merknad\n"
    "Kari Nordmann;Daglig leder;Fjordglimt kulturhus;40 61 23 45 / 21 23 45 67;kari@fjordglimt.example;nynorsk;telefon;Ny i 2026\n"
    "Odd Ærø;;Fjordglimt Kulturhus AS;;odd@fjordglimt.example;;;\n"
)


def person(ctx: Context, name: str, *, email: str = "", phone: str = "", house: int | None = None) -> int:
    added = add_person(ctx, NewPerson.checked(name=name))
    for kind, raw in ((ContactKind.EMAIL, email), (ContactKind.PHONE, phone)):
        if raw:
            add_contact_point(ctx, NewContactPoint.checked(kind=kind, raw=raw, person_id=added))
    if house is not None:
        add_post(ctx, NewPost.checked(person_id=added, organisation_id=house))
    return added


def everybody(ctx: Context) -> list[PersonOut]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        return list(people_of(session, list(session.scalars(select(Person.id).order_by(Person.id)))))


def of_list(ctx: Context, *lines: str, heads: str = "Navn;E-post;Telefon;Organisasjon") -> list[ListRow]:
    return list(rows_in(ctx, "\n".join([heads, *lines]).encode(), subject=Subject.PERSONS))


def fates(ctx: Context, *lines: str) -> list[tuple[str, tuple[Reason, ...]]]:
    results = looked_through(ctx, of_list(ctx, *lines)).values()
    return [(one.outcome.value, one.people[0].likeness.reasons if one.people else ()) for one in results]


def test_persons_get_their_posts_numbers_languages_and_wishes(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    taken_in(ctx, rows_in(ctx, LIST.encode("cp1252")))
    kari, odd = everybody(ctx)
    assert [(post.organisation, post.title) for post in (*kari.posts, *odd.posts)] == [
        ("Fjordglimt kulturhus", "Daglig leder"),
        ("Fjordglimt kulturhus", ""),
    ]
    assert kari.contacts == (
        ContactOut(ContactKind.PHONE, "40 61 23 45"),
        ContactOut(ContactKind.PHONE, "21 23 45 67"),
        ContactOut(ContactKind.EMAIL, "kari@fjordglimt.example"),
    )
    wish = WishOut(ContactChannel.PHONE, ctx.today)
    assert (kari.languages, kari.do_not_contact, kari.note) == ("nn", (wish,), "Ny i 2026")
    with ctx.database.reading() as session:
        assert list(session.scalars(select(Organisation.id))) == [house]


def test_a_list_of_persons_makes_nobody_a_member(ctx: Context) -> None:
    taken_in(ctx, rows_in(ctx, LIST.encode()))
    with ctx.database.reading() as session:
        assert session.scalars(select(Organisation.kind)).all() == ["partner"]
        assert session.scalar(select(func.count()).select_from(Membership)) == 0


def test_the_same_list_again_has_nothing_new(ctx: Context) -> None:
    taken_in(ctx, rows_in(ctx, LIST.encode()))
    again = looked_through(ctx, rows_in(ctx, LIST.encode())).values()
    assert [result.outcome for result in again] == [Outcome.UNCHANGED, Outcome.UNCHANGED]


@pytest.mark.parametrize(
    ("line", "outcome", "reasons"),
    [
        ("Kari Nordmann;KARI@Åsgard.example;;", "unchanged", ()),  # the same name and address, however they are written
        ("Nordmann, Kari;kari@xn--sgard-lra.example;;", "unchanged", ()),
        ("Kari Nordmann;;+47 406 12 345;", "unchanged", ()),
        ("Kari Nordmann;ny@åsgard.example;;Åsgard konserthus", "updated", ()),  # she works there
        ("Kari Nordmann;;;", "asked", (Reason.NAME,)),  # there are many
        ("Kari Nordmann;kari@annet.example;;", "asked", (Reason.NAME,)),
        ("Kari A. Nordmann;kari@åsgard.example;;", "asked", (Reason.EMAIL, Reason.NAME_SIMILAR)),
        ("Per Hansen;kari@åsgard.example;;", "new", ()),  # the address is everybody's
        ("Asa Li;;;", "asked", (Reason.NAME_WITHOUT_LETTERS,)),
    ],
)
def test_who_is_known_and_who_is_only_perhaps(
    ctx: Context, line: str, outcome: str, reasons: tuple[Reason, ...]
) -> None:
    house = add_house(ctx, NewHouse.checked(name="Åsgard konserthus"))
    person(ctx, "Kari Nordmann", email="kari@åsgard.example", phone="40 61 23 45", house=house)
    person(ctx, "Åsa Li")
    assert fates(ctx, line) == [(outcome, reasons)]


def test_nobody_is_merged_without_a_choice_and_a_choice_is_remembered(ctx: Context) -> None:
    kari = person(ctx, "Kari Nordmann")
    rows = of_list(ctx, "Kari Nordmann;kari@annet.example;;", "Odd Ærø;;;")
    taken_in(ctx, rows)
    assert [(one.name, len(one.contacts)) for one in everybody(ctx)] == [("Kari Nordmann", 0), ("Odd Ærø", 0)]
    taken_in(ctx, rows, {2: Choice(person=f"person:{kari}")}, token="second")
    assert [(one.name, len(one.contacts)) for one in everybody(ctx)] == [("Kari Nordmann", 1), ("Odd Ærø", 0)]
    assert fates(ctx, "Kari Nordmann;kari@annet.example;;", "Odd Ærø;;;")[0][0] == "unchanged"


def test_the_other_choices_are_a_new_person_and_leaving_the_row_out(ctx: Context) -> None:
    person(ctx, "Kari Nordmann")
    rows = of_list(ctx, "Kari Nordmann;;;", "Kari Nordmann;;40 61 23 45;")
    taken_in(ctx, rows, {2: Choice(person=NEW), 3: Choice(person=SKIP)})
    assert [one.name for one in everybody(ctx)] == ["Kari Nordmann", "Kari Nordmann"]


def test_what_we_have_of_a_person_is_kept_and_empty_fields_are_filled_in(ctx: Context) -> None:
    taken_in(ctx, rows_in(ctx, LIST.encode()))
    other = LIST.replace("Daglig leder", "Produsent").replace("Ny i 2026", "Annet").replace("nynorsk", "engelsk")
    (result, *_) = looked_through(ctx, rows_in(ctx, other.encode())).values()
    assert (result.outcome, [remark.code for remark in result.remarks]) == (Outcome.UNCHANGED, ["kept_title"])


def test_whoever_asked_to_be_forgotten_stays_out_of_every_list(ctx: Context) -> None:
    with ctx.database.writing() as session:
        suppress(session, "kari@fjordglimt.example", at=ctx.now)
    results = looked_through(ctx, rows_in(ctx, LIST.encode()))
    assert [
        (one.outcome.value, one.row.shown, [remark.code for remark in one.remarks]) for one in results.values()
    ] == [
        ("rejected", "", ["suppressed"]),
        ("new", "Odd Ærø", []),
    ]
    batch = taken_in(ctx, rows_in(ctx, LIST.encode()))
    assert [one.name for one in everybody(ctx)] == ["Odd Ærø"]
    assert "bedt om å bli slettet" in import_report(ctx, batch).decode()
    assert "Kari" not in import_report(ctx, batch).decode()


def test_a_member_stays_though_its_contact_person_asked_to_be_forgotten(ctx: Context) -> None:
    with ctx.database.writing() as session:
        suppress(session, "kari@x.example", at=ctx.now)
    text = "Navn;Kontaktperson;E-post kontaktperson\nFjordglimt;Kari Nordmann;kari@x.example\n"
    (result,) = looked_through(ctx, rows_in(ctx, text.encode())).values()
    assert (result.outcome, [remark.code for remark in result.remarks]) == (Outcome.NEW, ["contact_suppressed"])


def test_an_import_is_taken_back_to_the_letter(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    person(ctx, "Odd Ærø", house=house)
    before = contents(ctx.database)
    taken_in(ctx, rows_in(ctx, LIST.encode()))
    (batch,) = import_batches(ctx)
    assert (batch.new, batch.updated, batch.standing) == (1, 1, Standing.CAN_BE_UNDONE)
    assert batch.undo_id is not None
    undo_batch(ctx, batch.undo_id)
    assert contents(ctx.database) == before
    assert import_batches(ctx)[0].standing is Standing.UNDONE
    assert len(import_report(ctx, batch.id).splitlines()) == 3  # what it did is still told


def test_an_import_is_taken_back_once_what_was_added_since_is_removed(ctx: Context) -> None:
    before = contents(ctx.database)
    taken_in(ctx, of_list(ctx, "Kari Nordmann;kari@x.example;40 61 23 45;Fjordglimt kulturhus"))
    (kari,) = (one.id for one in list_persons(ctx, PersonFilter(on=ctx.today)).rows)
    number = add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="21 23 45 67", person_id=kari))
    batch = import_batches(ctx)[0].undo_id or 0
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert refused_words(refused.value) == [
        "Noe som er kommet til senere, hører til det som ville bli borte. Ingenting er tatt tilbake. "
        "Fjern dette først, så kan resten tas tilbake:",
        "kontaktopplysninger for Kari Nordmann: på siden deres, «Telefon, e-post og adresse» og «Fjern – var aldri riktig»",
    ]
    remove_contact_point(ctx, number, version=1)
    card = person_card(ctx, kari)
    remove_post(ctx, card.posts[0].id, version=1)  # what the list itself brought, and was wrong, is in nobody's way
    remove_contact_point(ctx, card.contacts[0].id, version=1)
    undo_batch(ctx, batch)
    assert contents(ctx.database) == before


def test_an_import_that_was_taken_back_is_forgotten_by_the_next(ctx: Context) -> None:
    kari = person(ctx, "Kari Nordmann")
    line = "Kari Nordmann;kari@annet.example;;"
    taken_in(ctx, of_list(ctx, line), {2: Choice(person=f"person:{kari}")})
    undo_batch(ctx, import_batches(ctx)[0].undo_id or 0)
    assert fates(ctx, line) == [("asked", (Reason.NAME,))]


def test_what_somebody_said_of_the_columns_holds_the_next_time(ctx: Context) -> None:
    names = ("Hvem", "Firma", "Adr")
    proposed = proposed_meanings(names, Subject.PERSONS)
    corrected = (Meaning.PERSON, Meaning.NAME, Meaning.PERSON_EMAIL)
    assert proposed == (None, Meaning.NAME, None)
    rows = of_list(ctx, "Kari Nordmann;;;")
    said = SaidMeanings(headings_key(names, Subject.PERSONS), corrected)
    examined = examine_list(ctx, rows, {})
    import_list(ctx, SeenImport("x.csv", rows, {}, examined, "token", said))
    assert remembered_meanings(ctx, ("HVEM ", "firma", "Adr."), Subject.PERSONS) == corrected
    assert remembered_meanings(ctx, names, Subject.ORGANISATIONS) == proposed_meanings(names, Subject.ORGANISATIONS)


def test_what_a_colleague_saves_meanwhile_is_looked_at_and_does_no_harm(
    ctx: Context, context_for: Callable[..., Context]
) -> None:
    rows = of_list(ctx, "Kari Nordmann;kari@x.example;;")
    seen = SeenImport("x.csv", rows, {}, examine_list(ctx, rows, {}), "token")
    person(context_for("bjørn_ærlend"), "Per Hansen")  # nobody in the list
    import_list(ctx, seen)
    assert [one.name for one in everybody(ctx)] == ["Per Hansen", "Kari Nordmann"]
    person(context_for("bjørn_ærlend"), "Odd Ærø", email="odd@x.example")
    late = of_list(ctx, "Odd Ærø;odd@x.example;;")
    outdated = replace(seen, rows=late, token="late")
    with pytest.raises(Refused) as refused:
        import_list(ctx, outdated)
    assert refused.value.code == "import_outdated"


def test_a_list_of_2023_has_its_municipalities_renumbered_and_asks_about_the_one_that_was_split(ctx: Context) -> None:
    text = (
        "Navn;Organisasjon;Kommunenr\nKari Nordmann;Drammens scene;3005\nOdd Ærø;Haram kulturhus;1507\n"
        "Åsa Li;Bølgeblikk kulturhus;1804\n"
    )
    results = looked_through(ctx, rows_in(ctx, text.encode()))
    assert [(one.outcome.value, one.row.municipality_number, one.places) for one in results.values()] == [
        ("new", "3301", ()),
        ("asked", None, ("1508", "1580")),
        ("new", "1804", ()),
    ]
    taken_in(ctx, rows_in(ctx, text.encode()), {3: Choice(place="1580")})
    with ctx.database.reading() as session:
        assert session.scalars(select(Organisation.municipality_number).order_by(Organisation.id)).all() == [
            "3301",
            "1580",
            "1804",
        ]


@pytest.mark.parametrize(
    ("heads", "subject"),
    [
        ("Navn;Kommune;E-post;Kontaktperson", Subject.ORGANISATIONS),
        ("Medlem;Daglig leder;Telefon", Subject.ORGANISATIONS),
        (
            "Navn;Telefon;E-post",
            Subject.ORGANISATIONS,
        ),  # nobody can know; a member list is likelier, and one click away
        ("Navn;Firma;E-post", Subject.PERSONS),
        ("Fornavn;Etternavn;Mobil", Subject.PERSONS),
        ("First Name;Last Name;Company", Subject.PERSONS),
    ],
)
def test_what_a_list_is_about_is_found_by_its_headings(heads: str, subject: Subject) -> None:
    assert likely_subject(heads.split(";")) is subject


def test_our_own_headings_are_understood() -> None:
    assert None not in proposed_meanings(headings(), Subject.PERSONS)
