"""Goes through the rows of a list against what we have, and says what would happen to each. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from crm.transfer.changes import Change, Details, Field, changes_by, with_changes
from crm.transfer.matching import CERTAIN, PROPOSED, Candidate, Index, Known
from crm.transfer.rows import MemberRow, Remark

NEW_HOUSE, SKIP, NO_PLACE = "new", "skip", "none"


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
    """`house` is NEW_HOUSE, SKIP or a candidate's key; `place` a municipality's number or NO_PLACE. None: not chosen yet."""

    house: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """What would happen to a row. `target` is the house it means, None for a new one and while it is asked.

    `candidates` are the houses to choose among, and `places` the municipalities; empty when there is nothing to choose.
    """

    row: MemberRow
    outcome: Outcome
    target: Known | None = None
    candidates: tuple[Candidate, ...] = ()
    places: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def proposal(self) -> str | None:
        """The choice we would make ourselves for which house it is; none while its municipality may be another one."""
        if self.row.place_candidates:
            return None
        likely = [candidate for candidate in self.candidates if candidate.likeness in PROPOSED]
        return key_of(likely[0].known) if len(likely) == 1 else None


def key_of(known: Known) -> str:
    return f"house:{known.house}" if known.house is not None else f"row:{known.row}"


class Examination:
    """`houses` has the details of our own by id."""

    def __init__(self, index: Index, houses: Mapping[int, Details], choices: Mapping[int, Choice]) -> None:
        self._index = index
        self._details: dict[str, Details] = {f"house:{house}": details for house, details in houses.items()}
        self._choices = choices

    def results(self, rows: Sequence[MemberRow]) -> list[RowResult]:
        return [self._result(row) for row in rows]

    def _result(self, row: MemberRow) -> RowResult:
        if row.refused is not None:
            return RowResult(row, Outcome.REJECTED, remarks=(row.refused,))
        choice = self._choices.get(row.line, Choice())
        if choice.house == SKIP:
            return RowResult(row, Outcome.SKIPPED, remarks=row.remarks)
        row, places = _placed(row, choice)
        candidates = tuple(self._index.candidates(row))
        known, is_decided = _decided(candidates, choice)
        if not is_decided:
            return RowResult(row, Outcome.ASKED, None, candidates, places, remarks=row.remarks)
        if row.place_candidates and self._needs_place(known):
            return RowResult(row, Outcome.ASKED, known, _choosable(candidates), places, remarks=row.remarks)
        return self._settled(row, known, _choosable(candidates), places)

    def _needs_place(self, known: Known | None) -> bool:
        return known is None or not self._of(known).plain.get(Field.MUNICIPALITY)

    def _of(self, known: Known) -> Details:
        return self._details.get(key_of(known), Details())

    def _settled(
        self, row: MemberRow, known: Known | None, candidates: tuple[Candidate, ...], places: tuple[str, ...]
    ) -> RowResult:
        details = self._of(known) if known else Details()
        changes, kept = changes_by(row, details)
        subject = known or Known(row.name, row.org_number, row.municipality_number, row=row.line)
        self._details[key_of(subject)] = with_changes(details, row, changes)
        if known is None:
            self._index.add(subject, emails=row.email_keys)
            outcome = Outcome.NEW
        else:
            outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
        return RowResult(row, outcome, known, candidates, places, tuple(changes), (*row.remarks, *kept))


def _placed(row: MemberRow, choice: Choice) -> tuple[MemberRow, tuple[str, ...]]:
    """The row in the municipality somebody chose for it."""
    places = row.place_candidates
    if choice.place == NO_PLACE:
        return replace(row, place_candidates=()), places
    if choice.place in places:
        return replace(row, municipality_number=choice.place, place_candidates=()), places
    return row, places


def _decided(candidates: tuple[Candidate, ...], choice: Choice) -> tuple[Known | None, bool]:
    """Which house, None for a new one; and whether that is settled."""
    if not candidates:
        return None, True
    if candidates[0].likeness in CERTAIN:
        return candidates[0].known, True
    if choice.house == NEW_HOUSE:
        return None, True
    chosen = next((one.known for one in candidates if key_of(one.known) == choice.house), None)
    return chosen, chosen is not None


def _choosable(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Those a choice was made among: still shown, so that it can be made again."""
    return () if candidates and candidates[0].likeness in CERTAIN else candidates
