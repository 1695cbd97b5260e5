"""What a colleague does about persons: who they are, where they work, how to reach them. History stays put."""

from __future__ import annotations

from typing import TypeVar

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.people.forms import EndedContactPoint, EndedPost, NewContactPoint, NewPerson, NewPost
from crm.people.steps import added_contact_point, added_person, added_post, organisation_row, person_row
from crm.permissions import Permission
from db.models.people import ContactPoint, Post

Row = TypeVar("Row", Post, ContactPoint)


def add_person(ctx: Context, new: NewPerson) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person = added_person(session, new.name, now=ctx.now)
        ctx.record(session, "person.added", person)
        return person.id


def add_post(ctx: Context, new: NewPost) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person, house = person_row(session, new.person_id), organisation_row(session, new.organisation_id)
        post = added_post(session, person.id, house.id, kind=new.kind, title=new.title, since=new.since)
        ctx.record(session, "post.added", person, organisation=house.id, kind=new.kind, since=new.since)
        return post.id


def end_post(ctx: Context, post_id: int, ended: EndedPost) -> None:
    """Sets the last day. What was said and asked in the post stays with the organisation it was held at."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        post = _same_version(session.get(Post, post_id), ended.version)
        if post.since is not None and ended.until < post.since:
            raise InvalidForm({"until": "post_ends_before_it_begins"})
        before, post.until = post.until, ended.until
        changed = {"until": [before, ended.until]}
        ctx.record(
            session, "post.ended", ("persons", post.person_id), organisation=post.organisation_id, changed=changed
        )


def add_contact_point(ctx: Context, new: NewContactPoint) -> int:
    """A phone, an address or a web site of a person or an organisation, kept as written and as it is compared."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        if new.person_id is not None:
            owner: tuple[str, int] = ("persons", person_row(session, new.person_id).id)
        else:
            owner = ("organisations", organisation_row(session, new.organisation_id or 0).id)
        point = added_contact_point(
            session,
            new.kind,
            new.raw,
            person_id=new.person_id,
            organisation_id=new.organisation_id,
            label=new.label,
        )
        ctx.record(session, "contact.added", owner, kind=new.kind, valid=point.is_valid)
        return point.id


def end_contact_point(ctx: Context, contact_point_id: int, ended: EndedContactPoint) -> None:
    """Marks a number or address as an old one: it no longer finds its owner when it rings."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        point = _same_version(session.get(ContactPoint, contact_point_id), ended.version)
        point.until = ended.until
        owner = (
            ("persons", point.person_id) if point.person_id is not None else ("organisations", point.organisation_id)
        )
        ctx.record(session, "contact.ended", owner, kind=point.kind, until=ended.until)


def _same_version(row: Row | None, version: int) -> Row:
    if row is None:
        raise NotFound(kind="person_detail")
    if row.version != version:
        raise ChangedMeanwhile
    return row
