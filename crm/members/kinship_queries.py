"""What an organisation belongs to: from a house to the municipality that owns it, and on to those who were elected there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound
from crm.members.places import counties, municipality
from crm.people.rules import held_on
from crm.people.words import IN_OFFICE
from crm.permissions import Permission
from crm.records import as_it_is_now, stands_for_itself
from db.models.cases import Topic
from db.models.organisations import Organisation, OrganisationKind, OrganisationTopic
from db.models.people import Person, Post

AT_MOST = 100
ELECTED_SHOWN = 12


@dataclass(frozen=True)
class Kin:
    id: int
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class Elected:
    person_id: int
    name: str
    title: str
    party: str


@dataclass(frozen=True)
class Kinship:
    """`owner` and `governs` are places by name, with their numbers; None where nobody said.

    `authority` is the owning municipality as an organisation, when somebody entered it, and `elected` who sits there today.
    `owned` are the houses whose owner is the place that this one governs.
    """

    parent: Kin | None
    parts: list[Kin]
    owner_number: str | None
    owner: str | None
    authority: Kin | None
    elected: list[Elected]
    governs_number: str | None
    governs: str | None
    owned: list[Kin]
    topics: dict[int, str]


def kinship(ctx: Context, organisation_id: int) -> Kinship:
    with ctx.read(Permission.SEE_RECORDS) as session:
        subject = as_it_is_now(session, Organisation, organisation_id)
        if subject is None:
            raise NotFound(kind="organisation", id=organisation_id)
        owner_number, governs_number = subject.owner_municipality_number, subject.governs_number
        authority = (
            next(iter(_kin(session, Organisation.governs_number == owner_number)), None) if owner_number else None
        )
        return Kinship(
            parent=next(iter(_kin(session, Organisation.id == subject.parent_id)), None) if subject.parent_id else None,
            parts=_kin(session, Organisation.parent_id == subject.id),
            owner_number=owner_number,
            owner=place_name(owner_number),
            authority=authority,
            elected=_elected(session, ctx, authority.id) if authority else [],
            governs_number=governs_number,
            governs=place_name(governs_number),
            owned=_kin(session, Organisation.owner_municipality_number == governs_number) if governs_number else [],
            topics=_topics(session, subject.id),
        )


def place_name(number: str | None) -> str | None:
    """Of a municipality (four digits) or a county (two); the number itself when it is of neither."""
    place = municipality(number)
    county = next((county.name for county in counties() if county.number == number), number)
    return place.shown if place else county


def _kin(session: Session, which: ColumnElement[bool]) -> list[Kin]:
    query = select(Organisation.id, Organisation.name, Organisation.kind)
    there = query.where(which, stands_for_itself(Organisation)).order_by(Organisation.sort_key, Organisation.id)
    return [Kin(row.id, row.name, row.kind) for row in session.execute(there.limit(AT_MOST))]


def _elected(session: Session, ctx: Context, authority_id: int) -> list[Elected]:
    query = (
        select(Post.person_id, Person.name, Post.title, Post.party)
        .join(Person, Person.id == Post.person_id)
        .where(Post.organisation_id == authority_id, Post.kind.in_(IN_OFFICE), held_on(ctx.today))
        .order_by(Person.sort_key, Post.id)
    )
    rows = session.execute(query.limit(ELECTED_SHOWN))
    return [Elected(row.person_id, row.name, row.title, row.party or "") for row in rows]


def _topics(session: Session, organisation_id: int) -> dict[int, str]:
    query = (
        select(Topic.id, Topic.name)
        .join(OrganisationTopic, OrganisationTopic.topic_id == Topic.id)
        .where(OrganisationTopic.organisation_id == organisation_id)
    )
    return dict(session.execute(query.order_by(Topic.sort_key).limit(AT_MOST)).all())
