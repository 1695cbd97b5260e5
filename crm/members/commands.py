"""What a colleague does with houses, suppliers and their membership."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import InvalidForm, NotFound, Refused
from crm.members.forms import (
    ChangedDetails,
    ChangedMembership,
    EndedMembership,
    MembershipDays,
    NewHouse,
    NewName,
    NewOrganisation,
    NewPersonHere,
    StartedMembership,
)
from crm.members.rules import MEMBERSHIP_OF, overlap
from crm.members.steps import (
    added_name,
    added_organisation,
    is_reached_by,
    organisation,
    organisation_of_token,
    rename,
    require_free_org_number,
    require_version,
    working_there,
)
from crm.members.words import MEMBER_KINDS
from crm.people.steps import added_contact_point, added_person, added_post
from crm.permissions import Permission
from crm.undo.steps import forget_row
from db.models.organisations import Membership, NameKind, Organisation
from db.models.people import ContactKind

DETAILS = ("org_number", "municipality_number", "owner_form", "website", "note")


def add_house(ctx: Context, new: NewHouse) -> int:
    """A house or supplier, as a member unless the form says otherwise. The same token twice gives the first one's id."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        already = organisation_of_token(session, new.token)
        if already is not None:
            return already
        house = added_organisation(session, new.kind, new.name, details=new, now=ctx.now, token=new.token)
        session.flush()
        if new.is_member:
            kind = MEMBERSHIP_OF[new.kind]
            session.add(Membership(organisation_id=house.id, kind=kind, since=new.member_since))
        ctx.record(session, "organisation.added", house, name=new.name, kind=new.kind, member=new.is_member)
        return house.id


def add_organisation(ctx: Context, new: NewOrganisation) -> int:
    """Any other organisation: an outlet, an authority, a partner. No membership."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        already = organisation_of_token(session, new.token)
        if already is not None:
            return already
        added = added_organisation(session, new.kind, new.name, details=new, now=ctx.now, token=new.token)
        ctx.record(session, "organisation.added", added, name=new.name, kind=new.kind, member=False)
        return added.id


def rename_organisation(ctx: Context, organisation_id: int, new: NewName) -> None:
    """The old name still finds it, unless it was only misspelled."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        require_version(session, subject, new.version)
        before = subject.name
        if before == new.name:
            return
        rename(subject, new.name)
        if new.keep_former:
            added_name(session, subject, before, NameKind.FORMER, until=new.since)
        ctx.record(session, "organisation.renamed", subject, changed={"name": [before, new.name]}, kept=new.keep_former)


def edit_organisation(ctx: Context, organisation_id: int, changed: ChangedDetails) -> None:
    """Everything but the name, which has a history of its own."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        require_version(session, subject, changed.version)
        require_free_org_number(session, changed.org_number, but=subject.id)
        difference = _apply(subject, changed)
        if difference:
            ctx.record(session, "organisation.edited", subject, changed=difference)


def start_membership(ctx: Context, organisation_id: int, started: StartedMembership) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        if subject.kind not in MEMBER_KINDS:
            raise Refused("kind_no_member")
        if any(overlap(started.since, None, other.since, other.until) for other in _memberships(session, subject)):
            raise Refused("already_member")
        membership = Membership(organisation_id=subject.id, kind=started.kind, since=started.since)
        session.add(membership)
        ctx.record(session, "membership.started", subject, kind=started.kind, since=started.since)
        return membership.id


def end_membership(ctx: Context, membership_id: int, ended: EndedMembership) -> None:
    """Sets both ends, so that an unknown or wrong beginning can be put right at the same time."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        membership = _as_seen(session, membership_id, ended.version)
        subject = organisation(session, membership.organisation_id)
        _require_room(session, membership, ended, ctx.today)
        before = {"since": membership.since, "until": membership.until}
        membership.since, membership.until = ended.since, ended.until
        difference = changes(before, {"since": ended.since, "until": ended.until})
        ctx.record(session, "membership.ended", subject, changed=difference, membership=membership.id)


def change_membership(ctx: Context, membership_id: int, changed: ChangedMembership) -> None:
    """Its dates and category as they should have been written, also of one that is over. Who was a member when follows."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        membership = _as_seen(session, membership_id, changed.version)
        subject = organisation(session, membership.organisation_id)
        _require_room(session, membership, changed, ctx.today)
        difference = changes(_written(membership), _written(changed))
        membership.kind, membership.since, membership.until = changed.kind, changed.since, changed.until
        if difference:
            ctx.record(session, "membership.changed", subject, changed=difference, membership=membership.id)


def remove_membership(ctx: Context, membership_id: int, *, version: int) -> None:
    """For one that never was. One that is over is ended instead, and stays in the figures of its time."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        membership = _as_seen(session, membership_id, version)
        subject = organisation(session, membership.organisation_id)
        was = _written(membership)
        forget_row(session, Membership.__tablename__, membership.id)
        session.delete(membership)
        difference = changes(was, dict.fromkeys(was))
        ctx.record(session, "membership.removed", subject, changed=difference, membership=membership_id)


def add_person_here(ctx: Context, organisation_id: int, new: NewPersonHere) -> int:
    """A person with a post at the house. Whoever has that name and works there already is the same one: two clicks make one."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        subject = organisation(session, organisation_id)
        person = working_there(session, subject.id, new.name, ctx.today)
        if person is None:
            person = added_person(session, new.name, now=ctx.now)
            added_post(session, person.id, subject.id, kind=new.kind, title=new.title)
        for kind, raw in ((ContactKind.PHONE, new.phone), (ContactKind.EMAIL, new.email)):
            if raw and not is_reached_by(session, person.id, kind, raw):
                added_contact_point(session, kind, raw, person_id=person.id)
        ctx.record(session, "person.added_to_house", person, organisation=subject.id, title=new.title)
        return person.id


def _apply(subject: Organisation, changed: ChangedDetails) -> dict[str, list[object]]:
    before = {field: getattr(subject, field) for field in DETAILS}
    after = {field: getattr(changed, field) for field in DETAILS}
    for field, value in after.items():
        setattr(subject, field, value)
    return changes(before, after)


def _memberships(session: Session, subject: Organisation) -> list[Membership]:
    return list(session.scalars(select(Membership).where(Membership.organisation_id == subject.id).limit(100)))


def _as_seen(session: Session, membership_id: int, version: int) -> Membership:
    membership = session.get(Membership, membership_id)
    if membership is None:
        raise NotFound(kind="membership", id=membership_id)
    require_version(session, membership, version)
    return membership


def _written(membership: Membership | ChangedMembership) -> dict[str, object]:
    return {"kind": membership.kind, "since": membership.since, "until": membership.until}


def _require_room(session: Session, membership: Membership, days: MembershipDays, today: date) -> None:
    """One at a time, none after the house became a part of another one, none that runs where there can be no members."""
    house = session.get_one(Organisation, membership.organisation_id)
    if any(
        overlap(days.since, days.until, other.since, other.until)
        for other in _memberships(session, house)
        if other.id != membership.id
    ):
        raise InvalidForm({"since": "memberships_overlap"})
    if house.merged_on is not None and (days.until is None or days.until >= house.merged_on):
        raise InvalidForm({"until": "membership_after_merge"})
    if house.kind not in MEMBER_KINDS and (days.until is None or days.until >= today):
        raise InvalidForm({"until": "kind_no_member"})
