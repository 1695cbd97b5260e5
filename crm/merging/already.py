"""When what the merged one has is nothing new to the other: the same number, the same name, the same post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Base
from db.models.lists import MailingListMember
from db.models.organisations import Organisation, OrganisationName
from db.models.people import ContactPoint, Person, PersonName, Post


def is_there_already(session: Session, row: Base, column: str, kept: int) -> bool:
    """May add to the row that is there what only the other one knew."""
    asked = _ASKED.get(type(row))
    return asked is not None and asked(session, row, column, kept)


def _contact_point(session: Session, row: ContactPoint, column: str, kept: int) -> bool:
    same = ContactPoint.normalised == row.normalised if row.normalised else ContactPoint.raw == row.raw
    query = select(ContactPoint).where(getattr(ContactPoint, column) == kept, ContactPoint.kind == row.kind, same)
    found = session.scalars(query.limit(1)).first()
    if found is None:
        return False
    # In use with one of the two is in use.
    found.until = None if None in (found.until, row.until) else max(found.until, row.until)  # type: ignore[type-var]
    found.label = found.label or row.label
    return True


def _name(session: Session, row: OrganisationName | PersonName, column: str, kept: int) -> bool:
    model, owner = (OrganisationName, Organisation) if isinstance(row, OrganisationName) else (PersonName, Person)
    query = select(model.id).where(getattr(model, column) == kept, model.search_key == row.search_key)
    own: Any = session.get_one(owner, kept)
    return own.search_key == row.search_key or session.scalar(query.limit(1)) is not None


def _post(session: Session, row: Post, column: str, kept: int) -> bool:
    """One person with one post, written twice: the longer time and the fuller title stay."""
    wanted = {"person_id": row.person_id, "organisation_id": row.organisation_id} | {column: kept}
    for other in session.scalars(select(Post).filter_by(**wanted, kind=row.kind)):
        titles = {other.title.casefold(), row.title.casefold()} - {""}
        if len(titles) < 2 and other.party in (None, row.party) and _touch(other, row):
            other.title = other.title or row.title
            other.since = min(filter(None, (other.since, row.since)), default=None)
            other.until = None if None in (other.until, row.until) else max(other.until, row.until)  # type: ignore[type-var]
            other.party, other.party_source = row.party, row.party_source
            return True
    return False


def _touch(one: Post, other: Post) -> bool:
    begins, ends = (
        max(one.since or date.min, other.since or date.min),
        min(one.until or date.max, other.until or date.max),
    )
    return begins <= ends


def _recipient(session: Session, row: MailingListMember, column: str, kept: int) -> bool:
    """On one list twice. A no said by either of the two holds; otherwise a yes does."""
    query = select(MailingListMember).filter_by(list_id=row.list_id, **{column: kept})
    there = session.scalars(query).first()
    if there is None:
        return False
    if there.unsubscribed_on is None and row.unsubscribed_on is not None:
        there.unsubscribed_on, there.unsubscribed_source = row.unsubscribed_on, row.unsubscribed_source
        there.refused_key = row.refused_key
    if there.consent_on is None and row.consent_on is not None:
        there.consent_on, there.consent_how, there.consent_source = row.consent_on, row.consent_how, row.consent_source
    return True


_ASKED: dict[type[Base], Callable[[Session, Any, str, int], bool]] = {
    ContactPoint: _contact_point,
    OrganisationName: _name,
    PersonName: _name,
    Post: _post,
    MailingListMember: _recipient,
}
