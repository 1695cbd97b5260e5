"""What is typed about office hours. Hours are written as people write them: `08-16`, `8.30–11, 11:30–16`; empty is closed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.office.rules import HoursNotRead, read_hours
from crm.working_time import HalfDay

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _hours(typed: str) -> str:
    try:
        read_hours(typed)
    except HoursNotRead as error:
        raise PydanticCustomError("hours_not_read", "cannot be read as hours") from error
    return typed


Hours = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_hours)]


class OfficeWeek(Form):
    """`hours` from Monday to Sunday."""

    hours: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]

    @field_validator("hours")
    @classmethod
    def _is_open_some_time(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        if not any(read_hours(typed) for typed in hours):
            raise PydanticCustomError("no_open_hours", "never open")
        return hours


class HalfDays(Form):
    """When the office closes on these days, as `12:00`; a day left out is an ordinary one."""

    closing: dict[HalfDay, str]

    @field_validator("closing")
    @classmethod
    def _are_times(cls, closing: dict[HalfDay, str]) -> dict[HalfDay, str]:
        for clock in closing.values():
            try:
                read_hours(f"00:00-{clock}")
            except HoursNotRead as error:
                raise PydanticCustomError("hours_not_read", "not a time of day") from error
        return closing


class NewException(Form):
    """One day with hours of its own; empty hours are a closed day. `note` says why, to whoever sees the calendar."""

    day: date
    hours: Hours = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""

    @field_validator("day")
    @classmethod
    def _is_a_likely_year(cls, day: date) -> date:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise PydanticCustomError("date_out_of_range", "mistyped year")
        return day
