"""Lists as text: which letters the bytes are, what parts the cells, and where a quotation mark is missing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from crm.transfer.limits import LONGEST_CELL, LONGEST_LINE, MOST_CHARACTERS, MOST_COLUMNS, MOST_LINES, MOST_ROWS
from crm.transfer.tables import Line, Notice, ReadAs, Table, Unreadable

TWICE = "utf-8-twice"
ENCODINGS = ("utf-8", "cp1252", "utf-16", "mac_roman", "cp865", TWICE)
SEPARATORS = (";", ",", "\t", "|")

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What Norwegian lists were saved in before UTF-8: Windows, Macintosh, and DOS, of which some registers are descended.
_OLDER = ("cp1252", "mac_roman", "cp865")
# UTF-8 read as Windows-1252 or as Latin-1: å is then Ã¥, and Ø is Ã˜ or Ã with an invisible sign.
_MANGLED = re.compile("Ã[¥¸¦˜…†\x98\x85\x86]")
_LETTERS = re.compile("(?<=[a-zæøå])[æøåé](?=[a-zæøå])|\\b[ÆØÅ](?=[a-zæøå])|(?<=[a-zæøå])[æøå]\\b")
_SIGNS = re.compile("[¿¡†‡‰‹›√∫≈◊¤¶§¢¥ƒ¬║╗╝▒░│┤╡╢╖╕╣]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SAMPLE = 65_536


def read_separated(data: bytes, file_name: str, wanted: ReadAs) -> Table:
    """Unreadable when no honest table can be had from the bytes; never a table with rows lost."""
    text, encoding, notices = decoded(data, wanted.encoding)
    _refuse_long_lines(text)
    said = _SEPARATOR_LINE.match(text)
    separator = wanted.separator or (said[1] if said else _separator(text))
    lines = tuple(_lines(text, separator, quotes=wanted.quotes))
    if said and wanted.separator is None:
        lines = lines[1:]
    read_as = ReadAs(encoding, separator, wanted.quotes)
    return Table(file_name, read_as, (), lines, (*notices, *_notices_of(text)))


def decoded(data: bytes, encoding: str | None) -> tuple[str, str, tuple[Notice, ...]]:
    """Text without byte order mark, the encoding, and what to say about it."""
    encoding = encoding or _encoding(data)
    try:
        text = _mended(data) if encoding == TWICE else data.decode(encoding)
        lost: tuple[Notice, ...] = ()
    except UnicodeError:
        text = data.decode("utf-8" if encoding == TWICE else encoding, errors="replace")
        lost = (Notice("characters_lost", {"count": text.count("\ufffd")}),)
    if "\0" in text:
        raise Unreadable("binary", line=text.count("\n", 0, text.index("\0")) + 1)
    return text.removeprefix("\ufeff"), encoding, lost


def _encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return _wide_encoding(sample)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(_OLDER, key=lambda encoding: _likeness(sample.decode(encoding, errors="replace")))
    return "utf-8"


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without its mark has a zero in nearly every second place; anything else with zeros is no text."""
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else "utf-8"


def _likeness(text: str) -> int:
    """How Norwegian a decoding looks: our letters inside words, less the signs nobody puts in a list."""
    return 3 * len(_LETTERS.findall(text)) - 2 * len(_SIGNS.findall(text)) - text.count("\ufffd")


def _mended(data: bytes) -> str:
    """Takes back one reading of UTF-8 as Windows-1252, letter by letter, for files where only some rows went through it."""
    text = data.decode("utf-8")
    return re.sub("[\u0080-\u0192\u02c6-\u2122]{2,}", _mended_piece, text)


def _mended_piece(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _notices_of(text: str) -> Iterator[Notice]:
    mangled = _MANGLED.search(text)
    if mangled:
        facts: dict[str, str | int] = {
            "line": text.count("\n", 0, mangled.start()) + 1,
            "count": len(_MANGLED.findall(text)),
        }
        yield Notice("mangled", facts)


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
