"""The member list against what we have: what is new, what is the same house, what is asked, and nothing stored by halves."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from crm.context import Context, command_line
from crm.errors import NotAllowed, Refused
from crm.likeness import Likeness, Reason
from crm.members.commands import add_house, end_membership, rename_organisation
from crm.members.forms import EndedMembership, NewHouse, NewName
from crm.members.queries import MemberCard, count_members, member_card
from crm.members.selects import MemberFilter
from crm.timeline.member_queries import list_members
from crm.transfer.changes import Field
from crm.transfer.columns import Meanings, Subject, header_place, headings, proposed_meanings
from crm.transfer.commands import SeenImport, import_list
from crm.transfer.examination import NEW, NO_PLACE, SKIP, Choice, Outcome, RowResult
from crm.transfer.file_words import remark_words
from crm.transfer.meanings import Meaning
from crm.transfer.queries import Examined, examine_list, import_batches, import_report
from crm.transfer.reading import read_file
from crm.transfer.row_reading import lines_of, list_as, read_rows
from crm.transfer.rows import ListRow
from crm.transfer.tables import Line, ReadAs, Table
from crm.transfer.words import field_words, likeness_words, meaning_words, outcome_words
from db.models.house_keeping import AuditEntry, ImportBatch
from db.models.importing import ImportRow
from db.models.organisations import Membership, Organisation
from db.models.people import ContactKind, ContactPoint, Person, Post

Choices = dict[int, Choice]
FIRST = "first"


def rows_of(text: str) -> list[ListRow]:
    """The rows of a list with semicolons, its first line the headings; read in this process."""
    lines = tuple(
        Line(number, number, tuple(cell.strip() for cell in cells))
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=";"), start=1)
    )
    table = Table("medlemmer.csv", ReadAs(), (), lines, ())
    place = header_place(lines)
    assert place is not None
    return understood(table, place, proposed_meanings(headings(table, place), Subject.ORGANISATIONS))


def understood(table: Table, header: int, meanings: Meanings) -> list[ListRow]:
    wanted = list_as(table, header, Subject.ORGANISATIONS, meanings)
    return list(read_rows(lines_of(table, header), wanted))


def looked_at(ctx: Context, text: str, choices: Choices | None = None) -> dict[int, RowResult]:
    """What would happen, by line."""
    return {result.row.line: result for result in examine_list(ctx, rows_of(text), choices or {}).results}


def stored(ctx: Context, text: str, choices: Choices | None = None, *, token: str = FIRST) -> int:
    rows = rows_of(text)
    examined = examine_list(ctx, rows, choices or {})
    return import_list(ctx, SeenImport("medlemmer.csv", rows, choices or {}, examined, token))


def outcomes(results: dict[int, RowResult]) -> list[str]:
    return [result.outcome.value for result in results.values()]


def house(ctx: Context, name: str, **details: Any) -> int:
    return add_house(ctx, NewHouse.checked(name=name, **details))


def counted(ctx: Context) -> dict[str, int]:
    tables = (Organisation, Membership, Person, Post, ContactPoint, ImportBatch, AuditEntry)
    with ctx.database.reading() as session:
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def card_of(ctx: Context, name: str) -> MemberCard:
    (row,) = [row for row in list_members(ctx, MemberFilter(on=ctx.today, words=name)).rows if row.name == name]
    return member_card(ctx, row.id)


@pytest.fixture
def asgard(ctx: Context) -> int:
    return house(ctx, "Åsgard konserthus", org_number="310000027", municipality_number="3218")


S8 = """Navn;E-post;Org.nr
Aasgard Konserthus AS;post@aasgard.example;
ÅSGARD KONSERTHUS;post@åsgard.example;
Åsgard konserthus ;;310 000 027
Asgard;;
"""


def test_three_spellings_are_proposed_as_one_house_and_the_fourth_only_as_perhaps(ctx: Context, asgard: int) -> None:
    results = looked_at(ctx, S8)
    ours = f"house:{asgard}"
    assert [results[line].proposal for line in (2, 3)] == [ours, ours]
    assert (results[4].outcome, results[4].target and results[4].target.house) == (Outcome.UNCHANGED, asgard)
    assert (results[5].proposal, [one.likeness.reasons[0] for one in results[5].candidates]) == (
        None,
        [Reason.NAME_BEGINS],
    )
    assert outcomes(results) == ["asked", "asked", "unchanged", "asked"]


def test_nothing_is_merged_without_a_choice(ctx: Context, asgard: int) -> None:
    before = counted(ctx)
    with pytest.raises(Refused) as refused:
        stored(ctx, S8)
    assert refused.value.code == "import_nothing"
    assert counted(ctx) == before


def test_chosen_spellings_become_one_house_with_all_its_addresses(ctx: Context, asgard: int) -> None:
    ours = f"house:{asgard}"
    stored(ctx, S8, {2: Choice(house=ours), 3: Choice(house=ours), 5: Choice(house=NEW)})
    card = member_card(ctx, asgard)
    assert [contact.shown for contact in card.contacts] == ["post@aasgard.example", "post@åsgard.example"]
    assert card.other_names == []  # AS and capitals make no other name
    assert [row.name for row in list_members(ctx, MemberFilter(on=ctx.today)).rows] == ["Asgard", "Åsgard konserthus"]


def test_an_address_and_its_punycode_form_are_one(ctx: Context, asgard: int) -> None:
    ours = {2: Choice(house=f"house:{asgard}")}
    stored(ctx, "Navn;E-post\nÅsgard konserthus;post@åsgard.example\n", ours)
    (result,) = looked_at(ctx, "Navn;E-post\nÅsgard;post@xn--sgard-lra.example\n").values()
    assert [one.likeness.reasons[0] for one in result.candidates] == [Reason.EMAIL]


def test_houses_in_the_two_valer_are_never_taken_for_one(ctx: Context) -> None:
    stored(ctx, "Navn;Kommune\nVåler kulturhus;3114\n")
    results = looked_at(
        ctx, "Navn;Kommune;Fylke\nVåler kulturhus;3419;\nVåler kulturhus;Våler;Innlandet\nVåler kulturhus;Våler;\n"
    )
    assert results[2].outcome is Outcome.NEW
    assert results[3].target is not None  # the row above, in the same municipality
    assert results[3].target.row == 2
    assert (results[4].outcome, results[4].places) == (Outcome.ASKED, ("3114", "3419"))


def test_the_municipality_is_asked_for_and_never_guessed(ctx: Context) -> None:
    text = "Navn;Kommune\nHaram kulturhus;1507\nHerøy scene;Herøy\n"
    assert outcomes(looked_at(ctx, text)) == ["asked", "asked"]
    stored(ctx, text, {2: Choice(place="1580"), 3: Choice(place=NO_PLACE)})
    assert card_of(ctx, "Haram kulturhus").municipality == "Haram"
    assert card_of(ctx, "Herøy scene").municipality is None


def test_a_municipality_that_only_got_a_new_number_is_not_asked_about(ctx: Context) -> None:
    (result,) = looked_at(ctx, "Navn;Kommune\nDrammens scene;3005\n").values()
    assert (result.outcome, result.row.municipality_number) == (Outcome.NEW, "3301")
    assert [remark.code for remark in result.remarks] == ["place_renumbered"]


def test_everything_in_a_row_reaches_the_house(ctx: Context) -> None:
    stored(
        ctx,
        "Navn;Org.nr;Kommune;Adresse;Postnr;Poststed;Telefon;E-post;Nettside;Eierform;Kontaktperson;Tittel;"
        "Kontaktperson telefon;Medlem siden;Type;Merknad\n"
        "Bølgeblikk kulturhus;310 000 035;1804;Havna 2;8006;Bodø;21 23 45 67 / 21 23 45 68;post@bolgeblikk.example;"
        "www.bolgeblikk.example;KF;Signe Vågå;Daglig leder;406 12 345;1.3.2019;Kulturhus;Ny sal i 2027\n",
    )
    card = card_of(ctx, "Bølgeblikk kulturhus")
    assert (card.org_number_shown, card.municipality, card.owner_form) == (
        "310 000 035",
        "Bodø",
        "municipal_enterprise",
    )
    assert (card.website, card.note) == ("www.bolgeblikk.example", "Ny sal i 2027")
    assert [(line.since, line.until, line.holds) for line in card.memberships] == [(date(2019, 3, 1), None, True)]
    assert [(contact.kind, contact.shown) for contact in card.contacts] == [
        (ContactKind.PHONE, "21 23 45 67"),
        (ContactKind.PHONE, "21 23 45 68"),
        (ContactKind.EMAIL, "post@bolgeblikk.example"),
        (ContactKind.ADDRESS, "Havna 2, 8006 Bodø"),
    ]
    (person,) = card.people
    assert (person.name, person.title, [contact.shown for contact in person.contacts]) == (
        "Signe Vågå",
        "Daglig leder",
        ["40 61 23 45"],
    )


def test_a_supplier_becomes_a_supplier_member(ctx: Context) -> None:
    stored(ctx, "Navn;Type\nLydlageret AS;Leverandør\nFjordglimt kulturhus;Kulturhus\n")
    assert (count_members(ctx, ctx.today).houses, count_members(ctx, ctx.today).suppliers) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "column", "remark"),
    [
        ("ukjent", "Telefon", "phone_not_read"),  # no number
        ("406 12 34", "Telefon", "phone_not_read"),  # a digit short
        ("post(at)fjordglimt.example", "E-post", "email_not_read"),
    ],
)
def test_a_bad_number_is_kept_as_it_stands_and_said(ctx: Context, cell: str, column: str, remark: str) -> None:
    text = f"Navn;{column}\nFjordglimt kulturhus;{cell}\n"
    assert [one.code for one in looked_at(ctx, text)[2].remarks] == [remark]
    stored(ctx, text)
    (contact,) = card_of(ctx, "Fjordglimt kulturhus").contacts
    assert (contact.shown, contact.is_valid) == (cell, False)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Navn;Org.nr\nFjordglimt;310 000 018\n", "org_number_wrong_check_digit"),
        ("Navn;Org.nr\nFjordglimt;12 34\n", "org_number_not_nine_digits"),
        ("Navn;Org.nr\nFjordglimt;000000000\n", "org_number_wrong_series"),  # passes the check digit
        ("Navn;Kommune\nFjordglimt;Utopia\n", "place_unknown"),
        ("Navn;Eierform\nFjordglimt;Sameie\n", "owner_form_unknown"),
        ("Navn;Medlem siden\nFjordglimt;for lenge siden\n", "date_not_read"),
        ("Navn;Medlem siden\nFjordglimt;31.02.2020\n", "date_not_read"),
        ("Navn;Kontaktperson telefon\nFjordglimt;40 61 23 45\n", "contact_without_name"),
        ("Navn;Merknad\nFjordglimt;Eier: 02039912345\n", None),  # eleven digits that are nobody's
        ("Navn;Merknad\nFjordglimt;Eier: 02029950094\n", "national_number_in_note"),  # somebody born in 1899
    ],
)
def test_what_is_left_out_of_a_row_is_said_and_the_row_is_taken(ctx: Context, text: str, remark: str | None) -> None:
    result = looked_at(ctx, text)[2]
    assert result.outcome is Outcome.NEW
    assert [one.code for one in result.remarks] == ([remark] if remark else [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Navn;E-post\n;post@fjordglimt.example\n", "name_missing"),
        ("Navn;E-post\n--- ;x\n", "name_missing"),  # marks alone are no name
        (f"Navn;E-post\n{'x' * 301};x\n", "name_too_long"),
        ("Navn;E-post\nFj\ufffdrdglimt;x\n", "name_damaged"),  # letters lost on the way
        ("Navn;Org.nr\nFjordglimt;02029950094\n", "national_number"),  # a person's number, of 1899
        ("Navn;E-post\nFjordglimt;x;y;z\n", "row_too_wide"),  # cells that have shifted
    ],
)
def test_a_row_that_cannot_be_trusted_is_rejected_with_its_reason(ctx: Context, text: str, reason: str) -> None:
    result = looked_at(ctx, text)[2]
    assert (result.outcome, [remark.code for remark in result.remarks]) == (Outcome.REJECTED, [reason])


def test_a_short_row_and_an_empty_row_do_no_harm(ctx: Context) -> None:
    results = looked_at(ctx, "Navn;Kommune;E-post\nFjordglimt\n;;\nÅsgard;Ås\n")
    assert (list(results), outcomes(results)) == ([2, 4], ["new", "new"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Navn;Kommune\n", "no_rows"),  # headings alone
        ("Kommune;E-post\nÅs;x\n", "no_name_column"),
        ("Navn\n" + "x\n" * 20_001, "too_many_rows"),
    ],
)
def test_a_list_that_is_no_member_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rows_of(text)
    assert refused.value.code == code


def test_two_columns_chosen_as_the_name_are_refused() -> None:
    table = Table("x", ReadAs(), (), (Line(1, 1, ("A", "B")), Line(2, 2, ("x", "y"))), ())
    with pytest.raises(Refused) as refused:
        understood(table, 0, (Meaning.NAME, Meaning.NAME))
    assert (refused.value.code, refused.value.facts) == ("column_twice", {"column": "name"})


LIST = """Navn;Kommune;E-post;Kontaktperson
Fjordglimt kulturhus;Ålesund;post@fjordglimt.example;Kjærsti Øyen
Samfunnshuset;;;Odd Ærø
Samfunnshuset;;;Åsmund Li
"""


def test_importing_the_same_list_twice_stores_nothing_new(ctx: Context) -> None:
    choices = {4: Choice(house=NEW)}  # two houses with one name, said to be two
    stored(ctx, LIST, choices)
    after = counted(ctx)
    assert outcomes(looked_at(ctx, LIST)) == ["unchanged", "unchanged", "unchanged"]
    with pytest.raises(Refused):
        stored(ctx, LIST, token="second")
    assert counted(ctx) == after


def test_two_clicks_are_one_import(ctx: Context) -> None:
    rows = rows_of("Navn\nFjordglimt kulturhus\n")
    seen = SeenImport("medlemmer.csv", rows, {}, examine_list(ctx, rows, {}), "token")
    assert import_list(ctx, seen) == import_list(ctx, seen)
    assert count_members(ctx, ctx.today).houses == 1


def test_rows_of_one_file_that_mean_one_house_become_one(ctx: Context) -> None:
    text = (
        "Navn;Org.nr;Telefon\nFjordglimt kulturhus;310000019;40 61 23 45\n"
        "Fjordglimt kulturhus AS;310 000 019;21 23 45 67\nFjordglimt kulturhus;310000019;+47 406 12 345\n"
    )
    results = looked_at(ctx, text)
    assert outcomes(results) == ["new", "updated", "unchanged"]
    stored(ctx, text)
    assert [contact.shown for contact in card_of(ctx, "Fjordglimt kulturhus").contacts] == [
        "40 61 23 45",
        "21 23 45 67",
    ]


def test_what_we_have_is_kept_and_the_difference_is_said(ctx: Context) -> None:
    ours = house(
        ctx, "Fjordglimt kulturhus", org_number="310000019", municipality_number="1508", website="fjordglimt.example"
    )
    text = "Navn;Org.nr;Kommune;Nettside;Eierform\nFjordglimt scene;310000019;Bodø;ny.example;AS\n"
    result = looked_at(ctx, text)[2]
    assert [remark.code for remark in result.remarks] == ["kept_municipality_number", "kept_website"]
    stored(ctx, text)
    card = member_card(ctx, ours)
    assert (card.name, card.municipality, card.website) == ("Fjordglimt kulturhus", "Ålesund", "fjordglimt.example")
    assert (card.owner_form, [other.name for other in card.other_names]) == ("limited_company", ["Fjordglimt scene"])


def test_one_name_with_another_number_is_asked(ctx: Context, asgard: int) -> None:
    (result,) = looked_at(ctx, "Navn;Kommune;Org.nr\nÅsgard konserthus;Ås;310000019\n").values()
    assert [one.likeness.reasons[0] for one in result.candidates] == [Reason.NAME]
    assert (result.outcome, result.proposal) == (Outcome.ASKED, None)


def test_a_house_is_known_by_the_name_it_had(ctx: Context, asgard: int) -> None:
    rename_organisation(ctx, asgard, NewName.checked(name="Nordlyset", version=1))
    (result,) = looked_at(ctx, "Navn;Kommune\nÅsgard konserthus;Ås\n").values()
    assert (result.outcome, result.target and result.target.house) == (Outcome.UNCHANGED, asgard)


def test_numbered_halls_are_not_like_each_other(ctx: Context) -> None:
    text = "Navn\n" + "".join(f"Samfunnshus {number}\n" for number in range(1, 13))
    assert set(outcomes(looked_at(ctx, text))) == {"new"}


def test_a_list_does_not_take_back_a_house_that_left(ctx: Context, asgard: int) -> None:
    line = member_card(ctx, asgard).memberships[0]
    end_membership(ctx, line.id, EndedMembership.checked(until=date(2025, 12, 31), version=line.version))
    result = looked_at(ctx, "Navn;Org.nr\nÅsgard konserthus;310000027\n")[2]
    assert (result.outcome, [remark.code for remark in result.remarks]) == (Outcome.UNCHANGED, ["former_member"])


def test_a_row_can_be_left_out(ctx: Context, asgard: int) -> None:
    text = "Navn\nAsgard\nFjordglimt\n"
    assert outcomes(looked_at(ctx, text, {2: Choice(house=SKIP)})) == ["skipped", "new"]


def test_a_change_by_a_colleague_meanwhile_stops_the_import_and_nothing_is_stored(
    ctx: Context, context_for: Callable[..., Context]
) -> None:
    rows = rows_of("Navn;Org.nr\nFjordglimt kulturhus;310000019\nÅsgard;\n")
    seen = SeenImport("medlemmer.csv", rows, {}, examine_list(ctx, rows, {}), "token")
    house(context_for("bjørn_ærlend"), "Fjordglimt", org_number="310000019")
    before = counted(ctx)
    with pytest.raises(Refused) as refused:
        import_list(ctx, seen)
    assert (refused.value.code, counted(ctx)) == ("import_outdated", before)


def test_the_import_is_in_the_change_log_with_who_did_it(ctx: Context) -> None:
    batch = stored(ctx, "Navn\nFjordglimt kulturhus\n")
    columns = (AuditEntry.actor_id, AuditEntry.subject_id, AuditEntry.facts)
    with ctx.database.reading() as session:
        entry = session.execute(select(*columns).where(AuditEntry.action == "members.imported")).one()
    assert tuple(entry) == (ctx.user_id, str(batch), {"file": "medlemmer.csv", "rows": 1, "new": 1})
    (earlier,) = import_batches(ctx)
    assert (earlier.by, earlier.rows, earlier.new, earlier.updated) == ("Ingunn Ås", 1, 1, 0)


def test_the_report_says_what_became_of_each_row_and_starts_no_formula(ctx: Context) -> None:
    batch = stored(
        ctx, 'Navn;Org.nr\n"=HYPERLINK(""http://x.example"")";\n@SUM(A1);12\n;\n Åsgard;310 000 027\n;310000019\n'
    )
    data = import_report(ctx, batch)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert read[0] == ["Linje", "Navn", "Hva som skjedde", "Hva som ble nytt", "Merknader"]
    assert [row[1] for row in read[1:]] == ['\'=HYPERLINK("http://x.example")', "'@SUM(A1)", "Åsgard", ""]
    assert [row[2] for row in read[1:]] == ["Ny", "Ny", "Ny", "Avvist"]
    assert read[2][4] == "Organisasjonsnummeret «12» har ikke ni sifre og er utelatt."


def test_the_kept_report_holds_nobodys_phone(ctx: Context) -> None:
    stored(
        ctx, "Navn;Telefon;E-post\nFjordglimt kulturhus;ring 12;hos(at)meg\nÅsgard;40 61 23 45;post@asgard.example\n"
    )
    with ctx.database.reading() as session:
        report = str([tuple(row) for row in session.execute(select(*ImportRow.__table__.columns))])
    assert not any(trace in report for trace in ("ring 12", "hos(at)meg", "40 61 23 45", "post@asgard.example"))


def test_the_list_can_be_imported_from_the_command_line(ctx: Context) -> None:
    batch = stored(command_line(ctx.database, ctx.now), "Navn\nFjordglimt kulturhus\n")
    assert [(row.id, row.by) for row in import_batches(ctx)] == [(batch, None)]


def test_only_those_who_keep_the_members_may_import(ctx: Context, context_for: Callable[..., Context]) -> None:
    board = context_for("styret")
    rows = rows_of("Navn\nFjordglimt kulturhus\n")
    with pytest.raises(NotAllowed):
        examine_list(board, rows, {})
    with pytest.raises(NotAllowed):
        import_list(board, SeenImport("x.csv", rows, {}, Examined([], "", 0), "token"))
    with pytest.raises(NotAllowed):
        import_report(board, 1)


def test_a_thousand_houses_with_people_go_in_and_are_known_again(ctx: Context) -> None:
    text = "Navn;Kommune;Telefon;E-post;Kontaktperson\n" + "".join(
        f"Hus {number};Bodø;4061{number:04};post{number}@hus.example;Kari Nordmann {number}\n" for number in range(1000)
    )
    stored(ctx, text)
    assert (counted(ctx)["organisations"], counted(ctx)["contact_points"], counted(ctx)["posts"]) == (1000, 2000, 1000)
    assert set(outcomes(looked_at(ctx, text))) == {"unchanged"}


def test_a_file_goes_the_whole_way_from_bytes_to_house(ctx: Context) -> None:
    table = read_file("Navn;Kommune\r\nØrneredet;Bodø\r\n".encode("cp1252"), "medlemmer.csv")
    rows = understood(table, 0, proposed_meanings(headings(table, 0), Subject.ORGANISATIONS))
    examined: Examined = examine_list(ctx, rows, {})
    import_list(ctx, SeenImport("medlemmer.csv", rows, {}, examined, "token"))
    assert card_of(ctx, "Ørneredet").municipality == "Bodø"


def test_every_word_of_the_import_has_its_sentence() -> None:
    for meaning in Meaning:
        assert meaning_words(meaning)
    assert likeness_words(Likeness(True, tuple(Reason)))
    assert {outcome_words(outcome) for outcome in Outcome} >= {"Ny", "Avvist"}
    assert remark_words("place_several", "Våler") == "Flere kommuner heter «Våler»."
    assert all(field_words(field) for field in Field)
