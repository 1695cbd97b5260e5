"""What crosses to the screens about cases: a row of the list, one case, and what has been done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crm.correspondence.queries import ShownMessage, ShownPause
from crm.correspondence.rules import Clocks, Course, Moment
from db.models.cases import Channel


class CaseStatus(StrEnum):
    UNANSWERED = "unanswered"
    ANSWERED = "answered"  # and still open
    WAITING = "waiting"  # for the other side
    CLOSED = "closed"


def status_of(course: Course) -> CaseStatus:
    """Read from what happened, never stored. "We ring you back" is no answer."""
    if course.closed_at is not None:
        return CaseStatus.CLOSED
    if course.waiting_since is not None:
        return CaseStatus.WAITING
    return CaseStatus.UNANSWERED if course.first_answer is None else CaseStatus.ANSWERED


@dataclass(frozen=True)
class Named:
    """Something to choose, or to say the name of."""

    id: int
    name: str


@dataclass(frozen=True)
class CaseLine:
    """A row. `what` is its beginning on one line; names are "" where nobody is known."""

    id: int
    house: str
    person: str
    caller: str
    what: str
    topic: str
    received: Moment
    closed_at: datetime | None
    status: CaseStatus
    clocks: Clocks
    responsible: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class CasePage:
    """`following` and `preceding` are ids to ask on from; None where the list ends. `total` stops at COUNTED_TO."""

    lines: tuple[CaseLine, ...]
    total: int
    following: int | None
    preceding: int | None


@dataclass(frozen=True)
class FilterChoices:
    """What the list can be narrowed by. `oldest` is when the first case came; None while there is none."""

    topics: tuple[Named, ...]
    colleagues: tuple[Named, ...]
    house: Named | None
    oldest: datetime | None


@dataclass(frozen=True)
class CaseCard:
    """`caller` is what was typed while nobody known was chosen. `answer` is None while there is no answer.

    `phone` is the number that rang or the first one in use of who was chosen, as it is dialled; "" when there is none.
    """

    id: int
    version: int
    house: Named | None
    person: Named | None
    caller: str
    phone: str
    what: str
    topic: Named | None
    channel: Channel
    received: Moment
    closed_at: datetime | None
    waiting_since: datetime | None
    status: CaseStatus
    response: Clocks
    answer: Clocks | None
    responsible: Named
    messages: tuple[ShownMessage, ...]
    pauses: tuple[ShownPause, ...]


@dataclass(frozen=True)
class CaseEvent:
    """One line of the change log about a case. `facts` have names where the log has ids. `by` is "" for the command line."""

    at: datetime
    by: str
    action: str
    facts: Mapping[str, object]
