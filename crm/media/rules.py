"""Where an inquiry stands, and how it did against the journalist's deadline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from crm.correspondence.rules import Channel, Course
from crm.errors import Refused
from crm.i18n import OFFICE_ZONE, local
from crm.working_time import WorkingCalendar
from db.models.cases import Medium, Outcome

__all__ = [
    "Channel",
    "DeadlineChoice",
    "DeadlineState",
    "InquiryStatus",
    "Medium",
    "Outcome",
    "PressCounts",
    "deadline_choices",
    "deadline_state",
    "is_outside_hours",
    "press_counts",
    "require_sensible_deadline",
    "status_of",
]

ANSWERING = frozenset(Outcome) - {Outcome.WITHDRAWN}
"""Outcomes that say the journalist got an answer; "no comment" is one."""


UNDO_WITHIN = timedelta(minutes=15)
LATEST_DEADLINE = timedelta(days=730)


class InquiryStatus(StrEnum):
    UNANSWERED = "unanswered"
    HELD_OFF = "held_off"  # "we ring you back" was said, the answer is still owed
    WAITING = "waiting"  # it is the journalist's turn
    ANSWERED = "answered"
    CLOSED_UNANSWERED = "closed_unanswered"
    WITHDRAWN = "withdrawn"


class DeadlineState(StrEnum):
    NONE = "none"
    AHEAD = "ahead"
    PASSED_UNANSWERED = "passed_unanswered"
    KEPT = "kept"
    MISSED = "missed"  # answered, but late; stays so
    NOT_COUNTED = "not_counted"  # withdrawn


@dataclass(frozen=True)
class DeadlineChoice:
    """One click: a day from today on (0 today, 1 tomorrow) and an hour of the wall clock."""

    days: int
    hour: int
    at: datetime
    is_open: bool  # somebody is at work then


@dataclass(frozen=True)
class PressCounts:
    """Withdrawn ones are counted apart and are in none of the others.

    `due` has the inquiries whose deadline has been decided: answered, or passed. A deadline still ahead is in neither number.
    """

    received: int
    withdrawn: int
    answered: int
    due: int
    before_deadline: int

    @property
    def to_answer(self) -> int:
        return self.received - self.withdrawn


def status_of(course: Course, outcome: Outcome | None) -> InquiryStatus:
    if outcome is Outcome.WITHDRAWN:
        return InquiryStatus.WITHDRAWN
    if course.first_answer is not None:
        return InquiryStatus.ANSWERED
    if course.closed_at is not None:
        return InquiryStatus.CLOSED_UNANSWERED
    if course.waiting_since is not None:
        return InquiryStatus.WAITING
    return InquiryStatus.UNANSWERED if course.first_response is None else InquiryStatus.HELD_OFF


def deadline_state(
    course: Course, outcome: Outcome | None, *, deadline_at: datetime | None, now: datetime
) -> DeadlineState:
    """On the wall clock: no office hour and no pause moves a journalist's deadline. Answered in its last minute is kept."""
    if deadline_at is None:
        return DeadlineState.NONE
    if outcome is Outcome.WITHDRAWN:
        return DeadlineState.NOT_COUNTED
    answer = course.first_answer
    if answer is not None:
        return DeadlineState.KEPT if answer.at <= deadline_at else DeadlineState.MISSED
    return DeadlineState.PASSED_UNANSWERED if now > deadline_at else DeadlineState.AHEAD


def press_counts(rows: Iterable[tuple[InquiryStatus, DeadlineState]]) -> PressCounts:
    found = list(rows)
    decided = (DeadlineState.KEPT, DeadlineState.MISSED, DeadlineState.PASSED_UNANSWERED)
    return PressCounts(
        received=len(found),
        withdrawn=sum(status is InquiryStatus.WITHDRAWN for status, _ in found),
        answered=sum(status is InquiryStatus.ANSWERED for status, _ in found),
        due=sum(state in decided for _, state in found),
        before_deadline=sum(state is DeadlineState.KEPT for _, state in found),
    )


def deadline_choices(now: datetime, calendar: WorkingCalendar) -> tuple[DeadlineChoice, ...]:
    """Today 14 and 16 while they are ahead, tomorrow 12: what journalists say most."""
    today = local(now).date()
    choices = (
        (days, hour, _on_the_wall(today + timedelta(days=days), hour)) for days, hour in ((0, 14), (0, 16), (1, 12))
    )
    return tuple(
        DeadlineChoice(days, hour, at, is_open=not is_outside_hours(at, calendar))
        for days, hour, at in choices
        if at > now
    )


def is_outside_hours(at: datetime, calendar: WorkingCalendar) -> bool:
    """Nobody is at work in the minutes before it. A deadline at closing time is within hours: we can still answer until then."""
    return not calendar.is_open(at - timedelta(minutes=1))


def require_sensible_deadline(deadline_at: datetime | None, received_at: datetime) -> None:
    """Raises Refused: deadline_before_received, or deadline_unlikely for a mistyped year."""
    if deadline_at is not None and deadline_at < received_at:
        raise Refused("deadline_before_received")
    if deadline_at is not None and deadline_at > received_at + LATEST_DEADLINE:
        raise Refused("deadline_unlikely")


def _on_the_wall(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), OFFICE_ZONE)
