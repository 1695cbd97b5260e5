"""Working time: how long somebody waited while we were at work, and when an answer is due.

One module for the case page, the lists, the dashboard and the exports, so that no two of them count differently.

All counting is done on UTC instants: subtracting two Europe/Oslo datetimes ignores the clock change. Windows are wall clock
times of the calendar's zone. Where the clock goes back, the part of a window that comes twice is open twice. Where it goes
forward, an opening in the skipped hour is moved on by that hour (02:30 becomes 03:30, as in RFC 5545, 3.3.5), and what is
left of the window may be nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Windows: TypeAlias = Sequence[tuple[str, str]]
Week: TypeAlias = Mapping[int, Windows]
Pause: TypeAlias = tuple[datetime, datetime]
Instants: TypeAlias = npt.NDArray[np.datetime64] | Sequence[datetime]
Unit: TypeAlias = Literal["s", "us"]
_Counts: TypeAlias = npt.NDArray[np.int64]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_SECOND: Final = 1_000_000  # instants are whole microseconds since 1970, so that no time is lost by rounding twice
_DAY: Final = 86_400 * _SECOND
# What lies outside is no time of ours but a parsing accident (year 1 is a common "not set"), and public holidays are known so far.
_LAST_YEAR: Final = 2100
_BEYOND: Final = (datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_NOT_A_TIME: Final = np.iinfo(np.int64).min

OFFICE_WEEK: Final[Week] = {weekday: [("08:00", "16:00")] for weekday in range(5)}


class HalfDay(StrEnum):
    """Days on which Norwegian offices go home early; by custom, not by law, so each is a setting."""

    CHRISTMAS_EVE = "christmas_eve"
    NEW_YEARS_EVE = "new_years_eve"
    WEDNESDAY_BEFORE_MAUNDY_THURSDAY = "wednesday_before_maundy_thursday"


HALF_DAYS: Final[Mapping[HalfDay, str]] = dict.fromkeys(HalfDay, "12:00")


class CalendarError(ValueError):
    """`reason` is a stable code for the screen to translate, `subject` the value that was refused."""

    def __init__(self, reason: str, subject: object = None) -> None:
        super().__init__(reason, subject)
        self.reason = reason
        self.subject = subject


def _instant(at: datetime) -> int:
    if at.utcoffset() is None:
        raise CalendarError("naive_time", at)
    instant = (at - _EPOCH) // _MICROSECOND
    if not 0 <= instant < _BEYOND:
        raise CalendarError("time_out_of_range", at)
    return instant


def _moment(instant: int) -> datetime:
    return _EPOCH + timedelta(microseconds=instant)


def _read_clock(clock: str) -> int:
    """Seconds since local midnight, as the wall clock counts them."""
    if not _CLOCK.fullmatch(clock):
        raise CalendarError("window_time_invalid", clock)
    return int(clock[:2]) * 3600 + int(clock[3:]) * 60


def _read_windows(windows: Windows) -> tuple[tuple[int, int], ...]:
    read = [(_read_clock(opens), _read_clock(closes)) for opens, closes in windows]
    if any(closes <= opens for opens, closes in read):
        raise CalendarError("window_ends_before_it_starts", windows)
    if read != sorted(read):
        raise CalendarError("windows_out_of_order", windows)
    if any(opens < closed for (_, closed), (opens, _) in pairwise(read)):
        raise CalendarError("windows_overlap", windows)
    return tuple(read)


def _unpaused(start: int, end: int, pauses: Iterable[Pause]) -> Iterator[tuple[int, int]]:
    """The stretches from start to end that no pause covers; pauses may overlap, touch and reach outside."""
    ordered = sorted((_instant(since), _instant(until)) for since, until in pauses)
    for since, until in ordered:
        if until < since:
            raise CalendarError("pause_ends_before_it_starts", _moment(since))
    for since, until in ordered:
        if start < min(since, end):
            yield start, min(since, end)
        start = max(start, until)
    if start < end:
        yield start, end


@dataclass(frozen=True, slots=True)
class _OpenYear:
    """The open intervals of one local year, ascending; worked[i] is the open time of the year up to closes[i]."""

    opens: list[int]
    closes: list[int]
    worked: list[int]

    def worked_before(self, instant: int) -> int:
        passed = bisect_right(self.closes, instant)
        worked = self.worked[passed - 1] if passed else 0
        return worked + max(0, instant - self.opens[passed]) if passed < len(self.opens) else worked

    def when_worked(self, worked: int) -> int | None:
        """The first instant by which so much was worked; None: not in this year."""
        index = bisect_left(self.worked, worked)
        return self.closes[index] - (self.worked[index] - worked) if index < len(self.worked) else None


@dataclass(frozen=True, slots=True)
class _Table:
    """Open time before an instant, for arrays: a piecewise linear function, looked up by UTC day.

    A UTC day holds at most a few open intervals; `columns` has one (opens, length) pair of arrays for the first of each day,
    one for the second, and so on, so lunch breaks cost a column and nothing else. Faster than a search in sorted edges, and
    exact in the table's own unit.
    """

    first: int
    beyond: int
    day: int
    worked: _Counts
    columns: list[tuple[_Counts, _Counts]]

    def worked_before(self, instants: _Counts) -> _Counts:
        days = instants // self.day - self.first // self.day
        worked = self.worked[days]
        for opens, length in self.columns:
            worked += np.minimum(np.maximum(instants - opens[days], 0), length[days])
        return worked


def _table(years: Sequence[_OpenYear], first: int, beyond: int) -> _Table:
    """Intervals are cut at UTC midnight, then laid out by day and by their number within the day. Microseconds."""
    opens = np.array([at for year in years for at in year.opens], dtype=np.int64)
    closes = np.array([at for year in years for at in year.closes], dtype=np.int64)
    pieces = (closes - 1) // _DAY - opens // _DAY + 1
    source = np.repeat(np.arange(len(opens)), pieces)
    days = opens[source] // _DAY + np.arange(len(source)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    starts = np.maximum(opens[source], days * _DAY)
    lengths = np.minimum(closes[source], (days + 1) * _DAY) - starts
    column = np.arange(len(days)) - np.searchsorted(days, days)
    shape = (int(column.max(initial=0)) + 1, (beyond - 1) // _DAY - first // _DAY + 1)
    opens_by_day, length_by_day = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    opens_by_day[column, days - first // _DAY] = starts
    length_by_day[column, days - first // _DAY] = lengths
    per_day = length_by_day.sum(axis=0)
    columns = list(zip(opens_by_day, length_by_day, strict=True))
    return _Table(first, beyond, _DAY, np.cumsum(per_day) - per_day, columns)


def _in_seconds(table: _Table) -> _Table:
    columns = [(opens // _SECOND, length // _SECOND) for opens, length in table.columns]
    edges = table.first // _SECOND, table.beyond // _SECOND
    return _Table(*edges, _DAY // _SECOND, table.worked // _SECOND, columns)
