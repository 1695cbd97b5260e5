"""What several use-cases of the bodies do inside their transaction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.errors import InvalidForm, NotFound
from crm.names import loose_key, search_key, sort_key
from crm.networks.forms import Rhythm
from crm.records import as_it_is_now
from db.models.meetings import BodyRhythm
from db.models.organisations import NameKind, Organisation, OrganisationKind, OrganisationName


def network_body(session: Session, body_id: int | None) -> Organisation:
    body = as_it_is_now(session, Organisation, body_id) if body_id is not None else None
    if body is None or body.kind != OrganisationKind.NETWORK_BODY:
        raise NotFound(kind="body", id=body_id)
    return body


def set_name(body: Organisation, name: str) -> None:
    body.name = name
    body.sort_key, body.search_key, body.loose_key = sort_key(name), search_key(name), loose_key(name)


def require_free_name(session: Session, name: str, *, but: int | None = None) -> None:
    """Two bodies of one name would be told apart by nobody."""
    query = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.NETWORK_BODY, Organisation.search_key == search_key(name)
    )
    if any(taken != but for taken in session.scalars(query.limit(2))):
        raise InvalidForm({"name": "body_name_taken"})


def other_name(body: Organisation, name: str, kind: NameKind) -> OrganisationName:
    return OrganisationName(
        organisation_id=body.id, kind=kind, name=name, search_key=search_key(name), loose_key=loose_key(name)
    )


def rhythm_row(session: Session, body_id: int, rhythm: Rhythm) -> BodyRhythm:
    """The row of that day: one that was there is changed, since two rhythms cannot begin on one day."""
    query = select(BodyRhythm).where(BodyRhythm.body_id == body_id, BodyRhythm.since == rhythm.since)
    row = session.scalar(query) or BodyRhythm(body_id=body_id, since=rhythm.since)
    row.cadence, row.minimum = rhythm.cadence, rhythm.minimum
    session.add(row)
    return row
