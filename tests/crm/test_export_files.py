"""What leaves the house opens safely in a spreadsheet and in an address book, and says what we know to the letter."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from crm.context import Context
from crm.i18n import use_language
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.people.commands import add_contact_point, add_person, add_post, end_post
from crm.people.forms import EndedPost, NewContactPoint, NewPerson, NewPost
from crm.permissions import Permission
from crm.transfer.export_cards import as_cards
from crm.transfer.export_table import Cell, as_csv, unguarded
from crm.transfer.export_workbook import as_workbook
from crm.transfer.people_out import COLUMNS, ContactOut, PersonOut, PostOut, headings, rows
from crm.transfer.people_read import people_of
from db.models.people import ContactKind

NASTY = [
    '=HYPERLINK("http://x.example")',
    "=a|b\\|c",  # the csv library puts a backslash before each of its own bars
    "@SUM(A1)",
    "+47 40 61 23 45",
    "-12,5",  # a number, and left as one
    "-Kari",
    "|pipe",
    "'|pipe",
    "'\\|pipe",
    "%x",
    "\t=1+1",
    "\r=1+1",
    "'=quoted",  # looks as if we had guarded it
    "''@twice",
    "'n Stortt",  # an apostrophe of somebody's own
    'Kari "Kiki" Nordmann; Bodø',
    "to\nlinjer",
    "שלום",
    "🎭 Ærlig",
]


def of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", NASTY)
def test_a_cell_never_begins_a_formula_and_comes_back_as_it_was(text: str) -> None:
    (_, (cell, _)) = of_csv(as_csv(["Navn", "Nr"], [[text, 1]]))
    assert cell == "-12,5" or not cell.startswith(("=", "@", "+", "-", "|", "%", "\t", "\r"))
    assert unguarded(cell) == text


def test_numbers_dates_and_nothing_are_written_as_norwegians_read_them() -> None:
    row: list[Cell] = [12, 1.5, date(2026, 11, 24), datetime(2026, 11, 24, 10, 2), None]  # noqa: DTZ001
    assert of_csv(as_csv(["a"], [row]))[1] == ["12", "1,5", "2026-11-24", "2026-11-24 10:02", ""]


def test_a_workbook_keeps_every_text_a_text() -> None:
    texts = [text for text in NASTY if "\r" not in text]
    data = as_workbook(
        ["Navn", "Dag", "Tall"], [[text, date(2026, 11, 24), 1.5] for text in texts], sheet="Personer: A/B"
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Personer AB"]
    found = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in found[1:]] == texts
    assert found[1][1:] == [date(2026, 11, 24), 1.5]


SIGNE = PersonOut(
    number=7,
    name="Signe Vågå",
    note="Ring helst; etter 12,\nikke fredag",
    posts=(
        PostOut("Bølgeblikk kulturhus", "310000035", "1804", "Daglig leder", since=date(2024, 1, 1)),
        PostOut("Fjordglimt kulturhus", title="Tekniker", until=date(2023, 12, 31)),
    ),
    contacts=(
        ContactOut(ContactKind.PHONE, "40 61 23 45", "mobil"),
        ContactOut(ContactKind.PHONE, "21 23 45 67", until=date(2023, 12, 31)),
        ContactOut(ContactKind.EMAIL, "signe@bolgeblikk.example"),
        ContactOut(ContactKind.EMAIL, "signe@våga.example"),
    ),
    languages="nb se",
)


def test_a_person_with_two_posts_is_two_rows_with_one_number() -> None:
    first, second = (dict(zip(COLUMNS, map(str, row), strict=True)) for row in rows([SIGNE]))
    assert (first["source_number"], first["title"], first["municipality"]) == ("7", "Daglig leder", "1804")
    assert first["person_phone"] == "40 61 23 45 [mobil]"
    assert first["old_phone"] == "21 23 45 67 [2023-12-31]"
    assert first["person_email"] == "signe@bolgeblikk.example ::: signe@våga.example"
    assert (second["person"], second["name"], second["post_until"]) == (
        "Signe Vågå",
        "Fjordglimt kulturhus",
        "2023-12-31",
    )
    assert (second["person_phone"], second["person_note"]) == ("", "")


def test_the_columns_have_their_headings_in_the_readers_language() -> None:
    assert headings()[:4] == ["kulturcrm-nr.", "Navn", "Stilling", "Organisasjon"]
    use_language("en")
    assert headings()[:4] == ["kulturcrm no.", "Name", "Title", "Organisation"]


def test_a_card_says_what_holds_today_and_no_line_is_too_long() -> None:
    data = as_cards([SIGNE])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    card = data.decode().replace("\r\n ", "")
    assert card.splitlines() == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "UID:kulturcrm-7",
        "FN:Signe Vågå",
        "N:Vågå;Signe;;;",
        "post1.ORG:Bølgeblikk kulturhus",
        "post1.TITLE:Daglig leder",
        "item1.TEL:40 61 23 45",
        "item1.X-ABLABEL:mobil",
        "item2.EMAIL:signe@bolgeblikk.example",
        "item3.EMAIL:signe@våga.example",
        "LANG;PREF=1:nb",
        "LANG;PREF=2:se",
        "NOTE:Ring helst\\; etter 12\\,\\nikke fredag",
        "END:VCARD",
    ]


def test_a_long_note_is_folded_between_letters() -> None:
    data = as_cards([PersonOut(1, "Ål", note="å" * 200)])
    assert "å" * 200 in data.decode().replace("\r\n ", "")


def test_a_person_is_read_with_every_post_and_number_in_the_order_asked_for(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Bølgeblikk kulturhus", org_number="310000035"))
    signe, odd = (add_person(ctx, NewPerson.checked(name=name)) for name in ("Signe Vågå", "Odd Ærø"))
    ended = add_post(ctx, NewPost.checked(person_id=signe, organisation_id=house, title="Tekniker"))
    end_post(ctx, ended, EndedPost.checked(version=1, until=date(2023, 12, 31)))
    add_post(ctx, NewPost.checked(person_id=signe, organisation_id=house, title="Daglig leder"))
    add_contact_point(ctx, NewContactPoint.checked(kind="phone", raw="40 61 23 45", label="mobil", person_id=signe))
    with ctx.read(Permission.SEE_RECORDS) as session:
        first, second = people_of(session, [odd, signe, 999])
    assert (first.name, first.posts, first.contacts) == ("Odd Ærø", (), ())
    assert [(post.title, post.org_number, post.until) for post in second.posts] == [
        ("Daglig leder", "310000035", None),
        ("Tekniker", "310000035", date(2023, 12, 31)),
    ]
    assert second.contacts == (ContactOut(ContactKind.PHONE, "40 61 23 45", "mobil"),)
