"""Workbooks of Excel and LibreOffice. The zip file and the cells' places are measured before anything is parsed.

calamine makes a full rectangle up to the last cell, so one cell at XFD1048576 would take 1.3 GiB; and a zip file of some kilobytes
can unpack to gigabytes. LibreOffice's files say how often a cell is repeated, so only the finished sheet knows its size: there the
limits of the reading process hold.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from crm.transfer.limits import (
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_ZIP_ENTRIES,
)
from crm.transfer.tables import Line, Notice, ReadAs, Source, Table, Unreadable

ZIP_START, OLD_EXCEL_START = b"PK", b"\xd0\xcf\x11\xe0"

# A cell with something in it: empty ones close themselves, and may be formatted down to the last row of the sheet.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*?(/?)>""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]|\btable:formula=")
_OPEN_DOCUMENT = "content.xml"  # where LibreOffice keeps all sheets
_CHUNK, _OVERLAP = 1 << 20, 4096


@dataclass
class _Extent:
    rows: int = 0
    columns: int = 0
    formulas: int = 0

    @property
    def is_too_far(self) -> bool:
        return self.rows > MOST_LINES or self.columns > MOST_COLUMNS


def read_workbook(data: bytes, file_name: str, wanted: ReadAs) -> Table:
    """The sheet asked for, or the first visible one that has anything in it."""
    if data.startswith(OLD_EXCEL_START):
        raise Unreadable("old_excel")
    extents = list(_extents(data))
    _refuse_far_cells(extents)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible)
        sheet = _sheet(book, names, wanted.sheet)
        _refuse_far_cells([_Extent(sheet.total_height, sheet.total_width)])
        lines = tuple(_lines(sheet))
    except CalamineError as error:
        raise Unreadable("workbook_broken") from error
    formulas = sum(extent.formulas for extent in extents)
    notices = (Notice("formulas", {"count": formulas}),) if formulas else ()
    return Table(file_name, ReadAs(sheet=sheet.name), names, lines, notices, Source.WORKBOOK)


def _extents(data: bytes) -> Iterator[_Extent]:
    """Unpacks every part once, counting: the sizes a zip file declares can lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_strangers(entries)
            left = LARGEST_UNPACKED
            for entry in entries:
                extent = _Extent()
                for piece, overlap in _pieces(archive, entry):
                    left -= len(piece) - overlap
                    if left < 0:
                        raise Unreadable("unpacks_too_large", limit=LARGEST_UNPACKED // 1024 // 1024)
                    if entry.filename.startswith("xl/worksheets/") or entry.filename == _OPEN_DOCUMENT:
                        _measure(extent, piece, overlap)
                yield extent
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable("workbook_broken") from error
    except RuntimeError as error:  # the zip module's word for "needs a password"
        raise Unreadable("workbook_locked") from error


def _refuse_strangers(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Unreadable("unpacks_too_large", limit=LARGEST_UNPACKED // 1024 // 1024)
    if names.isdisjoint({"xl/workbook.xml", _OPEN_DOCUMENT}):
        raise Unreadable("not_a_workbook")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Each piece begins with the end of the one before it, so that no tag is torn; the second value is how much."""
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk, len(tail)
            tail = chunk[-_OVERLAP:]


def _measure(extent: _Extent, piece: bytes, overlap: int) -> None:
    for column, row, empty in _CELL.findall(piece):
        if not empty:
            extent.rows = max(extent.rows, int(row))
            extent.columns = max(extent.columns, _column_number(column))
    extent.formulas += len(_FORMULA.findall(piece, max(overlap - 8, 0)))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_far_cells(extents: list[_Extent]) -> None:
    """A sheet we would not even read refuses the file: calamine may look at it to find its size."""
    for extent in extents:
        if extent.rows > MOST_LINES and extent.columns <= MOST_COLUMNS:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
        if extent.is_too_far:
            raise Unreadable("cell_too_far", row=extent.rows, column=extent.columns)


def _sheet(book: CalamineWorkbook, names: tuple[str, ...], wanted: str | None) -> CalamineSheet:
    if not names:
        raise Unreadable("workbook_empty")
    if wanted in names:
        return book.get_sheet_by_name(wanted)
    sheets = (book.get_sheet_by_name(name) for name in names)
    return next((sheet for sheet in sheets if sheet.height and sheet.width), book.get_sheet_by_name(names[0]))


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    characters = 0
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = tuple(_text(value) for value in row)
        characters += sum(map(len, cells))
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_much_text", limit=MOST_CHARACTERS)
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable("cell_too_long", line=number, limit=LONGEST_CELL)
        yield Line(number, number, cells)


def _text(value: object) -> str:
    """As somebody would have typed it: an organisation number is stored as 974760673.0, a date as a day."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\0", "").strip()
