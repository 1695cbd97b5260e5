"""Which reading holds in a quarter."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.periods import Quarter
from crm.plan.cards import ReadingCard
from crm.plan.forms import Rule
from db.models.plan import Reading


def readings_in_force(session: Session, quarter: Quarter) -> dict[int, ReadingCard]:
    """By measure id: the newest that began by the quarter's last day, so a revision made within it holds for all of it."""
    query = select(Reading).where(Reading.since <= quarter.ends).order_by(Reading.measure_id, Reading.since)
    return {row.measure_id: ReadingCard(row.id, row.version, row.since, rule_of(row)) for row in session.scalars(query)}


def rule_of(reading: Reading) -> Rule:
    return Rule.model_validate({field: getattr(reading, field) for field in Rule.model_fields})
