"""What the change log holds about a case, with names where it has ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm.cases.cards import CaseEvent
from crm.errors import ChangedMeanwhile
from db.models.cases import SupportCase, Topic
from db.models.house_keeping import AuditEntry
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.users import User

_NAMES: dict[str, type[Organisation] | type[Person] | type[Topic] | type[User]] = {
    "organisation_id": Organisation,
    "person_id": Person,
    "topic_id": Topic,
    "responsible_id": User,
}
# Each of these saves the case's row once, so its version says how many of them a screen has missed.
CHANGES_THE_ROW = (
    "case.answered_and_closed",
    "case.changed",
    "case.closed",
    "case.corrected",
    "case.handed_over",
    "case.reopened",
    "case.tied",
)


def events_of(session: Session, case_id: int, *, limit: int, actions: Sequence[str] | None = None) -> list[CaseEvent]:
    """The latest first. Names are those of today: somebody erased has none any more."""
    query = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.facts, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_kind == SupportCase.__tablename__, AuditEntry.subject_id == str(case_id))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    rows = session.execute(query if actions is None else query.where(AuditEntry.action.in_(actions))).all()
    names = _names(session, rows)
    return [CaseEvent(row.at, row.name or "", row.action, _told(row.facts, names)) for row in rows]


def require_version(session: Session, case: SupportCase, version: int) -> None:
    """ChangedMeanwhile with the `CaseEvent`s the screen has missed, the latest first, and who did the latest."""
    missed = case.version - version
    if missed == 0:
        return
    events = events_of(session, case.id, limit=max(1, missed), actions=CHANGES_THE_ROW)
    raise ChangedMeanwhile(changes=tuple(events), by=events[0].by if events else "")


def _names(session: Session, rows: Sequence[Row[Any]]) -> Mapping[tuple[str, int], str]:
    """The name for each (field, id) that changed."""
    wanted: dict[str, set[int]] = {field: set() for field in _NAMES}
    for row in rows:
        for field, pair in row.facts.get("changed", {}).items():
            if field in wanted:
                wanted[field].update(each for each in pair if each is not None)
    found: dict[tuple[str, int], str] = {}
    for field, ids in wanted.items():
        if ids:
            table = _NAMES[field]
            query = select(table.id, table.name).where(table.id.in_(ids))
            found |= {(field, row.id): row.name for row in session.execute(query)}
    return found


def _told(facts: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> dict[str, object]:
    changed = {
        field: [names.get((field, each), "") if field in _NAMES else each for each in pair]
        for field, pair in facts.get("changed", {}).items()
    }
    return {**facts, "changed": changed}
