"""What is done to the plan: it is adopted once, and its readings are revised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.permissions import Permission
from crm.plan.forms import NewReading
from crm.plan.source import PlanFile, PlanGoal, PlanMeasure, plan_file
from db.models.plan import Goal, Measure, Plan, Reading, SubGoal


def adopt_plan(ctx: Context) -> int:
    """Takes over the plan that comes with the program, with its readings; the plan's id. A plan already there stays as it is."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        known = session.scalar(select(Plan.id).limit(1))
        if known is not None:
            return known
        source = plan_file()
        plan = _adopted(session, source)
        measures = [measure.code for goal in source.goals for measure in goal.measures]
        ctx.record(session, "plan.adopted", plan, title=plan.title, measures=measures)
    return plan.id


def revise_reading(ctx: Context, code: str, revised: NewReading, *, based_on: int, version: int) -> int:
    """From `revised.since` on, the measure is read so; what was judged before that day stays judged as it was.

    `based_on` and `version` are the newest reading, which the form was drawn from. One that begins on the same day changes its
    row, since two cannot begin on one day; one that would begin before it is refused (reading_since_too_early).
    Raises NotFound, and ChangedMeanwhile when a newer reading is there by now.
    """
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        measure = session.scalar(select(Measure).where(Measure.code == code))
        base = session.get(Reading, based_on)
        if measure is None or base is None or base.measure_id != measure.id:
            raise NotFound(kind="measure", id=code)
        newest = _newest(session, measure.id)
        if newest.id != based_on or newest.version != version:
            raise ChangedMeanwhile
        if revised.since < newest.since:
            raise InvalidForm({"since": "reading_since_too_early"})
        before = _stored(base)
        reading = _row_of_day(session, measure.id, revised)
        _fill(reading, revised)
        ctx.record(session, "reading.revised", reading, measure=code, changed=changes(before, _stored(reading)))
    return reading.id


def _adopted(session: Session, source: PlanFile) -> Plan:
    head = source.plan.model_dump(mode="json")
    plan = Plan(**head)
    session.add(plan)
    session.flush()
    for position, goal in enumerate(source.goals, start=1):
        _adopt_goal(session, plan.id, goal, position=position)
    return plan


def _adopt_goal(session: Session, plan_id: int, goal: PlanGoal, *, position: int) -> None:
    row = Goal(
        plan_id=plan_id,
        code=goal.code,
        name=goal.name,
        subtitle=goal.subtitle,
        heading=goal.heading,
        position=position,
    )
    session.add(row)
    session.flush()
    sub_goals = [SubGoal(goal_id=row.id, text=text, position=n) for n, text in enumerate(goal.sub_goals, start=1)]
    session.add_all(sub_goals)
    session.flush()
    ids = {sub_goal.text: sub_goal.id for sub_goal in sub_goals}
    for n, measure in enumerate(goal.measures, start=1):
        _adopt_measure(session, row.id, measure, position=n, sub_goal_id=ids.get(measure.sub_goal or ""))


def _adopt_measure(
    session: Session, goal_id: int, measure: PlanMeasure, *, position: int, sub_goal_id: int | None
) -> None:
    row = Measure(
        goal_id=goal_id,
        code=measure.code,
        text=measure.text,
        when_text="\n".join(measure.when),
        responsible_text="\n".join(measure.responsible),
        sub_goal_id=sub_goal_id,
        refers_to=measure.refers_to,
        position=position,
    )
    session.add(row)
    session.flush()
    reading = Reading(measure_id=row.id, since=measure.reading.since)
    _fill(reading, measure.reading)
    session.add(reading)


def _newest(session: Session, measure_id: int) -> Reading:
    query = select(Reading).where(Reading.measure_id == measure_id).order_by(Reading.since.desc()).limit(1)
    return session.scalars(query).one()


def _row_of_day(session: Session, measure_id: int, revised: NewReading) -> Reading:
    query = select(Reading).where(Reading.measure_id == measure_id, Reading.since == revised.since)
    reading = session.scalar(query) or Reading(measure_id=measure_id, since=revised.since)
    session.add(reading)
    return reading


def _fill(reading: Reading, new: NewReading) -> None:
    plain: dict[str, Any] = new.model_dump(mode="json", exclude={"since"}, exclude_defaults=False)
    plain["target"] = new.target.model_dump(mode="json", exclude_defaults=True)
    plain["windows"] = [window.model_dump(mode="json", exclude_defaults=True) for window in new.windows]
    plain["arenas"] = [arena.model_dump(mode="json", exclude_defaults=True) for arena in new.arenas]
    plain["cadence"] = new.cadence
    for field, value in plain.items():
        setattr(reading, field, value)


def _stored(reading: Reading) -> dict[str, object]:
    fields = [*NewReading.model_fields]
    return {field: getattr(reading, field) for field in fields}
