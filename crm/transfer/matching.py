"""Which house a row of a list means: certainly, perhaps, or none we know.

`crm.likeness` says how alike two houses are. Certain is more than that: the same organisation number, the same name in the same
municipality, or a row that was imported before. Anything less is asked, and what is sure to `crm.likeness` is proposed. A ministry
lies in no municipality to us: for what can be no member, the same name and kind will do. A list of persons only names a house, so
there the only one of that name is the one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from crm.likeness import Likeness, OrganisationTraits, Reason, blocking_keys, organisations_alike
from crm.members.places import municipalities
from crm.members.words import MEMBER_KINDS
from crm.names import stripped_name
from crm.transfer.rows import ListRow
from db.models.organisations import OrganisationKind
from db.models.people import ContactKind

MOST_CANDIDATES = 5
# What more houses than this have in common, such as a municipality and three letters, tells none of them from the others.
EVERYBODYS = 20


@dataclass(frozen=True, slots=True)
class Known:
    """A house to compare with: one of ours (`house`, its id) or an earlier row of the same file (`row`, its line)."""

    name: str
    kind: OrganisationKind
    org_number: str | None = None
    municipality_number: str | None = None
    house: int | None = None
    row: int | None = None

    @property
    def key(self) -> str:
        return f"house:{self.house}" if self.house is not None else f"row:{self.row}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`is_certain` needs no question; `was_imported` is a row that an earlier import knew."""

    known: Known
    likeness: Likeness
    is_certain: bool = False
    was_imported: bool = False


@dataclass
class Index:
    """Houses by everything they can be recognised by. One look-up costs the same among 100 and among 20,000."""

    _traits: dict[Known, OrganisationTraits] = field(default_factory=dict)
    _by_number: dict[str, Known] = field(default_factory=dict)
    _by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _by_digest: dict[str, Known] = field(default_factory=dict)
    _by_trait: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known, traits: OrganisationTraits) -> None:
        self._traits[known] = traits
        if known.org_number:
            self._by_number.setdefault(known.org_number, known)
        for name in {stripped_name(name) for name in traits.names}:
            self._by_name[name].append(known)
        for key in blocking_keys(traits):
            if len(self._by_trait[key]) <= EVERYBODYS:
                self._by_trait[key].append(known)

    def add_imported(self, digest: str, known: Known) -> None:
        self._by_digest[digest] = known

    def candidates(self, row: ListRow) -> list[Candidate]:
        """The likeliest first; a certain one stands alone."""
        certain = next(self._certain(row), None)
        if certain is not None:
            return [certain]
        return sorted(self._likely(row), key=lambda one: weight(one.likeness))[:MOST_CANDIDATES]

    def _certain(self, row: ListRow) -> Iterator[Candidate]:
        if row.digest in self._by_digest:
            yield Candidate(self._by_digest[row.digest], Likeness(True, ()), is_certain=True, was_imported=True)
        if row.org_number in self._by_number:
            yield Candidate(
                self._by_number[row.org_number or ""], Likeness(True, (Reason.ORG_NUMBER,)), is_certain=True
            )
        same = [known for known in self.of_name(row) if _is_the_same_kind_there(row, known)]
        if len(same) == 1 and not _has_other_number(row, same[0]):
            yield Candidate(same[0], Likeness(True, (Reason.NAME,)), is_certain=True)

    def of_name(self, row: ListRow) -> list[Known]:
        """Those of exactly that name, but for AS, case and marks."""
        return [known for known in self._by_name.get(stripped_name(row.name), ()) if not _is_elsewhere(row, known)]

    def _likely(self, row: ListRow) -> Iterator[Candidate]:
        traits = traits_of(row)
        found = {
            known: None
            for key in sorted(blocking_keys(traits))
            if len(self._by_trait.get(key, ())) <= EVERYBODYS
            for known in self._by_trait.get(key, ())
        }
        for known in dict.fromkeys([*self.of_name(row), *found]):
            likeness = organisations_alike(traits, self._traits[known], _names_of_places())
            if likeness is None and _has_other_number(row, known) and known in self.of_name(row):
                likeness = Likeness(False, (Reason.NAME,))  # one name, two numbers: somebody has to look at it
            if likeness is not None and _is_worth_asking(row, known, likeness):
                yield Candidate(known, likeness)


def _is_worth_asking(row: ListRow, known: Known, likeness: Likeness) -> bool:
    """A domain alone is often the owner's, of all its houses; a name alone says nothing across two municipalities."""
    if likeness.reasons == (Reason.DOMAIN,):
        return False
    return not (_is_elsewhere(row, known) and likeness.reasons[0] is Reason.NAME)


def weight(likeness: Likeness) -> tuple[bool, list[int]]:
    """For sorting: the likeliest first."""
    return not likeness.is_sure, [list(Reason).index(reason) for reason in likeness.reasons]


def traits_of(row: ListRow) -> OrganisationTraits:
    return OrganisationTraits(
        (row.name,),
        row.org_number,
        row.municipality_number,
        _keys(row, ContactKind.EMAIL),
        _keys(row, ContactKind.PHONE),
        row.website,
    )


def _keys(row: ListRow, kind: ContactKind) -> frozenset[str]:
    return frozenset(one.normalised for one in row.contacts if one.kind is kind and one.normalised)


def _is_elsewhere(row: ListRow, known: Known) -> bool:
    """Two Våler, two Herøy: a house of that name in the one is not the house in the other."""
    theirs = known.municipality_number
    if theirs is None:
        return False
    if row.municipality_number is not None:
        return row.municipality_number != theirs
    return bool(row.place_candidates) and theirs not in row.place_candidates


def _is_in_one_place(row: ListRow, known: Known) -> bool:
    return row.municipality_number is not None and row.municipality_number == known.municipality_number


def _is_the_same_kind_there(row: ListRow, known: Known) -> bool:
    """Whether a name that is the same makes the row certain: Nordlys is a newspaper, and a house elsewhere."""
    if not row.lists_organisations:
        return True
    if row.kind in MEMBER_KINDS:  # a list of members often does not tell houses from suppliers
        return known.kind in MEMBER_KINDS and _is_in_one_place(row, known)
    return known.kind == row.kind


def _has_other_number(row: ListRow, known: Known) -> bool:
    return None not in (row.org_number, known.org_number) and row.org_number != known.org_number


@cache
def _names_of_places() -> frozenset[str]:
    return frozenset(stripped_name(name) for place in municipalities() for name in place.name.split(" - "))
