"""The tables behind the two kinds of selections, and everybody in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.errors import Refused
from crm.selections.wanted import Wanted, ids_in_any_order
from db.models.lists import ListedKind
from db.models.organisations import Organisation
from db.models.people import Person

MOST_AT_ONCE = 20_000


def id_and_name(kind: ListedKind) -> tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]]:
    return (Person.id, Person.name) if kind is ListedKind.PERSON else (Organisation.id, Organisation.name)


def placed_by(kind: ListedKind) -> tuple[InstrumentedAttribute[str], InstrumentedAttribute[int]]:
    return (Person.sort_key, Person.id) if kind is ListedKind.PERSON else (Organisation.sort_key, Organisation.id)


def everybody(session: Session, wanted: Wanted, today: date) -> Sequence[int]:
    """All ids, by name. Refused with "selection_too_large" where there are more than MOST_AT_ONCE."""
    sort_key, row_id = placed_by(wanted.kind)
    some = ids_in_any_order(wanted, today).limit(MOST_AT_ONCE + 1)
    found = session.scalars(select(row_id).where(row_id.in_(some)).order_by(sort_key, row_id)).all()
    if len(found) > MOST_AT_ONCE:
        raise Refused("selection_too_large", most=MOST_AT_ONCE)
    return found
