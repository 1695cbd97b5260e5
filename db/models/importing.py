"""What is remembered of imports beside the batches: what became of each row, what columns were said to mean, who stays out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class ImportRow(Base):
    """A row of a list and what became of it. The ids are no foreign keys: the report outlives what it tells of.

    Without phones and addresses: they live with the organisation or the person alone.
    """

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_batch_id_line", "batch_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batches.id"))
    line: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(
        String(32), index=True
    )  # knows the same row again in the next edition of the list
    outcome: Mapped[str] = mapped_column(String(30))
    organisation_id: Mapped[int | None]
    person_id: Mapped[int | None]
    said: Mapped[dict[str, Any]]  # `fields` that became new, and `remarks`


class ImportProfile(Base):
    """What somebody said the columns of a list mean. A list with the same headings is read so the next time."""

    __tablename__ = "import_profiles"

    id: Mapped[int] = mapped_column(primary_key=True)
    headings_key: Mapped[str] = mapped_column(String(64), unique=True)
    meanings: Mapped[list[Any]]
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Suppression(Base):
    """Somebody who asked to be forgotten, known only by a keyed digest of the e-mail address: no list brings them back."""

    __tablename__ = "suppressions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime]
