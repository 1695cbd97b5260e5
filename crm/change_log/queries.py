"""Looking back at what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from crm.change_log.areas import FIRST_WORDS, Area
from crm.context import Context
from crm.i18n import OFFICE_ZONE
from crm.permissions import Permission
from db.models.cases import Inquiry, SupportCase
from db.models.house_keeping import AuditEntry
from db.models.lists import MailingList, Selection
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.users import User

AT_A_TIME, AT_MOST = 50, 200


@dataclass(frozen=True)
class Narrowed:
    """Which entries are asked for; None is all. `since` and `until` are office days, both within."""

    area: Area | None = None
    actor_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """`actor` is None for the command line. `subject` is what the record is called today, "" when it is gone.

    `names` gives today's names of the users that the facts mention by their ids.
    """

    id: int
    at: datetime
    actor: str | None
    action: str
    subject_kind: str
    subject_id: str
    subject: str
    facts: Mapping[str, Any]
    names: Mapping[int, str]


@dataclass(frozen=True)
class LogActor:
    id: int
    name: str


def list_entries(ctx: Context, narrowed: Narrowed, *, before: int | None = None, limit: int = AT_A_TIME) -> list[Entry]:
    """Newest first. `before` is the id of the last one on the page before."""
    with ctx.read(Permission.SEE_CHANGE_LOG) as session:
        query = _narrowed(select(AuditEntry), narrowed).order_by(AuditEntry.id.desc()).limit(min(limit, AT_MOST))
        if before is not None:
            query = query.where(AuditEntry.id < before)
        rows = session.scalars(query).all()
        users = {row.id: row.name for row in session.execute(select(User.id, User.name).limit(AT_MOST))}
        subjects = _subjects(session, rows)
        return [
            Entry(
                id=row.id,
                at=row.at,
                actor=None if row.actor_id is None else users.get(row.actor_id, ""),
                action=row.action,
                subject_kind=row.subject_kind,
                subject_id=row.subject_id,
                subject=subjects.get((row.subject_kind, row.subject_id), ""),
                facts=row.facts,
                names=users,
            )
            for row in rows
        ]


def list_actors(ctx: Context) -> list[LogActor]:
    """Everybody who is or was a user, by name."""
    with ctx.read(Permission.SEE_CHANGE_LOG) as session:
        found = session.execute(select(User.id, User.name).order_by(User.name, User.id).limit(AT_MOST))
        return [LogActor(row.id, row.name) for row in found]


def _narrowed(query: Select[AuditEntry], narrowed: Narrowed) -> Select[AuditEntry]:
    if narrowed.area is not None:
        words = FIRST_WORDS[narrowed.area]
        query = query.where(or_(*(AuditEntry.action.startswith(f"{word}.", autoescape=True) for word in words)))
    if narrowed.actor_id is not None:
        query = query.where(AuditEntry.actor_id == narrowed.actor_id)
    if narrowed.since is not None:
        query = query.where(AuditEntry.at >= _midnight(narrowed.since))
    if narrowed.until is not None:
        query = query.where(AuditEntry.at < _midnight(narrowed.until + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE).astimezone(UTC)


def _subjects(session: Session, rows: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    """What the records are called now. A name is looked up and never kept: an erased person is nowhere in the log."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.subject_kind in _NAMED and row.subject_id.isdigit():
            wanted.setdefault(row.subject_kind, set()).add(int(row.subject_id))
    return {
        (kind, str(row.id)): row.name or ""
        for kind, ids in wanted.items()
        for row in session.execute(_NAMED[kind](ids))
    }


def _houses_of_cases(ids: set[int]) -> Select[Any, Any]:
    return (
        select(SupportCase.id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == SupportCase.organisation_id)
        .where(SupportCase.id.in_(ids))
    )


def _outlets_of_inquiries(ids: set[int]) -> Select[Any, Any]:
    return (
        select(Inquiry.id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Inquiry.outlet_id)
        .where(Inquiry.id.in_(ids))
    )


_NAMED: dict[str, Callable[[set[int]], Select[Any, Any]]] = {
    "support_cases": _houses_of_cases,
    "inquiries": _outlets_of_inquiries,
    "mailing_lists": lambda ids: select(MailingList.id, MailingList.name).where(MailingList.id.in_(ids)),
    "organisations": lambda ids: select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)),
    "persons": lambda ids: select(Person.id, Person.name).where(Person.id.in_(ids)),
    "selections": lambda ids: select(Selection.id, Selection.name).where(Selection.id.in_(ids)),
    "users": lambda ids: select(User.id, User.name).where(User.id.in_(ids)),
}
