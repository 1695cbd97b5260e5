"""Making one of two, or saying that they are two."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import InvalidForm, NotFound, Refused
from crm.members.steps import require_version
from crm.merging.forms import MergedOrganisations, MergedPersons
from crm.merging.steps import are_different, merge_two_organisations, merge_two_persons
from crm.people.steps import same_version
from crm.permissions import Permission
from crm.undo.journal import recording
from db.models.merging import NotTheSame
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import Person
from db.models.undo import BatchKind


def merge_organisations(ctx: Context, merge: MergedOrganisations) -> int:
    """All that was the one's is the other's from now on, and the persons that are one become one. The undo batch's id.

    The merged one stays as a row that says since when it is a part of the other: what happened before `on` still counts as its own.
    """
    with ctx.write(Permission.KEEP_MEMBERS) as session, recording(ctx, session, BatchKind.MERGE) as batch:
        if merge.on > ctx.today:
            raise InvalidForm({"on": "merge_in_future"})
        kept = _organisation(session, merge.kept_id, merge.kept_version)
        merged = _organisation(session, merge.merged_id, merge.merged_version)
        if OrganisationKind.OWN in (kept.kind, merged.kind):
            raise Refused("merge_own")
        if kept.kind != merged.kind:
            raise Refused("merge_kinds_differ")
        merge_two_organisations(session, kept, merged, merge.picks, on=merge.on)
        for stays, goes in merge.persons:
            merge_two_persons(session, _person(session, stays), _person(session, goes), {}, on=ctx.today)
        batch.subject_kind, batch.subject_id = kept.__tablename__, kept.id
        batch.facts = {"merged": merged.id, "persons": len(merge.persons)}
        ctx.record(session, "organisation.merged", kept, merged=merged.id, on=merge.on, persons=merge.persons)
    return batch.id


def merge_persons(ctx: Context, merge: MergedPersons) -> int:
    """As `merge_organisations`. Posts, numbers and addresses that both have are not doubled."""
    with ctx.write(Permission.KEEP_MEMBERS) as session, recording(ctx, session, BatchKind.MERGE) as batch:
        kept = same_version(_person(session, merge.kept_id), merge.kept_version)
        merged = same_version(_person(session, merge.merged_id), merge.merged_version)
        merge_two_persons(session, kept, merged, merge.picks, on=ctx.today)
        batch.subject_kind, batch.subject_id = kept.__tablename__, kept.id
        batch.facts = {"merged": merged.id}
        ctx.record(session, "person.merged", kept, merged=merged.id)
    return batch.id


def keep_organisations_apart(ctx: Context, one_id: int, other_id: int) -> None:
    """They are not the same, and nobody is asked again."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        one, other = _organisation(session, one_id), _organisation(session, other_id)
        if are_different(session, Organisation, one.id, other.id):
            return
        apart = NotTheSame(organisation_id=one.id, other_organisation_id=other.id)
        apart.said_at, apart.user_id = ctx.now, ctx.actor.user_id
        session.add(apart)
        ctx.record(session, "organisation.kept_apart", one, other=other.id)


def keep_persons_apart(ctx: Context, one_id: int, other_id: int) -> None:
    """They are not the same, and nobody is asked again."""
    with ctx.write(Permission.KEEP_MEMBERS, changes_figures=False) as session:
        one, other = _person(session, one_id), _person(session, other_id)
        if are_different(session, Person, one.id, other.id):
            return
        apart = NotTheSame(person_id=one.id, other_person_id=other.id)
        apart.said_at, apart.user_id = ctx.now, ctx.actor.user_id
        session.add(apart)
        ctx.record(session, "person.kept_apart", one, other=other.id)


def _organisation(session: Session, organisation_id: int, version: int | None = None) -> Organisation:
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound(kind="organisation", id=organisation_id)
    if found.merged_into_id is not None:
        raise Refused("merge_done_already")
    if version is not None:
        require_version(session, found, version)
    return found


def _person(session: Session, person_id: int) -> Person:
    found = session.get(Person, person_id)
    if found is None:
        raise NotFound(kind="person", id=person_id)
    if found.merged_into_id is not None:
        raise Refused("merge_done_already")
    return found
