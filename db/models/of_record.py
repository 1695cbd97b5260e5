"""What hangs on a record of any kind does so by real foreign keys: one column for each kind, all but one of them empty.

A pair of (kind, id) would be one column less to read and no key at all: a merge finds what belongs to two houses in the metadata,
and nothing is left behind when a record goes.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

COLUMNS = ("organisation_id", "person_id", "case_id", "inquiry_id", "event_id")


class OfRecord:
    """The five columns. Say which records with `one_record()` or `at_most_one_record()` among the table's constraints."""

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("support_cases.id"), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)


def one_record() -> CheckConstraint:
    return CheckConstraint(f"{_COUNT} = 1", name="one_record")


def at_most_one_record() -> CheckConstraint:
    return CheckConstraint(f"{_COUNT} <= 1", name="at_most_one_record")


# PostgreSQL does not add truths, SQLite has no num_nonnulls.
_COUNT = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in COLUMNS)
