"""Settings, drafts, the change log, and the counter that says whether anything has changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class DraftKind(StrEnum):
    CASE = "case"
    INQUIRY = "inquiry"


class Setting(Versioned, Base):
    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[dict[str, Any]]


class Draft(Base):
    """A half-written call. A row, not browser memory: a second call, a sign-out or a restart loses nothing."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_user_id_updated_at", "user_id", "updated_at"),)

    token: Mapped[str] = mapped_column(String(43), primary_key=True)  # random; stands in the address
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[DraftKind] = mapped_column(word(DraftKind))
    fields: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AuditEntry(Base):
    """A word and facts. The sentence is made when it is shown, in the reader's language."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # None: done from the command line by whoever has the machine.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))  # "case.closed"
    subject_kind: Mapped[str] = mapped_column(String(40))  # the table's name
    subject_id: Mapped[str] = mapped_column(String(43))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class DataVersion(Base):
    """Counts writing transactions per area. What is cached is cached under this number."""

    __tablename__ = "data_versions"

    area: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]


class ImportBatch(Base):
    __tablename__ = "import_batches"
    __table_args__ = (UniqueConstraint("token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(43))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: imported from the command line
    file_name: Mapped[str] = mapped_column(String(300))
    rows: Mapped[int]
    report: Mapped[dict[str, Any]]
