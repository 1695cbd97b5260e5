"""Changing the office's calendar. It takes effect at once, for past response times too: nothing derived is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crm.context import Context
from crm.errors import ChangedMeanwhile, NotFound
from crm.office.forms import HalfDays, NewException, OfficeWeek
from crm.office.queries import OFFICE_HOURS, calendar_from
from crm.office.rules import kept_hours, read_hours, written_hours
from crm.permissions import Permission
from db.models.house_keeping import Setting

NOT_STORED_YET = 0


def set_office_hours(ctx: Context, form: OfficeWeek, *, version: int) -> None:
    """The hours of an ordinary week. `version` is 0 while the defaults have never been changed."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        setting, value = _kept(session, version=version)
        before = value["weekly"]
        value["weekly"] = {str(day): read_hours(typed) for day, typed in enumerate(form.hours) if read_hours(typed)}
        _keep(session, setting, value)
        changed = {
            str(day): [written_hours(before.get(str(day), [])), written_hours(value["weekly"].get(str(day), []))]
            for day in range(7)
            if before.get(str(day), []) != value["weekly"].get(str(day), [])
        }
        ctx.record(session, "office.hours_set", setting, changed=changed)


def set_half_days(ctx: Context, form: HalfDays, *, version: int) -> None:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        setting, value = _kept(session, version=version)
        before = value["half_days"]
        value["half_days"] = {str(day): closing for day, closing in form.closing.items()}
        _keep(session, setting, value)
        changed = {
            day: [before.get(day), value["half_days"].get(day)]
            for day in sorted({*before, *value["half_days"]})
            if before.get(day) != value["half_days"].get(day)
        }
        ctx.record(session, "office.half_days_set", setting, changed=changed)


def add_exception(ctx: Context, form: NewException) -> None:
    """One day with hours of its own. A day that had such hours gets the new ones."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        setting, value = _kept(session)
        day = form.day.isoformat()
        value["exceptions"][day] = read_hours(form.hours)
        value["notes"].pop(day, None)
        if form.note:
            value["notes"][day] = form.note
        _keep(session, setting, value)
        ctx.record(
            session, "office.exception_added", setting, day=form.day, hours=written_hours(value["exceptions"][day])
        )


def remove_exception(ctx: Context, day: date) -> None:
    """The day is an ordinary one again."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        setting, value = _kept(session)
        hours = value["exceptions"].pop(day.isoformat(), None)
        if hours is None:
            raise NotFound(kind="exception", id=day.isoformat())
        value["notes"].pop(day.isoformat(), None)
        _keep(session, setting, value)
        ctx.record(session, "office.exception_removed", setting, day=day, hours=written_hours(hours))


def _kept(session: Session, *, version: int | None = None) -> tuple[Setting, dict[str, Any]]:
    """The row, made when there is none, and a value of our own to change."""
    setting = session.get(Setting, OFFICE_HOURS)
    if version is not None and version != (setting.version if setting else NOT_STORED_YET):
        raise ChangedMeanwhile
    if setting is None:
        setting = Setting(key=OFFICE_HOURS, value={})
        session.add(setting)
    return setting, kept_hours(setting.value)


def _keep(session: Session, setting: Setting, value: dict[str, Any]) -> None:
    """`CalendarError` for a calendar that could not be counted with; then nothing is stored."""
    calendar_from(value)
    setting.value = value
    flag_modified(setting, "value")
    session.flush()
