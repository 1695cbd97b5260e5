"""The plan's next dates: what is due, and what a window closes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.periods import Quarter
from crm.plan.forms import Rule
from db.models.meetings import Cadence

YEARS_AHEAD = 2
LOOKS_AHEAD = timedelta(days=180)


class DateKind(StrEnum):
    DEADLINE = "deadline"  # the plan names the day
    WINDOW_ENDS = "window_ends"  # the last day of the quarters the plan names
    ARENA = "arena"  # an occasion's quarter


@dataclass(frozen=True)
class ComingDate:
    """`day` is the last day; `begins` the first of its window, the same day for a deadline. `about` names an occasion."""

    code: str
    kind: DateKind
    begins: date
    day: date
    unit: str
    about: str


def coming_dates(code: str, rule: Rule, today: date) -> Iterator[ComingDate]:
    """At most one of each kind and occasion: the next that is not over and ends within half a year."""
    found = [*_deadline(code, rule, today), *_window(code, rule, today), *_arenas(code, rule, today)]
    return (coming for coming in found if coming.begins <= today + LOOKS_AHEAD)


def _deadline(code: str, rule: Rule, today: date) -> Iterator[ComingDate]:
    if rule.cadence is not Cadence.DEADLINE:
        return
    due = rule.target.deadline_in(today.year)
    due = due if due >= today else rule.target.deadline_in(today.year + 1)
    yield ComingDate(code, DateKind.DEADLINE, due, due, rule.unit, "")


def _window(code: str, rule: Rule, today: date) -> Iterator[ComingDate]:
    for year in range(today.year, today.year + YEARS_AHEAD):
        quarters = sorted({number for window in rule.windows if window.has(year) for number in window.quarters})
        # Every quarter of the year is no window: nothing comes to an end that does not begin again at once.
        if quarters and len(quarters) < 4 and Quarter(year, quarters[-1]).ends >= today:
            begins, ends = Quarter(year, quarters[0]).starts, Quarter(year, quarters[-1]).ends
            yield ComingDate(code, DateKind.WINDOW_ENDS, begins, ends, rule.unit, "")
            return


def _arenas(code: str, rule: Rule, today: date) -> Iterator[ComingDate]:
    for arena in rule.arenas:
        for year in range(today.year, today.year + YEARS_AHEAD):
            begins, ends = Quarter(year, min(arena.quarters)).starts, Quarter(year, max(arena.quarters)).ends
            if arena.years.has(year) and ends >= today:
                yield ComingDate(code, DateKind.ARENA, begins, ends, rule.unit, arena.name)
                break
