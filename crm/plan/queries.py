"""What is looked at in the plan. Nothing here is stored: every number is a question put to the log."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound
from crm.facets import OFFERED
from crm.i18n import local
from crm.periods import Quarter, Year
from crm.permissions import Permission
from crm.plan.cards import GoalProgress, MeasureProgress, PartProgress, PlanProgress, ReadingCard, RecordsPage
from crm.plan.evidence import counted_days, different_records, records_page
from crm.plan.parts import body_parts
from crm.plan.readings import readings_in_force
from crm.plan.rules import (
    Status,
    Verdict,
    combined,
    corrected,
    is_counted_only,
    is_recordable,
    judged,
    longest_silence,
    not_recordable,
)
from crm.plan.source import Correction, Note
from db.models.plan import Goal, Measure, Plan, SubGoal

__all__ = ["progress", "records_behind"]


def progress(ctx: Context, quarter: Quarter) -> PlanProgress:
    """The whole plan as it stood when the quarter ended, or stands now. Raises NotFound before a plan is adopted."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        parts = body_parts(ctx, quarter)
        plan = _plan(session)
        readings = readings_in_force(session, quarter)
        asked = {card.rule.evidence for card in readings.values()}
        goals = session.scalars(select(Goal).where(Goal.plan_id == plan.id).order_by(Goal.position)).all()
        look = _Look(session, quarter, local(ctx.now).date(), readings, parts, _corrections(plan))
        return PlanProgress(
            title=plan.title,
            motto=plan.motto,
            organisation=plan.organisation,
            first_year=plan.first_year,
            last_year=plan.last_year,
            corrections=look.corrections,
            notes=tuple(Note.model_validate(note) for note in plan.notes),
            goals=tuple(look.goal(goal) for goal in goals),
            quarter=quarter,
            records=different_records(session, frozenset().union(*asked) & OFFERED, quarter),
            read_at=ctx.now,
        )


def records_behind(ctx: Context, code: str, quarter: Quarter, *, before: str | None = None) -> RecordsPage:
    """The records that make the measure's number in the quarter, 50 at a time.

    Raises NotFound for a measure the plan does not have. A `before` that is no page's is taken as the first page.
    """
    with ctx.read(Permission.SEE_FIGURES) as session:
        measure_id = session.scalar(select(Measure.id).where(Measure.code == code))
        if measure_id is None:
            raise NotFound(kind="measure", id=code)
        readings = readings_in_force(session, quarter)
        codes = {row.id: row.code for row in session.execute(select(Measure.id, Measure.code).order_by(Measure.id))}
        evidence = {codes[key]: card.rule.evidence for key, card in readings.items()}
        shows_words = ctx.may(Permission.SEE_RECORDS)
        return records_page(session, code, evidence, quarter, before=before, shows_words=shows_words)


class _Look:
    """One look at one quarter: what every measure's progress is worked out from."""

    def __init__(
        self,
        session: Session,
        quarter: Quarter,
        today: date,
        readings: dict[int, ReadingCard],
        parts: tuple[PartProgress, ...],
        corrections: tuple[Correction, ...],
    ) -> None:
        self.session, self.quarter, self.today = session, quarter, today
        self.readings, self.parts, self.corrections = readings, parts, corrections

    def goal(self, goal: Goal) -> GoalProgress:
        sub_goals = self.session.scalars(
            select(SubGoal).where(SubGoal.goal_id == goal.id).order_by(SubGoal.position)
        ).all()
        measures = self.session.scalars(
            select(Measure).where(Measure.goal_id == goal.id).order_by(Measure.position)
        ).all()
        beside = {sub_goal.id: self._shown(sub_goal.text) for sub_goal in sub_goals}
        return GoalProgress(
            code=goal.code,
            name=goal.name,
            subtitle=goal.subtitle,
            heading=goal.heading,
            sub_goals=tuple(beside.values()),
            measures=tuple(
                self.measure(goal, measure, beside.get(measure.sub_goal_id or 0, "")) for measure in measures
            ),
        )

    def measure(self, goal: Goal, measure: Measure, sub_goal: str) -> MeasureProgress:
        reading = self.readings.get(measure.id)
        verdict, parts, silence = self._judged(reading) if reading else (_nothing_asked(), (), None)
        when = tuple(measure.when_text.splitlines())
        responsible = tuple(measure.responsible_text.splitlines())
        return MeasureProgress(
            code=measure.code,
            goal_code=goal.code,
            text=measure.text,
            shown_text=self._shown(measure.text),
            when=when,
            shown_when=tuple(map(self._shown, when)),
            responsible_words=responsible,
            shown_responsible_words=tuple(map(self._shown, responsible)),
            sub_goal=sub_goal,
            refers_to=measure.refers_to,
            reading=reading,
            verdict=verdict,
            parts=parts,
            not_offered=tuple(kind for kind in reading.rule.evidence if kind not in OFFERED) if reading else (),
            silence=silence,
        )

    def _judged(self, reading: ReadingCard) -> tuple[Verdict, tuple[PartProgress, ...], int | None]:
        rule = reading.rule
        if not is_recordable(rule, OFFERED):
            return not_recordable(rule, self.quarter, today=self.today), (), None
        period = self.quarter if is_counted_only(rule) else Year(self.quarter.year)
        days = counted_days(self.session, rule.evidence, period, self.quarter)
        verdict = judged(rule, self.quarter, days, today=self.today)
        silence = longest_silence(days, self.quarter, today=self.today) if rule.target.quiet_days else None
        if not rule.target.each_body:
            return verdict, (), silence
        status = combined(part.status for part in self.parts)
        return Verdict(status, verdict.done, verdict.period_done), self.parts, silence

    def _shown(self, words: str) -> str:
        return corrected(words, self.corrections)


def _plan(session: Session) -> Plan:
    plan = session.scalar(select(Plan).order_by(Plan.id).limit(1))
    if plan is None:
        raise NotFound(kind="plan")
    return plan


def _corrections(plan: Plan) -> tuple[Correction, ...]:
    return tuple(Correction.model_validate(correction) for correction in plan.corrections)


def _nothing_asked() -> Verdict:
    return Verdict(Status.NOT_APPLICABLE, 0, 0)
