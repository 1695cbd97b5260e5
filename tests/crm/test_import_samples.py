"""The files people really have: each is read, each row gets its report, and none of them ends in a crash."""

from __future__ import annotations

import pytest

from crm.context import Context
from crm.errors import Refused
from crm.transfer.columns import Subject
from crm.transfer.file_words import is_refusal, notice_words, refusal_words, remark_words
from crm.transfer.reader import read
from crm.transfer.reading import read_file
from crm.transfer.tables import ReadAs
from tests.crm.import_samples import CARDS, SAMPLES, Sample, card
from tests.crm.importing import looked_through, rows_of_table
from tests.crm.sheets import opendocument_of, row_of


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.what for sample in SAMPLES])
def test_a_real_file_is_read_row_by_row(ctx: Context, sample: Sample) -> None:
    table = read(sample.data, sample.name, ReadAs())
    assert all(notice_words(notice) for notice in table.notices)
    results = looked_through(ctx, rows_of_table(ctx, table, Subject.PERSONS)).values()
    said = [
        "; ".join([f"{one.outcome.value}: {one.row.shown}", *sorted({remark.code for remark in one.remarks})])
        for one in results
    ]
    assert said == list(sample.expected)
    assert all(remark_words(remark.code, remark.cell) for one in results for remark in one.remarks)


def test_there_are_enough_of_them() -> None:
    assert len(SAMPLES) >= 40


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 10)
)


def repeated(rows: int, columns: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"BEGIN:VCARD\r\n" * 300_000, "too_many_rows"),  # cards within cards within cards
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 300_000, "calendar_without_people"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:x\r\nEND:VCALENDAR", "calendar_without_people"),
        (opendocument_of(repeated(1_048_576, 16_384)), "workbook_broken"),  # every cell of the sheet
        (opendocument_of(repeated(1, 16_384)), "cell_too_far"),
        (opendocument_of(row_of("Navn") + repeated(30_000, 1)), "too_many_rows"),
        (opendocument_of(row_of("Navn", "&a9;"), LAUGHS + "]>"), "workbook_broken"),  # a billion laughs
        (opendocument_of("<table:table-row>" * 200_000), "workbook_broken"),
    ],
)
def test_a_hostile_file_ends_in_a_message(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_file(data, "x")
    assert refusal.value.code == code
    assert is_refusal(code)
    assert refusal_words(code, refusal.value.facts)


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Kari Nordmann", "TEL" + ";A=1" * 500_000 + ":1"),  # half a million parameters
        ("FN:Kari Nordmann", "ADR:" + "\\" * 90_000 + ";"),
        ("FN:Kari Nordmann", "NOTE:" + "x" * 5_000_000),
        ("FN:Kari Nordmann", "NOTE:" + "\r\n x" * 1_000_000),
    ],
)
def test_a_hostile_line_costs_itself_and_not_its_card(lines: tuple[str, ...]) -> None:
    table = read_file(card(*lines).encode(), "x.vcf")
    assert [(line.cells[1], line.faults) for line in table.lines[1:]] == [("Kari Nordmann", ("card_line",))]


def test_no_piece_of_an_address_book_is_more_than_it_can_bear() -> None:
    """Whatever is cut away, wherever: a table or a message."""
    whole = b"".join(sample.data for sample in CARDS if b"\0" not in sample.data and len(sample.data) < 5_000)
    for start in range(0, len(whole), 97):
        table = read(b"BEGIN:VCARD\r\n" + whole[start : start + 600], "x.vcf", ReadAs())
        assert len(table.lines) > 1
