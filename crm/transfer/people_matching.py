"""Which person a row of a list means: certainly, perhaps, or nobody we know.

`crm.likeness` says how alike two persons are. What is sure there is certain here: the same name together with an e-mail address, a
phone number or a place of work. So is a number of her own in the list she comes from, and a row that was imported before. What is
only perhaps is asked, and left out until somebody has answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crm.likeness import Likeness, PersonTraits, Reason, blocking_keys, persons_alike
from crm.transfer.matching import weight
from crm.transfer.rows import PersonRow
from db.models.people import ContactKind

MOST_CANDIDATES = 5
# A name or a number that more people than this have, such as a switchboard's, tells none of them from the others.
EVERYBODYS = 8


class Sign(StrEnum):
    """What makes a person certain that no comparing could."""

    IMPORTED_BEFORE = "imported_before"
    SAME_NUMBER = "same_number"  # in the list it comes from


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One of ours (`person`, its id) or an earlier row of the same file (`row`, its line)."""

    name: str
    person: int | None = None
    row: int | None = None
    source: str = ""

    @property
    def key(self) -> str:
        return f"person:{self.person}" if self.person is not None else f"row:{self.row}"


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    known: KnownPerson
    likeness: Likeness
    sign: Sign | None = None

    @property
    def is_certain(self) -> bool:
        return self.likeness.is_sure


def name_key(search_key: str) -> str:
    """The same for `Kari Nordmann` and `Nordmann Kari`."""
    return " ".join(sorted(search_key.split()))


@dataclass
class PersonIndex:
    """Persons by everything they can be recognised by. A look-up costs the same however many have the name or the number.

    `_sure` is what `crm.likeness` would find sure, by name and what stands beside it, so that thousands need no comparing.
    """

    _sure: dict[tuple[Reason, str, str], KnownPerson] = field(default_factory=dict)
    _by_trait: dict[str, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    _traits: dict[KnownPerson, PersonTraits] = field(default_factory=dict)
    _by_source: dict[str, KnownPerson] = field(default_factory=dict)
    _by_digest: dict[str, KnownPerson] = field(default_factory=dict)

    def add(self, known: KnownPerson, search_key: str, traits: PersonTraits) -> None:
        """Again with more traits when an earlier one is met anew."""
        before = self._traits.get(known)
        self._traits[known] = traits if before is None else _together(before, traits)
        if known.source:
            self._by_source.setdefault(known.source, known)
        for reason, key in _beside(traits):
            self._sure.setdefault((reason, name_key(search_key), key), known)
        for key in blocking_keys(traits):
            has = self._by_trait[key]
            if len(has) <= EVERYBODYS and known not in has:
                has.append(known)

    def add_imported(self, digest: str, known: KnownPerson) -> None:
        self._by_digest[digest] = known

    def candidates(
        self, person: PersonRow, house: str | None, digest: str, *, only_certain: bool
    ) -> list[PersonCandidate]:
        """The likeliest first; a certain one stands alone. Nobody is asked about a contact person: there `only_certain`."""
        traits = traits_of(person, house)
        certain = next(self._certain(person, traits, digest), None)
        if certain is not None:
            return [certain]
        found = [] if only_certain else list(self._likely(person, traits))
        return sorted(found, key=lambda one: weight(one.likeness))[:MOST_CANDIDATES]

    def _certain(self, person: PersonRow, traits: PersonTraits, digest: str) -> Iterator[PersonCandidate]:
        for sign, known in (
            (Sign.IMPORTED_BEFORE, self._by_digest.get(digest)),
            (Sign.SAME_NUMBER, self._by_source.get(person.source)),
        ):
            if known is not None:
                yield PersonCandidate(known, Likeness(True, ()), sign)
        name = name_key(person.keys.search_key)
        for reason, key in _beside(traits) if name else ():
            known = self._sure.get((reason, name, key))
            if known is not None and not _is_apart(person, known):
                yield PersonCandidate(known, Likeness(True, (Reason.NAME, reason)))

    def _likely(self, person: PersonRow, traits: PersonTraits) -> Iterator[PersonCandidate]:
        found = {
            known: None
            for key in sorted(blocking_keys(traits))
            if len(self._by_trait.get(key, ())) <= EVERYBODYS
            for known in self._by_trait.get(key, ())
        }
        for known in found:
            likeness = None if _is_apart(person, known) else persons_alike(traits, self._traits[known])
            if likeness is not None:
                yield PersonCandidate(known, likeness)


def traits_of(person: PersonRow, house: str | None) -> PersonTraits:
    return PersonTraits(
        (person.name,),
        frozenset(person.keys_of(ContactKind.EMAIL)),
        frozenset(person.keys_of(ContactKind.PHONE)),
        frozenset({house} if house else ()),
    )


def _beside(traits: PersonTraits) -> Iterable[tuple[Reason, str]]:
    """What makes a name sure."""
    yield from ((Reason.EMAIL, email) for email in traits.emails)
    yield from ((Reason.PHONE, phone) for phone in traits.phones)
    yield from ((Reason.WORKPLACE, str(house)) for house in traits.workplaces)


def _together(one: PersonTraits, other: PersonTraits) -> PersonTraits:
    return replace(
        one,
        emails=one.emails | other.emails,
        phones=one.phones | other.phones,
        workplaces=one.workplaces | other.workplaces,
    )


def _is_apart(person: PersonRow, known: KnownPerson) -> bool:
    """Two rows of a list that numbers its persons."""
    return person.stands_alone and known.row is not None and known.source != person.source
