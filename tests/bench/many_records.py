"""A large association for measuring: seeded, fictitious, put in by the fastest way there is.

`LARGE` is 10,000 organisations, 200,000 persons and 1,000,000 happenings; `SMALL` is the hundredth of each. The shape is the
same, as many persons, calls and meetings for each organisation: what costs more costs it because of the size.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from crm.demo.stage import data
from crm.derived import rebuild
from crm.members.places import municipalities
from crm.names import loose_key, search_key, sort_key
from db.engine import Database
from db.models.cases import (
    Author,
    Channel,
    Direction,
    Inquiry,
    Medium,
    Message,
    MessageChannel,
    SupportCase,
    TimeQuality,
)
from db.models.meetings import Attendance, AttendanceStatus, Event, EventKind, EventOrganiser, EventStatus
from db.models.organisations import Membership, MembershipKind, Organisation, OrganisationKind
from db.models.people import ContactKind, ContactPoint, LegalBasis, Person, Post, PostKind
from db.models.users import Role, User

BATCH = 5_000
YEARS = 10
Row = dict[str, Any]

FIRST = (
    "Fjord",
    "Bølge",
    "Lyng",
    "Ås",
    "Nord",
    "Sag",
    "Tårn",
    "Måse",
    "Havn",
    "Skog",
    "Ørne",
    "Kvern",
    "Sol",
    "Tang",
    "Ære",
    "Berg",
)
MIDDLE = (
    "glimt",
    "blikk",
    "mo",
    "gard",
    "vika",
    "tunet",
    "falken",
    "stua",
    "berget",
    "sletta",
    "fjell",
    "steinen",
    "renning",
    "vollen",
)
LAST = ("kulturhus", "konserthus", "scene", "samfunnshus", "kulturscene", "kultursenter", "teater")
WORDS = (
    "TONO",
    "tariff",
    "moms",
    "utleie",
    "rigg",
    "tilskudd",
    "billett",
    "refusjon",
    "avtale",
    "kommune",
    "honorar",
    "sal",
    "lyd",
)


@dataclass(frozen=True)
class Size:
    organisations: int
    persons: int
    cases: int
    inquiries: int
    inquiry_messages: int
    meetings: int
    attendances: int

    @property
    def happenings(self) -> int:
        """A meeting happens to its body and to each known person who was there."""
        return self.cases + self.inquiries + self.inquiry_messages + self.meetings + self.attendances


LARGE = Size(10_000, 200_000, 500_000, 100_000, 150_000, 50_000, 200_000)
SMALL = Size(100, 2_000, 5_000, 1_000, 1_500, 500, 2_000)


def add_records(database: Database, size: Size, now: datetime, *, seed: int = 2026) -> None:
    """Into an empty database. The same size and moment give the same rows."""
    now = now.astimezone(
        UTC
    )  # minutes taken from Oslo's wall time land a closing before its call in the hour of the clock change
    chance = random.Random(seed)
    with database.writing() as session:
        session.add(_user(now))
    kinds = _kinds(size.organisations)
    houses = [number for number, kind in kinds.items() if kind is OrganisationKind.HOUSE]
    outlets = [number for number, kind in kinds.items() if kind is OrganisationKind.OUTLET]
    bodies = [number for number, kind in kinds.items() if kind is OrganisationKind.NETWORK_BODY]
    persons = range(1, size.persons + 1)

    def moment() -> datetime:
        return now - timedelta(minutes=chance.randrange(60, YEARS * 365 * 24 * 60))

    def many(model: type[Any], count: int, row: Callable[[int], Row]) -> None:
        _insert(database, model.__table__, (row(number) for number in range(1, count + 1)))

    many(Organisation, size.organisations, lambda n: _organisation(chance, n, kinds[n], now))
    members = [n for n, kind in kinds.items() if kind in (OrganisationKind.HOUSE, OrganisationKind.SUPPLIER)]
    _insert(database, Membership.__table__, (_membership(chance, n, kinds[n], now) for n in members))
    many(Person, size.persons, lambda n: _person(chance, n, now))
    many(Post, size.persons, lambda n: _post(chance, n, 1 + n % size.organisations, kinds))
    many(ContactPoint, 2 * size.persons, _contact_point)
    many(SupportCase, size.cases, lambda n: _case(chance, n, houses, persons, moment()))
    many(Inquiry, size.inquiries, lambda n: _inquiry(chance, n, outlets, persons, moment()))
    many(Message, size.inquiry_messages, lambda n: _message(chance, n, 1 + n % size.inquiries, moment()))
    many(Event, size.meetings, lambda n: _meeting(n, bodies[n % len(bodies)], moment()))
    many(EventOrganiser, size.meetings, lambda n: {"event_id": n, "organisation_id": bodies[n % len(bodies)]})
    many(Attendance, size.attendances, lambda n: _attendance(n, size))
    rebuild(database)


def _insert(database: Database, table: Table, rows: Iterator[Row]) -> None:
    """By the engine: a session would keep the index of every text equal row by row, which is made once at the end instead."""
    for batch in _batches(rows):
        with database.engine.begin() as connection:
            connection.execute(insert(table), batch)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _user(now: datetime) -> User:
    email = "ingunn@norskekulturhus.example"
    return User(name="Ingunn Ås", email=email, email_key=email, role=Role.ADMINISTRATOR, created_at=now)


def _kinds(count: int) -> dict[int, OrganisationKind]:
    """Eight in ten are houses, one a supplier; of the rest most are outlets, and one in a hundred a body."""
    others = {8: OrganisationKind.SUPPLIER, 9: OrganisationKind.OUTLET}
    kinds = {number: others.get(number % 10, OrganisationKind.HOUSE) for number in range(1, count + 1)}
    return kinds | dict.fromkeys(range(100, count + 1, 100), OrganisationKind.NETWORK_BODY)


def _organisation(chance: random.Random, number: int, kind: OrganisationKind, now: datetime) -> Row:
    name = f"{chance.choice(FIRST)}{chance.choice(MIDDLE)} {chance.choice(LAST)} {number}"
    return {
        "id": number,
        "kind": kind,
        "name": name,
        **_keys(name),
        "municipality_number": chance.choice(municipalities()).number,
        "note": "",
        "created_at": now,
        "version": 1,
    }


def _membership(chance: random.Random, number: int, kind: OrganisationKind, now: datetime) -> Row:
    """One in five joined within ten years, one in twenty left within the last; the others have always been members."""
    joined, left = (now.date() - timedelta(days=chance.randrange(1, 365 * years)) for years in (YEARS, 1))
    fate = chance.random()
    return {
        "organisation_id": number,
        "kind": MembershipKind.HOUSE if kind is OrganisationKind.HOUSE else MembershipKind.SUPPLIER,
        "since": joined if fate < 0.2 else None,
        "until": left if fate > 0.95 else None,
        "version": 1,
    }


def _person(chance: random.Random, number: int, now: datetime) -> Row:
    people = data("people")
    name = f"{chance.choice(people['first'])} {chance.choice(people['last'])}"
    return {"id": number, "name": name, **_keys(name), "note": "", "created_at": now, "version": 1}


def _keys(name: str) -> Row:
    return {"sort_key": sort_key(name), "search_key": search_key(name), "loose_key": loose_key(name)}


def _post(chance: random.Random, number: int, organisation_id: int, kinds: dict[int, OrganisationKind]) -> Row:
    """Who is at an outlet is a journalist."""
    is_journalist = kinds[organisation_id] is OrganisationKind.OUTLET
    return {
        "person_id": number,
        "organisation_id": organisation_id,
        "title": chance.choice(data("people")["titles"]),
        "kind": PostKind.JOURNALIST if is_journalist else PostKind.EMPLOYEE,
        "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
        "version": 1,
    }


def _contact_point(number: int) -> Row:
    """A phone and an address for each; the numbers are of the series that are printed as examples, over and over."""
    person, is_phone = (number + 1) // 2, number % 2 == 1
    written = f"4061{person % 10_000:04}" if is_phone else f"person{person}@kulturhus.example"
    return {
        "person_id": person,
        "kind": ContactKind.PHONE if is_phone else ContactKind.EMAIL,
        "raw": written,
        "normalised": f"+47{written}" if is_phone else written,
        "is_valid": True,
        "label": "",
        "version": 1,
    }


def _case(chance: random.Random, number: int, houses: list[int], persons: range, at: datetime) -> Row:
    """One in twenty from somebody nobody knows; one in a hundred open."""
    what = " ".join(chance.choices(WORDS, k=12))
    return {
        "id": number,
        "organisation_id": chance.choice(houses) if chance.random() < 0.95 else None,
        "person_id": chance.choice(persons) if chance.random() < 0.5 else None,
        "caller": "",
        "what": what,
        "channel": chance.choice((Channel.PHONE, Channel.EMAIL)),
        "received_at": at,
        "received_quality": TimeQuality.EXACT,
        "closed_at": None if chance.random() < 0.01 else at + timedelta(minutes=30),
        "responsible_id": 1,
        "created_at": at,
        "version": 1,
    }


def _inquiry(chance: random.Random, number: int, outlets: list[int], persons: range, at: datetime) -> Row:
    return {
        "id": number,
        "outlet_id": chance.choice(outlets),
        "journalist_id": chance.choice(persons),
        "medium": chance.choice(tuple(Medium)),
        "question": " ".join(chance.choices(WORDS, k=12)),
        "channel": Channel.PHONE,
        "received_at": at,
        "received_quality": TimeQuality.EXACT,
        "closed_at": at + timedelta(hours=2),
        "responsible_id": 1,
        "created_at": at,
        "version": 1,
    }


def _message(chance: random.Random, number: int, inquiry_id: int, at: datetime) -> Row:
    return {
        "id": number,
        "inquiry_id": inquiry_id,
        "direction": Direction.OUTBOUND,
        "channel": MessageChannel.EMAIL,
        "author": Author.HUMAN,
        "is_holding": False,
        "at": at,
        "quality": TimeQuality.EXACT,
        "text": " ".join(chance.choices(WORDS, k=20)),
        "user_id": 1,
        "version": 1,
    }


def _meeting(number: int, body_id: int, at: datetime) -> Row:
    return {
        "id": number,
        "kind": EventKind.BODY_MEETING,
        "body_id": body_id,
        "title": f"Møte {number}",
        "starts_at": at,
        "place": "",
        "is_digital": False,
        "status": EventStatus.HELD,
        "cancelled_because": "",
        "minutes": "",
        "created_at": at,
        "version": 1,
    }


def _attendance(number: int, size: Size) -> Row:
    """As many at each meeting, nobody twice."""
    event, seat = 1 + (number - 1) % size.meetings, (number - 1) // size.meetings
    return {
        "event_id": event,
        "person_id": 1 + (event * 7 + seat) % size.persons,
        "status": AttendanceStatus.ATTENDED,
    }
