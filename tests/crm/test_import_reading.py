"""A member list comes in whatever a colleague's program made of it; what cannot be read honestly is refused, and never crashes."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
import xlsxwriter

from crm.context import Context
from crm.errors import NotAllowed, Refused
from crm.transfer.columns import Subject, header_place, headings, proposed_meanings, same_headings
from crm.transfer.file_words import is_refusal, notice_words, refusal_words
from crm.transfer.meanings import Meaning
from crm.transfer.queries import read_list_file
from crm.transfer.reading import read_file
from crm.transfer.tables import Line, ReadAs, Table

LIST = "Navn;Kommune;E-post\nFjordglimt kulturhus;Ålesund;post@fjordglimt.example\nÆrfugl scene;Bærum;x\nØrneredet;Bodø;y\n"


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


def refused(data: bytes, wanted: ReadAs | None = None) -> Refused:
    with pytest.raises(Refused) as refusal:
        read_file(data, "medlemmer.csv", wanted)
    assert is_refusal(refusal.value.code)
    assert refusal_words(refusal.value.code, refusal.value.facts)
    return refusal.value


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    fill(book)
    book.close()
    return made.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),  # a list from the web
        ("utf-8-sig", "utf-8"),  # Excel's "CSV UTF-8"
        ("cp1252", "cp1252"),  # Excel's plain CSV on Windows
        ("utf-16", "utf-16"),  # Excel's "Unicode text", with its mark
        ("utf-16-le", "utf-16-le"),  # the same without
        ("mac_roman", "mac_roman"),  # Excel's plain CSV on a Macintosh
        ("cp865", "cp865"),  # a register with roots in DOS
    ],
)
def test_the_letters_are_right_whatever_program_saved_the_list(encoding: str, found: str) -> None:
    table = read_file(LIST.encode(encoding), "medlemmer.csv")
    assert (table.read_as.encoding, table.read_as.separator) == (found, ";")
    assert cells(table)[1:3] == [
        ("Fjordglimt kulturhus", "Ålesund", "post@fjordglimt.example"),
        ("Ærfugl scene", "Bærum", "x"),
    ]
    assert table.notices == ()


@pytest.mark.parametrize(
    "separator",
    [";", ",", "\t", "|"],  # Norwegian Excel, English Excel, pasted from a sheet, some databases
)
def test_the_separator_is_found(separator: str) -> None:
    table = read_file(LIST.replace(";", separator).encode(), "medlemmer.csv")
    assert table.read_as.separator == separator
    assert cells(table)[3] == ("Ørneredet", "Bodø", "y")


def test_excels_own_line_about_the_separator_is_believed_and_left_out() -> None:
    table = read_file(b"sep=,\r\nNavn,Sted\r\nFjordglimt; scene,Ulsteinvik\r\n", "medlemmer.csv")
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ("Navn", "Sted")),
        (3, ("Fjordglimt; scene", "Ulsteinvik")),
    ]


def test_a_chosen_encoding_and_separator_overrule_what_was_found() -> None:
    table = read_file(LIST.encode("cp1252"), "medlemmer.csv", ReadAs(encoding="mac_roman", separator=","))
    assert table.read_as == ReadAs(encoding="mac_roman", separator=",")
    assert cells(table)[0] == ("Navn;Kommune;E-post",)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (LIST.encode(), ReadAs(encoding="cp1252")),  # UTF-8 read as Windows-1252
        (LIST.encode(), ReadAs(encoding="latin-1")),  # UTF-8 read as Latin-1
        (LIST.encode().decode("cp1252").encode(), None),  # mangled by somebody before us, and honestly UTF-8 now
    ],
)
def test_mangled_letters_are_noticed_and_said(data: bytes, wanted: ReadAs | None) -> None:
    (notice,) = read_file(data, "medlemmer.csv", wanted).notices
    assert (notice.code, notice.facts["line"]) == ("mangled", 2)
    assert "først i linje 2" in notice_words(notice)


def test_mangled_letters_can_be_mended() -> None:
    table = read_file(LIST.encode().decode("cp1252").encode(), "medlemmer.csv", ReadAs(encoding="utf-8-twice"))
    assert cells(table)[1][1] == "Ålesund"
    assert table.notices == ()


def test_letters_that_are_lost_are_counted() -> None:
    (notice,) = read_file(LIST.encode("cp1252"), "medlemmer.csv", ReadAs(encoding="utf-8")).notices
    assert (notice.code, notice.facts["count"]) == ("characters_lost", 5)


def test_an_address_over_two_lines_is_one_cell() -> None:
    table = read_file(b'Navn;Adresse\n"Fjordglimt";"Kaia 1\n6000 Storvik"\nNeste;x\n', "medlemmer.csv")
    assert [(line.number, line.ends, line.cells[1]) for line in table.lines[1:]] == [
        (2, 3, "Kaia 1\n6000 Storvik"),
        (4, 4, "x"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        (b"", "empty_file", {}),  # nothing
        (b" \r\n \n", "empty_file", {}),  # nothing but blanks
        (b"a" * (10 * 1024 * 1024), "line_too_long", {"line": 1, "limit": 100_000}),  # one line of ten megabytes
        (b"a;b\n" * 2_700_000, "file_too_large", {"limit": 10}),  # over ten megabytes
        (b"navn;sted\nab\0c;d\n", "binary", {"line": 2}),  # NUL bytes
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "binary", {"line": 1}),  # a picture
        (("Navn;S\n" + "B;C\n" * 30_000).encode(), "too_many_rows", {"limit": 20_000}),  # 30,000 rows
        ((";" * 300).encode(), "too_many_columns", {"line": 1, "limit": 200}),
        (("Navn\n" + "x" * 33_000).encode(), "cell_too_long", {"line": 2, "limit": 32_767}),
        (('Navn;S\n"Fjord;A\n' + "B;C\n" * 5000).encode(), "quote_unclosed", {"line": 2}),  # swallows all the rest
        (b'Navn;S\n"Fjord;A\n"B";C\n', "quote_misplaced", {"line": 2}),  # closed by the next row's mark
        (b'Navn;S\n"Fjord;A\nB;C\nD";E\nF;G\n', "rows_swallowed", {"line": 2, "ends": 4}),  # closed by luck
        (b"\xd0\xcf\x11\xe0" + b"x" * 1000, "old_excel", {}),  # .xls, or a workbook with a password
        (b"PK\x03\x04" + b"junk" * 100, "workbook_broken", {}),  # only begins like a zip file
    ],
)
def test_what_cannot_be_read_honestly_is_refused_with_the_place(data: bytes, code: str, facts: dict[str, int]) -> None:
    refusal = refused(data)
    assert (refusal.code, refusal.facts) == (code, facts)


def test_marks_can_be_taken_as_ordinary_characters() -> None:
    table = read_file(b'Navn;S\n"Fjord;A\nB;C\n', "medlemmer.csv", ReadAs(quotes=False))
    assert cells(table) == [("Navn", "S"), ('"Fjord', "A"), ("B", "C")]


def test_twenty_thousand_rows_are_read() -> None:
    table = read_file(("Navn;Sted\n" + "Bølgen kulturhus;Bodø\n" * 20_000).encode(), "medlemmer.csv")
    assert len(table.lines) == 20_001


def test_a_workbook_gives_what_was_typed_in_it() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Forside")
        sheet = book.add_worksheet("Medlemmer")
        sheet.write_row(0, 0, ["Navn", "Org.nr", "Innmeldt", "Kommune", "Aktiv"])
        sheet.write_row(1, 0, ["Fjordglimt kulturhus", 310000019, None, 301, None])
        sheet.write_datetime(1, 2, datetime(2019, 3, 1), book.add_format({"num_format": "dd.mm.yyyy"}))  # noqa: DTZ001
        sheet.write_boolean(1, 4, True)

    table = read_file(workbook(fill), "medlemmer.xlsx")
    assert (table.sheets, table.read_as.sheet) == (("Forside", "Medlemmer"), "Medlemmer")
    assert cells(table)[1] == ("Fjordglimt kulturhus", "310000019", "2019-03-01", "301", "ja")
    assert cells(read_file(workbook(fill), "medlemmer.xlsx", ReadAs(sheet="Forside"))) == []


def test_formulas_give_their_last_value_and_are_said() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Navn")
        sheet.write_formula(1, 0, '=CONCATENATE("Fjord","glimt")', None, "Fjordglimt")

    table = read_file(workbook(fill), "medlemmer.xlsx")
    assert cells(table) == [("Navn",), ("Fjordglimt",)]
    assert [(notice.code, notice.facts) for notice in table.notices] == [("formulas", {"count": 1})]


def test_a_cell_in_the_far_corner_is_refused_before_it_takes_the_memory() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write("XFD1048576", "x")

    refusal = refused(workbook(fill))
    assert (refusal.code, refusal.facts) == ("cell_too_far", {"row": 1_048_576, "column": 16_384})


def test_empty_cells_with_a_format_in_the_far_corner_do_no_harm() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write("A1", "Navn")
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    assert cells(read_file(workbook(fill), "medlemmer.xlsx")) == [("Navn",)]


def test_a_zip_bomb_renamed_to_a_workbook_is_not_unpacked() -> None:
    bomb = zipped({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"\0" * (150 * 1024 * 1024)})
    assert len(bomb) < 300_000
    assert refused(bomb).code == "unpacks_too_large"
    # And one that lies about how large it becomes.
    lying = bomb.replace(struct.pack("<I", 150 * 1024 * 1024), struct.pack("<I", 1000))
    assert refused(lying).code in {"workbook_broken", "unpacks_too_large"}


def test_another_zip_file_is_no_workbook() -> None:
    assert refused(zipped({"bilder/hus.jpg": b"x"})).code == "not_a_workbook"


def test_a_damaged_workbook_is_refused_whatever_is_wrong_with_it() -> None:
    whole = workbook(lambda book: book.add_worksheet().write("A1", "Navn") and None)
    chance = random.Random(2026)
    for _ in range(6):
        damaged = bytearray(whole)
        for _ in range(4):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(Refused):  # the only error there may be
            assert len(cells(read_file(bytes(damaged), "medlemmer.xlsx"))) <= 1


def test_a_reader_that_wants_too_much_memory_is_stopped_and_the_house_lives_on() -> None:
    """A small workbook that says one long text 200,000 times: 6 GB as cells, and nothing in its measures tells."""
    whole = workbook(lambda book: book.add_worksheet().write("A1", "x" * 30_000) and None)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    columns = [first + second for first in ("", *"ABCDEF") for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:180]
    rows = (
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in columns) + "</row>"
        for row in range(1, 1_112)
    )
    sheet = files["xl/worksheets/sheet1.xml"].decode()
    begin, end = sheet.index("<sheetData>") + len("<sheetData>"), sheet.index("</sheetData>")
    files["xl/worksheets/sheet1.xml"] = (sheet[:begin] + "".join(rows) + sheet[end:]).encode()
    data = zipped(files)
    assert len(data) < 1_500_000
    assert refused(data).code == "too_demanding"


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.transfer.reading.WALL_TIME", timedelta(milliseconds=1))
    assert refused(LIST.encode()).code == "too_demanding"


def test_headings_are_found_below_a_title_and_understood() -> None:
    table = read_file(
        b"Medlemsliste 2026;;;;;\n;;;;;\nHus;Org.nr. (9 siffer);Kommunenr;Daglig leder;Tlf;Innmeldt\nFjordglimt;;;;;\n",
        "x.csv",
    )
    place = header_place(table.lines)
    assert place == 2
    assert proposed_meanings(headings(table, place), Subject.ORGANISATIONS) == (
        Meaning.NAME,
        Meaning.ORG_NUMBER,
        Meaning.MUNICIPALITY,
        Meaning.PERSON,
        Meaning.PHONE,
        Meaning.MEMBER_SINCE,
    )


def test_of_two_columns_with_one_heading_a_second_name_is_not_read_but_a_second_phone_is() -> None:
    names = ("Navn", "Telefon", "Navn", "Mobil", "Farge")
    assert proposed_meanings(names, Subject.ORGANISATIONS) == (Meaning.NAME, Meaning.PHONE, None, Meaning.PHONE, None)
    assert same_headings(names) == ("Navn",)


def test_a_list_without_known_headings_has_its_first_full_line_offered() -> None:
    lines = [Line(1, 1, ("Liste",)), Line(2, 2, ("A", "B")), Line(3, 3, ("1", "2"))]
    assert header_place(lines) == 1
    assert header_place([]) is None


def test_a_reader_of_the_board_may_not_even_have_a_list_read(context_for: Callable[..., Context]) -> None:
    with pytest.raises(NotAllowed):
        read_list_file(context_for("styret"), LIST.encode(), "medlemmer.csv")
