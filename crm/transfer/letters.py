"""Which letters the bytes of a text file are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm.transfer.tables import Notice, Unreadable

TWICE = "utf-8-twice"
ENCODINGS = ("utf-8", "cp1252", "utf-16", "mac_roman", "cp865", TWICE)

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What Norwegian lists were saved in before UTF-8: Windows, Macintosh, and DOS, of which some registers are descended.
_OLDER = ("cp1252", "mac_roman", "cp865")
# UTF-8 read as Windows-1252 or as Latin-1: å is then Ã¥, and Ø is Ã˜ or Ã with an invisible sign.
_MANGLED = re.compile("Ã[¥¸¦˜…†\x98\x85\x86]")
_LETTERS = re.compile("(?<=[a-zæøå])[æøåé](?=[a-zæøå])|\\b[ÆØÅ](?=[a-zæøå])|(?<=[a-zæøå])[æøå]\\b")
_SIGNS = re.compile("[¿¡†‡‰‹›√∫≈◊¤¶§¢¥ƒ¬║╗╝▒░│┤╡╢╖╕╣]")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is without byte order mark; `notices` is what its reader should know."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decoded(data: bytes, encoding: str | None) -> Decoded:
    """In the encoding, or in the one the bytes look most like. Unreadable when they are no text."""
    encoding = encoding or _encoding(data)
    try:
        text = _mended(data) if encoding == TWICE else data.decode(encoding)
        lost: tuple[Notice, ...] = ()
    except UnicodeError:
        text = data.decode("utf-8" if encoding == TWICE else encoding, errors="replace")
        lost = (Notice("characters_lost", {"count": text.count("\ufffd")}),)
    if "\0" in text:
        raise Unreadable("binary", line=text.count("\n", 0, text.index("\0")) + 1)
    return Decoded(text.removeprefix("\ufeff"), encoding, (*lost, *_mangled(text)))


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


def _mangled(text: str) -> Iterator[Notice]:
    mangled = _MANGLED.search(text)
    if mangled:
        facts: dict[str, str | int] = {
            "line": text.count("\n", 0, mangled.start()) + 1,
            "count": len(_MANGLED.findall(text)),
        }
        yield Notice("mangled", facts)
