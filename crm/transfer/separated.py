"""Lists as text: what parts the cells, and where a quotation mark is missing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from crm.transfer.letters import Decoded
from crm.transfer.limits import LONGEST_CELL, LONGEST_LINE, MOST_CHARACTERS, MOST_COLUMNS, MOST_LINES, MOST_ROWS
from crm.transfer.tables import Line, ReadAs, Table, Unreadable

SEPARATORS = (";", ",", "\t", "|")

_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SAMPLE = 65_536


def read_separated(letters: Decoded, file_name: str, wanted: ReadAs) -> Table:
    """Unreadable when no honest table can be had of the text; never a table with rows lost."""
    text = letters.text
    _refuse_long_lines(text)
    said = _SEPARATOR_LINE.match(text)
    separator = wanted.separator or (said[1] if said else _separator(text))
    lines = tuple(_lines(text, separator, quotes=wanted.quotes))
    if said and wanted.separator is None:
        lines = lines[1:]
    read_as = ReadAs(letters.encoding, separator, wanted.quotes)
    return Table(file_name, read_as, (), lines, letters.notices)


def _refuse_long_lines(text: str) -> None:
    start, number = 0, 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_LINE and len(max(text[start:end].split("\r"), key=len)) > LONGEST_LINE:
            raise Unreadable("line_too_long", line=number, limit=LONGEST_LINE)
        start, number = end + 1, number + 1


def _separator(text: str) -> str:
    """The one that gives most lines the same number of cells, and more than one."""
    sample = text[:_SAMPLE].splitlines()[:60]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: list[str], separator: str) -> tuple[int, int]:
    widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator) if any(cells))
    widths.pop(1, None)
    if not widths:
        return (0, 0)
    width, lines = widths.most_common(1)[0]
    return (lines, width)


def _lines(text: str, separator: str, *, quotes: bool) -> Iterator[Line]:
    """Strict, because the csv module otherwise swallows every row up to the next quotation mark without a word."""
    csv.field_size_limit(LONGEST_LINE + 1)
    stream = io.StringIO(text, newline="")
    reader = (
        csv.reader(stream, delimiter=separator, strict=True)
        if quotes
        else csv.reader(stream, delimiter=separator, strict=True, quoting=csv.QUOTE_NONE)
    )
    characters, width = 0, 1
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "quote_unclosed" if "end of data" in str(error) else "quote_misplaced"
            raise Unreadable(code, line=number) from error
        characters += sum(map(len, cells))
        line = Line(number, reader.line_num, tuple(cell.strip() for cell in cells))
        _refuse_too_much(line, characters)
        _refuse_swallowed(line, separator, width)
        width = max(width, len(cells))
        yield line


def _refuse_too_much(line: Line, characters: int) -> None:
    if line.number > MOST_LINES:
        raise Unreadable("too_many_rows", limit=MOST_ROWS)
    if len(line.cells) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", line=line.number, limit=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in line.cells):
        raise Unreadable("cell_too_long", line=line.number, limit=LONGEST_CELL)
    if characters > MOST_CHARACTERS:
        raise Unreadable("too_much_text", limit=MOST_CHARACTERS)


def _refuse_swallowed(line: Line, separator: str, width: int) -> None:
    """A mark that opens in one row and closes in a later one, by luck before a separator, has eaten the rows between.

    Then one line of the cell has as many separators as a whole row; an address over two lines has not. A mark that opens
    further out than the first cell shows as a row with too many cells.
    """
    if line.ends == line.number or width < 2:
        return
    if any(piece.count(separator) >= width - 1 for cell in line.cells if "\n" in cell for piece in cell.split("\n")):
        raise Unreadable("rows_swallowed", line=line.number, ends=line.ends)
