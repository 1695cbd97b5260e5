"""Who is worth comparing: groups that share a key, found by the database. Never everybody with everybody.

A group of many says nothing (a municipality's switchboard, the commonest name in the country) and is left out: those in it are
found by what fewer share. All limits are for the page's sake: nobody settles more than these in a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from typing import Any

from sqlalchemy import Subquery, and_, func, select, union_all
from sqlalchemy.orm import Session

from crm.likeness import domain_of
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, Post

Pair = tuple[int, int]

MOST_IN_GROUP = 6
MOST_WITH_A_BEGINNING = 40
MOST_GROUPS = 500
MOST_PAIRS = 20_000
_BEGINNING, _SHORT_BEGINNING, _OF_A_PERSON = 5, 2, 4


def organisation_pairs(session: Session) -> list[Pair]:
    """Pairs of one kind, the lower id first."""
    names = _organisation_names()
    beginning = func.substr(names.c.loose_key, 1, _BEGINNING)
    in_place = names.c.municipality_number + func.substr(names.c.loose_key, 1, _SHORT_BEGINNING)
    own = (ContactPoint.organisation_id, ContactPoint.normalised)
    groups = [
        _grouped(session, names.c.id, names.c.loose_key, MOST_IN_GROUP),
        _grouped(session, names.c.id, beginning, MOST_WITH_A_BEGINNING),
        _grouped(session, names.c.id, in_place, MOST_WITH_A_BEGINNING),
        _grouped(session, *own, MOST_IN_GROUP),
        _by_domain(session),
    ]
    kinds = dict(session.execute(select(Organisation.id, Organisation.kind)).all())
    pairs = _pairs(group for found in groups for group in found)
    alike = (pair for pair in pairs if kinds.get(pair[0]) == kinds.get(pair[1]) != OrganisationKind.OWN)
    return list(islice(alike, MOST_PAIRS))


def person_pairs(session: Session) -> list[Pair]:
    """Of one name, with one number or address, or at one place with names that begin alike."""
    at_work = select(
        Post.person_id.label("id"),
        Post.organisation_id.label("at"),
        func.substr(Person.loose_key, 1, _OF_A_PERSON).label("beginning"),
    )
    working = at_work.join(Person, Person.id == Post.person_id).subquery()
    groups = [
        _grouped(session, Person.id, Person.loose_key, MOST_IN_GROUP),
        _grouped(session, ContactPoint.person_id, ContactPoint.normalised, MOST_IN_GROUP),
        _grouped(session, working.c.id, (working.c.at, working.c.beginning), MOST_IN_GROUP),
    ]
    return list(islice(_pairs(group for found in groups for group in found), MOST_PAIRS))


def _organisation_names() -> Subquery:
    """The merged ones have no key to be found by, and no other name any more."""
    own = select(Organisation.id, Organisation.municipality_number, Organisation.loose_key)
    others = select(Organisation.id, Organisation.municipality_number, OrganisationName.loose_key)
    together = others.join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    return union_all(own, together).subquery("names")


def _grouped(session: Session, who: Any, key: Any, most: int) -> list[set[int]]:
    """Those who share the key, in groups of two to `most`. Two questions: which keys, and who has them."""
    keys = key if isinstance(key, tuple) else (key,)
    count = func.count(func.distinct(who))
    shared = (
        select(*(each.label(f"key_{place}") for place, each in enumerate(keys)))
        .where(who.is_not(None), *(each.is_not(None) for each in keys), keys[-1] != "")
        .group_by(*keys)
        .having(count.between(2, most))
        .limit(MOST_GROUPS)
        .subquery("shared")
    )
    same = and_(*(each == shared.c[f"key_{place}"] for place, each in enumerate(keys)))
    found: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for row in session.execute(select(who, *keys).join(shared, same).where(who.is_not(None))):
        found[tuple(row[1:])].add(row[0])
    return list(found.values())


def _by_domain(session: Session) -> list[set[int]]:
    """A web address is written in too many ways for the database; those of all houses are a few thousand short texts."""
    found: dict[str, set[int]] = defaultdict(set)
    for house, website in session.execute(
        select(Organisation.id, Organisation.website).where(Organisation.website != "")
    ):
        found[domain_of(website or "")].add(house)
    owner = ContactPoint.organisation_id
    emails = select(owner, ContactPoint.normalised).where(owner.is_not(None), ContactPoint.kind == ContactKind.EMAIL)
    for house_id, email in session.execute(emails):
        found[(email or "").rpartition("@")[2]].add(house_id or 0)
    return [houses for domain, houses in found.items() if domain and 2 <= len(houses) <= MOST_IN_GROUP][:MOST_GROUPS]


def _pairs(groups: Iterable[set[int]]) -> Iterator[Pair]:
    yield from dict.fromkeys(pair for group in groups for pair in combinations(sorted(group), 2))
