"""The topics of member support, with how much they are used."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from crm.context import Context
from crm.permissions import Permission
from db.models.cases import SupportCase, Topic

MOST_SHOWN = 500


@dataclass(frozen=True)
class TopicRow:
    """`houses` counts different organisations, so that five calls from one house are one."""

    id: int
    version: int
    name: str
    is_active: bool
    cases: int
    houses: int


def list_topics(ctx: Context) -> list[TopicRow]:
    """Those in use first, then the retired; each by name."""
    with ctx.read(Permission.CHANGE_SETTINGS) as session:
        counted = (
            select(
                SupportCase.topic_id,
                func.count().label("cases"),
                func.count(func.distinct(SupportCase.organisation_id)).label("houses"),
            )
            .where(SupportCase.topic_id.is_not(None))
            .group_by(SupportCase.topic_id)
            .subquery()
        )
        query = (
            select(Topic.id, Topic.version, Topic.name, Topic.is_active, counted.c.cases, counted.c.houses)
            .outerjoin(counted, counted.c.topic_id == Topic.id)
            .order_by(Topic.is_active.desc(), Topic.sort_key, Topic.id)
            .limit(MOST_SHOWN)
        )
        return [
            TopicRow(row.id, row.version, row.name, row.is_active, row.cases or 0, row.houses or 0)
            for row in session.execute(query)
        ]
