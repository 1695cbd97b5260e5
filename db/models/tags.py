"""Free words that colleagues put on records."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.models.of_record import COLUMNS, OfRecord, one_record


class Tag(Versioned, Base):
    """Shown as it was first written; `search_key` makes Turné, turne and TURNÉ one."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    search_key: Mapped[str] = mapped_column(String(120), unique=True)
    sort_key: Mapped[str] = mapped_column(String(200))


class Tagging(OfRecord, Base):
    __tablename__ = "taggings"
    # The tag first, because lists are narrowed by it; the record's own page has the index of its column.
    __table_args__ = (one_record(), *(UniqueConstraint("tag_id", column) for column in COLUMNS))

    id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"))
