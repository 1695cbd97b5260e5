"""Whose a record was at the time. For figures that count houses: two that became one later were two."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from db.models.cases import SupportCase
from db.models.merging import MovedRecord


def house_then() -> ColumnElement[int | None]:
    """Of a support case in the query: the house it came from, as that was when the case came in."""
    from_id = (
        select(MovedRecord.from_id)
        .where(MovedRecord.table_name == SupportCase.__tablename__, MovedRecord.record_id == SupportCase.id)
        .where(MovedRecord.moved_at > SupportCase.received_at)
        # The earliest: of a house that was merged into one that was merged into another, the first of the three.
        .order_by(MovedRecord.moved_at, MovedRecord.id)
        .limit(1)
        .correlate(SupportCase)
    )
    return func.coalesce(from_id.scalar_subquery(), SupportCase.organisation_id)
