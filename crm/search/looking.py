"""Looking in the index: few words at a time, few entries at a time, whatever it holds.

First the words that may be meant are looked up in the vocabulary, then the newest entries that have them, each kind by itself, so
that a thousand calls do not hide a house. Where there are more than fit, those with a better answer are asked for apart: what must
come first is there however many come after. The cost: of answers equally good, only the newest are seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Column, Select, bindparam, select
from sqlalchemy.orm import Session

from crm.facets import SEARCHABLE
from crm.search import engine
from crm.search.asked import FEWEST_INSIDE, Asked, Word
from crm.search.entries import Entry
from crm.search.ranking import Meant, Place, place_of
from crm.word_index import LAST, NAME_MARK, entry_id
from db.search_tables import entries

CANDIDATES: Final = 24
NAMED: Final = 10


def _beginning(column: Column[str]) -> Select[Any]:
    here = (entries.c.kind == bindparam("kind"), column >= bindparam("typed"), column < bindparam("end"))
    has_one = entries.c.name_key.is_not(None)  # as the index says, or it is not used
    return select(entries).where(*here, has_one).order_by(column, entries.c.id).limit(NAMED)


_NAMED: Final = _beginning(entries.c.name_key)
_LOOSELY_NAMED: Final = _beginning(entries.c.loose_key)


@dataclass
class Search:
    """One search as it goes on: what has been found so far, by kind, and which words may be meant."""

    session: Session
    asked: Asked
    limit: int
    kinds: Sequence[int]
    meant: dict[Word, Meant] = field(default_factory=dict)
    found: dict[int, Entry] = field(default_factory=dict)

    def run(self) -> dict[int, list[Entry]]:
        """By kind, best first; the kinds themselves with the best answer first."""
        self._by_number()
        self.meant = {word: Meant(engine.near_words(self.session, word)) for word in self.asked.words}
        near = {word: meant.near for word, meant in self.meant.items()}
        full = self._with_words(near, self.kinds)
        if full:
            self._with_words(near, full, column="names")
            self._with_words({word: frozenset({word.typed}) for word in near}, full)
            self._named(full)
        ranked = self._ranked()
        few = [kind for kind in self.kinds if len(ranked.get(kind, ())) < self.limit]
        if few and self._look_inside(few):
            ranked = self._ranked()
        return ranked

    @property
    def _most(self) -> int:
        return max(CANDIDATES, self.limit + 1)

    def _by_number(self) -> None:
        if self.asked.number is not None:
            kinds = [searchable.number for searchable in SEARCHABLE if searchable.is_numbered]
            self._add(engine.entries_with(self.session, [entry_id(kind, self.asked.number) for kind in kinds]))

    def _with_words(
        self, words: Mapping[Word, frozenset[str]], kinds: Sequence[int], column: str = "words"
    ) -> list[int]:
        """The kinds of which there are more than were fetched."""
        mark = NAME_MARK if column == "names" else ""
        readings = [[sorted(mark + one for one in words[word]) for word in reading] for reading in self.asked.readings]
        possible = [reading for reading in readings if all(reading)]
        if not possible:
            return []
        found = engine.entries_with_words(self.session, possible, kinds, column=column, limit=self._most)
        self._add(found)
        count = Counter(entry.kind for entry in found)
        return [kind for kind in kinds if count[kind] == self._most]

    def _named(self, kinds: Sequence[int]) -> None:
        """Those whose name is, or begins with, what was typed: few, among the many that have the same words."""
        for kind in kinds:
            for query, typed in ((_NAMED, self.asked.whole), (_LOOSELY_NAMED, self.asked.loose)):
                named = {"kind": kind, "typed": typed, "end": typed + LAST}
                self._add(engine.read(self.session, query, named))

    def _look_inside(self, kinds: Sequence[int]) -> bool:
        for word, meant in self.meant.items():
            if len(word.typed) >= FEWEST_INSIDE:
                self.meant[word] = Meant(meant.near, engine.words_around(self.session, word) - meant.near)
        if not any(meant.inside for meant in self.meant.values()):
            return False
        self._with_words({word: meant.near | meant.inside for word, meant in self.meant.items()}, kinds)
        return True

    def _add(self, found: Iterable[Entry]) -> None:
        self.found.update((entry.id, entry) for entry in found)

    def _ranked(self) -> dict[int, list[Entry]]:
        numbered = {searchable.number for searchable in SEARCHABLE if searchable.is_numbered}
        placed: list[tuple[Place, Entry]] = []
        for entry in self.found.values():
            place = place_of(self.asked, entry, self.meant, is_numbered=entry.kind in numbered)
            if place is not None:
                placed.append((place, entry))
        placed.sort(key=lambda one: one[0])
        groups: dict[int, list[tuple[Place, Entry]]] = {}
        for place, entry in placed:
            groups.setdefault(entry.kind, []).append((place, entry))
        in_order = sorted(groups, key=lambda kind: (groups[kind][0][0][:2], self.kinds.index(kind)))
        return {kind: [entry for _, entry in groups[kind]] for kind in in_order if kind in self.kinds}
