"""What several use-cases do to organisations inside their own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.members.forms import Details
from crm.names import loose_key, search_key, sort_key
from crm.people.steps import as_compared
from crm.records import as_it_is_now
from db.models.house_keeping import AuditEntry
from db.models.organisations import Membership, NameKind, Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, Post
from db.models.users import User


@dataclass(frozen=True)
class Keys:
    sort_key: str
    search_key: str
    loose_key: str


def keys_of(name: str) -> Keys:
    return Keys(sort_key(name), search_key(name)[:600], loose_key(name)[:600])


def organisation(session: Session, organisation_id: int) -> Organisation:
    found = as_it_is_now(session, Organisation, organisation_id)
    if found is None:
        raise NotFound(kind="organisation", id=organisation_id)
    return found


def added_organisation(
    session: Session, kind: OrganisationKind, name: str, *, details: Details, now: datetime, token: str | None = None
) -> Organisation:
    """The row of a new organisation, for the use-cases that make one. InvalidForm when its number is another's."""
    require_free_org_number(session, details.org_number)
    keys = keys_of(name)
    added = Organisation(
        kind=kind,
        name=name,
        sort_key=keys.sort_key,
        search_key=keys.search_key,
        loose_key=keys.loose_key,
        org_number=details.org_number,
        municipality_number=details.municipality_number,
        owner_form=details.owner_form,
        website=details.website,
        note=details.note,
        token=token,
        created_at=now,
    )
    session.add(added)
    return added


def organisation_of_token(session: Session, token: str | None) -> int | None:
    """The organisation an earlier click of the same form made."""
    return session.scalar(select(Organisation.id).where(Organisation.token == token)) if token else None


def require_free_org_number(session: Session, org_number: str | None, *, but: int | None = None) -> None:
    if org_number is None:
        return
    owner = session.scalar(select(Organisation).where(Organisation.org_number == org_number))
    if owner is not None and owner.id != but:
        raise InvalidForm({"org_number": "org_number_taken"}, name=owner.name)


def rename(subject: Organisation, name: str) -> None:
    keys = keys_of(name)
    subject.name = name
    subject.sort_key, subject.search_key, subject.loose_key = keys.sort_key, keys.search_key, keys.loose_key


def added_name(
    session: Session,
    subject: Organisation,
    name: str,
    kind: NameKind,
    *,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Another name that finds the organisation; one that is there already is not written twice."""
    keys = keys_of(name)
    query = select(OrganisationName.id).where(
        OrganisationName.organisation_id == subject.id, OrganisationName.search_key == keys.search_key
    )
    if keys.search_key == subject.search_key or session.scalar(query) is not None:
        return
    session.add(
        OrganisationName(
            organisation_id=subject.id,
            kind=kind,
            name=name,
            search_key=keys.search_key,
            loose_key=keys.loose_key,
            since=since,
            until=until,
        )
    )


def require_version(session: Session, subject: Organisation | Membership, version: int) -> None:
    """ChangedMeanwhile, with what the other one did and who it was, when the screen showed an older version."""
    if subject.version == version:
        return
    query = (
        select(AuditEntry.facts, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_kind == subject.__tablename__, AuditEntry.subject_id == str(subject.id))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    latest = session.execute(query).first()
    raise ChangedMeanwhile(changes=latest.facts if latest else {}, by=latest.name if latest else None)


def working_there(session: Session, organisation_id: int, name: str, on: date) -> Person | None:
    """Who of this name has a post there on the day."""
    query = (
        select(Person)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.organisation_id == organisation_id,
            Person.search_key == search_key(name),
            or_(Post.until.is_(None), Post.until >= on),
        )
    )
    return session.scalars(query.order_by(Person.id).limit(1)).first()


def is_reached_by(session: Session, person_id: int, kind: ContactKind, raw: str) -> bool:
    """Whether this number or address is one of the person's already, however it is written."""
    read = as_compared(kind, raw)
    same = ContactPoint.normalised == read.normalised if read.normalised else ContactPoint.raw == raw
    query = select(ContactPoint.id).where(ContactPoint.person_id == person_id, ContactPoint.kind == kind, same)
    return session.scalar(query.limit(1)) is not None
