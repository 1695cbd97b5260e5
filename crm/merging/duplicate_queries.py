"""Pairs that look like one, for somebody to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context, Database
from crm.likeness import Likeness, organisations_alike, persons_alike
from crm.members.places import municipalities, municipality
from crm.members.selects import named_organisations
from crm.merging.blocks import Pair, organisation_pairs, person_pairs
from crm.merging.traits import organisation_traits, person_traits
from crm.names import search_forms, stripped_name
from crm.people.selects import named_persons
from crm.permissions import Permission
from db.models.merging import NotTheSame
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import Person, Post

AT_MOST = 30

Alike = tuple[tuple[Pair, Likeness], ...]


@dataclass(frozen=True)
class Lookalike:
    """`where` is a house's municipality, or where a person works or worked; "" where nobody knows."""

    id: int
    name: str
    where: str
    kind: OrganisationKind | None = None


@dataclass(frozen=True)
class Duplicate:
    one: Lookalike
    other: Lookalike
    likeness: Likeness


@dataclass(frozen=True)
class Duplicates:
    """The surest first; `more`: there are others, which come when these are settled."""

    pairs: list[Duplicate]
    more: bool


def duplicate_organisations(ctx: Context, limit: int = AT_MOST) -> Duplicates:
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        apart = _apart(session, NotTheSame.organisation_id, NotTheSame.other_organisation_id)
        found = [each for each in _alike_organisations(ctx.database, ctx.data_version()) if each[0] not in apart]
        known = _organisations(session, {each for pair, _ in found[:limit] for each in pair})
        return _shown(found, known, limit)


def duplicate_persons(ctx: Context, limit: int = AT_MOST) -> Duplicates:
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        apart = _apart(session, NotTheSame.person_id, NotTheSame.other_person_id)
        found = [each for each in _alike_persons(ctx.database, ctx.data_version()) if each[0] not in apart]
        known = _persons(session, {each for pair, _ in found[:limit] for each in pair})
        return _shown(found, known, limit)


def find_other_organisations(ctx: Context, organisation_id: int, typed: str, limit: int = 7) -> list[Lookalike]:
    """Of the same kind, by any word of a name: those that nobody but a colleague knows to be one."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        forms = search_forms(typed)
        if not forms:
            return []
        kind = select(Organisation.kind).where(Organisation.id == organisation_id).scalar_subquery()
        query = select(Organisation.id).where(
            *named_organisations(session, forms), Organisation.kind == kind, Organisation.id != organisation_id
        )
        ids = session.scalars(query.order_by(Organisation.sort_key).limit(limit)).all()
        known = _organisations(session, ids)
        return [known[each] for each in ids]


def find_other_persons(ctx: Context, person_id: int, typed: str, limit: int = 7) -> list[Lookalike]:
    """By any word of the name."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        forms = search_forms(typed)
        if not forms:
            return []
        query = select(Person.id).where(*named_persons(session, forms), Person.id != person_id)
        ids = session.scalars(query.order_by(Person.sort_key).limit(limit)).all()
        known = _persons(session, ids)
        return [known[each] for each in ids]


@cache
def places() -> frozenset[str]:
    """The names of municipalities, which say nothing about a house."""
    return frozenset(stripped_name(place.name) for place in municipalities())


# Kept until something changes: among 200,000 persons looking takes seconds, and each answer to a pair draws the page anew.
@lru_cache(maxsize=4)
def _alike_organisations(database: Database, _version: int) -> Alike:
    with database.reading() as session:
        pairs = organisation_pairs(session)
        traits = organisation_traits(session, {each for pair in pairs for each in pair})
    return _alike(pairs, traits, lambda one, other: organisations_alike(one, other, places()))


@lru_cache(maxsize=4)
def _alike_persons(database: Database, _version: int) -> Alike:
    with database.reading() as session:
        pairs = person_pairs(session)
        traits = person_traits(session, {each for pair in pairs for each in pair})
    return _alike(pairs, traits, persons_alike)


def _alike(pairs: Iterable[Pair], traits: Mapping[int, Any], compared: Callable[[Any, Any], Likeness | None]) -> Alike:
    found = []
    for one, other in pairs:
        if one in traits and other in traits:
            likeness = compared(traits[one], traits[other])
            if likeness is not None:
                found.append(((one, other), likeness))
    return tuple(sorted(found, key=lambda each: (not each[1].is_sure, -len(each[1].reasons), each[0])))


def _shown(found: Sequence[tuple[Pair, Likeness]], known: Mapping[int, Lookalike], limit: int) -> Duplicates:
    pairs = [Duplicate(known[one], known[other], likeness) for (one, other), likeness in found[:limit]]
    return Duplicates(pairs, more=len(found) > limit)


def _apart(session: Session, one: Any, other: Any) -> set[Pair]:
    rows = session.execute(select(one, other).where(one.is_not(None)))
    return {(min(pair), max(pair)) for pair in map(tuple, rows)}


def _organisations(session: Session, ids: Collection[int]) -> dict[int, Lookalike]:
    columns = (Organisation.id, Organisation.name, Organisation.municipality_number, Organisation.kind)
    return {
        row.id: Lookalike(row.id, row.name, place_words(row.municipality_number), row.kind)
        for row in session.execute(select(*columns).where(Organisation.id.in_(ids)))
    }


def _persons(session: Session, ids: Collection[int]) -> dict[int, Lookalike]:
    houses = workplaces(session, ids)
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: Lookalike(row.id, row.name, ", ".join(houses.get(row.id, []))) for row in rows}


def workplaces(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the places where each works or worked, the latest post first."""
    query = (
        select(Post.person_id, Organisation.name)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id.in_(person_ids))
        .order_by(Post.until.is_not(None), Post.until.desc(), Post.id.desc())
    )
    found: dict[int, list[str]] = {}
    for person_id, name in session.execute(query):
        names = found.setdefault(person_id, [])
        if name not in names:
            names.append(name)
    return found


def place_words(number: str | None) -> str:
    place = municipality(number)
    return place.shown if place else number or ""
