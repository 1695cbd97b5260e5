"""What is left of those who became one with another: who they were, and what was theirs at the time."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class FormerNumber(Base):
    """An organisation number that also finds the organisation: of one that was merged into it, or its own before that."""

    __tablename__ = "former_numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    org_number: Mapped[str] = mapped_column(String(9), index=True)
    until: Mapped[date | None]


class MovedRecord(Base):
    """A record that followed `from_id` into another organisation on a day. What happened before that day happened with `from_id`.

    Figures that count houses ask for it; everything else reads the record's own column, which says whose it is now.
    """

    __tablename__ = "moved_records"
    __table_args__ = (Index("ix_moved_records_record", "table_name", "record_id", "moved_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int]
    from_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    moved_at: Mapped[datetime]  # the first moment of that day at the office


class NotTheSame(Base):
    """Two that look like one and are not: somebody has said so, and nobody is asked again."""

    __tablename__ = "not_the_same"
    __table_args__ = (
        CheckConstraint(
            "(organisation_id IS NULL) = (other_organisation_id IS NULL) AND (person_id IS NULL) = (other_person_id IS NULL) "
            "AND (organisation_id IS NULL) <> (person_id IS NULL)",
            name="two_of_a_kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    other_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    other_person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    said_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
