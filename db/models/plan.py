"""The action plan: its own words, and beside them our dated reading of what they ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.models.meetings import Cadence
from db.types import word


class Plan(Versioned, Base):
    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    motto: Mapped[str] = mapped_column(String(300), default="")
    organisation: Mapped[str] = mapped_column(String(200))
    first_year: Mapped[int]
    last_year: Mapped[int]
    # The plan's misprints as {"words", "corrected", "where"}: the rows keep its letters, the screens show the corrected ones.
    corrections: Mapped[list[Any]]
    # What a reader of the whole plan should know before its lines, as {"about", "text"}.
    notes: Mapped[list[Any]]


class Goal(Base):
    __tablename__ = "goals"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)  # M1
    name: Mapped[str] = mapped_column(String(200))
    subtitle: Mapped[str] = mapped_column(String(300), default="")
    heading: Mapped[str] = mapped_column(String(200), default="")  # a line above the measures, where the plan has one
    position: Mapped[int]


class SubGoal(Base):
    __tablename__ = "sub_goals"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Measure(Base):
    """A line of the plan, letter for letter; where its table cell has several lines, one on each line here."""

    __tablename__ = "measures"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"), index=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)  # M2.5
    text: Mapped[str] = mapped_column(Text)
    when_text: Mapped[str] = mapped_column(Text)
    responsible_text: Mapped[str] = mapped_column(Text, default="")
    sub_goal_id: Mapped[int | None] = mapped_column(
        ForeignKey("sub_goals.id")
    )  # where the line stands beside one of them
    refers_to: Mapped[str | None] = mapped_column(String(10))  # the goal's code the line points to: "Se side 4" is M4
    position: Mapped[int]


class Reading(Versioned, Base):
    """What we take a line to ask for, from a date on. A proposal, editable; the words stand beside it.

    `windows`, `arenas`, `evidence` and `target` are lists and records of plain words and numbers; `crm.plan` gives their shapes.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("measure_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    since: Mapped[date]
    cadence: Mapped[Cadence] = mapped_column(word(Cadence))
    unit: Mapped[str] = mapped_column(String(100))  # what is counted: one of it, and several
    units: Mapped[str] = mapped_column(String(100))
    minimum: Mapped[int | None]
    maximum: Mapped[int | None]
    windows: Mapped[list[Any]]
    arenas: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    target: Mapped[dict[str, Any]]
    responsible: Mapped[list[Any]]
    reasoning: Mapped[str] = mapped_column(Text, default="")
