"""What a colleague looks up about persons: above all, who is calling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm.contact_details import read_phone
from crm.context import Context
from crm.members.places import municipality
from crm.people.callers import Pair, callers_found
from crm.people.contacts import in_use_on
from crm.permissions import Permission
from db.models.organisations import Organisation
from db.models.people import ContactKind, ContactPoint, Person


@dataclass(frozen=True)
class CallerHit:
    """A house, a person, or a person at a house. Texts are "" where there is nothing to say.

    `phone` is the person's number when there is a person, else the house's, as it is shown.
    """

    organisation_id: int | None
    person_id: int | None
    house: str
    place: str
    person: str
    phone: str

    @property
    def key(self) -> str:
        """Short and stable, for what remembers the choice: `12-0` is house 12 without a person."""
        return f"{self.organisation_id or 0}-{self.person_id or 0}"


def find_callers(ctx: Context, typed: str, limit: int = 7) -> list[CallerHit]:
    """Best first: three letters of a name it has or had, a person there, or the digits of a number in any notation.

    Exact before beginning before beginning of a word before inside; members before others; `alesund` finds Ålesund.
    Fewer than two letters and fewer than three digits find nothing.
    """
    with ctx.read(Permission.SEE_RECORDS) as session:
        pairs = callers_found(session, typed, ctx.today, limit)
        return _cards(session, pairs, ctx.today)


def caller_card(ctx: Context, organisation_id: int | None, person_id: int | None) -> CallerHit | None:
    """The same for a pair that is known already; None when neither is there (any more)."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        pairs = [(organisation_id, person_id)]
        return next((hit for hit in _cards(session, pairs, ctx.today) if hit.house or hit.person), None)


def _cards(session: Session, pairs: list[Pair], today: date) -> list[CallerHit]:
    houses = {pair[0] for pair in pairs if pair[0] is not None}
    people = {pair[1] for pair in pairs if pair[1] is not None}
    if not houses and not people:
        return []
    of_houses = select(Organisation.id, Organisation.name, Organisation.municipality_number)
    rows = {row.id: row for row in session.execute(of_houses.where(Organisation.id.in_(houses)))}
    of_people = select(Person.id, Person.name).where(Person.id.in_(people))
    names = {row.id: row.name for row in session.execute(of_people)}
    phones = _phones(session, houses, people, today)
    return [_card(pair, rows, names, phones) for pair in pairs]


def _card(pair: Pair, rows: dict[int, Any], names: dict[int, str], phones: dict[Pair, str]) -> CallerHit:
    house_id, person_id = pair
    house = rows.get(house_id) if house_id is not None else None
    place = municipality(house.municipality_number) if house is not None else None
    return CallerHit(
        organisation_id=house_id,
        person_id=person_id,
        house=house.name if house is not None else "",
        place=place.shown if place else "",
        person=names.get(person_id, "") if person_id is not None else "",
        phone=phones.get((None, person_id) if person_id is not None else (house_id, None), ""),
    )


def _phones(session: Session, houses: set[int], people: set[int], today: date) -> dict[Pair, str]:
    """The first number in use of each."""
    query = (
        select(ContactPoint.organisation_id, ContactPoint.person_id, ContactPoint.raw)
        .where(ContactPoint.kind == ContactKind.PHONE, in_use_on(today))
        .where(or_(ContactPoint.organisation_id.in_(houses), ContactPoint.person_id.in_(people)))
        .order_by(ContactPoint.id.desc())
        .limit(500)
    )
    return {(row.organisation_id, row.person_id): read_phone(row.raw).shown for row in session.execute(query)}
