"""Persons with their posts and contact points, read for a list that goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm.transfer.people_out import ContactOut, PersonOut, PostOut, WishOut
from db.models.organisations import Organisation
from db.models.people import ContactPoint, DoNotContact, Person, PersonName, Post

Out = TypeVar("Out")

AT_ONCE = 500  # ids in one question: SQLite takes some thousands, and what is loaded stays small


def people_of(session: Session, ids: Sequence[int]) -> Iterator[PersonOut]:
    """In the order of the ids; one that is no person's is passed over."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        names, posts = _names(session, some), _posts(session, some)
        contacts, wishes = _contacts(session, some), _wishes(session, some)
        query = select(Person.id, Person.name, Person.note, Person.languages).where(Person.id.in_(some))
        found = {row.id: row for row in session.execute(query)}
        for row in (found[number] for number in some if number in found):
            yield PersonOut(
                row.id,
                row.name,
                other_names=tuple(names[row.id]),
                note=row.note,
                posts=tuple(posts[row.id]),
                contacts=tuple(contacts[row.id]),
                languages=row.languages,
                do_not_contact=tuple(wishes[row.id]),
            )


def _names(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(PersonName.person_id, PersonName.name).where(PersonName.person_id.in_(ids)).order_by(PersonName.id)
    return _by_person(session, query, str)


def _posts(session: Session, ids: Sequence[int]) -> dict[int, list[PostOut]]:
    """Those that are held first, then those that are over, each as they were written down."""
    query = (
        select(
            Post.person_id,
            Organisation.name,
            func.coalesce(Organisation.org_number, ""),
            func.coalesce(Organisation.municipality_number, ""),
            Post.title,
            Post.kind,
            Post.since,
            Post.until,
            Post.legal_basis,
            func.coalesce(Post.party, ""),
            func.coalesce(Post.party_source, ""),
            Organisation.kind,
        )
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id.in_(ids))
        .order_by(Post.until.is_not(None), Post.id)
    )
    return _by_person(session, query, PostOut)


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, list[ContactOut]]:
    query = (
        select(
            ContactPoint.person_id,
            ContactPoint.kind,
            ContactPoint.raw,
            ContactPoint.label,
            ContactPoint.until,
            ContactPoint.address_use,
        )
        .where(ContactPoint.person_id.in_(ids))
        .order_by(ContactPoint.id)
    )
    return _by_person(session, query, ContactOut)


def _wishes(session: Session, ids: Sequence[int]) -> dict[int, list[WishOut]]:
    columns = (DoNotContact.person_id, DoNotContact.channel, DoNotContact.since, DoNotContact.reason)
    query = select(*columns).where(DoNotContact.person_id.in_(ids)).order_by(DoNotContact.id)
    return _by_person(session, query, WishOut)


def _by_person(session: Session, query: Select[*tuple[Any, ...]], made: Callable[..., Out]) -> dict[int, list[Out]]:
    """The person's id stands first in each row, what `made` takes after it in its order."""
    found: dict[int, list[Out]] = defaultdict(list)
    for person, *said in session.execute(query):
        found[person].append(made(*said))
    return found
