"""Network bodies with the rhythm expected of them, and meetings and events with who organised and who was there."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class Cadence(StrEnum):
    """How often a plan line or a body expects something. One list for both: they are compared with each other."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    DEADLINE = "deadline"
    CONTINUOUS = "continuous"
    ON_REQUEST = "on_request"
    EVENT_BOUND = "event_bound"


class EventKind(StrEnum):
    BODY_MEETING = "body_meeting"
    WEBINAR = "webinar"
    DIGITAL_MEETING = "digital_meeting"
    MEMBER_MEETING = "member_meeting"
    DEBATE = "debate"
    LECTURE = "lecture"
    CONFERENCE = "conference"
    OTHER = "other"


class EventStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class AttendanceStatus(StrEnum):
    ATTENDED = "attended"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class BodyRhythm(Base):
    """Dated, because expectations change: last year's quarter is judged by last year's rhythm."""

    __tablename__ = "body_rhythms"
    __table_args__ = (
        CheckConstraint("minimum >= 0", name="minimum_not_negative"),
        CheckConstraint("cadence IN ('monthly', 'quarterly', 'half_yearly', 'yearly')", name="countable_cadence"),
        UniqueConstraint("body_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    since: Mapped[date]
    cadence: Mapped[Cadence] = mapped_column(word(Cadence))
    minimum: Mapped[int] = mapped_column(default=1)


class BodySeat(Versioned, Base):
    """Our seat at a body's table: one of our users, for a time."""

    __tablename__ = "body_seats"
    __table_args__ = (CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(100), default="")
    since: Mapped[date | None]
    until: Mapped[date | None]


class Event(Versioned, Base):
    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("kind <> 'body_meeting' OR body_id IS NOT NULL", name="body_meeting_has_body"),
        # Who met in some weeks is told from this and the attendances' index alone.
        Index("ix_events_starts_at", "starts_at", "id", "kind", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EventKind] = mapped_column(word(EventKind))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    is_digital: Mapped[bool] = mapped_column(default=False)
    status: Mapped[EventStatus] = mapped_column(word(EventStatus))
    cancelled_because: Mapped[str] = mapped_column(String(500), default="")
    registered: Mapped[int | None]
    attended: Mapped[int | None]
    minutes: Mapped[str] = mapped_column(Text, default="")
    token: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime]


class EventOrganiser(Base):
    __tablename__ = "event_organisers"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True, index=True)


class Attendance(Base):
    """One of us, or one of the persons we know, at one meeting."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (person_id IS NULL)", name="one_attendee"),
        UniqueConstraint("event_id", "user_id"),
        UniqueConstraint("event_id", "person_id"),
        # Both ways alike, or SQLite would look for thousands of persons at each of many meetings.
        Index("ix_attendances_event_id", "event_id", "status", "person_id"),
        Index("ix_attendances_person_id", "person_id", "status", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    status: Mapped[AttendanceStatus] = mapped_column(word(AttendanceStatus))
