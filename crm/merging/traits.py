"""What each can be recognised by, loaded for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.likeness import OrganisationTraits, PersonTraits
from crm.people.reach import in_portions
from crm.records import stands_for_itself
from db.models.merging import FormerNumber
from db.models.organisations import Organisation, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, PersonName, Post


def organisation_traits(session: Session, ids: Collection[int]) -> dict[int, OrganisationTraits]:
    """Without those that were merged."""
    columns = (Organisation.id, Organisation.name, Organisation.org_number, Organisation.municipality_number)
    query = select(*columns, Organisation.website).where(stands_for_itself(Organisation))
    others = _others(session, OrganisationName.organisation_id, OrganisationName.name, ids)
    numbers = _others(session, FormerNumber.organisation_id, FormerNumber.org_number, ids)
    reached = _reached(session, ContactPoint.organisation_id, ids)
    return {
        row.id: OrganisationTraits(
            names=(row.name, *others[row.id]),
            org_number=row.org_number,
            municipality_number=row.municipality_number,
            emails=frozenset(reached[row.id][ContactKind.EMAIL]),
            phones=frozenset(reached[row.id][ContactKind.PHONE]),
            website=row.website,
            former_numbers=frozenset(numbers[row.id]),
        )
        for row in _rows(session, query, Organisation.id, ids)
    }


def person_traits(session: Session, ids: Collection[int]) -> dict[int, PersonTraits]:
    """Without those that were merged."""
    query = select(Person.id, Person.name).where(stands_for_itself(Person))
    others = _others(session, PersonName.person_id, PersonName.name, ids)
    reached = _reached(session, ContactPoint.person_id, ids)
    workplaces = _others(session, Post.person_id, Post.organisation_id, ids)
    return {
        row.id: PersonTraits(
            names=(row.name, *others[row.id]),
            emails=frozenset(reached[row.id][ContactKind.EMAIL]),
            phones=frozenset(reached[row.id][ContactKind.PHONE]),
            workplaces=frozenset(workplaces[row.id]),
        )
        for row in _rows(session, query, Person.id, ids)
    }


def _rows(session: Session, query: Any, column: InstrumentedAttribute[Any], ids: Collection[int]) -> Iterator[Any]:
    for some in in_portions(sorted(ids)):
        yield from session.execute(query.where(column.in_(some)))


def _others(
    session: Session, owner: InstrumentedAttribute[int], what: InstrumentedAttribute[Any], ids: Collection[int]
) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for owner_id, value in _rows(session, select(owner, what), owner, ids):
        found[owner_id].append(value)
    return found


def _reached(
    session: Session, owner: InstrumentedAttribute[int | None], ids: Collection[int]
) -> defaultdict[int, dict[ContactKind, set[str]]]:
    found: defaultdict[int, dict[ContactKind, set[str]]] = defaultdict(lambda: defaultdict(set))
    query = select(owner, ContactPoint.kind, ContactPoint.normalised).where(ContactPoint.normalised.is_not(None))
    for owner_id, kind, normalised in _rows(session, query, owner, ids):
        found[owner_id][kind].add(normalised)
    return found
