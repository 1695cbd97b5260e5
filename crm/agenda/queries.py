"""What waits, from whatever feature has something waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import facets
from crm.context import Context
from crm.i18n import OFFICE_ZONE, local
from crm.permissions import Permission
from db.models.users import User

SHOWN = 6


@dataclass(frozen=True)
class Waiting:
    """`record` and `record_id` are where a click leads; `at` is when it is due (None: no deadline), came, or begins."""

    kind: str
    at: datetime | None
    record: str
    record_id: int
    title: str
    responsible: str


@dataclass(frozen=True)
class Pile:
    """The first ones of what waits, and how many there are in all."""

    shown: tuple[Waiting, ...]
    count: int


@dataclass(frozen=True)
class Agenda:
    inquiries: Pile  # by the journalist's deadline
    cases: Pile  # the oldest first
    meetings: Pile  # of this week, in order


def what_waits(ctx: Context) -> Agenda:
    with ctx.read(Permission.SEE_RECORDS) as session:
        monday = _monday(ctx.now)
        return Agenda(
            inquiries=_pile(session, "inquiry"),
            cases=_pile(session, "case"),
            meetings=_pile(session, "meeting", since=monday, before=monday + timedelta(days=7)),
        )


def _pile(session: Session, record: str, *, since: datetime | None = None, before: datetime | None = None) -> Pile:
    waiting = facets.deadlines()
    wanted = [waiting.c.record == record]
    if since is not None:
        wanted.append(waiting.c.at >= since)
    if before is not None:
        wanted.append(waiting.c.at < before)
    query = (
        select(waiting, User.name.label("responsible"))
        .outerjoin(User, User.id == waiting.c.responsible_id)
        .where(*wanted)
        # No deadline comes last, on both kinds of database.
        .order_by(waiting.c.at.is_(None), waiting.c.at, waiting.c.record_id)
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    count = len(rows) if len(rows) < SHOWN else session.scalar(select(func.count()).select_from(waiting).where(*wanted))
    shown = tuple(
        Waiting(row.kind, row.at, row.record, row.record_id, row.title or "", row.responsible or "") for row in rows
    )
    return Pile(shown, count or 0)


def _monday(now: datetime) -> datetime:
    """The beginning of the office's week."""
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    return datetime(monday.year, monday.month, monday.day, tzinfo=OFFICE_ZONE)
