"""Which organisations were in touch with us in a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select

from crm.facets import happenings
from crm.i18n import OFFICE_ZONE


def in_touch(after: date, on: date) -> Select[int]:
    """Ids of those something happened with later than the first day and up to the last. The days are values, so indexes serve."""
    rows = happenings()
    begins = datetime.combine(after + timedelta(days=1), time(), OFFICE_ZONE)
    ends = datetime.combine(on + timedelta(days=1), time(), OFFICE_ZONE)
    return select(rows.c.organisation_id).where(
        rows.c.organisation_id.is_not(None), rows.c.at >= begins, rows.c.at < ends
    )
