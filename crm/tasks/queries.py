"""What a colleague looks at: the list, one task, and the tasks on a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy.orm import Session, aliased

from crm.context import Context
from crm.errors import NotFound
from crm.permissions import Permission
from crm.records import Kind, Record, column_of, record_of
from crm.tasks.rules import day_of, end_of
from crm.tasks.selects import Place, TaskFilter, Whose, conditions, in_order, ordered, whole
from db.models.tasks import Repeats, Task
from db.models.users import User

__all__ = ["Place", "Repeats", "TaskFilter", "Whose"]

PAGE = 25
MOST_ON_A_RECORD = 20
DONE_SHOWN = 5


@dataclass(frozen=True)
class TaskLine:
    """`about` is what its record is called, "" without one. `is_overdue` from the day after."""

    id: int
    version: int
    what: str
    due: date | None
    is_overdue: bool
    responsible_id: int
    responsible: str
    repeats: Repeats | None
    record: Record | None
    about: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True)
class TaskPage:
    rows: tuple[TaskLine, ...]
    following: Place | None


@dataclass(frozen=True)
class TasksOn:
    """The open ones of a record, due first; and those done last."""

    open: tuple[TaskLine, ...]
    done: tuple[TaskLine, ...]


def list_tasks(ctx: Context, wanted: TaskFilter, *, after: Place | None = None, limit: int = PAGE) -> TaskPage:
    """A place nobody has been gives the tasks after it all the same."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = ordered(whole().where(*conditions(wanted, ctx.user_id)), wanted, after)
        rows = _lines(ctx, session, _named(query).limit(limit + 1))
    if len(rows) <= limit:
        return TaskPage(rows, None)
    last = rows[limit - 1]
    due_at = end_of(last.due) if last.due else None
    return TaskPage(rows[:limit], Place(last.done_at if wanted.whose is Whose.DONE else due_at, last.id))


def task_card(ctx: Context, task_id: int) -> TaskLine:
    with ctx.read(Permission.SEE_RECORDS) as session:
        found = _lines(ctx, session, _named(whole().where(Task.id == task_id)))
        if not found:
            raise NotFound(kind="task", id=task_id)
        return found[0]


def tasks_on(ctx: Context, record: Record) -> TasksOn:
    with ctx.read(Permission.SEE_RECORDS) as session:
        asked = {"record_id": record.id}
        return TasksOn(
            open=_lines(ctx, session, _waiting_on(record.kind), asked),
            done=_lines(ctx, session, _done_on(record.kind), asked),
        )


# Each rerun of a record's screen asks these: putting them together takes longer than the database's answer.
@cache
def _waiting_on(kind: Kind) -> Select[Any]:
    return _named(in_order(_on(kind).where(Task.done_at.is_(None))).limit(MOST_ON_A_RECORD))


@cache
def _done_on(kind: Kind) -> Select[Any]:
    done = _on(kind).where(Task.done_at.is_not(None))
    return _named(done.order_by(Task.done_at.desc(), Task.id.desc()).limit(DONE_SHOWN))


def _on(kind: Kind) -> Select[Any]:
    return whole().where(column_of(Task, kind) == bindparam("record_id"))


def _named(query: Select[Any]) -> Select[Any]:
    doer = aliased(User)
    return (
        query.add_columns(User.name.label("responsible"), doer.name.label("done_by"))
        .join(User, User.id == Task.responsible_id)
        .outerjoin(doer, doer.id == Task.done_by_id)
    )


def _lines(
    ctx: Context, session: Session, query: Select[Any], asked: Mapping[str, object] | None = None
) -> tuple[TaskLine, ...]:
    rows = session.execute(query, asked)
    return tuple(_line(ctx, row.Task, row.about, row.responsible, row.done_by or "") for row in rows)


def _line(ctx: Context, task: Task, about: str, responsible: str, done_by: str) -> TaskLine:
    return TaskLine(
        id=task.id,
        version=task.version,
        what=task.what,
        due=day_of(task.due_at),
        is_overdue=task.due_at is not None and task.done_at is None and task.due_at <= ctx.now,
        responsible_id=task.responsible_id,
        responsible=responsible,
        repeats=task.repeats,
        record=record_of(task),
        about=about,
        done_at=task.done_at,
        done_by=done_by,
    )
