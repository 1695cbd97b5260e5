"""Who may be on the phone: pairs of organisation and person, best first, from a scrap of a name or a number.

Each look is one query with a limit over the stored keys. Reading those of 10,000 organisations through costs some milliseconds, so
the beginning of a name (an index) is asked for first and the rest only when there is room left; of persons, and of whoever has a
number or an address, only those whom the search index names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from crm.contact_details import phone_digits, read_phones
from crm.members.rules import is_member_on
from crm.names import search_forms
from crm.people.contacts import in_use_on
from crm.people.facets import NUMBER
from crm.people.rules import held_on
from crm.people.selects import MOST_COMPARED, found_named, found_reached_by, scrap_of, some_of
from crm.word_index import Named, found_with, named_like, part_of
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, PersonName, Post
from db.wording import unindexed

FEWEST_LETTERS = 2  # Ål, Ås and Bø are whole names
FEWEST_DIGITS = 3
MOST_OF_MANY = 100
FEW_HOUSES = 2  # with no more than these found, there is room for the people who work there
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()./+-]*")
_LOOSELY = 5

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, order=True)
class Candidate:
    """Sorts best first: how well the name fits, members before others, houses before persons, the alphabet."""

    rank: int
    is_stranger: bool
    is_person: bool
    sort_key: str
    organisation_id: int | None
    person_id: int | None

    @property
    def pair(self) -> Pair:
        return self.organisation_id, self.person_id


def callers_found(session: Session, typed: str, on: date, limit: int) -> list[Pair]:
    """(organisation, person) pairs without repetition. Whoever owns a whole number comes first, whatever else is typed."""
    address = next((word for word in typed.split() if "@" in word), None)
    if address is not None:
        return list(dict.fromkeys(_reached_by(session, ContactKind.EMAIL, scrap_of(address), on, limit)))
    digits = phone_digits(typed)
    words = _NUMBER.sub(" ", typed) if digits else typed
    pairs = dict.fromkeys(_owners(session, [phone.e164 for phone in read_phones(typed) if phone.e164], on, limit))
    if len("".join(words.split())) >= FEWEST_LETTERS:
        pairs |= dict.fromkeys(_named(session, words, on, limit))
    if len(digits) >= FEWEST_DIGITS and len(pairs) < limit:
        pairs |= dict.fromkeys(_reached_by(session, ContactKind.PHONE, digits, on, limit))
    return list(pairs)[:limit]


def _named(session: Session, words: str, on: date, limit: int) -> Iterator[Pair]:
    forms = search_forms(words)
    if not forms:
        return
    houses = sorted(_houses(session, forms, on, limit))
    found = sorted([*houses, *_persons(session, forms, on, limit)])[:limit]
    yield from (one.pair for one in found)
    if len(found) < limit:
        yield from _people_of(session, [house.pair[0] for house in houses[:FEW_HOUSES]], on, limit)
        if len(forms[0].split()) > 1:
            yield from _across(session, forms, on, limit)


def _houses(session: Session, forms: tuple[str, ...], on: date, limit: int) -> Iterator[Candidate]:
    own = select(Organisation.id, Organisation.sort_key, _is_stranger(on), _rank(Organisation, forms))
    former = own.with_only_columns(
        Organisation.id, Organisation.sort_key, _is_stranger(on), _rank(OrganisationName, forms)
    ).join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    for table, query in ((Organisation, own), (OrganisationName, former)):
        ours = query.where(Organisation.kind != OrganisationKind.OWN)
        for row in _best(session, ours, table, forms, limit):
            yield Candidate(row.rank, bool(row.stranger), False, row.sort_key, row.id, None)


def _persons(session: Session, forms: tuple[str, ...], on: date, limit: int) -> Iterator[Candidate]:
    found = _best(session, _persons_by(Person, forms, on), Person, forms, limit)
    # Other names are few: one question is enough.
    others = _persons_by(PersonName, forms, on).where(named_like(PersonName, forms)).order_by("rank", "stranger")
    for row in (*found, *session.execute(others.limit(limit))):
        yield Candidate(row.rank, bool(row.stranger), True, row.sort_key, row.organisation_id, row.id)


def _persons_by(
    table: type[Person] | type[PersonName], forms: tuple[str, ...], on: date
) -> Select[int, str, int, bool, int]:
    query = (
        select(Person.id, Person.sort_key, Post.organisation_id, _is_stranger(on), _rank(table, forms))
        .outerjoin(Post, and_(Post.person_id == Person.id, held_on(on)))
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
    )
    return query if table is Person else query.join(PersonName, PersonName.person_id == Person.id)


def _best(session: Session, query: Any, table: Named, forms: tuple[str, ...], limit: int) -> list[Any]:
    """The best `limit` rows: those whose name begins so, through the index; all others only when these are too few."""
    ordered = query.order_by("rank", "stranger").limit(limit)
    beginning = session.execute(ordered.where(table.id.in_(_beginning(table, forms)))).all()
    if len(beginning) >= limit:
        return list(beginning)
    narrowed = some_of(found_named(session, forms)) if table is Person else []
    return list(session.execute(ordered.where(named_like(table, forms), *narrowed)).all())


def _beginning(table: Named, forms: tuple[str, ...]) -> CompoundSelect[int]:
    """Ids, from ranges of the two indexes: the whole name comes first in each. `\uffff` comes after all letters."""
    ranges = ((table.search_key, forms[0]), (table.loose_key, forms[-1]))
    begun = (select(table.id).where(key.between(form, form + "\uffff")).order_by(key) for key, form in ranges)
    return union_all(*(select(some.limit(MOST_COMPARED).subquery().c.id) for some in begun))


def _rank(table: Named, forms: tuple[str, ...]) -> ColumnElement[int]:
    """The steps of `crm.names.match_rank`, in SQL: the limit must keep the best and not the first."""
    steps: list[tuple[ColumnElement[bool], int]] = []
    for form, column, worse in ((forms[0], table.search_key, 0), (forms[-1], table.loose_key, _LOOSELY)):
        steps += [
            (column == form, worse),
            (column.startswith(form), worse + 1),
            (column.contains(f" {form}"), worse + 2),
            (column.contains(form), worse + 3),
            (and_(*(column.contains(word) for word in form.split())), worse + 4),
        ]
    return case(*steps, else_=2 * _LOOSELY).label("rank")


def _across(session: Session, forms: tuple[str, ...], on: date, limit: int) -> Iterator[Pair]:
    """`kari fjord`: each word in the person's name or in the house's. The index has the two together."""
    words = forms[-1].split()
    query = (
        select(Post.organisation_id, Post.person_id, Person.sort_key)
        .join(Person, Person.id == Post.person_id)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(held_on(on))
        .where(*(or_(part_of(Person.loose_key, word), part_of(Organisation.loose_key, word)) for word in words))
        .where(*some_of(found_with(session, NUMBER, forms[0].split())))
        .limit(MOST_COMPARED)
    )
    rows = sorted(session.execute(query), key=lambda row: (row.sort_key, row.person_id))
    yield from ((row.organisation_id, row.person_id) for row in rows[:limit])


def _people_of(session: Session, houses: Iterable[int | None], on: date, limit: int) -> Iterator[Pair]:
    query = (
        select(Post.organisation_id, Post.person_id)
        .join(Person, Person.id == Post.person_id)
        .where(Post.organisation_id.in_([house for house in houses if house]), held_on(on))
        .order_by(Person.sort_key)
        .limit(limit)
    )
    yield from ((row.organisation_id, row.person_id) for row in session.execute(query))


def _owners(session: Session, numbers: list[str], on: date, limit: int) -> Iterator[Pair]:
    if numbers:
        yield from _who_has(session, ContactKind.PHONE, [ContactPoint.normalised.in_(numbers)], on, limit)


def _reached_by(session: Session, kind: ContactKind, scrap: str, on: date, limit: int) -> Iterator[Pair]:
    """Of a scrap that many numbers have, or many people's, a few soon answer; of the others the index names who can."""
    answers = ContactPoint.normalised.contains(scrap, autoescape=True)
    people = found_reached_by(session, scrap)
    if people is None or not people.are_few:
        some = select(ContactPoint.id).where(ContactPoint.kind == kind, in_use_on(on), answers).limit(MOST_OF_MANY)
        yield from _who_has(session, kind, [ContactPoint.id.in_(some)], on, limit)
    else:
        theirs = ContactPoint.person_id.in_(people.ids.limit(MOST_COMPARED))
        few = [answers, or_(theirs, ContactPoint.organisation_id > 0)]  # of organisations there are not many
        yield from _who_has(session, kind, few, on, limit)


def _who_has(
    session: Session, kind: ContactKind, which: list[ColumnElement[bool]], on: date, limit: int
) -> Iterator[Pair]:
    query = (
        select(func.coalesce(ContactPoint.organisation_id, Post.organisation_id), ContactPoint.person_id)
        .outerjoin(Post, and_(Post.person_id == ContactPoint.person_id, held_on(on)))
        .where(ContactPoint.kind == kind, in_use_on(on), *which)
        .order_by(unindexed(ContactPoint.normalised), ContactPoint.id)
        .limit(limit)
    )
    yield from ((row[0], row[1]) for row in session.execute(query))


def _is_stranger(on: date) -> ColumnElement[bool]:
    return (~is_member_on(on)).label("stranger")
