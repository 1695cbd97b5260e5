"""How well an entry answers what was asked: ours, so that it is the same on every database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from crm.names import loose_key
from crm.search.asked import Asked, Reading, Word
from crm.search.entries import Entry, names_of
from crm.word_index import record_id_of


@dataclass(frozen=True)
class Meant:
    """The words of the index that a typed one may mean: it, its other forms and what begins so; and what it is a part of."""

    near: frozenset[str]
    inside: frozenset[str] = frozenset()


class Rank(IntEnum):
    """Lower is better."""

    NUMBER = 0  # its own number, telephone number, organisation number or address
    NAME = 1
    NAME_BEGINS = 2
    NAME_WORDS = 3  # each word begins one of the name's
    NAME_INSIDE = 4
    # The same four as somebody types them without æ, ø and å.
    LOOSE_NAME = 5
    LOOSE_NAME_BEGINS = 6
    LOOSE_NAME_WORDS = 7
    LOOSE_NAME_INSIDE = 8
    WORDS = 9  # each word as it was typed stands somewhere
    WORDS_BEGIN = 10
    WORDS_NEAR = 11
    WORDS_INSIDE = 12


Place = tuple[int, bool, float, int]

# A whole number and no piece of one: shorter ones stand in every text.
_WHOLE_NUMBER = 5


def place_of(asked: Asked, entry: Entry, meant: Mapping[Word, Meant], *, is_numbered: bool) -> Place | None:
    """For sorting, best first: how well, present names before others, the latest, the newest. None: no answer at all."""
    if is_numbered and asked.number is not None and record_id_of(entry.id) == asked.number:
        return _place(Rank.NUMBER, entry)
    words = set(entry.words.split())
    if _is_identified(asked, words):
        return _place(Rank.NUMBER, entry)
    names = [
        (rank, place > 0) for place, name in enumerate(names_of(entry)) if (rank := _name_rank(asked, name)) is not None
    ]
    if names:
        rank, is_other = min(names)
        return _place(rank, entry, is_other=is_other)
    ranks = [rank for reading in asked.readings if (rank := _words_rank(reading, words, meant)) is not None]
    return _place(min(ranks), entry) if ranks else None


def _place(rank: Rank, entry: Entry, *, is_other: bool = False) -> Place:
    return int(rank), is_other, -entry.at.timestamp(), -entry.id


def _is_identified(asked: Asked, words: set[str]) -> bool:
    for reading in asked.readings:
        is_number = len(reading) == 1 and reading[0].typed.isdigit() and len(reading[0].typed) >= _WHOLE_NUMBER
        if (is_number or asked.is_address) and all(word.typed in words for word in reading):
            return True
    return False


def _name_rank(asked: Asked, name: str) -> Rank | None:
    step = _step(asked.whole, [word.typed for word in asked.readings[0]], name) if asked.readings else None
    if step is not None:
        return Rank(Rank.NAME + step)
    loose_words = [word.loose for reading in asked.readings[:1] for word in reading]
    if not loose_words or None in loose_words:
        return None
    step = _step(asked.loose, [word for word in loose_words if word], loose_key(name))
    return None if step is None else Rank(Rank.LOOSE_NAME + step)


def _step(whole: str, words: list[str], name: str) -> int | None:
    if name == whole:
        return 0
    if name.startswith(whole):
        return 1
    beginnings = f" {name}"
    if all(f" {word}" in beginnings for word in words):
        return 2
    return 3 if all((len(word) > 2 and word in name) or f" {word}" in beginnings for word in words) else None


def _words_rank(reading: Reading, words: set[str], meant: Mapping[Word, Meant]) -> Rank | None:
    worst = Rank.WORDS
    for word in reading:
        near = words & meant[word].near
        if word.typed in words:
            continue
        if any(one.startswith(word.typed) for one in near):
            worst = max(worst, Rank.WORDS_BEGIN)
        elif near:
            worst = max(worst, Rank.WORDS_NEAR)
        elif words & meant[word].inside:
            worst = Rank.WORDS_INSIDE
        else:
            return None
    return worst
