"""A file as rows of text. Nothing here imports more than the standard library: the reading process starts with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Unreadable(Exception):
    """The file is refused as a whole. `code` says why, `facts` where and by how much."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How to read; None is to be found out. Encodings are Python's names, and "utf-8-twice" for text mangled before.

    `quotes` False takes `"` as a character like any other.
    """

    encoding: str | None = None
    separator: str | None = None
    quotes: bool = True
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the file should know, though it was read."""

    code: str
    facts: dict[str, str | int]


class Source(StrEnum):
    SEPARATED = "separated"
    WORKBOOK = "workbook"
    CARDS = "cards"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the line in the file, or the row of the sheet, counted from 1. `ends` is its last line.

    `faults` are codes of what was wrong in it and could not be read.
    """

    number: int
    ends: int
    cells: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`read_as` has what was found or chosen; what does not matter for the source is None."""

    file_name: str
    read_as: ReadAs
    sheets: tuple[str, ...]
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    source: Source = Source.SEPARATED


def as_words(table: Table) -> dict[str, Any]:
    """For the way from the reading process to ours: plain lists, as JSON has them."""
    return {
        "read_as": asdict(table.read_as),
        "sheets": list(table.sheets),
        "lines": [[line.number, line.ends, line.cells, line.faults] for line in table.lines],
        "notices": [[notice.code, notice.facts] for notice in table.notices],
        "source": table.source.value,
    }


def from_words(words: dict[str, Any], file_name: str) -> Table:
    return Table(
        file_name=file_name,
        read_as=ReadAs(**words["read_as"]),
        sheets=tuple(words["sheets"]),
        lines=tuple(Line(number, ends, tuple(cells), tuple(faults)) for number, ends, cells, faults in words["lines"]),
        notices=tuple(Notice(code, facts) for code, facts in words["notices"]),
        source=Source(words["source"]),
    )
