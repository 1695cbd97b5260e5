"""Whether a line of the plan is met. Pure decisions on a rule, the days something happened, and today.

Everything is judged as it stood when the quarter ended (or stands today, in a quarter not over), so that the report of a quarter
says the same when it is made again. What the plan does not number is counted and never coloured.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from crm.periods import Month, Quarter
from crm.plan.forms import Rule
from crm.plan.source import Correction
from db.models.meetings import Cadence


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    UNDER_WAY = "under_way"  # its time is not over
    UPCOMING = "upcoming"  # its time has not begun
    NOT_APPLICABLE = "not_applicable"  # nothing is asked of this period
    COUNT_ONLY = "count_only"  # the plan gives no number
    NOT_RECORDABLE = "not_recordable"  # no screen yet to record it on: neither 0 nor red


class Remark(StrEnum):
    """Why a status is what it is, where the number alone does not say it. The sentence is made when shown."""

    NEXT_WINDOW = "next_window"
    WINDOW_UNTIL = "window_until"
    OUTSIDE_WINDOW = "outside_window"
    DEADLINE = "deadline"
    SENT_DAYS_BEFORE = "sent_days_before"
    AFTER_DEADLINE = "after_deadline"


@dataclass(frozen=True)
class MonthVerdict:
    month: Month
    done: int
    status: Status


@dataclass(frozen=True)
class Verdict:
    """`done` is within the quarter; `period_done` within the whole window, when that is longer.

    `day` belongs to the remark: the window's first or last day, or the deadline; `days` how many days before it.
    """

    status: Status
    done: int
    period_done: int
    months: tuple[MonthVerdict, ...] = ()
    remark: Remark | None = None
    day: date | None = None
    days: int | None = None


COUNTED_BY_PERIOD = {
    Cadence.QUARTERLY: 1,
    Cadence.HALF_YEARLY: 2,
    Cadence.YEARLY: 4,
}


def is_counted_only(rule: Rule) -> bool:
    return rule.minimum is None or rule.cadence in (Cadence.CONTINUOUS, Cadence.ON_REQUEST)


def is_recordable(rule: Rule, offered: Collection[str]) -> bool:
    return any(kind in offered for kind in rule.evidence)


def judged(rule: Rule, quarter: Quarter, days: Sequence[date], *, today: date) -> Verdict:
    """`days`: one for each record, from the first of January of the quarter's year to the quarter's last day."""
    done = _within(days, quarter.starts, quarter.ends)
    if is_counted_only(rule):
        return Verdict(Status.COUNT_ONLY, done, done)
    if rule.cadence is Cadence.MONTHLY:
        return _judged_by_month(rule, quarter, days, today=today)
    if rule.cadence is Cadence.DEADLINE:
        return _judged_by_deadline(rule, quarter, days, today=today)
    return _judged_by_window(rule, quarter, days, today=today)


def not_recordable(rule: Rule, quarter: Quarter, *, today: date) -> Verdict:
    """No number and no judgement; only when the plan asks for it next, which holds whatever can be recorded."""
    asked = judged(rule, quarter, (), today=today)
    is_ahead = asked.remark in (Remark.NEXT_WINDOW, Remark.WINDOW_UNTIL, Remark.DEADLINE)
    return Verdict(Status.NOT_RECORDABLE, 0, 0, remark=asked.remark if is_ahead else None, day=asked.day)


def combined(statuses: Iterable[Status]) -> Status:
    """Of the months of a quarter, or of the bodies of a measure. While one of them is under way, so is the whole."""
    asked = [status for status in statuses if status is not Status.NOT_APPLICABLE]
    if not asked:
        return Status.NOT_APPLICABLE
    if len(set(asked)) == 1:
        return asked[0]
    if Status.UNDER_WAY in asked or Status.UPCOMING in asked:
        return Status.UNDER_WAY
    return Status.PARTLY


def longest_silence(days: Sequence[date], quarter: Quarter, *, today: date) -> int | None:
    """Days from one record to the next, the quarter's own ends included. None before the quarter begins."""
    until = min(today, quarter.ends)
    if until < quarter.starts:
        return None
    marks = [quarter.starts, *sorted(day for day in days if quarter.starts <= day <= until), until]
    return max((later - earlier).days for earlier, later in pairwise(marks))


def corrected(words: str, corrections: Iterable[Correction]) -> str:
    """The plan's words with its misprints put right, for reading. The rows keep its own letters."""
    for correction in corrections:
        words = words.replace(correction.words, correction.corrected)
    return words


def _judged_by_month(rule: Rule, quarter: Quarter, days: Sequence[date], *, today: date) -> Verdict:
    months = tuple(_month(rule, month, _within(days, month.starts, month.ends), today) for month in quarter.months)
    done = sum(month.done for month in months)
    return Verdict(combined(month.status for month in months), done, done, months)


def _month(rule: Rule, month: Month, done: int, today: date) -> MonthVerdict:
    return MonthVerdict(month, done, _month_status(rule, month, done, today))


def _month_status(rule: Rule, month: Month, done: int, today: date) -> Status:
    minimum = rule.minimum or 0
    if month.number in rule.target.exception_months:
        return Status.NOT_APPLICABLE
    if month.starts > today:
        return Status.UPCOMING
    if month.ends >= today:
        # With a maximum the month can still become too much, so only its end can tell.
        return Status.MET if rule.maximum is None and done >= minimum else Status.UNDER_WAY
    if done == 0:
        return Status.MISSED
    return Status.MET if minimum <= done <= (rule.maximum or done) else Status.PARTLY


def _judged_by_window(rule: Rule, quarter: Quarter, days: Sequence[date], *, today: date) -> Verdict:
    done = _within(days, quarter.starts, quarter.ends)
    numbers = _quarters_asked(rule, quarter)
    if quarter.number not in numbers:
        if done:
            return Verdict(Status.NOT_APPLICABLE, done, done, remark=Remark.OUTSIDE_WINDOW, day=_next(rule, quarter))
        return Verdict(Status.NOT_APPLICABLE, 0, 0, remark=Remark.NEXT_WINDOW, day=_next(rule, quarter))
    since, until = Quarter(quarter.year, numbers[0]).starts, Quarter(quarter.year, numbers[-1]).ends
    period_done = _within(days, since, quarter.ends)
    status = _window_status(rule, quarter, until, period_done, today)
    is_longer = until > quarter.ends and status is not Status.MET
    return Verdict(status, done, period_done, remark=Remark.WINDOW_UNTIL if is_longer else None, day=until)


def _window_status(rule: Rule, quarter: Quarter, until: date, period_done: int, today: date) -> Status:
    if period_done >= (rule.minimum or 0):
        return Status.MET
    if quarter.starts > today:
        return Status.UPCOMING
    if until > quarter.ends or until >= today:
        return Status.UNDER_WAY
    return Status.PARTLY if period_done else Status.MISSED


def _quarters_asked(rule: Rule, quarter: Quarter) -> list[int]:
    """The quarters of that year that share one expectation with this one; [] when nothing is asked in that year."""
    if rule.windows:
        return sorted({number for window in rule.windows if window.has(quarter.year) for number in window.quarters})
    length = COUNTED_BY_PERIOD.get(rule.cadence, 4)
    first = (quarter.number - 1) // length * length + 1
    return list(range(first, first + length))


def _next(rule: Rule, quarter: Quarter) -> date | None:
    """The first day of the next quarter in which something is asked; None when no window comes within two years."""
    later = quarter.next
    for _ in range(8):
        if later.number in _quarters_asked(rule, later):
            return later.starts
        later = later.next
    return None


def _judged_by_deadline(rule: Rule, quarter: Quarter, days: Sequence[date], *, today: date) -> Verdict:
    done = _within(days, quarter.starts, quarter.ends)
    due = rule.target.deadline_in(quarter.year)
    sent = sorted(day for day in days if date(quarter.year, 1, 1) <= day <= quarter.ends)
    in_time = [day for day in sent if day <= due]
    if len(in_time) >= (rule.minimum or 0):
        return Verdict(
            Status.MET, done, len(sent), remark=Remark.SENT_DAYS_BEFORE, day=due, days=(due - in_time[0]).days
        )
    if due not in quarter:
        upcoming = due if due > quarter.ends else rule.target.deadline_in(quarter.year + 1)
        return Verdict(Status.NOT_APPLICABLE, done, len(sent), remark=Remark.DEADLINE, day=upcoming)
    if today <= due:
        status = Status.UPCOMING if quarter.starts > today else Status.UNDER_WAY
        return Verdict(status, done, len(sent), remark=Remark.DEADLINE, day=due)
    if sent:
        return Verdict(Status.PARTLY, done, len(sent), remark=Remark.AFTER_DEADLINE, day=due)
    return Verdict(Status.MISSED, done, 0, remark=Remark.DEADLINE, day=due)


def _within(days: Iterable[date], first: date, last: date) -> int:
    return sum(first <= day <= last for day in days)
