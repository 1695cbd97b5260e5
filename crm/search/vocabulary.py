"""The table of all words in the index, and where each stands: what new entries add to it, what the last with a word takes along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from crm.names import loose_key
from crm.search import engine
from crm.search.entries import Entry, names_of
from crm.search.words import stem_of
from crm.touched import in_portions
from crm.word_index import place_of
from db.search_tables import words

_KNOWN: Final = select(words.c.word, words.c.places).where(words.c.word.in_(bindparam("words", expanding=True)))
# Two who write at once may both bring the same new word; the second one's is then there already.
_ADD: Final = text(
    "INSERT INTO search_words (word, loose, stem, places) VALUES (:word, :loose, :stem, :places) "
    "ON CONFLICT (word) DO UPDATE SET places = search_words.places | excluded.places"
)


def follow(session: Session, kind: int, *, gone: Sequence[Entry], new: Sequence[Entry]) -> None:
    """After the entries, all of one kind, are written."""
    was, now = places_of(kind, gone), places_of(kind, new)
    _add(session, {word: bits & ~was.get(word, 0) for word, bits in now.items()})
    for in_names in (False, True):
        place = place_of(kind, in_names=in_names)
        left = [word for word, bits in was.items() if _is_at(place, bits & ~now.get(word, 0))]
        engine.leave_place(session, place, engine.unused(session, kind, sorted(left), in_names=in_names))


def places_of(kind: int, entries: Iterable[Entry]) -> dict[str, int]:
    """The words of these entries, all of one kind, and where each stands: a bit for their texts, and one for their names."""
    texts, names = (1 << place_of(kind, in_names=in_names) for in_names in (False, True))
    found: dict[str, int] = {}
    for entry in entries:
        found.update((word, found.get(word, 0) | texts) for word in entry.words.split())
        found.update((word, found.get(word, 0) | names) for name in names_of(entry) for word in name.split())
    return found


def _is_at(place: int, bits: int) -> bool:
    return bool(bits & (1 << place))


def _add(session: Session, wanted: Mapping[str, int]) -> None:
    """In alphabetical order: of two transactions that bring the same words, one then waits and neither blocks the other."""
    for some in in_portions(word for word, bits in wanted.items() if bits):
        known: dict[str, int] = {row.word: row.places for row in session.execute(_KNOWN, {"words": some})}
        fresh = {word: bits for word in some if (bits := wanted[word] & ~known.get(word, 0))}
        if not fresh:
            continue
        session.execute(
            _ADD,
            [
                {"word": word, "loose": loose_key(word), "stem": stem_of(word), "places": bits}
                for word, bits in fresh.items()
            ],
        )
        for place in _places_in(fresh.values()):
            engine.add_parts(session, place, [word for word, bits in fresh.items() if _is_at(place, bits)])


def _places_in(all_bits: Iterable[int]) -> list[int]:
    together = reduce(or_, all_bits)
    return [place for place in range(together.bit_length()) if _is_at(place, together)]
