"""The open intervals of a calendar as UTC instants, and two ways to add them up: one by one, and for whole arrays.

Only `crm.working_time` needs this. An instant is a whole number of microseconds since 1970 in UTC, so that nothing is rounded
before the end; a window is wall clock time in the calendar's zone. Where the clock goes back, the part of a window that comes
twice is open twice. Where it goes forward, an opening in the skipped hour is moved on by that hour (02:30 becomes 03:30, as in
RFC 5545, 3.3.5), and what is left of the window may be nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from crm.errors import CrmError

Windows: TypeAlias = Sequence[tuple[str, str]]
Span: TypeAlias = tuple[int, int]
Counts: TypeAlias = npt.NDArray[np.int64]

Times: TypeAlias = "npt.NDArray[np.datetime64] | pd.Series[pd.Timestamp] | pd.DatetimeIndex | Sequence[datetime]"

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
# Times outside 1970-2100 are parsing accidents (year 1 is a common "not set"), and public holidays are known until 2100.
LAST_YEAR: Final = 2100
BEYOND: Final = (datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class CalendarError(CrmError):
    """A calendar or a time that cannot be counted with; `code` says why, the fact `value` what was refused."""

    code = "calendar"


def instant_of(at: datetime) -> int:
    if at.utcoffset() is None:
        raise CalendarError("naive_time", value=at)
    instant = (at - EPOCH) // MICROSECOND
    if not 0 <= instant < BEYOND:
        raise CalendarError("time_out_of_range", value=at)
    return instant


def moment_of(instant: int) -> datetime:
    return EPOCH + timedelta(microseconds=instant)


def instants_of(times: Times) -> Counts:
    """numpy arrays are UTC by agreement; pandas columns and sequences of datetimes must say their zone."""
    if isinstance(times, np.ndarray) and times.dtype.kind == "M":
        return times.astype("datetime64[us]", copy=False).view(np.int64)
    if isinstance(times, (pd.Series, pd.DatetimeIndex)) and isinstance(times.dtype, pd.DatetimeTZDtype):
        return np.asarray(times, dtype="datetime64[us]").view(np.int64)
    return np.array([instant_of(at) for at in times], dtype=np.int64)


def range_of(starts: Counts, ends: Counts) -> Span:
    """The first start and the last end, once it is certain that every interval can be counted."""
    if starts.shape != ends.shape:
        raise CalendarError("lengths_differ", value=(starts.shape, ends.shape))
    missing = np.iinfo(np.int64).min  # numpy's NaT
    if starts.min() == missing or ends.min() == missing:
        raise CalendarError("time_missing")
    reversed_rows = np.flatnonzero(ends < starts)
    if len(reversed_rows):
        raise CalendarError("ends_before_it_starts", value=reversed_rows.tolist())
    first, last = int(starts.min()), int(ends.max())
    if first < 0 or last >= BEYOND:
        raise CalendarError("time_out_of_range", value=(first, last))
    return first, last


def seconds_of(clock: str) -> int:
    """Since local midnight, as the wall clock counts: "08:30" is 30600 also on the day the clock changes."""
    if not _CLOCK.fullmatch(clock):
        raise CalendarError("window_time_invalid", value=clock)
    return int(clock[:2]) * 3600 + int(clock[3:]) * 60


def read_windows(windows: Windows) -> list[Span]:
    """Seconds since local midnight. Windows may touch; overlapping or unsorted ones are a typing error we do not guess at."""
    spans = [(seconds_of(opens), seconds_of(closes)) for opens, closes in windows]
    if any(closes <= opens for opens, closes in spans):
        raise CalendarError("window_ends_before_it_starts", value=windows)
    if spans != sorted(spans):
        raise CalendarError("windows_out_of_order", value=windows)
    if any(opens < closed for (_, closed), (opens, _) in pairwise(spans)):
        raise CalendarError("windows_overlap", value=windows)
    return spans


@dataclass(frozen=True, slots=True)
class OpenYear:
    """The open intervals of one local year, ascending, perhaps touching; worked[i] is the year's open time up to closes[i]."""

    begins: int
    ends: int
    opens: list[int]
    closes: list[int]
    worked: list[int]

    def worked_before(self, instant: int) -> int:
        passed = bisect_right(self.closes, instant)
        worked = self.worked[passed - 1] if passed else 0
        return worked + max(0, instant - self.opens[passed]) if passed < len(self.opens) else worked

    def when_worked(self, worked: int) -> int | None:
        """The first instant by which that much of the year's open time has passed; None: the year has less."""
        index = bisect_left(self.worked, worked)
        return self.closes[index] - (self.worked[index] - worked) if index < len(self.worked) else None

    def next_open(self, instant: int) -> int | None:
        """The instant itself when open; None: not open again this year."""
        index = bisect_right(self.closes, instant)
        return max(instant, self.opens[index]) if index < len(self.opens) else None


def open_year(zone: ZoneInfo, year: int, windows_of: Callable[[date], Sequence[Span]]) -> OpenYear:
    """About a millisecond: one question to the zone per day, more only on the days when the clock changes."""
    days = [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal() + 1)
    ]
    midnights = [_midnight(zone, day) for day in days]
    spans = [
        span
        for day, midnight, next_midnight in zip(days, midnights, midnights[1:], strict=False)
        for span in _intervals(zone, windows_of(day), midnight, next_midnight)
    ]
    opens, closes = [since for since, _ in spans], [until for _, until in spans]
    worked = list(accumulate(until - since for since, until in spans))
    return OpenYear(midnights[0][0] * SECOND, midnights[-1][0] * SECOND, opens, closes, worked)


def _midnight(zone: ZoneInfo, day: date) -> Span:
    """When the local day begins, in UTC seconds, and the offset it begins with (the one before, if midnight is skipped)."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = int((midnight.utcoffset() or timedelta()).total_seconds())
    return int(midnight.replace(tzinfo=UTC).timestamp()) - offset, offset


def _intervals(zone: ZoneInfo, windows: Sequence[Span], midnight: Span, next_midnight: Span) -> Iterator[Span]:
    (begins, offset), (_, later_offset) = midnight, next_midnight
    if offset == later_offset:
        stretches: Sequence[Span] = [(begins + opens, begins + closes) for opens, closes in windows]
    else:
        stretches = list(_around_clock_change(zone, windows, midnight, next_midnight))
    return ((since * SECOND, until * SECOND) for since, until in stretches)


def _around_clock_change(
    zone: ZoneInfo, windows: Sequence[Span], midnight: Span, next_midnight: Span
) -> Iterator[Span]:
    """The same windows laid on the day's two halves, before and after the change, each with its own offset."""
    (begins, offset), (ends, later_offset) = midnight, next_midnight
    wall_midnight = begins + offset

    def changed(at: int) -> bool:
        return datetime.fromtimestamp(at, zone).utcoffset() == timedelta(seconds=later_offset)

    change = begins + bisect_left(range(begins, ends), True, key=changed)
    skipped = range(change + offset - wall_midnight, change + later_offset - wall_midnight)
    for since, until, shift in ((begins, change, offset), (change, ends, later_offset)):
        for opens, closes in windows:
            opens_then = opens + len(skipped) if opens in skipped else opens
            start = max(since, wall_midnight + opens_then - shift)
            end = min(until, wall_midnight + closes - shift)
            if start < end:
                yield start, end


@dataclass(frozen=True, slots=True)
class OpenTable:
    """Open time before an instant is a piecewise linear function of it; here it is laid out by UTC day, for arrays.

    One row for the first open interval of each day, one for the second, and so on: a lunch break costs one more look-up,
    half days and clock changes nothing. The difference of two such sums is exact, and faster than `numpy.busday_count`.
    """

    begins: int
    ends: int
    worked: Counts  # (days,)
    opens: Counts  # (intervals in a day, days)
    lengths: Counts  # (intervals in a day, days)

    def worked_before(self, instants: Counts) -> Counts:
        days = instants // DAY - self.begins // DAY
        worked = self.worked.take(days)
        for opens, lengths in zip(self.opens, self.lengths, strict=True):
            worked += np.minimum(np.maximum(instants - opens.take(days), 0), lengths.take(days))
        return worked


def open_table(years: Sequence[OpenYear]) -> OpenTable:
    """From consecutive years: cuts the intervals at UTC midnight, then places each by day and by its number in the day."""
    begins, ends = years[0].begins, years[-1].ends
    opens, closes = _edges(year.opens for year in years), _edges(year.closes for year in years)
    pieces = (closes - 1) // DAY - opens // DAY + 1
    whole = np.repeat(np.arange(len(opens)), pieces)
    days = opens[whole] // DAY + np.arange(len(whole)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    number = np.arange(len(days)) - np.searchsorted(days, days)
    place = number, days - begins // DAY
    starts = np.zeros((int(number.max(initial=0)) + 1, (ends - 1) // DAY - begins // DAY + 1), dtype=np.int64)
    lengths = np.zeros_like(starts)
    starts[place] = np.maximum(opens[whole], days * DAY)
    lengths[place] = np.minimum(closes[whole], (days + 1) * DAY) - starts[place]
    per_day = lengths.sum(axis=0)
    return OpenTable(begins, ends, np.cumsum(per_day) - per_day, starts, lengths)


def _edges(of_years: Iterable[list[int]]) -> Counts:
    return np.array([edge for edges in of_years for edge in edges], dtype=np.int64)
