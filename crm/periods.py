"""Weeks, months, quarters and years as calendar periods. Their names in words are made where texts are made."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

OFFICE_TIMEZONE = "Europe/Oslo"

# Beyond these, somebody has mistyped a date; within them no period falls off the end of Python's calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True, slots=True)
class Period(ABC):
    """A stretch of whole days. Ordered by time among periods of its own kind.

    `starts` and `ends` are its first and last day, both within it; `ends_before` is the first day after it. Questions
    put to dates use the two first, questions put to instants use `instants()`, which is half-open.
    """

    year: int

    def __post_init__(self) -> None:
        """ValueError for a number the year does not have, such as a fifth quarter or week 53 of 2027."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"the year {self.year} is not between {FIRST_YEAR} and {LAST_YEAR}")

    @classmethod
    @abstractmethod
    def of(cls, day: date) -> Self:
        """The period that has this day. TypeError for a datetime: its day depends on a time zone, see `at`."""

    @classmethod
    def at(cls, instant: datetime, timezone: str = OFFICE_TIMEZONE) -> Self:
        """The period an instant falls in, on the wall calendar of `timezone`. ValueError for a naive datetime."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone to have a day")
        return cls.of(instant.astimezone(ZoneInfo(timezone)).date())

    @classmethod
    @abstractmethod
    def parse(cls, key: str) -> Self:
        """The period with this `key`. ValueError for anything else: keys come from addresses people can edit."""

    @property
    @abstractmethod
    def key(self) -> str:
        """Short and sortable, for addresses: 2026, 2026-K4, 2026-11, 2026-W53."""

    @property
    @abstractmethod
    def starts(self) -> date:
        """The first day."""

    @property
    @abstractmethod
    def ends_before(self) -> date:
        """The first day that no longer belongs."""

    @property
    def ends(self) -> date:
        """The last day, which still belongs."""
        return self.ends_before - timedelta(days=1)

    @property
    def next(self) -> Self:
        return self.of(self.ends_before)

    @property
    def previous(self) -> Self:
        return self.of(self.starts - timedelta(days=1))

    def instants(self, timezone: str = OFFICE_TIMEZONE) -> tuple[datetime, datetime]:
        """(from, before) in UTC: local midnight to local midnight, so a clock change within is an hour more or less."""
        zone = ZoneInfo(timezone)
        return _midnight(self.starts, zone), _midnight(self.ends_before, zone)

    def __contains__(self, day: date) -> bool:
        return self.starts <= _only_day(day) <= self.ends

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, order=True, slots=True)
class Year(Period):
    @classmethod
    def of(cls, day: date) -> Self:
        return cls(_only_day(day).year)

    @classmethod
    def parse(cls, key: str) -> Self:
        return cls(_numbers(r"(\d{4})", key)[0])

    @property
    def key(self) -> str:
        return f"{self.year}"

    @property
    def starts(self) -> date:
        return date(self.year, 1, 1)

    @property
    def ends_before(self) -> date:
        return date(self.year + 1, 1, 1)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(Quarter(self.year, number) for number in range(1, 5))

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.year, number) for number in range(1, 13))


@dataclass(frozen=True, order=True, slots=True)
class Quarter(Period):
    number: int

    def __post_init__(self) -> None:
        Period.__post_init__(self)
        _check_number(self.number, last=4)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(_only_day(day).year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, key: str) -> Self:
        return cls(*_numbers(r"(\d{4})-K(\d)", key))

    @property
    def key(self) -> str:
        """K for kvartal, as in K4 2026."""
        return f"{self.year}-K{self.number}"

    @property
    def starts(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_before(self) -> date:
        return self.months[-1].ends_before

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.year, 3 * self.number + offset) for offset in (-2, -1, 0))


@dataclass(frozen=True, order=True, slots=True)
class Month(Period):
    number: int

    def __post_init__(self) -> None:
        Period.__post_init__(self)
        _check_number(self.number, last=12)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(_only_day(day).year, day.month)

    @classmethod
    def parse(cls, key: str) -> Self:
        return cls(*_numbers(r"(\d{4})-(\d\d)", key))

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def starts(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def ends_before(self) -> date:
        return date(self.year + self.number // 12, self.number % 12 + 1, 1)

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts)


@dataclass(frozen=True, order=True, slots=True)
class Week(Period):
    """An ISO 8601 week, Monday to Sunday. Its year is that of its Thursday: 1 January 2027 is in week 53 of 2026."""

    number: int

    def __post_init__(self) -> None:
        Period.__post_init__(self)
        # 28 December is always in the last week of its year.
        _check_number(self.number, last=date(self.year, 12, 28).isocalendar().week)

    @classmethod
    def of(cls, day: date) -> Self:
        iso = _only_day(day).isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, key: str) -> Self:
        return cls(*_numbers(r"(\d{4})-W(\d\d)", key))

    @property
    def key(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def starts(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def ends_before(self) -> date:
        return self.starts + timedelta(days=7)


def iso_week(day: date) -> Week:
    """The week a Norwegian calendar prints beside the day; its year can differ from the day's."""
    return Week.of(day)


def _only_day(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a datetime has no day before a time zone is chosen: use at()")
    return day


def _check_number(number: int, *, last: int) -> None:
    if not 1 <= number <= last:
        raise ValueError(f"{number} is not between 1 and {last}")


def _numbers(shape: str, key: str) -> list[int]:
    found = re.fullmatch(shape, key, re.ASCII)
    if found is None:
        raise ValueError(f"{key!r} is not the key of a period")
    return [int(number) for number in found.groups()]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
