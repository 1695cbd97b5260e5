"""Working time: how long somebody waited while we were at work, and when an answer is due.

One module for the case page, the lists, the dashboard and the exports, so that no two of them count differently. All counting
is done on UTC instants (`crm.open_hours`), because subtracting two Europe/Oslo datetimes ignores the clock change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from holidays import country_holidays

from crm.open_hours import (
    BEYOND,
    LAST_YEAR,
    MICROSECOND,
    SECOND,
    CalendarError,
    Counts,
    OpenTable,
    OpenYear,
    Span,
    Times,
    Windows,
    instant_of,
    instants_of,
    moment_of,
    open_table,
    open_year,
    range_of,
    read_windows,
    seconds_of,
)

__all__ = [
    "HALF_DAYS",
    "OFFICE_WEEK",
    "CalendarError",
    "HalfDay",
    "Pause",
    "Times",
    "Week",
    "Windows",
    "WorkingCalendar",
    "holiday_name",
    "is_late",
    "minutes",
    "norwegian_calendar",
]

Week: TypeAlias = Mapping[int, Windows]
Pause: TypeAlias = tuple[datetime, datetime]

OFFICE_WEEK: Final[Week] = {weekday: [("08:00", "16:00")] for weekday in range(5)}


class HalfDay(StrEnum):
    """Days on which Norwegian offices close early; by custom, not by law, so each is a setting."""

    CHRISTMAS_EVE = "christmas_eve"
    NEW_YEARS_EVE = "new_years_eve"
    WEDNESDAY_BEFORE_EASTER = "wednesday_before_easter"


HALF_DAYS: Final[Mapping[HalfDay, str]] = dict.fromkeys(HalfDay, "12:00")


class WorkingCalendar:
    """When we are at work. A year is worked out when first asked for and kept; one calendar may serve many threads.

    `weekly`: weekday (Monday 0) -> windows such as ("08:00", "16:00"), ascending, "24:00" being the end of the day.
    `exceptions`: a date's windows instead of its weekday's, [] for closed. `yearly` gives those that follow a rule, for
    any year; `exceptions` go before it. A calendar that is never open is refused.
    """

    def __init__(
        self,
        timezone: str,
        weekly: Week,
        exceptions: Mapping[date, Windows],
        *,
        yearly: Callable[[int], Mapping[date, Windows]] | None = None,
    ) -> None:
        try:
            self._zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise CalendarError("timezone_unknown", value=timezone) from unknown
        if not set(weekly) <= set(range(7)):
            raise CalendarError("weekday_unknown", value=set(weekly))
        self._weekly = {weekday: read_windows(windows) for weekday, windows in weekly.items()}
        self._exceptions = {day: read_windows(windows) for day, windows in exceptions.items()}
        if not any(self._weekly.values()) and not any(self._exceptions.values()):
            raise CalendarError("no_open_hours")
        self._yearly = yearly
        self._years: dict[int, OpenYear] = {}
        self._table: OpenTable | None = None

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """Open time from start to end outside the pauses, to the microsecond. An end before the start is refused."""
        since, until = instant_of(start), instant_of(end)
        if until < since:
            raise CalendarError("ends_before_it_starts", value=end)
        return timedelta(microseconds=self._worked(since, until, pauses))

    def due(self, start: datetime, target: timedelta, pauses: Iterable[Pause] = ()) -> datetime:
        """The first instant, in UTC, when `elapsed` reaches the target. Used up exactly at closing: closing time."""
        since, left = instant_of(start), target // MICROSECOND
        if left < 0:
            raise CalendarError("target_negative", value=target)
        if left == 0:
            return moment_of(since)
        for from_here, until in _unpaused(since, BEYOND, pauses):
            due = self._when_worked(from_here, left)
            if due <= until:
                return moment_of(due)
            left -= self._worked(from_here, until)
        raise CalendarError("never_due", value=target)

    def is_open(self, at: datetime) -> bool:
        """Open at the opening minute, closed at the closing minute."""
        instant = instant_of(at)
        return self._open_year(self._year_of(instant)).next_open(instant) == instant

    def opens_next(self, at: datetime) -> datetime:
        """The first open instant, in UTC; `at` itself when we are open then."""
        instant = instant_of(at)
        for year in self._years_from(instant):
            opens = year.next_open(instant)
            if opens is not None:
                return moment_of(opens)
        raise CalendarError("never_open_again", value=at)

    def open_intervals(self, day: date) -> list[tuple[datetime, datetime]]:
        """When that local day is open, in UTC, ascending; a window over midnight is cut there. [] when it is closed."""
        begins, ends = (instant_of(datetime.combine(on, time(), self._zone)) for on in (day, day + timedelta(days=1)))
        year = self._open_year(day.year)
        return [
            (moment_of(max(opens, begins)), moment_of(min(closes, ends)))
            for opens, closes in zip(year.opens, year.closes, strict=True)
            if opens < ends and closes > begins
        ]

    def elapsed_many(
        self, starts: Times, ends: Times, *, pauses: Mapping[int, Sequence[Pause]] | None = None
    ) -> Counts:
        """Open time between starts[i] and ends[i]: int64 whole seconds, floored, same length.

        Takes numpy datetime64 (any unit, in UTC), pandas columns with a time zone, or sequences of aware datetimes (slower:
        about a microsecond each). `pauses` by row number, for the few rows that have any. A missing time (NaT) is refused.
        """
        first, last = instants_of(starts), instants_of(ends)
        if not len(first) and not len(last):
            return np.zeros(0, dtype=np.int64)
        table = self._table_over(*range_of(first, last))
        worked = (table.worked_before(last) - table.worked_before(first)) // SECOND
        for row, of_row in (pauses or {}).items():
            worked[row] = self._worked(int(first[row]), int(last[row]), of_row) // SECOND
        return worked

    def prepare(self, years: Iterable[int]) -> None:
        """Works these years out now, about a millisecond each, so that the first to ask does not wait."""
        for year in years:
            self._open_year(year)

    def _worked(self, since: int, until: int, pauses: Iterable[Pause] = ()) -> int:
        return sum(
            year.worked_before(to) - year.worked_before(start)
            for start, to in _unpaused(since, until, pauses)
            for year in map(self._open_year, range(self._year_of(start), self._year_of(to) + 1))
        )

    def _when_worked(self, since: int, left: int) -> int:
        for year in self._years_from(since):
            before = year.worked_before(since)
            when = year.when_worked(before + left)
            if when is not None:
                return when
            left -= (year.worked[-1] if year.worked else 0) - before
        raise CalendarError("never_due", value=moment_of(since))

    def _years_from(self, instant: int) -> Iterator[OpenYear]:
        return map(self._open_year, range(self._year_of(instant), LAST_YEAR + 1))

    def _year_of(self, instant: int) -> int:
        return datetime.fromtimestamp(instant // SECOND, self._zone).year

    def _open_year(self, year: int) -> OpenYear:
        if year not in self._years:
            special = self._yearly(year) if self._yearly else {}
            days = {day: read_windows(windows) for day, windows in special.items()} | self._exceptions
            self._years[year] = open_year(
                self._zone, year, lambda day: days.get(day, self._weekly.get(day.weekday(), []))
            )
        return self._years[year]

    def _table_over(self, first: int, last: int) -> OpenTable:
        table = self._table
        if table is None or first < table.begins or last >= table.ends:
            known = [] if table is None else [self._year_of(table.begins), self._year_of(table.ends - 1)]
            years = [self._year_of(first), self._year_of(last), *known]
            table = self._table = open_table([self._open_year(year) for year in range(min(years), max(years) + 1)])
        return table


def norwegian_calendar(
    years: range = range(0),
    *,
    weekly: Week | None = None,
    half_days: Mapping[HalfDay, str] = HALF_DAYS,
    exceptions: Mapping[date, Windows] | None = None,
) -> WorkingCalendar:
    """Europe/Oslo with public holidays closed and half days cut short ({} for none); `exceptions` go before both.

    `years` are worked out at once, any other year when first asked for, so a case from 2023 and one from 2031 are both right.
    """
    week = OFFICE_WEEK if weekly is None else weekly
    for closing in half_days.values():
        seconds_of(closing)
    special_days = partial(_norwegian_days, week, dict(half_days))
    calendar = WorkingCalendar("Europe/Oslo", week, exceptions or {}, yearly=special_days)
    calendar.prepare(years)
    return calendar


def holiday_name(day: date) -> str | None:
    """In Norwegian, as printed in calendars; two on one day are both named. None: no public holiday (Sundays are none)."""
    name = _public_holidays(day.year).get(date(day.year, day.month, day.day))
    return name.replace("; ", ", ") if name else None


def minutes(span: timedelta) -> int:
    """As shown to people: whole minutes, floored, so that nobody is late by a rounding."""
    return span // timedelta(minutes=1)


def is_late(elapsed: timedelta, target: timedelta) -> bool:
    """A target used up to the last microsecond is kept."""
    return elapsed > target


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> Mapping[date, str]:
    return dict(country_holidays("NO", years=year, language="no").items())  # "nb" would silently give English


def _norwegian_days(week: Week, half_days: Mapping[HalfDay, str], year: int) -> Mapping[date, Windows]:
    shortened: dict[date, Windows] = {}
    for name, closing in half_days.items():
        day = _date_of(name, year)
        hours = week.get(day.weekday(), [])
        shortened[day] = [(opens, min(closes, closing)) for opens, closes in hours if opens < closing]
    return shortened | {day: [] for day in _public_holidays(year)}


def _date_of(half_day: HalfDay, year: int) -> date:
    match HalfDay(half_day):
        case HalfDay.CHRISTMAS_EVE:
            return date(year, 12, 24)
        case HalfDay.NEW_YEARS_EVE:
            return date(year, 12, 31)
        case HalfDay.WEDNESDAY_BEFORE_EASTER:
            maundy_thursday = next(day for day, name in _public_holidays(year).items() if "Skjærtorsdag" in name)
            return maundy_thursday - timedelta(days=1)


def _unpaused(start: int, end: int, pauses: Iterable[Pause]) -> Iterator[Span]:
    """The stretches from start to end that no pause covers; pauses may overlap, touch and reach outside."""
    ordered = sorted((instant_of(since), instant_of(until)) for since, until in pauses)
    if any(until < since for since, until in ordered):
        raise CalendarError("pause_ends_before_it_starts", value=ordered)
    for since, until in ordered:
        if start < min(since, end):
            yield start, min(since, end)
        start = max(start, until)
    if start < end:
        yield start, end
