"""What the capture screen asks: the topics to choose among, and the case just saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.context import Context
from crm.members.places import municipality
from crm.people.queries import CallerHit
from crm.permissions import Permission
from db.models.cases import Channel, SupportCase, TimeQuality, Topic
from db.models.organisations import Organisation
from db.models.people import Person

__all__ = ["Channel", "SavedCase", "TimeQuality", "TopicChoice", "list_topic_choices", "saved_case"]


@dataclass(frozen=True)
class TopicChoice:
    id: int
    name: str


@dataclass(frozen=True)
class SavedCase:
    """For the confirmation and its correction. `caller` is what was typed when nobody known was chosen, else there is `known`."""

    id: int
    version: int
    organisation_id: int | None
    person_id: int | None
    known: CallerHit | None
    caller: str
    what: str
    received_at: datetime
    received_quality: TimeQuality
    is_answered: bool
    created_at: datetime


_SAVED = (
    select(SupportCase, Organisation.name, Organisation.municipality_number, Person.name)
    .outerjoin(Organisation, Organisation.id == SupportCase.organisation_id)
    .outerjoin(Person, Person.id == SupportCase.person_id)
)


def list_topic_choices(ctx: Context, limit: int = 200) -> list[TopicChoice]:
    """Those in use, in alphabetical order."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(Topic.id, Topic.name).where(Topic.is_active).order_by(Topic.sort_key).limit(limit)
        return [TopicChoice(row.id, row.name) for row in session.execute(query)]


def saved_case(ctx: Context, case_id: int) -> SavedCase | None:
    """None when it was taken back meanwhile."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        row = session.execute(_SAVED.where(SupportCase.id == case_id)).first()
        return _saved(*row) if row is not None else None


def _saved(case: SupportCase, house: str | None, municipality_number: str | None, person: str | None) -> SavedCase:
    place = municipality(municipality_number)
    named = CallerHit(
        case.organisation_id, case.person_id, house or "", place.shown if place else "", person or "", phone=""
    )
    return SavedCase(
        id=case.id,
        version=case.version,
        organisation_id=case.organisation_id,
        person_id=case.person_id,
        known=named if house or person else None,
        caller=case.caller,
        what=case.what,
        received_at=case.received_at,
        received_quality=case.received_quality,
        is_answered=case.closed_at is not None,
        created_at=case.created_at,
    )
