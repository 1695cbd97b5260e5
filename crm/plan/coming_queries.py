"""The plan's next dates, for the first screen of the day."""

from __future__ import annotations

from sqlalchemy import select

from crm.context import Context
from crm.periods import Quarter
from crm.permissions import Permission
from crm.plan.coming import ComingDate, coming_dates
from crm.plan.readings import readings_in_force
from db.models.plan import Measure


def next_dates(ctx: Context, *, at_most: int = 6) -> tuple[ComingDate, ...]:
    """The nearest first. Several measures that wait for the same occasion on the same day are each named once."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        today = ctx.today
        readings = readings_in_force(session, Quarter.of(today))
        codes = session.execute(select(Measure.id, Measure.code).order_by(Measure.position)).all()
        found = [
            coming
            for row in codes
            if row.id in readings
            for coming in coming_dates(row.code, readings[row.id].rule, today)
        ]
    return tuple(sorted(found, key=lambda coming: (coming.day, coming.code))[:at_most])
