"""What organisations work with: the same topics that cases are about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from crm.context import Context
from crm.errors import NotFound
from crm.people.reach import in_portions
from crm.permissions import Permission
from db.models.cases import Topic
from db.models.organisations import Organisation, OrganisationTopic


def give_topic(ctx: Context, topic_id: int, organisation_ids: Sequence[int]) -> int:
    """One topic to many organisations; how many got it that had it not. Those that are gone are passed over."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        topic = session.get(Topic, topic_id)
        if topic is None:
            raise NotFound(kind="topic", id=topic_id)
        has_it = select(OrganisationTopic.organisation_id).where(OrganisationTopic.topic_id == topic_id)
        lacking = select(Organisation.id).where(Organisation.id.not_in(has_it))
        new = [
            one
            for some in in_portions(sorted(set(organisation_ids)))
            for one in session.scalars(lacking.where(Organisation.id.in_(some)))
        ]
        if new:
            session.execute(insert(OrganisationTopic), [{"organisation_id": one, "topic_id": topic_id} for one in new])
        ctx.record(session, "topic.given", topic, name=topic.name, organisations=len(new))
        return len(new)
