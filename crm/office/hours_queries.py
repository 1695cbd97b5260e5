"""The office's calendar as it is set up, and what it makes of the coming weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from crm.context import Context
from crm.i18n import local, shown_time
from crm.office.queries import OFFICE_HOURS, office_calendar
from crm.office.rules import half_day_on, kept_hours, written_hours
from crm.permissions import Permission
from crm.working_time import HalfDay, WorkingCalendar, holiday_name
from db.models.house_keeping import Setting

PREVIEW_DAYS = 28


class DayKind(StrEnum):
    ORDINARY = "ordinary"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    HALF_DAY = "half_day"


@dataclass(frozen=True)
class ExceptionLine:
    """`hours` is empty for a closed day."""

    day: date
    hours: str
    note: str


@dataclass(frozen=True)
class OfficeHours:
    """`weekly` from Monday to Sunday; `half_days` only those that are cut short; `version` 0 while nothing was changed."""

    version: int
    weekly: tuple[str, ...]
    half_days: Mapping[HalfDay, str]
    exceptions: tuple[ExceptionLine, ...]


@dataclass(frozen=True)
class PreviewDay:
    """`name` is the holiday's, in Norwegian as calendars print it, or the exception's note."""

    day: date
    hours: str
    kind: DayKind
    name: str


def office_hours(ctx: Context) -> OfficeHours:
    with ctx.read(Permission.CHANGE_SETTINGS) as session:
        setting, value = _stored(session)
        return OfficeHours(
            version=setting.version if setting else 0,
            weekly=tuple(written_hours(value["weekly"].get(str(day), [])) for day in range(7)),
            half_days={HalfDay(day): closing for day, closing in value["half_days"].items()},
            exceptions=tuple(
                ExceptionLine(date.fromisoformat(day), written_hours(windows), value["notes"].get(day, ""))
                for day, windows in sorted(value["exceptions"].items(), reverse=True)
            ),
        )


def preview_office_hours(ctx: Context) -> list[PreviewDay]:
    """Four weeks from this week's Monday on, by the calendar all figures are counted with."""
    with ctx.read(Permission.CHANGE_SETTINGS) as session:
        _, value = _stored(session)
        calendar = office_calendar(session)
        today = local(ctx.now).date()
        monday = today - timedelta(days=today.weekday())
        return [_preview(calendar, value, monday + timedelta(days=number)) for number in range(PREVIEW_DAYS)]


def _preview(calendar: WorkingCalendar, value: Mapping[str, Any], day: date) -> PreviewDay:
    windows = [(shown_time(opens), _closing(closes, day)) for opens, closes in calendar.open_intervals(day)]
    kind, name = _kind(value, day)
    return PreviewDay(day, written_hours(windows), kind, name)


def _closing(closes: datetime, day: date) -> str:
    """Midnight after the day is written 24:00, as it was typed."""
    return shown_time(closes) if local(closes).date() == day else "24:00"


def _kind(value: Mapping[str, Any], day: date) -> tuple[DayKind, str]:
    if day.isoformat() in value["exceptions"]:
        return DayKind.EXCEPTION, value["notes"].get(day.isoformat(), "") or holiday_name(day) or ""
    holiday = holiday_name(day)
    if holiday:
        return DayKind.HOLIDAY, holiday
    half_day = half_day_on(day)
    is_cut_short = (
        half_day is not None and half_day in value["half_days"] and bool(value["weekly"].get(str(day.weekday())))
    )
    return (DayKind.HALF_DAY, str(half_day)) if is_cut_short else (DayKind.ORDINARY, "")


def _stored(session: Session) -> tuple[Setting | None, dict[str, Any]]:
    setting = session.get(Setting, OFFICE_HOURS)
    return setting, kept_hours(setting.value if setting else None)
