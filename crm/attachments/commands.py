"""What a colleague does with attachments. The change log says that a file came or went; its name may name somebody."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.attachments.forms import NewFile
from crm.attachments.kinds import kind_of
from crm.context import Context
from crm.errors import NotFound, Refused
from crm.permissions import Permission
from crm.records import Record, columns_of, is_of, record_of, require_records, subject_of
from db.models.attachments import Attachment, AttachmentContent

MOST_ON_A_RECORD = 200


@dataclass(frozen=True)
class RemovedFile:
    """Everything of an attachment that was deleted, to put it back as it was."""

    record: Record
    address: str
    name: str
    media_type: str
    content: bytes
    sha256: str
    added_at: datetime
    user_id: int


def add_attachment(ctx: Context, record: Record, new: NewFile) -> int:
    """Raises Refused: attachment_there (the same content on the same record), attachments_too_many."""
    ctx.require(Permission.MARK_RECORDS)
    attachment = Attachment(
        address=secrets.token_urlsafe(24),
        name=new.name,
        media_type=kind_of(new.content),
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        added_at=ctx.now,
        user_id=ctx.user_id,
        **columns_of(record),
    )
    with ctx.write(Permission.MARK_RECORDS) as session:
        _store(session, record, attachment, new.content)
        ctx.record(session, "attachment.added", subject_of(record), attachment=attachment.id, size=attachment.size)
        return attachment.id


def delete_attachment(ctx: Context, attachment_id: int) -> RemovedFile:
    """Gone from the database at once. What comes back is all there is left of it."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        attachment = session.get(Attachment, attachment_id)
        if attachment is None:
            raise NotFound(kind="attachment", id=attachment_id)
        content = session.get_one(AttachmentContent, attachment_id)
        removed = _removed(attachment, content.content)
        session.delete(content)
        session.flush()
        session.delete(attachment)
        ctx.record(session, "attachment.deleted", subject_of(removed.record), attachment=attachment_id)
        return removed


def put_back_attachment(ctx: Context, removed: RemovedFile) -> None:
    """Under its old address. Raises as `add_attachment`, and NotFound when the record has gone meanwhile."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        if session.scalar(select(Attachment.id).where(Attachment.address == removed.address)) is not None:
            return
        attachment = Attachment(
            address=removed.address,
            name=removed.name,
            media_type=removed.media_type,
            size=len(removed.content),
            sha256=removed.sha256,
            added_at=removed.added_at,
            user_id=removed.user_id,
            **columns_of(removed.record),
        )
        _store(session, removed.record, attachment, removed.content)
        ctx.record(session, "attachment.put_back", subject_of(removed.record), attachment=attachment.id)


def _removed(attachment: Attachment, content: bytes) -> RemovedFile:
    record = record_of(attachment)
    assert record is not None  # a CHECK of the table
    return RemovedFile(
        record=record,
        address=attachment.address,
        name=attachment.name,
        media_type=attachment.media_type,
        content=content,
        sha256=attachment.sha256,
        added_at=attachment.added_at,
        user_id=attachment.user_id,
    )


def _store(session: Session, record: Record, attachment: Attachment, content: bytes) -> None:
    require_records(session, record.kind, [record.id])
    on_it = is_of(Attachment, record)
    if session.scalar(select(Attachment.id).where(on_it, Attachment.sha256 == attachment.sha256)) is not None:
        raise Refused("attachment_there")
    if (session.scalar(select(func.count()).where(on_it)) or 0) >= MOST_ON_A_RECORD:
        raise Refused("attachments_too_many")
    session.add(attachment)
    session.flush()
    session.add(AttachmentContent(attachment_id=attachment.id, content=content))
