"""What a colleague does with any organisation: what it is and belongs to, what it works with, and the names it also goes by."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crm.context import Context, changes
from crm.errors import InvalidForm, NotFound
from crm.members.forms import ChangedKind, ChangedKinship, ChangedOtherName, OtherName
from crm.members.kinds import bring_membership, why_not
from crm.members.steps import added_name, keys_of, organisation, require_version
from crm.people.steps import same_version
from crm.permissions import Permission
from db.models.cases import Topic
from db.models.organisations import Organisation, OrganisationName, OrganisationTopic

STEPS_UP = 20  # a department in a directorate under a ministry is three


def change_kind(ctx: Context, organisation_id: int, changed: ChangedKind) -> None:
    """An outlet that is a partner after all. What only the one kind can have is settled first; a running membership follows."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        require_version(session, subject, changed.version)
        before = subject.kind
        if before is changed.kind:
            return
        if reason := why_not(session, subject, changed.kind, ctx.today):
            raise InvalidForm({"kind": reason})
        subject.kind = changed.kind
        bring_membership(session, subject, before, ctx.today)
        ctx.record(session, "organisation.kind_changed", subject, changed={"kind": [before, changed.kind]})


def tie_organisation(ctx: Context, organisation_id: int, changed: ChangedKinship) -> None:
    """What it is part of, which municipality is behind its owner, which one it governs itself, and what it works with."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        require_version(session, subject, changed.version)
        _require_no_circle(session, subject, changed.parent_id)
        _require_sole_governor(session, subject, changed.governs_number)
        before = _ties(session, subject)
        subject.parent_id, subject.governs_number = changed.parent_id, changed.governs_number
        subject.owner_municipality_number = changed.owner_municipality_number
        flag_modified(subject, "parent_id")  # topics stand in another table, but are part of what was drawn
        _set_topics(session, subject, changed.topic_ids)
        ctx.record(session, "organisation.tied", subject, changed=changes(before, _ties(session, subject)))


def add_other_name(ctx: Context, organisation_id: int, new: OtherName) -> None:
    """It is found by this name from now on. One it has already is not written twice."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        added_name(session, subject, new.name, new.kind, since=new.since, until=new.until)
        ctx.record(session, "organisation.name_added", subject, kind=new.kind)


def change_other_name(ctx: Context, name_id: int, changed: ChangedOtherName) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        row = same_version(session.get(OrganisationName, name_id), changed.version)
        keys = keys_of(changed.name)
        row.name, row.search_key, row.loose_key = changed.name, keys.search_key, keys.loose_key
        row.kind, row.since, row.until = changed.kind, changed.since, changed.until
        ctx.record(session, "organisation.name_changed", ("organisations", row.organisation_id), kind=row.kind)


def remove_other_name(ctx: Context, name_id: int, *, version: int) -> None:
    """For one that was never its name."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        row = same_version(session.get(OrganisationName, name_id), version)
        session.delete(row)
        ctx.record(session, "organisation.name_removed", ("organisations", row.organisation_id), kind=row.kind)


def _require_no_circle(session: Session, subject: Organisation, parent_id: int | None) -> None:
    above = parent_id
    for _ in range(STEPS_UP):
        if above is None:
            return
        if above == subject.id:
            raise InvalidForm({"parent_id": "part_of_itself"})
        found = session.get(Organisation, above)
        if found is None:
            raise NotFound(kind="organisation", id=above)
        above = found.parent_id
    raise InvalidForm({"parent_id": "part_of_itself"})


def _require_sole_governor(session: Session, subject: Organisation, number: str | None) -> None:
    """Or a house's municipality would be two."""
    if number is None:
        return
    governing = select(Organisation.id).where(
        Organisation.governs_number == number, Organisation.id != subject.id, Organisation.merged_into_id.is_(None)
    )
    if session.scalar(governing.limit(1)) is not None:
        raise InvalidForm({"governs_number": "governed_already"})


def _set_topics(session: Session, subject: Organisation, topic_ids: Iterable[int]) -> None:
    wanted = set(topic_ids)
    if len(set(session.scalars(select(Topic.id).where(Topic.id.in_(wanted))))) != len(wanted):
        raise NotFound(kind="topics")
    session.execute(delete(OrganisationTopic).where(OrganisationTopic.organisation_id == subject.id))
    session.add_all(OrganisationTopic(organisation_id=subject.id, topic_id=topic) for topic in sorted(wanted))
    session.flush()


def _ties(session: Session, subject: Organisation) -> dict[str, object]:
    topics = select(OrganisationTopic.topic_id).where(OrganisationTopic.organisation_id == subject.id)
    return {
        "parent_id": subject.parent_id,
        "owner_municipality_number": subject.owner_municipality_number,
        "governs_number": subject.governs_number,
        "topic_ids": sorted(session.scalars(topics.limit(200))),
    }
