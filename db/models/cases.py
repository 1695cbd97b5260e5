"""Support cases, press inquiries, and the correspondence and pauses both of them have."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class Channel(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"  # face to face, or on screen
    OTHER = "other"


class TimeQuality(StrEnum):
    EXACT = "exact"
    RECONSTRUCTED = "reconstructed"  # set afterwards, from memory: figures of speed can leave it out


class Medium(StrEnum):
    WEB = "web"
    TELEVISION = "television"
    RADIO = "radio"
    NEWSPAPER = "newspaper"
    PODCAST = "podcast"


class Outcome(StrEnum):
    QUOTED = "quoted"
    INTERVIEW = "interview"
    BACKGROUND = "background"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the journalist: leaves the denominator, is counted apart


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class MessageChannel(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"
    NOTE = "note"
    OTHER = "other"


class Author(StrEnum):
    HUMAN = "human"
    AUTOMATIC = "automatic"  # an autoreply never stops a clock


class PauseReason(StrEnum):
    WAITING = "waiting"  # for the other side
    CLOSED = "closed"  # closed, then opened again: the time between


class Topic(Versioned, Base):
    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    sort_key: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)


class SupportCase(Versioned, Base):
    __tablename__ = "support_cases"
    __table_args__ = (
        # Who or unknown, and what: nothing else is asked of somebody with a phone on the shoulder.
        CheckConstraint("length(trim(what)) > 0", name="what_is_said"),
        CheckConstraint("closed_at IS NULL OR closed_at >= received_at", name="closed_after_received"),
        Index("ix_support_cases_open", "closed_at", "received_at", "id"),
        # The list is read newest first under any one of its filters, a page at a time: the order stands in each index.
        # The house stands in this one for those who ask who called lately: then nothing else of the row is read.
        Index("ix_support_cases_received", "received_at", "id", "organisation_id"),
        Index("ix_support_cases_organisation", "organisation_id", "received_at", "id"),
        Index("ix_support_cases_topic", "topic_id", "received_at", "id"),
        Index("ix_support_cases_responsible", "responsible_id", "received_at", "id"),
        Index("ix_support_cases_channel", "channel", "received_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    # What was typed about a caller nobody knows; stays as it was when a house is tied to the case later.
    caller: Mapped[str] = mapped_column(String(300), default="")
    caller_phone: Mapped[str | None] = mapped_column(String(30), index=True)  # E.164, when the text held one
    what: Mapped[str] = mapped_column(Text)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    channel: Mapped[Channel] = mapped_column(word(Channel))
    received_at: Mapped[datetime]
    received_quality: Mapped[TimeQuality] = mapped_column(word(TimeQuality))
    closed_at: Mapped[datetime | None]
    responsible_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # One saving of one form: a second click finds the first one's row instead of making another.
    token: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime]


class Inquiry(Versioned, Base):
    __tablename__ = "inquiries"
    __table_args__ = (
        CheckConstraint("length(trim(question)) > 0", name="question_is_said"),
        CheckConstraint("closed_at IS NULL OR closed_at >= received_at", name="closed_after_received"),
        Index("ix_inquiries_open", "closed_at", "deadline_at", "id"),
        # As of the cases: who was in touch in some weeks, and the journalists' own where no outlet is known.
        Index("ix_inquiries_received_at", "received_at", "id", "outlet_id", "journalist_id"),
        Index("ix_inquiries_outlet_id", "outlet_id", "received_at"),
        Index("ix_inquiries_journalist_id", "journalist_id", "received_at", "outlet_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The outlet at the time: a journalist's move never changes what an old inquiry belongs to.
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    journalist_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    medium: Mapped[Medium | None] = mapped_column(word(Medium))
    question: Mapped[str] = mapped_column(Text)
    channel: Mapped[Channel] = mapped_column(word(Channel))
    received_at: Mapped[datetime]
    received_quality: Mapped[TimeQuality] = mapped_column(word(TimeQuality))
    deadline_at: Mapped[datetime | None] = mapped_column(index=True)  # the journalist's, on the wall clock
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome))
    closed_at: Mapped[datetime | None]  # answered for good, declined or withdrawn
    responsible_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime]


class Message(Versioned, Base):
    """One step of a correspondence. First response and answer are derived from these rows, never stored."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (inquiry_id IS NULL)", name="one_record"),
        CheckConstraint("channel <> 'note' OR direction = 'internal'", name="notes_stay_inside"),
        CheckConstraint("NOT is_holding OR (direction = 'outbound' AND author = 'human')", name="we_hold_them_off"),
        Index("ix_messages_case_id_at", "case_id", "at"),
        Index("ix_messages_inquiry_id_at", "inquiry_id", "at"),
        # With what makes a message a contact: those of some weeks are gone through without reading one.
        Index("ix_messages_at", "at", "inquiry_id", "direction", "author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("support_cases.id"))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"))
    direction: Mapped[Direction] = mapped_column(word(Direction))
    channel: Mapped[MessageChannel] = mapped_column(word(MessageChannel))
    author: Mapped[Author] = mapped_column(word(Author), default=Author.HUMAN)
    # "We ring you back": stops the response clock as any human word does, but answers nothing before a deadline.
    is_holding: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    quality: Mapped[TimeQuality] = mapped_column(word(TimeQuality), default=TimeQuality.EXACT)
    text: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token: Mapped[str | None] = mapped_column(String(43), unique=True)


class Pause(Base):
    """Time that no clock counts. Open-ended while `ended_at` is None."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (inquiry_id IS NULL)", name="one_record"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("support_cases.id"), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"), index=True)
    reason: Mapped[PauseReason] = mapped_column(word(PauseReason))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
