"""Which pieces of a text answer the search, and the piece of a long one that is worth showing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crm.names import loose_key, search_key
from crm.search.asked import FEWEST_INSIDE, Asked, Word
from crm.search.words import digits_of, stem_of

SHOWN: Final = 120
BEFORE: Final = 40  # of a long text, this much stands before the first word that was found
# A word with what may stand inside it (O'Neil), or a number in groups.
_TOKEN: Final = re.compile(r"\+?[0-9][0-9 .\-]{6,30}[0-9]|[^\W_]+(?:['’`´][^\W_]+)*")


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool


def pieces(text: str, asked: Asked) -> tuple[Piece, ...]:
    """The whole text, cut where what was found begins and ends."""
    cut, done = [], 0
    for token in _TOKEN.finditer(text):
        found = _found_in(token[0], asked)
        if found is not None:
            start, end = (token.start() + place for place in found)
            cut += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    return tuple(piece for piece in (*cut, Piece(text[done:], False)) if piece.text)


def shortened(text: str, asked: Asked) -> str:
    """One line, with the first word that was found in it."""
    line = " ".join(text.split())
    if len(line) <= SHOWN:
        return line
    first = next((token.start() for token in _TOKEN.finditer(line) if _found_in(token[0], asked)), 0)
    start = 0 if first <= SHOWN - BEFORE else line.rfind(" ", 0, first - BEFORE) + 1
    end = start + SHOWN
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


def has_found(text: str, asked: Asked) -> bool:
    return any(_found_in(token[0], asked) for token in _TOKEN.finditer(text))


def finds_all(text: str, asked: Asked) -> bool:
    """Whether each word of one reading stands in the text."""
    tokens = [_key(token[0]) for token in _TOKEN.finditer(text)]
    return any(all(any(_place(word, *keys) for keys in tokens) for word in reading) for reading in asked.readings)


def _found_in(token: str, asked: Asked) -> tuple[int, int] | None:
    """From where to where the token answers. Where letters became fewer or more in its key, all of it."""
    key, loose = _key(token)
    places = [place for word in asked.words if (place := _place(word, key, loose)) is not None]
    if not places:
        return None
    start, end, is_loose = min(places, key=lambda place: (place[0], -place[1]))
    return (start, end) if len(loose if is_loose else key) == len(token) else (0, len(token))


def _place(word: Word, key: str, loose: str) -> tuple[int, int, bool] | None:
    for typed, text, is_loose in ((word.typed, key, False), (word.loose, loose, True)):
        at = text.find(typed) if typed else -1
        if typed and (at == 0 or (at > 0 and len(word.typed) >= FEWEST_INSIDE)):
            return at, at + len(typed), is_loose
    if word.stem is not None and stem_of(key) == word.stem:
        return 0, len(key), False
    return None


@lru_cache(maxsize=20_000)
def _key(token: str) -> tuple[str, str]:
    if token[0] in "+0123456789" and len(token) > 7:
        return digits_of(token), digits_of(token)
    return search_key(token), loose_key(token)
