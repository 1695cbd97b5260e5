"""The office opens, houses are entered, some join and some leave, people come and go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm.context import Context
from crm.demo.cast import Contact, House, Numbers, address, contact
from crm.demo.stage import Stage, data, on_the_wall
from crm.demo.storytelling import Story
from crm.i18n import OFFICE_ZONE
from crm.members.commands import add_house, add_organisation, end_membership, rename_organisation
from crm.members.forms import ChangedKinship, EndedMembership, NewHouse, NewName, NewOrganisation
from crm.members.organisation_commands import tie_organisation
from crm.members.queries import member_card
from crm.people.commands import add_contact_point, add_person, add_post, end_post
from crm.people.forms import EndedPost, NewContactPoint, NewPerson, NewPost
from db.models.organisations import OrganisationKind, OwnerForm
from db.models.people import ContactKind, PostKind

JOINED, LEFT, MOVED = 9, 8, 16  # of the houses, and of their people, in the two years
KEEPER = "bjørn_ærlend"
MUNICIPAL = (OwnerForm.MUNICIPALITY, OwnerForm.MUNICIPAL_ENTERPRISE)


@dataclass(frozen=True)
class Moves:
    """Which houses come, which go, and which get a new leader."""

    joining: list[House]
    leaving: list[House]
    changing: list[House]


def membership_stories(stage: Stage, cast: list[House], numbers: Numbers) -> Iterator[Story]:
    chance = stage.chance("members")
    moves = _moves(chance, cast, stage.scale)
    first = [house for house in cast if house not in moves.joining]
    yield entering(stage, chance, first)
    yield entering_others(stage, chance)
    days = (stage.now - stage.begins).days
    for house in moves.joining:
        yield joining(stage, random.Random(chance.random()), house, days)  # noqa: S311
    for place, house in enumerate(moves.leaving):
        yield leaving(stage, house, stage.today.year - 1 - place % 2)
    for house in moves.changing:
        yield new_leader(stage, random.Random(chance.random()), house, numbers, days)  # noqa: S311
    for place, house in enumerate(house for house in first if house.former):
        yield renaming(stage, house, days * (place + 1) // 6)


def entering(stage: Stage, chance: random.Random, cast: list[House]) -> Story:
    """The member list, on the first day."""
    at = stage.begins + timedelta(hours=1)
    yield at
    for house in cast:
        enter(stage.as_(KEEPER, at), chance, house, since=_long_ago(chance, at))
        at += timedelta(seconds=20)
        yield at


def enter(ctx: Context, chance: random.Random, house: House, *, since: date | None) -> None:
    note = str(chance.choice(data("people")["rooms"])).format(seats=chance.choice(data("calls")["words"]["seats"]))
    new = NewHouse.checked(
        name=house.former or house.name,
        org_number=house.org_number,
        municipality_number=house.municipality,
        owner_form=house.owner_form,
        website=f"https://www.{house.domain}",
        note=note,
        member_since=since,
    )
    house.id, house.calls = add_house(ctx, new), True
    if house.owner_form in MUNICIPAL:
        tie_organisation(ctx, house.id, ChangedKinship(version=1, owner_municipality_number=house.municipality))
    add_contact_point(
        ctx, NewContactPoint(kind=ContactKind.PHONE, raw=house.landline, label="sentralbord", organisation_id=house.id)
    )
    add_contact_point(
        ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=f"post@{house.domain}", organisation_id=house.id)
    )
    for member in house.contacts:
        enter_contact(ctx, house, member, since=None)


def enter_contact(ctx: Context, house: House, member: Contact, *, since: date | None) -> None:
    member.id = add_person(ctx, NewPerson(name=member.name))
    member.post_id = add_post(
        ctx, NewPost(person_id=member.id, organisation_id=house.id, title=member.title, since=since)
    )
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw=member.mobile, person_id=member.id))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=member.email, person_id=member.id))


def entering_others(stage: Stage, chance: random.Random) -> Story:
    """Suppliers that are members, and the others at the tables of the network bodies with one person each."""
    yield (at := stage.begins + timedelta(hours=3))
    ctx, names = stage.as_(KEEPER, at), data("people")
    for line in data("houses")["suppliers"]:
        name, municipality = line.split(" | ")
        website = f"https://www.{address(name)}.example"
        supplier = NewHouse.checked(
            kind=OrganisationKind.SUPPLIER, name=name, municipality_number=municipality, website=website
        )
        add_house(ctx, supplier)
    for name in data("houses")["partners"]:
        partner = add_organisation(ctx, NewOrganisation(kind=OrganisationKind.PARTNER, name=name))
        person = add_person(ctx, NewPerson(name=f"{chance.choice(names['first'])} {chance.choice(names['last'])}"))
        add_post(ctx, NewPost(person_id=person, organisation_id=partner, title="leder", kind=PostKind.OTHER))
        stage.others.append(person)


def joining(stage: Stage, chance: random.Random, house: House, days: int) -> Story:
    yield (at := stage.working(stage.begins + timedelta(days=chance.randrange(20, days - 10)), chance.randrange(400)))
    enter(stage.as_(KEEPER, at), chance, house, since=_day(at))


def leaving(stage: Stage, house: House, year: int) -> Story:
    """Membership ends with the year; it is entered when the office is back."""
    yield (at := stage.working(on_the_wall(date(year + 1, 1, 2), 8), 100 + house.id % 200))
    if not house.id:
        return
    house.calls, ctx = False, stage.as_(KEEPER, at)
    membership = member_card(ctx, house.id).memberships[0]
    ended = EndedMembership(since=membership.since, until=date(year, 12, 31), version=membership.version)
    end_membership(ctx, membership.id, ended)


def new_leader(stage: Stage, chance: random.Random, house: House, numbers: Numbers, days: int) -> Story:
    yield (at := stage.working(stage.begins + timedelta(days=chance.randrange(30, days - 5)), chance.randrange(400)))
    if not house.calls:
        return
    ctx, names, old = stage.as_(KEEPER, at), data("people"), house.contacts[0]
    end_post(ctx, old.post_id, EndedPost(version=1, until=_day(at) - timedelta(days=1)))
    name = f"{chance.choice(names['first'])} {chance.choice(names['last'])}"
    new = contact(name, old.title, house, numbers)
    enter_contact(ctx, house, new, since=_day(at))
    house.contacts[0] = new


def renaming(stage: Stage, house: House, days: int) -> Story:
    yield (at := stage.working(stage.begins + timedelta(days=days), 60))
    ctx = stage.as_(KEEPER, at)
    version = member_card(ctx, house.id).version
    rename_organisation(ctx, house.id, NewName(name=house.name, since=_day(at), version=version))


def _moves(chance: random.Random, cast: list[House], scale: float) -> Moves:
    """Never the two houses everybody looks at first, and no house twice."""
    drawn = chance.sample([house for house in cast[2:] if not house.former], round((JOINED + LEFT + MOVED) * scale))
    joined, left = round(JOINED * scale), round(LEFT * scale)
    return Moves(drawn[:joined], drawn[joined : joined + left], drawn[joined + left :])


def _long_ago(chance: random.Random, at: datetime) -> date | None:
    return None if chance.random() < 0.15 else date(at.year - chance.randrange(1, 24), chance.choice((1, 1, 7)), 1)


def _day(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()
