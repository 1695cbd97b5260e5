"""Rows as an Excel workbook: text stays text, whatever it begins with, and dates are dates."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

from crm.transfer.export_table import Cell

WIDEST, NARROWEST = 50, 8
LONGEST = 32_767  # characters Excel keeps in a cell
_NOTHING_BUT_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def as_workbook(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str) -> bytes:
    """One sheet with its headings held in place and filters on them. Times are written as they stand on the wall."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _NOTHING_BUT_TEXT)
    page = book.add_worksheet(_sheet_name(sheet))
    day, moment = (book.add_format({"num_format": shape}) for shape in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    widths = [len(heading) for heading in headings]
    page.write_row(0, 0, headings, book.add_format({"bold": True}))
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], min(len(str(cell or "").partition("\n")[0]), WIDEST))
            if isinstance(cell, datetime):
                page.write_datetime(number, place, cell, moment)
            elif isinstance(cell, date):
                page.write_datetime(number, place, cell, day)
            elif isinstance(cell, str):
                page.write_string(number, place, cell[:LONGEST])
            elif cell is not None:
                page.write_number(number, place, cell)
    for place, width in enumerate(widths):
        page.set_column(place, place, max(width, NARROWEST) + 2)
    page.freeze_panes(1, 0)
    if headings:
        page.autofilter(0, 0, number, len(headings) - 1)
    book.close()
    return made.getvalue()


def _sheet_name(wanted: str) -> str:
    """Excel allows 31 characters, and not these."""
    return "".join(letter for letter in wanted if letter not in "[]:*?/\\'")[:31] or "Ark1"
