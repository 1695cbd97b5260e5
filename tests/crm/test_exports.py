"""What leaves the house: who is left out of it and why, files that no spreadsheet runs, and the line in the change log."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from crm.change_log.queries import Narrowed, list_entries
from crm.change_log.sentences import details, sentence
from crm.contact_details import read_phone
from crm.context import Context
from crm.errors import Refused
from crm.mailing.commands import make_mailing_list, put_on_list, unsubscribe
from crm.mailing.forms import Consent, NewMailingList, PutOnList, Unsubscribed
from crm.mailing.queries import list_members_of
from crm.mailing.rules import LeftOut
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.members.topic_commands import give_topic
from crm.people.commands import add_contact_point, add_person, add_post, stop_contact
from crm.people.forms import NewContactPoint, NewPerson, NewPost, NoContact
from crm.people.reach import Reach, shown_phone
from crm.selections import members
from crm.selections.commands import export_selection, save_selection, take_addresses
from crm.selections.forms import Export, ExportFormat, NewSelection
from crm.selections.labels import Label, as_page
from crm.selections.outgoing import Purpose
from crm.selections.queries import preview_export, selected_ids
from crm.selections.wanted import Wanted, from_stored
from db.models.cases import Topic
from db.models.house_keeping import AuditEntry
from db.models.lists import ConsentHow, ListedKind
from db.models.people import ContactChannel, ContactKind
from tests.conftest import ContextFor

EVERYBODY = Wanted(ListedKind.PERSON)
TODAY = date(2026, 11, 24)


def person(ctx: Context, name: str, **reached: str) -> int:
    added = add_person(ctx, NewPerson(name=name))
    for kind, raw in reached.items():
        add_contact_point(ctx, NewContactPoint(kind=ContactKind(kind), raw=raw, person_id=added))
    return added


def declines(ctx: Context, person_id: int, channel: ContactChannel) -> None:
    stop_contact(ctx, person_id, NoContact(channel=channel, since=TODAY))


@pytest.fixture
def people(ctx: Context) -> dict[str, int]:
    """Kjærsti can be reached in every way, Odd wants nothing, Signe has left the newsletter, Åse's address is Aase's too."""
    found = {
        "Kjærsti": person(
            ctx, "Kjærsti Øyen", email="k@fjord.example", phone="406 12 345", address="Kaia 1, 6002 Ålesund"
        ),
        "Odd": person(ctx, "Odd Ærø", email="odd@b.example", phone="+47 40 61 23 46", address="Gata 2\n8001 Bodø"),
        "Signe": person(ctx, "Signe Vågå", email="signe@vaga.example"),
        "Åse": person(ctx, "Åse Åsgard", email="ase@åsgard.example"),
        "Aase": person(ctx, "Aase Aasgard", email="ASE@xn--sgard-lra.example"),
    }
    for channel in ContactChannel:
        declines(ctx, found["Odd"], channel)
    newsletter = make_mailing_list(ctx, NewMailingList.checked(name="Nyhetsbrev"))
    yes = Consent(given_on=date(2026, 1, 1), how=ConsentHow.FORM)
    put_on_list(ctx, newsletter, PutOnList(person_ids=(found["Signe"], found["Kjærsti"]), consent=yes))
    put_on_list(ctx, newsletter, PutOnList(person_ids=(found["Åse"],)))
    gone = next(row.id for row in list_members_of(ctx, newsletter).rows if row.name == "Signe Vågå")
    unsubscribe(ctx, gone, Unsubscribed(version=1, on=TODAY))
    return found


def export(made: ExportFormat = ExportFormat.CSV, purpose: Purpose = Purpose.OTHER, **more: object) -> Export:
    columns = ("name", "email", "phone", "address")
    return Export.model_validate({"wanted": EVERYBODY, "format": made, "purpose": purpose, "columns": columns, **more})


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("purpose", "going", "left_out"),
    [
        (
            Purpose.EMAIL,  # by name: of the two Åses the first gets it
            ["Kjærsti Øyen", "Åse Åsgard"],
            {LeftOut.UNSUBSCRIBED: 1, LeftOut.DECLINES: 1, LeftOut.SAME_ADDRESS: 1},
        ),
        (Purpose.PHONE, ["Kjærsti Øyen"], {LeftOut.DECLINES: 1, LeftOut.NO_ADDRESS: 3}),
        (Purpose.LETTER, ["Kjærsti Øyen"], {LeftOut.DECLINES: 1, LeftOut.NO_ADDRESS: 3}),
        (Purpose.OTHER, ["Kjærsti Øyen", "Odd Ærø", "Signe Vågå", "Åse Åsgard", "Aase Aasgard"], {}),
    ],
)
def test_the_purpose_decides_who_is_left_out(
    ctx: Context, people: dict[str, int], purpose: Purpose, going: list[str], left_out: dict[LeftOut, int]
) -> None:
    assert sorted(row[0] for row in lines(export_selection(ctx, export(purpose=purpose)))[1:]) == sorted(going)
    assert preview_export(ctx, export(purpose=purpose)).left_out == left_out


def test_what_somebody_declines_is_in_no_list_whatever_it_is_for(ctx: Context, people: dict[str, int]) -> None:
    odd = next(row for row in lines(export_selection(ctx, export()))[1:] if row[0] == "Odd Ærø")
    assert odd == ["Odd Ærø", "", "", ""]


def test_what_members_are_to_have_reaches_those_who_left_a_newsletter(ctx: Context, people: dict[str, int]) -> None:
    to_members = export(ExportFormat.ADDRESSES, with_unsubscribed=True)
    assert "signe@vaga.example" in next(take_addresses(ctx, to_members).chunks)
    assert "signe@vaga.example" not in next(take_addresses(ctx, export(ExportFormat.ADDRESSES)).chunks)


def test_a_selection_of_a_list_asks_for_the_consent_that_the_list_asks_for(
    ctx: Context, people: dict[str, int]
) -> None:
    on_it = from_stored(ListedKind.PERSON, {"mailing_list": ["1"]})
    going = take_addresses(ctx, export(ExportFormat.ADDRESSES, wanted=on_it))
    assert [one.id for one in going.written_to] == [people["Kjærsti"]]
    assert going.left_out == {LeftOut.NO_CONSENT: 1}


def test_only_the_chosen_rows_go_out_and_only_those_still_in_the_selection(
    ctx: Context, people: dict[str, int]
) -> None:
    chosen = (people["Signe"], people["Odd"], 99_999)
    assert [row[0] for row in lines(export_selection(ctx, export(chosen=chosen)))] == ["Navn", "Odd Ærø", "Signe Vågå"]


HOSTILE = [
    "=1+1",
    "+47 40 61 23 45",
    "@x",
    "-2",
    "-2+3",
    "\tfane",
    "=cmd|' /C calc'!A0",
    'sitat " ; semikolon',
    "to\nlinjer",
    "'apostrof",
]


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_becomes_a_formula(ctx: Context, cell: str) -> None:
    house = add_house(ctx, NewHouse.checked(name="Åsgard konserthus"))
    somebody = person(ctx, "Signe Vågå")
    add_post(
        ctx, NewPost.model_construct(person_id=somebody, organisation_id=house, title=cell, kind="employee", since=None)
    )
    shown = export(columns=("title",))
    written = lines(export_selection(ctx, shown))[1][0]
    assert written[0] not in "=+-@\t\r" or written == "-2"  # a number is no formula
    assert cell.strip("\t") in written.replace("\\|", "|")
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(export_selection(ctx, export(ExportFormat.WORKBOOK, columns=("title",))))
    )
    assert book.get_sheet_by_name("Personer").to_python()[1] == [cell]
    assert b"<f>" not in export_selection(ctx, export(ExportFormat.WORKBOOK, columns=("title",)))


def test_cards_have_what_an_address_book_needs_and_no_notes(ctx: Context, people: dict[str, int]) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    add_post(ctx, NewPost(person_id=people["Kjærsti"], organisation_id=house, title="Daglig leder"))
    cards = export_selection(ctx, export(ExportFormat.CARDS, chosen=(people["Kjærsti"], people["Odd"]))).decode()
    assert cards.count("BEGIN:VCARD\r\nVERSION:4.0") == 2
    assert "FN:Kjærsti Øyen\r\n" in cards
    assert "ORG:Fjordglimt kulturhus" in cards
    assert "odd@b.example" not in cards


@pytest.mark.parametrize("made", [ExportFormat.CARDS, ExportFormat.EVERYTHING])
def test_of_houses_nothing_is_made_that_is_of_persons(ctx: Context, made: ExportFormat) -> None:
    with pytest.raises(Refused, match="no_such_export"):
        export_selection(ctx, export(made, wanted=Wanted(ListedKind.ORGANISATION)))


def test_labels_are_four_and_twenty_to_a_sheet_and_only_text(ctx: Context, people: dict[str, int]) -> None:
    page = export_selection(ctx, export(ExportFormat.LABELS)).decode()
    assert "<p>Kjærsti Øyen</p><p>Kaia 1</p><p>6002 Ålesund</p>" in page
    assert page.count('class="label"') == 1
    many = as_page([Label("<b>Rock & Rull</b>", "", "Gata 1, 8001 Bodø")] * 25).decode()
    assert (many.count('class="sheet"'), many.count('class="label"')) == (2, 25)
    assert "<p>&lt;b&gt;Rock &amp; Rull&lt;/b&gt;</p>" in many
    assert "<script" not in many


def test_the_change_log_says_what_went_out_and_nobodys_data(ctx: Context, people: dict[str, int]) -> None:
    wanted = from_stored(ListedKind.PERSON, {"reached_by": ["email"]})
    saved = save_selection(ctx, NewSelection.checked(name="Med e-post", wanted=wanted, columns=("name",)))
    export_selection(ctx, export(wanted=wanted, purpose=Purpose.EMAIL, selection_id=saved))
    take_addresses(ctx, export(ExportFormat.ADDRESSES))
    with ctx.database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "export.made")).first()
    assert facts == {
        "what": "csv",
        "purpose": "email",
        "of": "person",
        "filter": {"reached_by": ["email"]},
        "columns": ["name", "email", "phone", "address"],
        "rows": 2,
        "left_out": 3,
    }
    latest, before = list_entries(ctx, Narrowed(), limit=2)
    assert (sentence(before), details(before)) == ("Ingunn Ås tok ut opplysninger: Med e-post.", ["2 rader"])
    assert sentence(latest) == "Ingunn Ås tok ut opplysninger: et utvalg uten navn."


def test_more_than_fits_is_refused_and_not_cut(
    ctx: Context, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_AT_ONCE", 4)
    with pytest.raises(Refused, match="selection_too_large"):
        export_selection(ctx, export())


@pytest.mark.parametrize(
    "raw", ["+47 40 61 23 45", "21234567", "800 12 345", "+46 8 123 456 78", "02000", "ring sentralen"]
)
def test_a_phone_looks_in_a_list_as_it_does_on_the_persons_page(raw: str) -> None:
    read = read_phone(raw)
    assert shown_phone(Reach(raw, read.e164)) == read.shown


def test_a_topic_is_given_to_a_whole_selection_once(context_for: ContextFor) -> None:
    ctx = context_for("bjørn_ærlend")
    for name in ("Fjordglimt kulturhus", "Åsgard konserthus"):
        add_house(ctx, NewHouse.checked(name=name))
    with ctx.database.writing() as session:
        session.add(Topic(name="Billettsalg", sort_key="1"))
    houses = selected_ids(ctx, Wanted(ListedKind.ORGANISATION))
    assert (give_topic(ctx, 1, houses), give_topic(ctx, 1, houses)) == (2, 0)
    assert selected_ids(ctx, from_stored(ListedKind.ORGANISATION, {"topic": ["1"]})) == houses
