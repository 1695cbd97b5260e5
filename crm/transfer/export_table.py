"""Rows as a CSV file: safe to open in a spreadsheet, and read back to the letter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias

from defusedcsv import csv

Cell: TypeAlias = str | int | float | date | datetime | None

# Begins a formula in some spreadsheet though the csv library thinks otherwise, or could be taken for guarded already.
_GUARDED_HERE = re.compile(r"'*[\t\r]|'+(?:[@+\-=%]|\\?\|)")
_GUARDED = re.compile(r"'+(?:[@+\-=%\t\r]|\\?\|)")
_GUARDED_BY_LIBRARY = re.compile(r"'(?:[@+\-=%]|\\\|)")  # which puts a backslash before each bar as well


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """With semicolons, decimal commas and a byte order mark, as Norwegian Excel expects.

    What a spreadsheet would run as a formula gets an apostrophe before it; `unguarded` takes exactly that one away again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def unguarded(cell: str) -> str:
    """A cell of a file that `as_csv` wrote, as it was before."""
    if not _GUARDED.match(cell):
        return cell
    return cell[1:].replace("\\|", "|") if _GUARDED_BY_LIBRARY.match(cell) else cell[1:]


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if _GUARDED_HERE.match(text) else text
