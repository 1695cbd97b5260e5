"""Files that hang on records. Kept in the database, so that one file stays one backup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.of_record import OfRecord, one_record


class Attachment(OfRecord, Base):
    __tablename__ = "attachments"
    __table_args__ = (one_record(), CheckConstraint("size > 0", name="not_empty"))

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(43), unique=True)  # random: where a browser fetches it
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))  # what the content looked like, never what the browser said
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class AttachmentContent(Base):
    """A table of its own: no list ever reads ten megabytes to show a name."""

    __tablename__ = "attachment_contents"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
