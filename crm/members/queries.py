"""What a colleague sees of houses and suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm.contact_details import read_org_number
from crm.context import Context
from crm.errors import NotFound
from crm.i18n import local
from crm.members.places import municipality
from crm.members.rules import members_on, valid_on
from crm.people.contacts import ContactLine, contact_lines
from crm.permissions import Permission
from crm.records import as_it_is_now
from db.models.merging import FormerNumber
from db.models.organisations import (
    Membership,
    MembershipKind,
    NameKind,
    Organisation,
    OrganisationKind,
    OrganisationName,
)
from db.models.people import ContactPoint, Person, Post

AT_MOST = 200


@dataclass(frozen=True)
class MemberCounts:
    houses: int
    suppliers: int


@dataclass(frozen=True)
class OtherNameLine:
    id: int
    version: int
    name: str
    kind: NameKind
    since: date | None
    until: date | None


@dataclass(frozen=True)
class MembershipLine:
    id: int
    version: int
    kind: MembershipKind
    since: date | None
    until: date | None
    holds: bool


@dataclass(frozen=True)
class PersonLine:
    person_id: int
    post_id: int
    post_version: int
    name: str
    title: str
    since: date | None
    until: date | None
    is_old: bool
    contacts: list[ContactLine]


@dataclass(frozen=True)
class MemberCard:
    id: int
    version: int
    kind: OrganisationKind
    name: str
    other_names: list[OtherNameLine]
    org_number: str | None
    org_number_shown: str | None
    former_numbers: list[str]
    municipality_number: str | None
    municipality: str | None
    county: str | None
    owner_form: str | None
    website: str | None
    note: str
    memberships: list[MembershipLine]
    contacts: list[ContactLine]
    people: list[PersonLine]


def count_members(ctx: Context, on: date) -> MemberCounts:
    """How many houses and suppliers are members on a day."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        houses = session.scalar(select(func.count()).select_from(members_on(on, MembershipKind.HOUSE).subquery()))
        suppliers = session.scalar(select(func.count()).select_from(members_on(on, MembershipKind.SUPPLIER).subquery()))
    return MemberCounts(houses or 0, suppliers or 0)


def member_card(ctx: Context, organisation_id: int) -> MemberCard:
    """One house, with everything but what happened with it."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        today = local(ctx.now).date()
        subject = as_it_is_now(session, Organisation, organisation_id)
        if subject is None:
            raise NotFound(kind="organisation", id=organisation_id)
        place = municipality(subject.municipality_number)
        number = subject.org_number
        return MemberCard(
            id=subject.id,
            version=subject.version,
            kind=subject.kind,
            name=subject.name,
            other_names=_other_names(session, subject.id),
            org_number=number,
            org_number_shown=read_org_number(number, allow_fictitious=True).shown if number else None,
            former_numbers=_former_numbers(session, subject.id),
            municipality_number=subject.municipality_number,
            municipality=place.shown if place else subject.municipality_number,
            county=place.county.name if place else None,
            owner_form=subject.owner_form,
            website=subject.website,
            note=subject.note,
            memberships=_memberships(session, subject.id, today),
            contacts=contact_lines(session, ContactPoint.organisation_id, [subject.id], today).get(subject.id, []),
            people=_people(session, subject.id, today),
        )


def _other_names(session: Session, organisation_id: int) -> list[OtherNameLine]:
    query = select(OrganisationName).where(OrganisationName.organisation_id == organisation_id)
    query = query.order_by(OrganisationName.until.desc(), OrganisationName.id.desc()).limit(AT_MOST)
    return [
        OtherNameLine(row.id, row.version, row.name, row.kind, row.since, row.until) for row in session.scalars(query)
    ]


def _former_numbers(session: Session, organisation_id: int) -> list[str]:
    query = select(FormerNumber.org_number).where(FormerNumber.organisation_id == organisation_id)
    numbers = session.scalars(query.order_by(FormerNumber.id.desc()).limit(AT_MOST))
    return [read_org_number(number, allow_fictitious=True).shown for number in numbers]


def _memberships(session: Session, organisation_id: int, today: date) -> list[MembershipLine]:
    """With those of what became a part of it: they ended that day, and are its history."""
    parts = select(Organisation.id).where(Organisation.merged_into_id == organisation_id)
    own = or_(Membership.organisation_id == organisation_id, Membership.organisation_id.in_(parts))
    query = select(Membership, valid_on(today).label("holds")).where(own)
    query = query.order_by(Membership.until.is_not(None), Membership.since.desc(), Membership.id.desc()).limit(AT_MOST)
    return [
        MembershipLine(row.id, row.version, row.kind, row.since, row.until, holds=holds)
        for row, holds in session.execute(query)
    ]


def _people(session: Session, organisation_id: int, today: date) -> list[PersonLine]:
    """Those who work there now first, by name; then those who did."""
    query = (
        select(Post, Person)
        .join(Person, Person.id == Post.person_id)
        .where(Post.organisation_id == organisation_id)
        .order_by(Person.sort_key, Post.id)
        .limit(AT_MOST)
    )
    found = session.execute(query).all()
    contacts = contact_lines(session, ContactPoint.person_id, [person.id for _, person in found], today)
    lines = [_person_line(post, person, contacts.get(person.id, []), today) for post, person in found]
    return sorted(lines, key=lambda line: line.is_old)


def _person_line(post: Post, person: Person, contacts: list[ContactLine], today: date) -> PersonLine:
    is_old = post.until is not None and post.until < today
    return PersonLine(
        person.id,
        post.id,
        post.version,
        person.name,
        post.title,
        post.since,
        post.until,
        is_old=is_old,
        contacts=contacts,
    )
