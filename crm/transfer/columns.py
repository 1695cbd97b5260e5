"""What the columns of a list mean, by their headings. A proposal: whoever imports can correct every one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from crm.names import search_key
from crm.transfer.headings import OF_ORGANISATIONS, OF_PERSONS
from crm.transfer.limits import HEADER_WITHIN
from crm.transfer.meanings import MAY_REPEAT, Meaning
from crm.transfer.profiles import Profile, profile_of
from crm.transfer.tables import Line, Table

Meanings = tuple[Meaning | None, ...]


class Subject(StrEnum):
    """What a row of the list is: a house or another organisation, perhaps with its contact person; or a person, perhaps at one."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"


_HEADINGS: Mapping[Subject, Mapping[str, Meaning]] = {
    Subject.ORGANISATIONS: OF_ORGANISATIONS,
    Subject.PERSONS: OF_PERSONS,
}
_SURELY = 1000
_NAMES = frozenset({Meaning.PERSON, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME})


def choices(subject: Subject) -> list[Meaning]:
    """What a column of such a list can be said to be, what the list is about first."""
    if subject is Subject.ORGANISATIONS:
        can_be = {*OF_ORGANISATIONS.values(), Meaning.GIVEN_NAME, Meaning.FAMILY_NAME, Meaning.PERSON_NOTE}
        return [meaning for meaning in Meaning if meaning in can_be]
    persons = list(Meaning)[list(Meaning).index(Meaning.PERSON) :]
    return [*persons, *(meaning for meaning in Meaning if meaning not in {*persons, Meaning.MEMBER_SINCE})]


def meaning_of(heading: str, subject: Subject) -> Meaning | None:
    """By the whole heading, else without what stands in brackets or after a colon: `Org.nr. (9 siffer)`."""
    known = _HEADINGS[subject]
    bare = heading.partition("(")[0].partition(":")[0].rstrip("*")
    return known.get(search_key(heading)) or known.get(search_key(bare))


def header_place(lines: Sequence[Line]) -> int | None:
    """The index of the line whose cells look most like headings; lists often begin with a title. None: there is none.

    Without any heading we know, the first line with more than one cell filled in.
    """
    first = lines[:HEADER_WITHIN]
    scores = [_likeness(line) for line in first]
    most = max(scores, default=0)
    if most:
        return scores.index(most)
    return next((place for place, line in enumerate(first) if sum(map(bool, line.cells)) > 1), 0 if first else None)


def _likeness(line: Line) -> int:
    """How many columns could be named so; far more than any when a program we know begins its lists like this."""
    named = {search_key(cell) for cell in line.cells if any(meaning_of(cell, subject) for subject in Subject)}
    return len(named) + (_SURELY if profile_of(line.cells) else 0)


def headings(table: Table, header: int) -> tuple[str, ...]:
    """As they stand, trailing empty ones left out."""
    cells = list(table.lines[header].cells)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def headings_key(names: Sequence[str], subject: Subject) -> str:
    """Knows the same headings again next time, however they are spaced and capitalised."""
    return hashlib.sha256("|".join([subject.value, *map(search_key, names)]).encode()).hexdigest()


def likely_subject(names: Sequence[str]) -> Subject:
    """Persons when a person's names have columns of their own, or a name stands beside a place of work."""
    profile = profile_of(names)
    if profile is not None:
        return Subject.PERSONS
    as_house = {meaning_of(name, Subject.ORGANISATIONS) for name in names}
    as_person = {meaning_of(name, Subject.PERSONS) for name in names}
    if {Meaning.GIVEN_NAME, Meaning.FAMILY_NAME} & as_person:
        return Subject.PERSONS
    has_both = {Meaning.PERSON, Meaning.NAME} <= as_person and Meaning.PERSON not in as_house
    return Subject.PERSONS if has_both else Subject.ORGANISATIONS


def proposed_meanings(names: Sequence[str], subject: Subject) -> Meanings:
    """One for each column. Of two columns with the same meaning the second is read only where there can be two."""
    profile = profile_of(names) if subject is Subject.PERSONS else None
    seen: set[Meaning] = set()
    found: list[Meaning | None] = []
    for name in names:
        meaning = _meaning(name, subject, profile)
        if meaning in seen and meaning not in MAY_REPEAT:
            meaning = None
        if meaning is not None:
            seen.add(meaning)
        found.append(meaning)
    return tuple(found)


def _meaning(name: str, subject: Subject, profile: Profile | None) -> Meaning | None:
    """A program's own headings mean what they mean there; what it does not say of a column is not guessed at."""
    return meaning_of(name, subject) if profile is None else profile.meaning_of(name)


def has_names(meanings: Sequence[Meaning | None], subject: Subject) -> bool:
    """Whether the columns can make such a list at all."""
    if subject is Subject.ORGANISATIONS:
        return Meaning.NAME in meanings
    return not _NAMES.isdisjoint(meanings) or Meaning.PERSON_EMAIL in meanings


def doubled(meanings: Sequence[Meaning | None]) -> tuple[Meaning, ...]:
    """Those chosen for two columns though there is only one of them."""
    counted = Counter(meaning for meaning in meanings if meaning is not None)
    return tuple(meaning for meaning, count in counted.items() if count > 1 and meaning not in MAY_REPEAT)


def same_headings(names: Sequence[str]) -> tuple[str, ...]:
    """Headings that stand over more than one column."""
    counted = Counter(search_key(name) for name in names if name)
    return tuple(dict.fromkeys(name for name in names if name and counted[search_key(name)] > 1))
