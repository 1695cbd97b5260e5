"""The plan as it comes with the program: a file of its own words and our first readings."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Final

from pydantic import model_validator

from crm.forms import Form
from crm.plan.forms import NewReading

PLAN_FILE: Final = "plan_2023_2027.toml"


class Correction(Form):
    """A misprint of the plan, as it stands and as it is shown."""

    words: str
    corrected: str
    where: str


class Note(Form):
    about: str
    text: str


class PlanHead(Form):
    title: str
    motto: str
    organisation: str
    first_year: int
    last_year: int
    corrections: tuple[Correction, ...]
    notes: tuple[Note, ...]


class PlanMeasure(Form):
    code: str
    text: str
    when: tuple[str, ...]
    responsible: tuple[str, ...]
    sub_goal: str | None = None
    refers_to: str | None = None
    reading: NewReading


class PlanGoal(Form):
    code: str
    name: str
    subtitle: str = ""
    heading: str = ""
    sub_goals: tuple[str, ...]
    measures: tuple[PlanMeasure, ...]

    @model_validator(mode="after")
    def _stands_beside_a_sub_goal_it_has(self) -> PlanGoal:
        strangers = [m.code for m in self.measures if m.sub_goal is not None and m.sub_goal not in self.sub_goals]
        if strangers:
            raise ValueError(f"no such sub-goal: {strangers}")
        return self


class PlanFile(Form):
    format: int
    plan: PlanHead
    goals: tuple[PlanGoal, ...]

    @property
    def starts(self) -> date:
        return date(self.plan.first_year, 1, 1)


def plan_file() -> PlanFile:
    """Read and checked anew each time: it is wanted once in an installation's life."""
    return PlanFile.model_validate(tomllib.loads((files("crm.plan") / PLAN_FILE).read_text(encoding="utf-8")))
