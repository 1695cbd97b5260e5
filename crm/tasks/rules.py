"""When a task is due, and when it comes again. No database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crm.i18n import OFFICE_ZONE, local
from db.models.tasks import Repeats

DAY = timedelta(days=1)
MONTHS = {Repeats.MONTHLY: 1, Repeats.QUARTERLY: 3, Repeats.YEARLY: 12}
LAST_OF_MONTH = 31
# No office is closed for longer; one that has no hours at all gets its daily task every day.
CLOSED_AT_MOST = timedelta(days=60)


@dataclass(frozen=True)
class QuickDays:
    """The days one click away."""

    today: date
    tomorrow: date
    next_week: date  # its Monday


def quick_days(today: date) -> QuickDays:
    return QuickDays(today, today + DAY, today + DAY * (7 - today.weekday()))


def end_of(day: date) -> datetime:
    """The instant the day is over in the office."""
    return datetime.combine(day + DAY, time(), OFFICE_ZONE)


def day_of(due_at: datetime | None) -> date | None:
    """The day that ends then."""
    return local(due_at).date() - DAY if due_at is not None else None


def anchor_of(due: date) -> int:
    """The day of the month it keeps to: what is due on a month's last day stays on the last."""
    return LAST_OF_MONTH if due.day == monthrange(due.year, due.month)[1] else due.day


def next_due(due: date, repeats: Repeats, *, anchor: int, today: date, is_open: Callable[[date], bool]) -> date:
    """Counted from the day it was due, not from when it was done. What was missed altogether is passed over: today or later.

    Only a daily task minds when the office is open: the first of May is nobody's day for it, but a month is a month.
    """
    following = _after(due, repeats, anchor, is_open)
    while following < today:
        following = _after(following, repeats, anchor, is_open)
    return following


def _after(day: date, repeats: Repeats, anchor: int, is_open: Callable[[date], bool]) -> date:
    if repeats is Repeats.DAILY:
        return _next_open(day + DAY, is_open)
    if repeats is Repeats.WEEKLY:
        return day + 7 * DAY
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS[repeats], 12)
    return date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))


def _next_open(first: date, is_open: Callable[[date], bool]) -> date:
    days = (first + DAY * number for number in range(CLOSED_AT_MOST.days))
    return next((day for day in days if is_open(day)), first)
