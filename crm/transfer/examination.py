"""Goes through the rows of a list against what we have, and says what would happen to each. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from crm.names import search_key
from crm.transfer.changes import Change, Details, Field, changes_by, with_changes
from crm.transfer.matching import Candidate, Index, Known
from crm.transfer.matching import traits_of as traits_of_house
from crm.transfer.people_matching import KnownPerson, PersonCandidate, PersonIndex, traits_of
from crm.transfer.person_changes import PersonDetails, changes_to_person, with_person_changes
from crm.transfer.rows import ListRow, PersonRow, Remark
from db.models.people import ContactKind

NEW, SKIP, NO_PLACE = "new", "skip", "none"


class Outcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    ASKED = "asked"  # waits for somebody to choose
    SKIPPED = "skipped"  # somebody chose to leave it out
    REJECTED = "rejected"


WRITTEN = frozenset({Outcome.NEW, Outcome.UPDATED})


@dataclass(frozen=True, slots=True)
class Choice:
    """`house` and `person`: NEW, SKIP or a candidate's key. `place`: a municipality's number or NO_PLACE. None: not chosen yet."""

    house: str | None = None
    place: str | None = None
    person: str | None = None

    @property
    def leaves_out(self) -> bool:
        return SKIP in (self.house, self.person)


@dataclass(frozen=True, slots=True)
class RowResult:
    """What would happen to a row. `target` and `person` are those it means, None for new ones and while it is asked.

    `candidates`, `people` and `places` are what there is to choose among; empty when there is nothing to choose.
    """

    row: ListRow
    outcome: Outcome
    target: Known | None = None
    person: KnownPerson | None = None
    candidates: tuple[Candidate, ...] = ()
    people: tuple[PersonCandidate, ...] = ()
    places: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def proposal(self) -> str | None:
        """The choice we would make ourselves for which house it is; none while its municipality may be another one."""
        if self.row.place_candidates:
            return None
        likely = [candidate for candidate in self.candidates if candidate.likeness.is_sure]
        return likely[0].known.key if len(likely) == 1 else None

    @property
    def means(self) -> str:
        """Which house and which person, for comparing two examinations."""
        return f"{self.target.key if self.target else ''}+{self.person.key if self.person else ''}"


@dataclass(frozen=True)
class Ours:
    """What a list is compared with: the houses and persons we have that any row of it could mean, by their keys.

    `suppressed` are e-mail addresses of people who must not come back.
    """

    houses: Index
    house_details: Mapping[int, Details]
    people: PersonIndex
    person_details: Mapping[int, PersonDetails]
    suppressed: frozenset[str] = frozenset()


class Examination:
    """One going through a list, row after row: what an earlier row makes new, a later one knows."""

    def __init__(self, ours: Ours, choices: Mapping[int, Choice]) -> None:
        self._ours = ours
        self._choices = choices
        self._houses = {f"house:{house}": details for house, details in ours.house_details.items()}
        self._people = {f"person:{person}": details for person, details in ours.person_details.items()}

    def results(self, rows: Sequence[ListRow]) -> list[RowResult]:
        return [self.result(row) for row in rows]

    def result(self, row: ListRow) -> RowResult:
        if row.refused is not None:
            return RowResult(row, Outcome.REJECTED, remarks=(row.refused,))
        choice = self._choices.get(row.line, Choice())
        if choice.leaves_out:
            return RowResult(row, Outcome.SKIPPED, remarks=row.remarks)
        row = self._without_suppressed(row)
        if row.refused is not None:
            return RowResult(row, Outcome.REJECTED, remarks=(row.refused,))
        row, places = _placed(row, choice)
        candidates = self._house_candidates(row)
        house, is_decided = _decided(candidates, choice.house)
        needs_place = bool(row.place_candidates) and self._needs_place(house) if row.name else False
        people = self._person_candidates(row, house)
        person, is_known = _decided(people, choice.person)
        asked = RowResult(
            row,
            Outcome.ASKED,
            house,
            person,
            () if _is_certain(candidates) else candidates,
            () if _is_certain(people) else people,
            places,
            remarks=row.remarks,
        )
        return self._settled(asked) if is_decided and is_known and not needs_place else asked

    def _without_suppressed(self, row: ListRow) -> ListRow:
        """A member stays although its contact person asked to be forgotten."""
        if row.person is None or self._is_welcome(row.person):
            return row
        if row.is_about_a_person:
            return replace(row, refused=Remark("suppressed"), person=None, name="")
        return replace(row, person=None, remarks=(*row.remarks, Remark("contact_suppressed")))

    def _is_welcome(self, person: PersonRow) -> bool:
        return self._ours.suppressed.isdisjoint(person.keys_of(ContactKind.EMAIL))

    def _house_candidates(self, row: ListRow) -> tuple[Candidate, ...]:
        if not row.name:
            return ()
        found = self._ours.houses.candidates(row)
        if row.person is not None and row.person.stands_alone:  # our own list says exactly which house it means
            found = [one for one in found if one.known.row is None or one.likeness.is_sure]
        return tuple(found)

    def _needs_place(self, known: Known | None) -> bool:
        return known is None or not self._houses[known.key].plain.get(Field.MUNICIPALITY)

    def _person_candidates(self, row: ListRow, house: Known | None) -> tuple[PersonCandidate, ...]:
        if row.person is None:
            return ()
        key = house.key if house else None
        only_certain = not row.is_about_a_person
        return tuple(self._ours.people.candidates(row.person, key, row.digest, only_certain=only_certain))

    def _settled(self, asked: RowResult) -> RowResult:
        row, changes, kept = asked.row, list[Change](), list[Remark]()
        house_key = None
        if row.name:
            house_key, added, remarks = self._settle_house(row, asked.target)
            changes, kept = changes + added, kept + remarks
        if row.person is not None:
            added, remarks = self._settle_person(row, row.person, asked.person, house_key)
            changes, kept = changes + added, kept + remarks
        is_new = asked.person is None if row.is_about_a_person else asked.target is None
        outcome = Outcome.NEW if is_new else Outcome.UPDATED if changes else Outcome.UNCHANGED
        return replace(asked, outcome=outcome, changes=tuple(changes), remarks=(*row.remarks, *kept))

    def _settle_house(self, row: ListRow, known: Known | None) -> tuple[str, list[Change], list[Remark]]:
        subject = known or Known(row.name, row.kind, row.org_number, row.municipality_number, row=row.line)
        details = self._houses.get(subject.key, Details(kind=row.kind))
        changes, kept = changes_by(row, details)
        self._houses[subject.key] = with_changes(details, row, changes)
        if known is None:
            self._ours.houses.add(subject, traits_of_house(row))
        return subject.key, changes, kept

    def _settle_person(
        self, row: ListRow, person: PersonRow, known: KnownPerson | None, house: str | None
    ) -> tuple[list[Change], list[Remark]]:
        subject = known or KnownPerson(person.name, row=row.line, source=person.source)
        details = self._people.get(subject.key, PersonDetails())
        changes, kept = changes_to_person(person, details, house)
        self._people[subject.key] = with_person_changes(details, person, changes, house)
        self._ours.people.add(subject, person.keys.search_key, traits_of(person, house))
        if known is None:
            changes.insert(0, Change(Field.PERSON, person.name))
        elif search_key(known.name) != person.keys.search_key:
            kept.append(Remark("kept_name", known.name))
        return changes, kept


def _placed(row: ListRow, choice: Choice) -> tuple[ListRow, tuple[str, ...]]:
    """The row in the municipality somebody chose for it."""
    places = row.place_candidates
    if choice.place == NO_PLACE:
        return replace(row, place_candidates=()), places
    if choice.place in places:
        return replace(row, municipality_number=choice.place, place_candidates=()), places
    return row, places


def _is_certain(candidates: Sequence[Candidate] | Sequence[PersonCandidate]) -> bool:
    return bool(candidates) and candidates[0].is_certain


def _decided(candidates: Sequence[Candidate] | Sequence[PersonCandidate], choice: str | None) -> tuple[Any, bool]:
    """Which one, None for a new one or none at all; and whether that is settled."""
    if not candidates:
        return None, True
    if _is_certain(candidates):
        return candidates[0].known, True
    if choice == NEW:
        return None, True
    chosen = next((one.known for one in candidates if one.known.key == choice), None)
    return chosen, chosen is not None
