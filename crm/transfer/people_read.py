"""Persons with their posts and contact points, read for a list that goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.transfer.people_out import ContactOut, PersonOut, PostOut
from db.models.organisations import Organisation
from db.models.people import ContactChannel, ContactPoint, DoNotContact, Person, Post

AT_ONCE = 500  # ids in one question: SQLite takes some thousands, and what is loaded stays small


def people_of(session: Session, ids: Sequence[int]) -> Iterator[PersonOut]:
    """In the order of the ids; one that is no person's is passed over."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        posts, contacts, wishes = _posts(session, some), _contacts(session, some), _wishes(session, some)
        query = select(Person.id, Person.name, Person.note, Person.languages).where(Person.id.in_(some))
        found = {row.id: row for row in session.execute(query)}
        for row in (found[number] for number in some if number in found):
            yield PersonOut(
                row.id,
                row.name,
                row.note,
                tuple(posts[row.id]),
                tuple(contacts[row.id]),
                row.languages,
                tuple(wishes[row.id]),
            )


def _posts(session: Session, ids: Sequence[int]) -> dict[int, list[PostOut]]:
    """Those that are held first, then those that are over, each as they were written down."""
    query = (
        select(
            Post.person_id,
            Organisation.name,
            Organisation.org_number,
            Organisation.municipality_number,
            Post.title,
            Post.kind,
            Post.since,
            Post.until,
        )
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id.in_(ids))
        .order_by(Post.until.is_not(None), Post.id)
    )
    found: dict[int, list[PostOut]] = defaultdict(list)
    for person, name, number, place, title, kind, since, until in session.execute(query):
        found[person].append(PostOut(name, number or "", place or "", title, kind, since, until))
    return found


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, list[ContactOut]]:
    columns = (ContactPoint.person_id, ContactPoint.kind, ContactPoint.raw, ContactPoint.label, ContactPoint.until)
    query = select(*columns).where(ContactPoint.person_id.in_(ids)).order_by(ContactPoint.id)
    found: dict[int, list[ContactOut]] = defaultdict(list)
    for person, kind, raw, label, until in session.execute(query):
        found[person or 0].append(ContactOut(kind, raw, label, until))
    return found


def _wishes(session: Session, ids: Sequence[int]) -> dict[int, list[ContactChannel]]:
    query = select(DoNotContact.person_id, DoNotContact.channel).where(DoNotContact.person_id.in_(ids))
    found: dict[int, list[ContactChannel]] = defaultdict(list)
    for person, channel in session.execute(query.order_by(DoNotContact.id)):
        found[person].append(channel)
    return found
