"""What hangs on a record, and one file to be sent to a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from crm.attachments.commands import MOST_ON_A_RECORD
from crm.attachments.kinds import SHOWN_INLINE, UNKNOWN, kind_of
from crm.context import Context
from crm.errors import NotFound
from crm.permissions import Permission
from crm.records import Kind, Record, column_of
from db.models.attachments import Attachment, AttachmentContent
from db.models.users import User


@dataclass(frozen=True)
class AttachmentLine:
    """`size` in bytes; `address` is the random word a browser fetches it by."""

    id: int
    address: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    by: str


@dataclass(frozen=True)
class AttachmentFile:
    """`may_be_shown`: its content, looked at again now, is of a kind a browser may show."""

    name: str
    media_type: str
    content: bytes
    may_be_shown: bool


def attachments_of(ctx: Context, record: Record) -> tuple[AttachmentLine, ...]:
    """The newest first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        rows = session.execute(_on(record.kind), {"record_id": record.id})
        return tuple(AttachmentLine(*row) for row in rows)


def attachment_file(ctx: Context, address: str) -> AttachmentFile:
    """By its address, with its ten megabytes."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(Attachment.name, Attachment.media_type, AttachmentContent.content).join(
            AttachmentContent, AttachmentContent.attachment_id == Attachment.id
        )
        found = session.execute(query.where(Attachment.address == address)).first()
    if found is None:
        raise NotFound(kind="attachment", address=address)
    is_what_it_was = kind_of(found.content) == found.media_type
    media_type = found.media_type if is_what_it_was else UNKNOWN
    return AttachmentFile(found.name, media_type, found.content, may_be_shown=media_type in SHOWN_INLINE)


@cache
def _on(kind: Kind) -> Select[Any]:
    """Made once: each rerun of a record's screen asks it."""
    own = (Attachment.id, Attachment.address, Attachment.name, Attachment.media_type, Attachment.size)
    line = (*own, Attachment.added_at, User.name)
    query: Select[Any] = select().add_columns(*line).join(User, User.id == Attachment.user_id)
    here = column_of(Attachment, kind) == bindparam("record_id")
    return query.where(here).order_by(Attachment.added_at.desc(), Attachment.id.desc()).limit(MOST_ON_A_RECORD)
