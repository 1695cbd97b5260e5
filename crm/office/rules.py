"""Office hours as they are typed, kept and shown. No database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from crm.open_hours import CalendarError, read_windows
from crm.working_time import HALF_DAYS, OFFICE_WEEK, HalfDay, holiday_name

WindowList = list[list[str]]

_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?"
_WINDOW = re.compile(rf"{_CLOCK}\s*(?:-|–|—|til)\s*{_CLOCK}", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\bog\b)\s*", re.IGNORECASE)


class HoursNotRead(ValueError):
    """The text is not hours, or hours that overlap, go backwards or stand in the wrong order."""


def read_hours(typed: str) -> WindowList:
    """`8-11.30, 12–16` as [["08:00", "11:30"], ["12:00", "16:00"]]; [] for an empty text. Sorted here, never merged."""
    if not typed.strip():
        return []
    windows = sorted(_window(part) for part in _BETWEEN.split(typed.strip()))
    try:
        read_windows([(opens, closes) for opens, closes in windows])
    except CalendarError as error:
        raise HoursNotRead(typed) from error
    return windows


def written_hours(windows: Sequence[Sequence[str]]) -> str:
    """As they are shown, and typed again: `08:00–11:30, 12:00–16:00`."""
    return ", ".join(f"{opens}–{closes}" for opens, closes in windows)


def kept_hours(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """The whole settings value, with the defaults where nothing was stored; ours to change."""
    value: dict[str, Any] = deepcopy(dict(stored or {}))
    value.setdefault("weekly", {str(day): [list(window) for window in windows] for day, windows in OFFICE_WEEK.items()})
    value.setdefault("half_days", {str(day): closing for day, closing in HALF_DAYS.items()})
    value.setdefault("exceptions", {})
    value.setdefault("notes", {})
    return value


def half_day_on(day: date) -> HalfDay | None:
    if (day.month, day.day) == (12, 24):
        return HalfDay.CHRISTMAS_EVE
    if (day.month, day.day) == (12, 31):
        return HalfDay.NEW_YEARS_EVE
    is_before_maundy_thursday = "Skjærtorsdag" in (holiday_name(day + timedelta(days=1)) or "")
    return HalfDay.WEDNESDAY_BEFORE_EASTER if is_before_maundy_thursday else None


def _window(typed: str) -> list[str]:
    found = _WINDOW.fullmatch(typed)
    if found is None:
        raise HoursNotRead(typed)
    opens_hour, opens_minute, closes_hour, closes_minute = found.groups()
    return [f"{int(opens_hour):02}:{opens_minute or '00'}", f"{int(closes_hour):02}:{closes_minute or '00'}"]
