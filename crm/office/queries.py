"""The office's own calendar, as the settings say it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.orm import Session

from crm.working_time import HALF_DAYS, OFFICE_WEEK, HalfDay, WorkingCalendar, norwegian_calendar
from db.models.house_keeping import Setting

OFFICE_HOURS: Final = "office_hours"


def office_calendar(session: Session) -> WorkingCalendar:
    """The calendar of the settings row `office_hours`; Monday to Friday 08-16 with half days when there is none.

    Nothing is kept from an older row: an edited calendar takes effect with the next look, for past answers too.
    """
    stored = session.get(Setting, OFFICE_HOURS)
    return _calendar(json.dumps(stored.value, sort_keys=True) if stored else "{}")


def calendar_from(value: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar a settings value describes. Raises `CalendarError` for one that cannot be kept.

    Shape, each key optional (then as the default): `weekly` {"0": [["08:00", "16:00"]], ...} with Monday 0 and a weekday
    left out being closed; `half_days` {"christmas_eve": "12:00", ...} with the words of `HalfDay`; `exceptions`
    {"2026-12-28": [], "2026-06-19": [["08:00", "14:00"]]}. Windows end at "24:00" at the latest. Other keys are not read.
    """
    return _read(value)


@lru_cache(maxsize=16)
def _calendar(stored: str) -> WorkingCalendar:
    """Kept by its text, so that working out the years (a millisecond each) is paid once."""
    return _read(json.loads(stored))


def _read(value: Mapping[str, Any]) -> WorkingCalendar:
    weekly = (
        {int(day): _windows(windows) for day, windows in value["weekly"].items()} if "weekly" in value else OFFICE_WEEK
    )
    half_days = value.get("half_days", HALF_DAYS)
    return norwegian_calendar(
        weekly=weekly,
        half_days={HalfDay(day): closing for day, closing in half_days.items()},
        exceptions={date.fromisoformat(day): _windows(given) for day, given in value.get("exceptions", {}).items()},
    )


def _windows(stored: list[list[str]]) -> list[tuple[str, str]]:
    return [(opens, closes) for opens, closes in stored]
