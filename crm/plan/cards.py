"""What the screens of the plan are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm.periods import Quarter
from crm.plan.forms import Rule
from crm.plan.rules import Status, Verdict
from crm.plan.source import Correction, Note


@dataclass(frozen=True)
class PartProgress:
    """One body a measure asks of apart. `record_id` opens its screen."""

    name: str
    record: str
    record_id: int
    expected: int
    done: int
    cancelled: tuple[datetime, ...]
    held_without_us: int
    status: Status


@dataclass(frozen=True)
class ReadingCard:
    """The rule in force in the quarter, and which row it is, for a form that revises it."""

    id: int
    version: int
    since: date
    rule: Rule


@dataclass(frozen=True)
class MeasureProgress:
    """`text`, `when` and `responsible_words` are the plan's letters; `shown_*` the same with its misprints put right.

    `not_offered`: the kinds of evidence no screen records yet. `silence`: the longest, in days, where the reading asks for it.
    """

    code: str
    goal_code: str
    text: str
    shown_text: str
    when: tuple[str, ...]
    shown_when: tuple[str, ...]
    responsible_words: tuple[str, ...]
    shown_responsible_words: tuple[str, ...]
    sub_goal: str
    refers_to: str | None
    reading: ReadingCard | None
    verdict: Verdict
    parts: tuple[PartProgress, ...]
    not_offered: tuple[str, ...]
    silence: int | None

    @property
    def status(self) -> Status:
        return self.verdict.status


@dataclass(frozen=True)
class GoalProgress:
    code: str
    name: str
    subtitle: str
    heading: str
    sub_goals: tuple[str, ...]
    measures: tuple[MeasureProgress, ...]


@dataclass(frozen=True)
class PlanProgress:
    """`records` is how many different records count in the quarter: one that counts for three measures is one."""

    title: str
    motto: str
    organisation: str
    first_year: int
    last_year: int
    corrections: tuple[Correction, ...]
    notes: tuple[Note, ...]
    goals: tuple[GoalProgress, ...]
    quarter: Quarter
    records: int
    read_at: datetime

    @property
    def measures(self) -> tuple[MeasureProgress, ...]:
        return tuple(measure for goal in self.goals for measure in goal.measures)

    def measure(self, code: str) -> MeasureProgress | None:
        return next((measure for measure in self.measures if measure.code == code), None)


@dataclass(frozen=True)
class RecordRow:
    """One record behind a number. A reader of figures gets neither `title` nor `organisation`, and may not open it."""

    at: datetime
    kinds: tuple[str, ...]
    record: str
    record_id: int
    title: str
    organisation: str
    also_counts_for: tuple[str, ...]


@dataclass(frozen=True)
class RecordsPage:
    """Newest first. `before` is where the next page begins, None on the last one."""

    rows: tuple[RecordRow, ...]
    before: str | None
