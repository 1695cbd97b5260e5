"""What can be taken back, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from crm.context import Context
from crm.permissions import Permission
from crm.undo.naming import name_of
from crm.undo.rules import KEPT_FOR, Standing, standing
from db.models.undo import BatchKind, UndoBatch
from db.models.users import User

AT_MOST = 50


@dataclass(frozen=True)
class Batch:
    """`until` is the moment after which it can no longer be taken back. `by` None: from the command line."""

    id: int
    kind: BatchKind
    at: datetime
    by: str | None
    subject_kind: str
    subject_id: int | None
    subject: str  # its name today; of a merge, the one that stayed
    other: str  # of a merge, the one that was merged into it
    facts: dict[str, Any]
    standing: Standing
    until: datetime
    undone_at: datetime | None
    undone_by: str | None


def list_batches(ctx: Context, kind: BatchKind | None = None, limit: int = AT_MOST) -> list[Batch]:
    """Newest first."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        query = _batches().order_by(UndoBatch.id.desc()).limit(min(limit, AT_MOST))
        if kind is not None:
            query = query.where(UndoBatch.kind == kind)
        return [_batch(session, *row, now=ctx.now) for row in session.execute(query)]


def batch_about(ctx: Context, subject_kind: str, subject_id: int) -> Batch | None:
    """The latest import or merge about this record, None when there was none."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        query = _batches().where(UndoBatch.subject_kind == subject_kind, UndoBatch.subject_id == subject_id)
        row = session.execute(query.order_by(UndoBatch.id.desc()).limit(1)).first()
        return None if row is None else _batch(session, *row, now=ctx.now)


def _batches() -> Select[UndoBatch, str, str]:
    undoer = aliased(User)
    return (
        select(UndoBatch, User.name, undoer.name)
        .outerjoin(User, User.id == UndoBatch.user_id)
        .outerjoin(undoer, undoer.id == UndoBatch.undone_by_id)
    )


def _batch(session: Session, row: UndoBatch, by: str | None, undone_by: str | None, *, now: datetime) -> Batch:
    return Batch(
        id=row.id,
        kind=row.kind,
        at=row.at,
        by=by,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject=name_of(session, row.subject_kind, row.subject_id),
        other=name_of(session, row.subject_kind, row.facts.get("merged")),
        facts=row.facts,
        standing=standing(row.at, undone_at=row.undone_at, forgotten_at=row.forgotten_at, now=now),
        until=row.at + KEPT_FOR,
        undone_at=row.undone_at,
        undone_by=undone_by,
    )
