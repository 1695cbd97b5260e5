"""What the screens of figures are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from crm.figures.rules import Spread, spread
from crm.periods import Quarter


class Source(StrEnum):
    PRESS = "press"
    SUPPORT = "support"


@dataclass(frozen=True)
class Wait:
    """One record's wait for its first human response, on both clocks, in whole seconds.

    `kept_deadline` also where nobody set one.
    """

    working: int
    wall: int
    kept_deadline: bool


@dataclass(frozen=True)
class QuarterTimes:
    """The records received in one quarter, however late they were answered.

    `received` is all but the withdrawn; `answered` had an answer ("we ring you back" is none), `unanswered` not yet.
    `waits` are the first responses counted; `reconstructed` of all first responses had a time set afterwards, and are not among
    `waits` when those are left out. `with_deadline` are those whose deadline is past or which are answered.
    """

    quarter: Quarter
    received: int
    answered: int
    withdrawn: int
    with_deadline: int
    before_deadline: int
    reconstructed: int
    waits: tuple[Wait, ...]

    @property
    def unanswered(self) -> int:
        return self.received - self.answered

    @property
    def working(self) -> Spread:
        return spread([wait.working for wait in self.waits])

    @property
    def wall(self) -> Spread:
        return spread([wait.wall for wait in self.waits])

    def within(self, working: timedelta) -> int:
        """How many of `waits` used no more than this of our working time and kept the deadline, where there was one."""
        return sum(wait.working <= working.total_seconds() and wait.kept_deadline for wait in self.waits)


@dataclass(frozen=True)
class SupportQuarter:
    """`still_open` at the quarter's end, or now. `houses_reached` of the `member_houses` that were members in the quarter."""

    times: QuarterTimes
    by_channel: Mapping[str, int]
    still_open: int
    houses_reached: int
    member_houses: int


@dataclass(frozen=True)
class PressQuarter:
    """`by_medium`: all who asked, the withdrawn among them; "" where no medium was said."""

    times: QuarterTimes
    by_medium: Mapping[str, int]
