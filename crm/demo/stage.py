"""What every story of the demonstration needs: chance that can be repeated, the office's calendar, and who acts when."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from crm.context import Actor, Context
from crm.i18n import OFFICE_ZONE
from crm.working_time import WorkingCalendar, norwegian_calendar
from db.engine import Database

YEARS = 2


@dataclass(frozen=True)
class Stage:
    """`scale` thins out the calls, inquiries and houses; 1 is the full demonstration.

    `staff` is filled first of all, `others` (the ids of those the network bodies' other members send) when they are entered.
    """

    database: Database
    now: datetime
    seed: str
    scale: float = 1.0
    staff: dict[str, Actor] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    calendar: WorkingCalendar = field(default_factory=norwegian_calendar)

    @property
    def today(self) -> date:
        return self.now.astimezone(OFFICE_ZONE).date()

    @property
    def begins(self) -> datetime:
        """The first Monday of the month two years ago, when the office opened."""
        first = self.today.replace(year=self.today.year - YEARS, day=1)
        return on_the_wall(first + timedelta(days=-first.weekday() % 7), 8)

    def chance(self, part: str) -> random.Random:
        """Each part draws for itself, so that a new story in one leaves the others as they were."""
        return random.Random(f"{self.seed}/{self.today}/{part}")  # noqa: S311 - make-believe, not secrets

    def as_(self, who: str, at: datetime) -> Context:
        return Context(self.staff[who], self.database, at)

    def working(self, start: datetime, minutes: float) -> datetime:
        """So many working minutes later, to the second."""
        return self.calendar.due(start, timedelta(seconds=int(minutes * 60)))


def on_the_wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE).astimezone(UTC)


@cache
def data(name: str) -> dict[str, Any]:
    """One of the lists in `data/`."""
    return tomllib.loads((files("crm.demo") / "data" / f"{name}.toml").read_text("utf-8"))


def token(chance: random.Random) -> str:
    """What a form would have sent; from the same chance as all else, so that two fillings are alike."""
    return f"{chance.getrandbits(160):040x}"
