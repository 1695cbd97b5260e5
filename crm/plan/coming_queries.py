"""The plan's next dates, for the first screen of the day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import select

from crm.context import Context, Database
from crm.periods import Quarter
from crm.permissions import Permission
from crm.plan.coming import ComingDate, coming_dates
from crm.plan.readings import readings_in_force
from db.models.plan import Measure

AT_MOST = 6


def next_dates(ctx: Context) -> tuple[ComingDate, ...]:
    """The nearest first."""
    version = ctx.version_seen(Permission.SEE_FIGURES)
    return _next_dates(ctx.database, version, ctx.today)


@lru_cache(maxsize=8)
def _next_dates(database: Database, _version: int, today: date) -> tuple[ComingDate, ...]:
    """The same until somebody saves something or the day is over. `_version` is there to be part of the key."""
    with database.reading() as session:
        readings = readings_in_force(session, Quarter.of(today))
        measures = session.execute(select(Measure.id, Measure.code).order_by(Measure.position)).all()
    found = [
        coming
        for row in measures
        if row.id in readings
        for coming in coming_dates(row.code, readings[row.id].rule, today)
    ]
    return tuple(sorted(found, key=lambda coming: (coming.day, coming.code))[:AT_MOST])
