"""What an import or a merge did to every row, kept for as long as it can be taken back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import word


class BatchKind(StrEnum):
    IMPORT = "import"
    MERGE = "merge"


class StepKind(StrEnum):
    INSERTED = "inserted"
    CHANGED = "changed"
    DELETED = "deleted"


class UndoBatch(Base):
    """One import or one merge. The row stays when its steps are forgotten: that it happened is no personal data."""

    __tablename__ = "undo_batches"
    __table_args__ = (Index("ix_undo_batches_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BatchKind] = mapped_column(word(BatchKind))
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: from the command line
    # What it was about, as the change log names it: ("import_batches", 5), ("organisations", 12).
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]]  # plain words and numbers to show in the list; no names of persons
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    forgotten_at: Mapped[datetime | None]  # when the steps were thrown away


class UndoStep(Base):
    """Rows of one table that were written together, in the order of `id`; `crm.undo` gives the shape of `rows`."""

    __tablename__ = "undo_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("undo_batches.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(word(StepKind))
    table_name: Mapped[str] = mapped_column(String(60))
    fields: Mapped[list[Any]]  # by which it is told whether a row was touched since
    rows: Mapped[list[Any]]
