"""What waits, from whatever feature has something waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from crm import facets
from crm.context import Context, Database
from crm.i18n import OFFICE_ZONE, local
from crm.permissions import Permission
from db.models.users import User
from db.types import UtcDateTime

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
    tasks: Pile  # one's own, what is overdue first


def what_waits(ctx: Context) -> Agenda:
    version = ctx.version_seen(Permission.SEE_RECORDS)
    inquiries, cases, meetings = _for_all(ctx.database, version, _monday(ctx.now))
    return Agenda(inquiries, cases, meetings, _for_one(ctx.database, version, ctx.actor.user_id))


@lru_cache(maxsize=4)
def _for_all(database: Database, _version: int, monday: datetime) -> tuple[Pile, Pile, Pile]:
    """The same for all colleagues until somebody saves something or the week is over."""
    week = {"since": monday, "before": monday + timedelta(days=7)}
    with database.reading() as session:
        return (
            _pile(session, _waiting(), {"record": "inquiry"}),
            _pile(session, _waiting(), {"record": "case"}),
            _pile(session, _waiting_between(), {"record": "meeting", **week}),
        )


@lru_cache(maxsize=32)
def _for_one(database: Database, _version: int, user_id: int | None) -> Pile:
    with database.reading() as session:
        return _pile(session, _waiting_for(), {"record": "task", "user": user_id})


def _pile(session: Session, waiting: Select[Any], asked: dict[str, Any]) -> Pile:
    rows = session.execute(_first_ones(waiting), asked).all()
    count = len(rows) if len(rows) < SHOWN else session.scalar(_count(waiting), asked)
    shown = tuple(
        Waiting(row.kind, row.at, row.record, row.record_id, row.title or "", row.responsible or "") for row in rows
    )
    return Pile(shown, count or 0)


# This screen is drawn more often than any other. Putting a select of all features together takes longer than the database's
# answer, so each is made once; what differs is bound when it is asked.
@cache
def _waiting() -> Select[Any]:
    waiting = facets.deadlines()
    return select(waiting).where(waiting.c.record == bindparam("record"))


@cache
def _waiting_between() -> Select[Any]:
    at = UtcDateTime()
    began = _waiting()
    moment = began.selected_columns.at
    return began.where(moment >= bindparam("since", type_=at), moment < bindparam("before", type_=at))


@cache
def _waiting_for() -> Select[Any]:
    began = _waiting()
    return began.where(began.selected_columns.responsible_id == bindparam("user"))


@cache
def _first_ones(waiting: Select[Any]) -> Select[Any]:
    """No deadline comes last, on both kinds of database."""
    found = waiting.subquery()
    return (
        select(found, User.name.label("responsible"))
        .outerjoin(User, User.id == found.c.responsible_id)
        .order_by(found.c.at.is_(None), found.c.at, found.c.record_id)
        .limit(SHOWN)
    )


@cache
def _count(waiting: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(waiting.subquery())


def _monday(now: datetime) -> datetime:
    """The beginning of the office's week."""
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    return datetime(monday.year, monday.month, monday.day, tzinfo=OFFICE_ZONE)
