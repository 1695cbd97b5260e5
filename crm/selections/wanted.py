"""A selection as it is asked for: of whom, with which conditions, on which day. One form for table, address and log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select

from crm.errors import Refused
from crm.people.rules import held_on
from crm.records import stands_for_itself
from crm.selections.conditions import (
    About,
    Condition,
    InCounty,
    InMunicipality,
    Membership,
    OfKind,
    OwnedBy,
    PostOf,
    Quiet,
    WithTopic,
)
from crm.selections.of_itself import Declines, OnList, Reached, Tagged, id_of
from db.models.lists import ListedKind
from db.models.organisations import Organisation
from db.models.people import Person, Post
from db.wording import unindexed

# In the order they are asked and said.
CONDITIONS: dict[ListedKind, tuple[type[Condition], ...]] = {
    ListedKind.ORGANISATION: (
        OfKind,
        Membership,
        InCounty,
        InMunicipality,
        OwnedBy,
        WithTopic,
        Tagged,
        OnList,
        Reached,
        Quiet,
    ),
    ListedKind.PERSON: (
        PostOf,
        OfKind,
        Membership,
        InCounty,
        InMunicipality,
        Tagged,
        OnList,
        Reached,
        Declines,
    ),
}
# Of several, the one that most often names the fewest: its rows are gone through, and each is asked the rest.
_FEWEST_FIRST: tuple[type[Condition], ...] = (Declines, Reached, Tagged, OnList, WithTopic, Membership)
KIND, ON = "hvem", "per"
KINDS_IN_ADDRESS = {ListedKind.ORGANISATION: "organisasjoner", ListedKind.PERSON: "personer"}
_STORED_ON = "on"

One = TypeVar("One", bound=Condition)


@dataclass(frozen=True)
class Wanted:
    """`on` is the day that memberships and posts are judged by; None is the day somebody looks."""

    kind: ListedKind
    conditions: tuple[Condition, ...] = ()
    on: date | None = None

    def one(self, of: type[One]) -> One | None:
        return next((condition for condition in self.conditions if isinstance(condition, of)), None)

    def as_stored(self) -> dict[str, list[str]]:
        stored = {condition.word: list(condition.values) for condition in self.conditions}
        return stored | ({_STORED_ON: [self.on.isoformat()]} if self.on else {})

    def in_address(self) -> dict[str, str]:
        said = {condition.address: ",".join(condition.values) for condition in self.conditions}
        day = {ON: self.on.isoformat()} if self.on else {}
        return {KIND: KINDS_IN_ADDRESS[self.kind], **said, **day}


def from_stored(kind: ListedKind, stored: Mapping[str, Sequence[str]]) -> Wanted:
    """Refused with "selection_not_understood" for a word or a value that is none of ours."""
    known = {one.word: one for one in CONDITIONS[kind]}
    unknown = set(stored) - set(known) - {_STORED_ON}
    if unknown:
        raise Refused("selection_not_understood", condition=min(unknown))
    found = tuple(one(tuple(stored[word])) for word, one in known.items() if word in stored)
    return Wanted(kind, found, _day(stored[_STORED_ON][0]) if stored.get(_STORED_ON) else None)


def from_address(said: Mapping[str, str]) -> Wanted | None:
    """None when the address asks for no selection. Refused as `from_stored`; what an address holds besides is somebody else's."""
    kind = next((kind for kind, name in KINDS_IN_ADDRESS.items() if name == said.get(KIND)), None)
    if kind is None:
        return None
    asked = {one.word: said[one.address].split(",") for one in CONDITIONS[kind] if said.get(one.address)}
    return from_stored(kind, asked | ({_STORED_ON: [said[ON]]} if said.get(ON) else {}))


def where(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Conditions on the table of the kind. What is asked of a person's post and its place must hold for one and the same post."""
    of_post = of_its_post(wanted, today)
    if not of_post:
        return _of_itself(wanted, today)
    posts = select(Post.id).join(Organisation, Organisation.id == Post.organisation_id)
    held = posts.where(Post.person_id == Person.id, held_on(wanted.on or today), *of_post)
    return [held.exists(), *_of_itself(wanted, today)]


def ids_in_any_order(wanted: Wanted, today: date) -> Select[int]:
    """The same as a question that can stop early: of 200,000 persons the first thousand are found without looking at all."""
    row_id, candidates = id_of(wanted.kind), _candidates(wanted, today)
    if candidates is not None:
        few = candidates.subquery()
        return select(row_id).join(few, unindexed(few.c[0]) == row_id).where(*where(wanted, today)).distinct()
    if of_its_post(wanted, today):
        return _by_their_posts(wanted, today)
    return select(row_id).where(*where(wanted, today))


def _by_their_posts(wanted: Wanted, today: date) -> Select[int]:
    on, membership = wanted.on or today, wanted.one(Membership)
    # The organisations of a place are few, and so are their posts; of all employees there are, most are somewhere else.
    by_kind = wanted.one(PostOf) is not None and not (wanted.one(InCounty) or wanted.one(InMunicipality))
    # Or SQLite would go through all posts there are, and ask each for its organisation.
    place = Organisation.id if by_kind else unindexed(Organisation.id)
    posts = select(Post.person_id).join(Organisation, place == Post.organisation_id)
    people = posts.join(Person, Person.id == Post.person_id).where(held_on(on))
    members = membership.candidates(wanted.kind, on) if membership and not by_kind else None
    if members is not None:
        people = people.where(Organisation.id.in_(members))
    return people.where(*of_its_post(wanted, today, by_kind=by_kind), *_of_itself(wanted, today)).distinct()


def of_its_post(wanted: Wanted, today: date, *, by_kind: bool = False) -> list[ColumnElement[bool]]:
    """What is asked of a person's post, on `Post` joined with `Organisation`; [] when any person will do.

    `by_kind`: posts are to be found by their kind. Otherwise something else finds them, and each is asked what it is.
    """
    if wanted.kind is ListedKind.ORGANISATION:
        return []
    kind = wanted.one(PostOf)
    if kind is None or by_kind:
        return _those_about(wanted, {About.POST, About.ORGANISATION}, wanted.on or today)
    return [kind.among(unindexed(Post.kind)), *_those_about(wanted, {About.ORGANISATION}, wanted.on or today)]


def _of_itself(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    # Whoever became a part of another is reached there, also where the day asked about lies before.
    by_itself = stands_for_itself(Person if wanted.kind is ListedKind.PERSON else Organisation)
    return [by_itself, *_those_about(wanted, _about_itself(wanted.kind), wanted.on or today)]


def _those_about(wanted: Wanted, about: Iterable[About], on: date) -> list[ColumnElement[bool]]:
    return [condition.where(wanted.kind, on) for condition in wanted.conditions if condition.about in about]


def _candidates(wanted: Wanted, today: date) -> Select[int] | None:
    """Those that one of the conditions on the table itself names."""
    about = _about_itself(wanted.kind)
    asked = (wanted.one(one) for one in _FEWEST_FIRST if one.about in about)
    found = (one.candidates(wanted.kind, wanted.on or today) for one in asked if one is not None)
    return next((few for few in found if few is not None), None)


def _about_itself(kind: ListedKind) -> set[About]:
    return {About.ITSELF} if kind is ListedKind.PERSON else {About.ITSELF, About.ORGANISATION}


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise Refused("selection_not_understood", condition=_STORED_ON) from error
