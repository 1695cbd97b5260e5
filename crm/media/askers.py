"""Finding who asks while their name is typed: journalists with their outlet, and outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from crm.media.steps import last_outlet
from crm.members.selects import named_organisations
from crm.names import match_rank, search_forms
from crm.people.rules import held_on
from crm.people.selects import found_named, some_of
from crm.word_index import named_like
from db.models.cases import Inquiry, Medium
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import Person, Post, PostKind

FEWEST_LETTERS = 2
CANDIDATES = 200  # ranked in Python; more than these are narrowed by typing on


@dataclass(frozen=True)
class OutletHit:
    """`medium` as the last inquiry from there had it."""

    id: int
    name: str
    medium: Medium | None


@dataclass(frozen=True)
class JournalistHit:
    """With the outlet they last asked for; None for one nobody has placed."""

    id: int
    name: str
    outlet: OutletHit | None


def outlets_found(session: Session, typed: str, limit: int) -> list[OutletHit]:
    forms = _forms(typed)
    if not forms:
        return []
    is_one = Organisation.kind == OrganisationKind.OUTLET
    query = select(Organisation.id, Organisation.name).where(is_one, *named_organisations(session, forms))
    rows = session.execute(query.order_by(Organisation.sort_key).limit(CANDIDATES)).all()
    best = _best([(row.id, row.name) for row in rows], typed, limit)
    return _outlets(session, [outlet_id for outlet_id, _ in best])


def journalists_found(session: Session, typed: str, on: date, limit: int) -> list[JournalistHit]:
    """Those who hold a post as a journalist, or have asked us before, hold no other post now and never stopped as one."""
    forms = _forms(typed)
    if not forms:
        return []
    some = some_of(found_named(session, forms))
    query = select(Person.id, Person.name).where(named_like(Person, forms), *some, _is_journalist(on))
    rows = session.execute(query.order_by(Person.sort_key).limit(CANDIDATES)).all()
    best = _best([(row.id, row.name) for row in rows], typed, limit)
    outlet_ids = {person_id: last_outlet(session, person_id, on) for person_id, _ in best}
    outlets = {outlet.id: outlet for outlet in _outlets(session, [found for found in outlet_ids.values() if found])}
    return [JournalistHit(key, name, outlets.get(outlet_ids[key] or 0)) for key, name in best]


def journalists_at(session: Session, outlet_id: int, on: date, limit: int) -> list[JournalistHit]:
    query = (
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(Post.organisation_id == outlet_id, Post.kind == PostKind.JOURNALIST, held_on(on))
        .distinct()
        .limit(limit)
    )
    outlet = next(iter(_outlets(session, [outlet_id])), None)
    return [JournalistHit(row.id, row.name, outlet) for row in session.execute(query)]


def outlets_in_use(session: Session, limit: int) -> list[tuple[int, str]]:
    """Those that have asked us, by name, for the list's filter."""
    asked = select(Inquiry.outlet_id).where(Inquiry.outlet_id.is_not(None)).distinct()
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(asked))
    return [(row.id, row.name) for row in session.execute(query.order_by(Organisation.sort_key).limit(limit))]


def _outlets(session: Session, ids: Sequence[int]) -> list[OutletHit]:
    names = dict(session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))).all())
    latest = (
        select(func.max(Inquiry.id))
        .where(Inquiry.outlet_id.in_(ids), Inquiry.medium.is_not(None))
        .group_by(Inquiry.outlet_id)
    )
    media = dict(session.execute(select(Inquiry.outlet_id, Inquiry.medium).where(Inquiry.id.in_(latest))).all())
    return [OutletHit(key, names[key], media.get(key)) for key in ids if key in names]


def _forms(typed: str) -> tuple[str, ...]:
    """() of too little to look for."""
    forms = search_forms(typed)
    return forms if forms and len(forms[0].replace(" ", "")) >= FEWEST_LETTERS else ()


def _best(rows: Iterable[tuple[int, str]], typed: str, limit: int) -> list[tuple[int, str]]:
    """Stable, so that equally good ones stay in the alphabet's order."""
    return sorted(rows, key=lambda row: _rank(typed, row[1]))[:limit]


def _rank(typed: str, name: str) -> int:
    rank = match_rank(typed, name)
    return 10 if rank is None else rank


def _is_journalist(on: date) -> ColumnElement[bool]:
    posts = select(Post.id).where(Post.person_id == Person.id)
    as_journalist = posts.where(Post.kind == PostKind.JOURNALIST)
    other_or_over = posts.where(or_(held_on(on), and_(Post.kind == PostKind.JOURNALIST, Post.until < on)))
    asked = select(Inquiry.id).where(Inquiry.journalist_id == Person.id)
    return as_journalist.where(held_on(on)).exists() | (asked.exists() & ~other_or_over.exists())
