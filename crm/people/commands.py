"""What a colleague does about persons: who they are, the posts they hold, how to reach them and how not to. History stays put."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.errors import InvalidForm, NotFound
from crm.members.forms import Details
from crm.members.steps import added_organisation
from crm.people.forms import (
    ChangedContactPoint,
    ChangedNoContact,
    ChangedPerson,
    ChangedPost,
    EndedContactPoint,
    EndedPost,
    MovedOn,
    NewContactPoint,
    NewPerson,
    NewPost,
    NoContact,
)
from crm.people.steps import (
    added_contact_point,
    as_compared,
    new_person,
    organisation_row,
    person_row,
    post_of,
    renamed,
    same_version,
)
from crm.permissions import Permission
from crm.undo.steps import forget_row
from db.models.people import ContactPoint, DoNotContact, Person, Post

# Of a post, what the change log repeats: a party is not among it.
LOGGED = ("title", "kind", "since", "until", "legal_basis")


def add_person(ctx: Context, new: NewPerson) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person = new_person(new.name, now=ctx.now)
        person.languages, person.note = " ".join(new.languages), new.note
        session.add(person)
        ctx.record(session, "person.added", person)
        return person.id


def change_person(ctx: Context, person_id: int, changed: ChangedPerson) -> None:
    """Name, languages and note. The change log says which, and not what they were: it would outlive what is erased."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person = same_version(session.get(Person, person_id), changed.version)
        before = (person.name, person.languages, person.note)
        renamed(person, changed.name)
        person.languages, person.note = " ".join(changed.languages), changed.note
        after = (person.name, person.languages, person.note)
        fields = [
            name for name, old, new in zip(("name", "languages", "note"), before, after, strict=True) if old != new
        ]
        if fields:
            ctx.record(session, "person.changed", person, fields=fields)


def add_post(ctx: Context, new: NewPost) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person, house = person_row(session, new.person_id), organisation_row(session, new.organisation_id)
        post = post_of(new, person_id=person.id, organisation_id=house.id)
        session.add(post)
        ctx.record(session, "post.added", person, organisation=house.id, kind=new.kind, since=new.since)
        return post.id


def change_post(ctx: Context, post_id: int, changed: ChangedPost) -> None:
    """For what was wrong, or not yet known. The party is not repeated in the change log."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        post = same_version(session.get(Post, post_id), changed.version)
        before = {field: getattr(post, field) for field in LOGGED}
        for field in LOGGED:
            setattr(post, field, getattr(changed, field))
        post.party, post.party_source = changed.party or None, changed.party_source or None
        difference = changes(before, {field: getattr(post, field) for field in LOGGED})
        owner = ("persons", post.person_id)
        ctx.record(session, "post.changed", owner, organisation=post.organisation_id, changed=difference)


def end_post(ctx: Context, post_id: int, ended: EndedPost) -> None:
    """Sets the last day. What was said and asked in the post stays with the organisation it was held at."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        post = same_version(session.get(Post, post_id), ended.version)
        changed = {"until": [post.until, ended.until]}
        _end(post, ended)
        owner = ("persons", post.person_id)
        ctx.record(session, "post.ended", owner, organisation=post.organisation_id, changed=changed)


def remove_post(ctx: Context, post_id: int, *, version: int) -> None:
    """For one that never was: at the wrong organisation, or put down twice. Meetings are no contact with that place any more."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        post = same_version(session.get(Post, post_id), version)
        was = {field: getattr(post, field) for field in LOGGED}
        forget_row(session, Post.__tablename__, post.id)
        session.delete(post)
        owner, changed = ("persons", post.person_id), changes(was, dict.fromkeys(was))
        ctx.record(session, "post.removed", owner, organisation=post.organisation_id, changed=changed)


def move_to_new_post(ctx: Context, post_id: int, moved: MovedOn) -> int:
    """Ends the post and opens the next in one step: the id of the new one.

    Numbers and addresses that belonged to the old post become old ones the day after its last. Wishes not to be contacted and
    everything that happened stay as they are; what was asked as a journalist stays with the outlet.
    """
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        old = same_version(session.get(Post, post_id), moved.version)
        _end(old, EndedPost(version=moved.version, until=moved.last_day))
        post = post_of(moved, person_id=old.person_id, organisation_id=_organisation(session, ctx, moved))
        session.add(post)
        _put_away(session, old.person_id, moved)
        ctx.record(
            session,
            "post.moved",
            ("persons", old.person_id),
            organisation=old.organisation_id,
            to=post.organisation_id,
            changed={"until": [None, moved.last_day], "kind": [old.kind, post.kind]},
        )
        return post.id


def add_contact_point(ctx: Context, new: NewContactPoint) -> int:
    """A phone, an address or a web site of a person or an organisation, kept as written and as it is compared."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        if new.person_id is not None:
            person_row(session, new.person_id)
        else:
            organisation_row(session, new.organisation_id or 0)
        point = added_contact_point(
            session,
            new.kind,
            new.raw,
            person_id=new.person_id,
            organisation_id=new.organisation_id,
            label=new.label,
            address_use=new.address_use,
        )
        ctx.record(session, "contact.added", _owner(point), kind=new.kind, valid=point.is_valid)
        return point.id


def change_contact_point(ctx: Context, contact_point_id: int, changed: ChangedContactPoint) -> None:
    """A digit put right, another label. A new number is added beside the old one instead, which is then marked as old."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        point = same_version(session.get(ContactPoint, contact_point_id), changed.version)
        read = as_compared(changed.kind, changed.raw)
        point.kind, point.raw, point.label = changed.kind, changed.raw, changed.label
        point.normalised, point.is_valid, point.address_use = read.normalised, read.is_valid, changed.address_use
        ctx.record(session, "contact.changed", _owner(point), kind=point.kind, valid=point.is_valid)


def end_contact_point(ctx: Context, contact_point_id: int, ended: EndedContactPoint) -> None:
    """Marks a number or address as an old one: it no longer finds its owner when it rings."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        point = same_version(session.get(ContactPoint, contact_point_id), ended.version)
        point.until = ended.until
        ctx.record(session, "contact.ended", _owner(point), kind=point.kind, until=ended.until)


def use_contact_point_again(ctx: Context, contact_point_id: int, *, version: int) -> None:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        point = same_version(session.get(ContactPoint, contact_point_id), version)
        point.until = None
        ctx.record(session, "contact.used_again", _owner(point), kind=point.kind)


def remove_contact_point(ctx: Context, contact_point_id: int, *, version: int) -> None:
    """For one that never was theirs. The change log does not repeat it: it may be a stranger's number."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        point = same_version(session.get(ContactPoint, contact_point_id), version)
        forget_row(session, ContactPoint.__tablename__, point.id)
        session.delete(point)
        ctx.record(session, "contact.removed", _owner(point), kind=point.kind)


def stop_contact(ctx: Context, person_id: int, wish: NoContact) -> int:
    """They do not want to be rung, mailed or written to. It holds in every post they come to have."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        person = person_row(session, person_id)
        there = select(DoNotContact.id).where(DoNotContact.person_id == person.id, DoNotContact.channel == wish.channel)
        if session.scalar(there) is not None:
            raise InvalidForm({"channel": "contact_stopped_already"})
        row = DoNotContact(person_id=person.id, channel=wish.channel, since=wish.since, reason=wish.reason)
        session.add(row)
        ctx.record(session, "person.contact_stopped", person, channel=wish.channel, since=wish.since)
        return row.id


def change_no_contact(ctx: Context, wish_id: int, changed: ChangedNoContact) -> None:
    """Since when, and why. Another channel is another wish."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        row = same_version(session.get(DoNotContact, wish_id), changed.version)
        row.since, row.reason = changed.since, changed.reason
        owner = ("persons", row.person_id)
        ctx.record(session, "person.no_contact_changed", owner, channel=row.channel, since=row.since)


def allow_contact(ctx: Context, wish_id: int, *, version: int) -> None:
    """They take it back."""
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        row = same_version(session.get(DoNotContact, wish_id), version)
        session.delete(row)
        ctx.record(session, "person.contact_allowed", ("persons", row.person_id), channel=row.channel, since=row.since)


def _end(post: Post, ended: EndedPost) -> None:
    if post.since is not None and ended.until < post.since:
        raise InvalidForm({"until": "post_ends_before_it_begins"})
    post.until = ended.until


def _organisation(session: Session, ctx: Context, moved: MovedOn) -> int:
    if moved.organisation_id is not None:
        return organisation_row(session, moved.organisation_id).id
    new = added_organisation(session, moved.organisation_kind, moved.organisation, details=Details(), now=ctx.now)
    session.flush()
    return new.id


def _put_away(session: Session, person_id: int, moved: MovedOn) -> None:
    theirs = ContactPoint.person_id == person_id
    found = session.scalars(select(ContactPoint).where(theirs, ContactPoint.id.in_(moved.old_contacts))).all()
    if len(found) != len(set(moved.old_contacts)):
        raise NotFound(kind="contact_point")
    for point in found:
        point.until = moved.last_day + timedelta(days=1)


def _owner(point: ContactPoint) -> tuple[str, int | None]:
    if point.person_id is not None:
        return "persons", point.person_id
    return "organisations", point.organisation_id
