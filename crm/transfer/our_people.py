"""The persons that some row of a list could mean, with all that is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.likeness import PersonTraits
from crm.names import search_key
from crm.transfer.people_matching import KnownPerson, PersonIndex
from crm.transfer.person_changes import PersonDetails
from crm.transfer.rows import PersonRow, PostRow
from db.models.people import ContactChannel, ContactKind, ContactPoint, DoNotContact, Person, PersonName, Post

AT_ONCE = 1_000
Item = TypeVar("Item")


@dataclass
class _Found:
    """A person while what is known of her is gathered."""

    known: KnownPerson
    search_key: str
    note: str
    languages: str
    other_names: list[str] = field(default_factory=list)
    contacts: set[tuple[str, str]] = field(default_factory=set)
    posts: dict[str, list[PostRow]] = field(default_factory=lambda: defaultdict(list))
    do_not_contact: set[ContactChannel] = field(default_factory=set)

    @property
    def traits(self) -> PersonTraits:
        return PersonTraits(
            (self.known.name, *self.other_names),
            frozenset(key for kind, key in self.contacts if kind == ContactKind.EMAIL.value),
            frozenset(key for kind, key in self.contacts if kind == ContactKind.PHONE.value),
            frozenset(self.posts),
        )


def load_people(
    session: Session, rows: Sequence[PersonRow], before: Mapping[str, int]
) -> tuple[PersonIndex, dict[int, PersonDetails]]:
    """`before` has the persons that rows of earlier imports became, by the row's digest."""
    index = PersonIndex()
    found = {person.known.person: person for person in _load(session, index, _likely(session, rows, before))}
    for digest, person in before.items():
        if person in found:
            index.add_imported(digest, found[person].known)
    return index, {
        number: PersonDetails(
            contacts=frozenset(person.contacts),
            posts={house: tuple(posts) for house, posts in person.posts.items()},
            names=frozenset(map(search_key, (person.known.name, *person.other_names))),
            note=person.note,
            languages=person.languages,
            do_not_contact=frozenset(person.do_not_contact),
        )
        for number, person in found.items()
        if number is not None
    }


def _likely(session: Session, rows: Sequence[PersonRow], before: Mapping[str, int]) -> list[int]:
    names = {name for row in rows for name in _turned(row.keys.loose_key)}
    reached = {key for row in rows for kind in (ContactKind.EMAIL, ContactKind.PHONE) for key in row.keys_of(kind)}
    found = set(before.values())
    found.update(_asked(session, Person.id, Person.loose_key, names))
    found.update(_asked(session, PersonName.person_id, PersonName.loose_key, names))
    found.update(_asked(session, ContactPoint.person_id, ContactPoint.normalised, reached))
    return sorted(found)


def _turned(key: str) -> Iterator[str]:
    """As it stands, with the first name last, and with the last name first."""
    words = key.split()
    yield key
    if len(words) > 1:
        yield " ".join((*words[1:], words[0]))
        yield " ".join((words[-1], *words[:-1]))


def _asked(
    session: Session, wanted: InstrumentedAttribute[Any], column: InstrumentedAttribute[Any], keys: Collection[str]
) -> Iterator[int]:
    for some in _portions(sorted(keys)):
        query = select(wanted).where(column.in_(some), wanted.is_not(None))
        yield from session.scalars(query)


def _load(session: Session, index: PersonIndex, ids: Sequence[int]) -> Iterator[_Found]:
    columns = (Person.id, Person.name, Person.search_key, Person.note, Person.languages)
    for some in _portions(ids):
        found: dict[int, _Found] = {}
        for number, name, key, note, languages in session.execute(select(*columns).where(Person.id.in_(some))):
            found[number] = _Found(KnownPerson(name, person=number), key, note, languages)
        others = select(PersonName.person_id, PersonName.name).where(PersonName.person_id.in_(found))
        for person, name in session.execute(others):
            found[person].other_names.append(name)
        _add_contacts(session, found)
        _add_posts(session, found)
        for person, channel in session.execute(
            select(DoNotContact.person_id, DoNotContact.channel).where(DoNotContact.person_id.in_(found))
        ):
            found[person].do_not_contact.add(channel)
        for person_found in found.values():
            index.add(person_found.known, person_found.search_key, person_found.traits)
            yield person_found


def _add_contacts(session: Session, found: dict[int, _Found]) -> None:
    """An old number still tells who somebody is."""
    columns = (ContactPoint.person_id, ContactPoint.kind, ContactPoint.raw, ContactPoint.normalised)
    for number, kind, raw, normalised in session.execute(select(*columns).where(ContactPoint.person_id.in_(found))):
        found[number or 0].contacts.add((kind.value, normalised or search_key(raw) or raw))


def _add_posts(session: Session, found: dict[int, _Found]) -> None:
    columns = (Post.person_id, Post.organisation_id, Post.title, Post.kind, Post.since, Post.until)
    for number, house, title, kind, since, until in session.execute(select(*columns).where(Post.person_id.in_(found))):
        found[number].posts[f"house:{house}"].append(PostRow(title, kind, since, until))


def _portions(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
