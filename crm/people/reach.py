"""How many people or organisations are reached at once: the first number or address in use of each, and who wants none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.contact_details import read_phone
from crm.people.contacts import in_use_on
from db.models.people import AddressUse, ContactChannel, ContactKind, ContactPoint, DoNotContact

# Both databases take more parameters in one question, but neither is quicker with them.
IDS_AT_A_TIME = 1_000

_IN_PAIRS = re.compile(r"\+47[2-79][0-9]{7}")

_FOR_LETTERS_FIRST = case(
    (ContactPoint.address_use == AddressUse.POSTAL, 0), (ContactPoint.address_use == AddressUse.VISITING, 2), else_=1
)


@dataclass(frozen=True, slots=True)
class Reach:
    """As it was written, and as it is compared; `key` None when it could not be read."""

    raw: str
    key: str | None


def first_in_use(
    session: Session, kind: ContactKind, owner: InstrumentedAttribute[int | None], ids: Sequence[int], *, on: date
) -> dict[int, Reach]:
    """By owner's id: the oldest one that can be read and is still in use on the day, else the oldest in use.

    Of addresses, one for letters comes before one that nobody said the use of, and that before one to visit.
    `owner` is `ContactPoint.person_id` or `ContactPoint.organisation_id`. Who has none is not there.
    """
    found: dict[int, Reach] = {}
    query = (
        select(owner, ContactPoint.raw, ContactPoint.normalised)
        .where(ContactPoint.kind == kind, in_use_on(on))
        .order_by(_FOR_LETTERS_FIRST, ContactPoint.is_valid.desc(), ContactPoint.id)
    )
    for some in in_portions(ids):
        for row in session.execute(query.where(owner.in_(some))):
            found.setdefault(row[0] or 0, Reach(row.raw, row.normalised))
    return found


def declining(session: Session, channel: ContactChannel, person_ids: Sequence[int]) -> set[int]:
    """Those of them who have asked not to be reached that way."""
    query = select(DoNotContact.person_id).where(DoNotContact.channel == channel)
    return {
        one
        for some in in_portions(person_ids)
        for one in session.scalars(query.where(DoNotContact.person_id.in_(some)))
    }


def shown_phone(reach: Reach) -> str:
    """As `read_phone` shows it. A Norwegian number of the usual kind is put in pairs here: reading 20,000 took ten seconds."""
    if reach.key and _IN_PAIRS.fullmatch(reach.key):
        digits = reach.key[3:]
        return " ".join(digits[place : place + 2] for place in range(0, 8, 2))
    return read_phone(reach.raw).shown


def in_portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + IDS_AT_A_TIME] for start in range(0, len(ids), IDS_AT_A_TIME))
