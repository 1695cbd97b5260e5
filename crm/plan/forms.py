"""What a line of the plan is taken to ask for. The same form reads the plan's own file and what an administrator types."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from db.models.meetings import Cadence

__all__ = ["Arena", "Cadence", "NewReading", "Rule", "Target", "Window", "Years"]

Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
QuarterNumber = Annotated[int, Field(ge=1, le=4)]
MonthNumber = Annotated[int, Field(ge=1, le=12)]
Count = Annotated[int, Field(ge=1, le=1000)]
DayOfYear = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]


class Years(StrEnum):
    ALL = "all"
    ODD = "odd"  # a biennial: the years with a Norwegian election
    EVEN = "even"

    def has(self, year: int) -> bool:
        return self is Years.ALL or (year % 2 == 1) is (self is Years.ODD)


class Window(Form):
    """In these quarters of the year something counts as on time; from and until a year, where the plan says so."""

    quarters: tuple[QuarterNumber, ...]
    since_year: int | None = None
    until_year: int | None = None
    about: str = ""

    def has(self, year: int) -> bool:
        return (self.since_year or year) <= year <= (self.until_year or year)


class Arena(Form):
    """An occasion the plan names."""

    name: Word
    quarters: tuple[QuarterNumber, ...]
    years: Years = Years.ALL
    note: str = ""


class Target(Form):
    """What else a reading says.

    From the plan: `deadline` "MM-DD", the day itself in time; `figure` of which the plan wants `figure_minimum`; `each_body`
    when the minimum is asked of each body apart. `exception_months` are left out of a monthly rhythm.
    Ours, and labelled as ours wherever they are shown: `quiet_days`, the longest silence we would like to see, and
    `own_response_minutes` of working time to the first response, with `own_before_deadline`.
    """

    deadline: DayOfYear | None = None
    remind_days_before: tuple[int, ...] = ()
    figure: str = ""
    figure_minimum: int | None = None
    each_body: bool = False
    exception_months: tuple[MonthNumber, ...] = ()
    quiet_days: Annotated[int, Field(ge=1, le=366)] | None = None
    own_response_minutes: Annotated[int, Field(ge=1, le=100_000)] | None = None
    own_before_deadline: bool = False

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        if self.deadline is not None:
            self.deadline_in(2023)
        return self

    def deadline_in(self, year: int) -> date:
        """The deadline of that year. ValueError without one, or for the thirtieth of February."""
        return date.fromisoformat(f"{year}-{self.deadline}")


class Rule(Form):
    """`minimum` None: the plan gives no number, so it is counted and never coloured."""

    cadence: Cadence
    unit: Word
    units: Word
    minimum: Count | None = None
    maximum: Count | None = None
    windows: tuple[Window, ...] = ()
    arenas: tuple[Arena, ...] = ()
    evidence: tuple[Word, ...]
    target: Target = Target()
    responsible: tuple[Word, ...] = ()
    reasoning: Annotated[str, StringConstraints(max_length=5000)] = ""

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise PydanticCustomError("maximum_below_minimum", "maximum below minimum")
        if self.minimum is None and self.maximum is not None:
            raise PydanticCustomError("maximum_without_minimum", "maximum without minimum")
        if self.cadence is Cadence.DEADLINE and self.target.deadline is None:
            raise PydanticCustomError("deadline_missing", "a rhythm by deadline needs one")
        return self


class NewReading(Rule):
    """A rule that holds from a day on, until the next one."""

    since: date

    @model_validator(mode="after")
    def _is_near(self) -> Self:
        if not 1990 <= self.since.year <= 2100:
            raise PydanticCustomError("date_out_of_range", "mistyped year")
        return self
