"""What the screens of the bodies are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm.networks.rules import QuarterStatus
from crm.periods import Quarter
from db.models.meetings import AttendanceStatus, Cadence, EventStatus


@dataclass(frozen=True)
class SeatLine:
    id: int
    version: int
    user_id: int
    name: str
    role: str
    since: date | None
    until: date | None
    is_current: bool


@dataclass(frozen=True)
class BodyLine:
    """`cadence` is None while no rhythm has begun; `seats` are the names of those who have one today."""

    id: int
    name: str
    also_called: tuple[str, ...]
    cadence: Cadence | None
    minimum: int
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True)
class BodyCard:
    """`rhythms` are (id, since, cadence, minimum), the newest first; `seats` the current ones first."""

    line: BodyLine
    version: int
    seats: tuple[SeatLine, ...]
    rhythms: tuple[tuple[int, date, Cadence, int], ...]


@dataclass(frozen=True)
class MeetingLine:
    """Names of those who were marked: colleagues first, then others. Empty texts for a reader, who sees counts only."""

    id: int
    body_id: int
    body: str
    title: str
    starts_at: datetime
    place: str
    is_digital: bool
    status: EventStatus
    cancelled_because: str
    attended: tuple[str, ...]
    apologies: tuple[str, ...]
    our_attended: int
    our_apologies: int

    @property
    def counts(self) -> bool:
        """For the plan: held, and at least one of us was there."""
        return self.status == EventStatus.HELD and self.our_attended > 0


@dataclass(frozen=True)
class BodyQuarter:
    """One body's quarter: what the rhythm asked of it, and the meetings behind every number, the earliest first.

    `done` counts the held meetings where one of us was; `apologies` our apologies in held meetings.
    `due` is the last day of the rhythm's period, later than the quarter for a half-yearly or yearly one.
    """

    body_id: int
    body: str
    quarter: Quarter
    expected: int
    done: int
    status: QuarterStatus
    due: date | None
    apologies: int
    meetings: tuple[MeetingLine, ...]

    @property
    def cancelled(self) -> tuple[MeetingLine, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.status == EventStatus.CANCELLED)

    @property
    def planned(self) -> tuple[MeetingLine, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.status == EventStatus.PLANNED)

    @property
    def held_without_us(self) -> tuple[MeetingLine, ...]:
        return tuple(
            meeting for meeting in self.meetings if meeting.status == EventStatus.HELD and not meeting.our_attended
        )


@dataclass(frozen=True)
class Organiser:
    id: int
    name: str


@dataclass(frozen=True)
class AttendeeLine:
    """`about` is the role at the table, or where a person from outside works. `status` None: nothing said yet."""

    user_id: int | None
    person_id: int | None
    name: str
    about: str
    status: AttendanceStatus | None
    has_seat: bool


@dataclass(frozen=True)
class KnownPerson:
    id: int
    name: str
    organisation: str


@dataclass(frozen=True)
class MeetingCard:
    id: int
    version: int
    body_id: int
    body: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    is_digital: bool
    status: EventStatus
    cancelled_because: str
    minutes: str
    organisers: tuple[Organiser, ...]
    attendees: tuple[AttendeeLine, ...]
