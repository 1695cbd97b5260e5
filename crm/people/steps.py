"""What several use-cases do to persons inside their own transaction, such as an inquiry that creates its journalist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from crm.contact_details import read_email, read_phone
from crm.errors import ChangedMeanwhile, NotFound
from crm.names import loose_key, search_key, sort_key
from crm.people.forms import PostDetails
from crm.records import as_it_is_now
from db.models.organisations import Organisation, OrganisationName
from db.models.people import AddressUse, ContactKind, ContactPoint, DoNotContact, Person, Post, PostKind

Row = TypeVar("Row", Person, Post, ContactPoint, DoNotContact, OrganisationName)


@dataclass(frozen=True)
class Written:
    """A contact point as it is compared. `normalised` None when it could not be read."""

    normalised: str | None
    is_valid: bool


def new_person(name: str, *, now: datetime) -> Person:
    """The row of a new person, not yet added."""
    person = Person(created_at=now)
    renamed(person, name)
    return person


def renamed(person: Person, name: str) -> None:
    person.name, person.sort_key = name, sort_key(name)
    person.search_key, person.loose_key = search_key(name), loose_key(name)


def added_person(session: Session, name: str, *, now: datetime) -> Person:
    """The row of a new person, with its id."""
    person = new_person(name, now=now)
    session.add(person)
    session.flush()
    return person


def added_post(
    session: Session,
    person_id: int,
    organisation_id: int,
    *,
    kind: PostKind,
    title: str = "",
    since: date | None = None,
) -> Post:
    post = Post(person_id=person_id, organisation_id=organisation_id, kind=kind, title=title, since=since, until=None)
    session.add(post)
    session.flush()
    return post


def post_of(details: PostDetails, *, person_id: int, organisation_id: int) -> Post:
    """The row of a new post, not yet added."""
    return Post(
        person_id=person_id,
        organisation_id=organisation_id,
        title=details.title,
        kind=details.kind,
        since=details.since,
        until=details.until,
        legal_basis=details.legal_basis,
        party=details.party or None,
        party_source=details.party_source or None,
    )


def added_contact_point(
    session: Session,
    kind: ContactKind,
    raw: str,
    *,
    person_id: int | None = None,
    organisation_id: int | None = None,
    label: str = "",
    address_use: AddressUse | None = None,
) -> ContactPoint:
    read = as_compared(kind, raw)
    point = ContactPoint(
        kind=kind,
        raw=raw,
        normalised=read.normalised,
        is_valid=read.is_valid,
        label=label,
        address_use=address_use,
        person_id=person_id,
        organisation_id=organisation_id,
        until=None,
    )
    session.add(point)
    session.flush()
    return point


def as_compared(kind: ContactKind, raw: str) -> Written:
    if kind is ContactKind.PHONE:
        phone = read_phone(raw)
        return Written(phone.e164, phone.valid)
    if kind is ContactKind.EMAIL:
        email = read_email(raw)
        return Written(email.key if email.valid else None, email.valid)
    return Written(None, is_valid=True)


def same_version(row: Row | None, version: int) -> Row:
    """NotFound when it is gone, ChangedMeanwhile when somebody saved since the screen was drawn."""
    if row is None:
        raise NotFound(kind="person_detail")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def person_row(session: Session, person_id: int) -> Person:
    found = as_it_is_now(session, Person, person_id)
    if found is None:
        raise NotFound(kind="person", id=person_id)
    return found


def organisation_row(session: Session, organisation_id: int) -> Organisation:
    found = as_it_is_now(session, Organisation, organisation_id)
    if found is None:
        raise NotFound(kind="organisation", id=organisation_id)
    return found
