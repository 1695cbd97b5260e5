"""What a body's rhythm asks of a quarter, and whether the meetings we were at answer it. No database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.errors import ChangedMeanwhile, InvalidForm, Refused
from crm.networks.forms import Mark
from crm.periods import Quarter
from db.base import Versioned
from db.models.meetings import AttendanceStatus, Cadence, EventStatus

QUARTERS_IN = {Cadence.QUARTERLY: 1, Cadence.HALF_YEARLY: 2, Cadence.YEARLY: 4}


class QuarterStatus(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNDER_WAY = "under_way"  # not yet met, and the quarter is not over
    NOT_EXPECTED = "not_expected"  # no rhythm then, or its period ends in a later quarter


@dataclass(frozen=True)
class DatedRhythm:
    since: date
    cadence: Cadence
    minimum: int


@dataclass(frozen=True)
class Verdict:
    """`expected` is what this quarter still had to give when it began, `due` the last day of the rhythm's period."""

    expected: int
    done: int
    status: QuarterStatus
    due: date | None


def rhythm_for(rhythms: Iterable[DatedRhythm], quarter: Quarter) -> DatedRhythm | None:
    """The one in force on the quarter's first day: a new rhythm judges from the next whole quarter on, never backwards."""
    in_force = [rhythm for rhythm in rhythms if rhythm.since <= quarter.starts]
    return max(in_force, key=lambda rhythm: rhythm.since, default=None)


def judged(quarter: Quarter, rhythm: DatedRhythm | None, attended: Sequence[date], *, today: date) -> Verdict:
    """`attended` are the Oslo days of held meetings where one of us was, also those earlier in the rhythm's period."""
    done = sum(day in quarter for day in attended)
    if rhythm is None or rhythm.minimum == 0:
        return Verdict(0, done, QuarterStatus.NOT_EXPECTED, None)
    if rhythm.cadence == Cadence.MONTHLY:
        return _judged_by_month(quarter, rhythm.minimum, attended, today=today)
    return _judged_by_period(quarter, rhythm, attended, today=today)


def _judged_by_month(quarter: Quarter, minimum: int, attended: Sequence[date], *, today: date) -> Verdict:
    done = sum(day in quarter for day in attended)
    short = [month for month in quarter.months if sum(day in month for day in attended) < minimum]
    if not short:
        status = QuarterStatus.MET
    elif short[0].ends < today:
        status = QuarterStatus.MISSED
    else:
        status = QuarterStatus.UNDER_WAY
    return Verdict(3 * minimum, done, status, quarter.ends)


def _judged_by_period(quarter: Quarter, rhythm: DatedRhythm, attended: Sequence[date], *, today: date) -> Verdict:
    """A half-year's meeting may be held in either quarter; only the last quarter of a period can miss it."""
    length = QUARTERS_IN[rhythm.cadence]
    place = (quarter.number - 1) % length
    begins = Quarter(quarter.year, quarter.number - place).starts
    due = Quarter(quarter.year, quarter.number - place + length - 1).ends
    before = sum(begins <= day < quarter.starts for day in attended)
    done = sum(day in quarter for day in attended)
    expected = max(0, rhythm.minimum - before) if place == length - 1 else 0
    if done and before + done >= rhythm.minimum:
        status = QuarterStatus.MET
    elif not expected:
        status = QuarterStatus.NOT_EXPECTED
    else:
        status = QuarterStatus.MISSED if quarter.ends < today else QuarterStatus.UNDER_WAY
    return Verdict(expected, done, status, due)


def status_of(*, is_held: bool) -> EventStatus:
    return EventStatus.HELD if is_held else EventStatus.PLANNED


def require_unchanged(row: Versioned, version: int) -> None:
    """A form that was drawn from an older version is not saved over somebody else's change."""
    if row.version != version:
        raise ChangedMeanwhile


def require_sense(marks: Sequence[Mark], *, is_held: bool, lies_ahead: bool) -> None:
    if is_held and lies_ahead:
        raise InvalidForm({"day": "held_in_future"})
    if not is_held and any(mark.status != AttendanceStatus.APOLOGIES for mark in marks):
        raise InvalidForm({"marks": "only_apologies_before"})
    attendees = [(mark.user_id, mark.person_id) for mark in marks]
    if len(set(attendees)) < len(attendees):
        raise InvalidForm({"marks": "attendee_twice"})


def require_not_cancelled(status: EventStatus) -> None:
    if status == EventStatus.CANCELLED:
        raise Refused("meeting_cancelled")
