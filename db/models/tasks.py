"""What somebody is to do, on a record or on none."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.models.of_record import OfRecord, at_most_one_record
from db.types import word


class Repeats(StrEnum):
    DAILY = "daily"  # each day the office is open
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Task(OfRecord, Versioned, Base):
    __tablename__ = "tasks"
    __table_args__ = (
        at_most_one_record(),
        CheckConstraint("length(trim(what)) > 0", name="what_is_said"),
        CheckConstraint(
            "repeats IS NULL OR (due_at IS NOT NULL AND anchor_day IS NOT NULL)", name="repeats_from_a_day"
        ),
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        Index("ix_tasks_done", "done_at", "id"),
        Index("ix_tasks_waiting", "done_at", "responsible_id", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(500))
    # The instant its day is over in the office; the day is read back from it. None: whenever there is time.
    due_at: Mapped[datetime | None]
    responsible_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    repeats: Mapped[Repeats | None] = mapped_column(word(Repeats))
    # The day of the month it was set for, 31 for the last one: February must not make the thirtieth the twenty-eighth for good.
    anchor_day: Mapped[int | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Unique: however many say at once that it is done, one next task is made.
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), unique=True)
    token: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime]
