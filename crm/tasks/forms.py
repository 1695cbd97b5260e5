"""What a colleague types about a task."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.records import Record
from db.models.tasks import Repeats

LONGEST = 500
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def _one_line(typed: str) -> str:
    what = " ".join(typed.split())
    if not what:
        raise PydanticCustomError("task_missing", "nothing is to be done")
    if len(what) > LONGEST:
        raise PydanticCustomError("task_long", "more than a line")
    return what


def _likely(due: date) -> date:
    if not EARLIEST_YEAR <= due.year <= LATEST_YEAR:
        raise PydanticCustomError("task_year", "mistyped year")
    return due


What = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_one_line)]
Due = Annotated[date, AfterValidator(_likely)]


class _Task(Form):
    what: What
    due: Due | None = None
    repeats: Repeats | None = None

    @model_validator(mode="after")
    def _repeats_from_a_day(self) -> Self:
        if self.repeats is not None and self.due is None:
            raise PydanticCustomError("task_repeats_from", "repeats, but from which day")
        return self


class NewTask(_Task):
    """`responsible_id` None is whoever adds it."""

    responsible_id: int | None = None
    record: Record | None = None
    token: Annotated[str, StringConstraints(min_length=16, max_length=43)]


class ChangedTask(_Task):
    version: int
    responsible_id: int
