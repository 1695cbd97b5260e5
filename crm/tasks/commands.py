"""What a colleague does with tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.office.queries import office_calendar
from crm.permissions import Permission
from crm.records import columns_of, require_records
from crm.tasks.forms import ChangedTask, NewTask
from crm.tasks.rules import anchor_of, day_of, end_of, next_due
from db.models.tasks import Task
from db.models.users import Role, User


def add_task(ctx: Context, new: NewTask) -> int:
    """A token used before gives the first one's id. Raises InvalidForm colleague_gone, NotFound for a record that is gone."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        already = _of_token(session, new.token)
        if already is not None:
            return already
        task = _new_task(ctx, session, new)
        ctx.record(session, "task.added", task, due=new.due, responsible_id=task.responsible_id)
        return task.id


def add_tasks(ctx: Context, several: Sequence[NewTask]) -> int:
    """All or none, as `add_task` does it; how many are new."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        unknown = [new for new in several if _of_token(session, new.token) is None]
        for new in unknown:
            task = _new_task(ctx, session, new)
            ctx.record(session, "task.added", task, due=new.due, responsible_id=task.responsible_id)
        return len(unknown)


def _of_token(session: Session, token: str) -> int | None:
    return session.scalar(select(Task.id).where(Task.token == token))


def _new_task(ctx: Context, session: Session, new: NewTask) -> Task:
    if new.record is not None:
        require_records(session, new.record.kind, [new.record.id])
    task = Task(
        what=new.what,
        due_at=end_of(new.due) if new.due else None,
        responsible_id=_colleague(session, new.responsible_id or ctx.user_id),
        repeats=new.repeats,
        anchor_day=anchor_of(new.due) if new.due and new.repeats else None,
        token=new.token,
        created_at=ctx.now,
        **columns_of(new.record),
    )
    session.add(task)
    return task


def change_task(ctx: Context, task_id: int, form: ChangedTask) -> None:
    """Raises ChangedMeanwhile, NotFound, InvalidForm colleague_gone. Its words are not kept in the change log."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        task = _task(session, task_id, version=form.version)
        before, was = _changeable(task), task.what
        if form.responsible_id != task.responsible_id:
            task.responsible_id = _colleague(session, form.responsible_id)
        _set_day(task, form)
        task.what = form.what
        changed = changes(before, _changeable(task))
        if changed or was != task.what:
            ctx.record(session, "task.changed", task, changed=changed, fields=["what"] if was != task.what else [])


def finish_task(ctx: Context, task_id: int) -> int | None:
    """The id of the one that comes next, None when it does not repeat. Done already, it stays as it was."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        task = _task(session, task_id)
        if task.done_at is not None:
            return session.scalar(select(Task.id).where(Task.follows_id == task.id))
        task.done_at, task.done_by_id = ctx.now, ctx.user_id
        following = _following(ctx, session, task)
        ctx.record(session, "task.finished", task, next=following.id if following else None)
        return following.id if following else None


def reopen_task(ctx: Context, task_id: int) -> None:
    """Not done after all. The one made to come next goes, unless somebody has touched it."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        task = _task(session, task_id)
        if task.done_at is None:
            return
        task.done_at = task.done_by_id = None
        following = session.scalar(select(Task).where(Task.follows_id == task.id))
        if following is not None and following.done_at is None and following.version == 1:
            session.delete(following)
        ctx.record(session, "task.reopened", task)


def delete_task(ctx: Context, task_id: int, *, version: int) -> None:
    """For one that was a mistake. What follows it, if anything does, stays."""
    with ctx.write(Permission.MARK_RECORDS) as session:
        task = _task(session, task_id, version=version)
        following = session.scalar(select(Task).where(Task.follows_id == task.id))
        if following is not None:
            following.follows_id = None
            session.flush()
        session.delete(task)
        ctx.record(session, "task.deleted", ("tasks", task_id))


def _task(session: Session, task_id: int, *, version: int | None = None) -> Task:
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound(kind="task", id=task_id)
    if version is not None and task.version != version:
        raise ChangedMeanwhile
    return task


def _colleague(session: Session, user_id: int) -> int:
    user = session.get(User, user_id)
    if user is None or not user.is_active or user.role is Role.READER:
        raise InvalidForm({"responsible_id": "colleague_gone"})
    return user_id


def _set_day(task: Task, form: ChangedTask) -> None:
    """Left as it was, the day keeps what it has been counted from."""
    if form.due is None or form.repeats is None:
        task.anchor_day = None
    elif form.due != day_of(task.due_at) or task.anchor_day is None:
        task.anchor_day = anchor_of(form.due)
    task.due_at, task.repeats = end_of(form.due) if form.due else None, form.repeats


def _following(ctx: Context, session: Session, task: Task) -> Task | None:
    due = day_of(task.due_at)
    if task.repeats is None or due is None or task.anchor_day is None:
        return None
    calendar = office_calendar(session)

    def is_open(day: date) -> bool:
        return bool(calendar.open_intervals(day))

    following = Task(
        what=task.what,
        due_at=end_of(next_due(due, task.repeats, anchor=task.anchor_day, today=ctx.today, is_open=is_open)),
        responsible_id=task.responsible_id,
        repeats=task.repeats,
        anchor_day=task.anchor_day,
        follows_id=task.id,
        created_at=ctx.now,
        organisation_id=task.organisation_id,
        person_id=task.person_id,
        case_id=task.case_id,
        inquiry_id=task.inquiry_id,
        event_id=task.event_id,
    )
    session.add(following)
    session.flush()
    return following


def _changeable(task: Task) -> dict[str, object]:
    return {"due": day_of(task.due_at), "responsible_id": task.responsible_id, "repeats": task.repeats}
