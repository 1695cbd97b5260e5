"""Which house a row of a list means: certainly, perhaps, or none we know.

Certain is the same organisation number, or the same name (but for AS, KF, spaces and case) in the same municipality, or a row
that was imported before. Anything less is asked: a shared e-mail address is often the municipality's, and Asgard is not Åsgard.
Two houses in different municipalities, or with different organisation numbers, are never taken for one because of their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from crm.names import loose_key, stripped_name
from crm.transfer.rows import MemberRow

_FEWEST_LETTERS = 5  # of a name that begins another one
MOST_CANDIDATES = 5


class Likeness(StrEnum):
    IMPORTED_BEFORE = "imported_before"
    ORG_NUMBER = "org_number"
    NAME_AND_PLACE = "name_and_place"
    NAME = "name"
    EMAIL = "email"
    NAME_OTHER_NUMBER = "name_other_number"  # one name and place, two organisation numbers
    SIMILAR_NAME = "similar_name"


CERTAIN = frozenset({Likeness.IMPORTED_BEFORE, Likeness.ORG_NUMBER, Likeness.NAME_AND_PLACE})
# The same name with nothing against it is what we would choose ourselves; it is proposed, and still asked.
PROPOSED = CERTAIN | {Likeness.NAME}


@dataclass(frozen=True, slots=True)
class Known:
    """A house to compare with: one of ours (`house`, its id) or an earlier row of the same file (`row`, its line)."""

    name: str
    org_number: str | None = None
    municipality_number: str | None = None
    house: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    known: Known
    likeness: Likeness


class Index:
    """Houses by everything they can be recognised by. One look-up costs the same among 100 and among 20,000."""

    def __init__(self) -> None:
        self._by_number: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_loose_name: dict[str, list[Known]] = defaultdict(list)
        self._by_email: dict[str, list[Known]] = defaultdict(list)
        self._by_beginning: dict[str, list[Known]] = defaultdict(list)
        self._by_digest: dict[str, Known] = {}

    def add(self, known: Known, *, names: Iterable[str] = (), emails: Iterable[str] = ()) -> None:
        """`names` are those it had or is also called by."""
        if known.org_number:
            self._by_number.setdefault(known.org_number, known)
        for name in {known.name, *names}:
            stripped = stripped_name(name)
            self._by_name[stripped].append(known)
            self._by_loose_name[loose_key(stripped)].append(known)
            for beginning in _beginnings(name):
                self._by_beginning[beginning].append(known)
        for email in emails:
            self._by_email[email].append(known)

    def add_imported(self, digest: str, known: Known) -> None:
        self._by_digest[digest] = known

    def candidates(self, row: MemberRow) -> list[Candidate]:
        """The likeliest first; a certain one stands alone."""
        found: dict[Known, Candidate] = {}
        for candidate in self._all(row):
            if candidate.likeness in CERTAIN:
                return [candidate]
            found.setdefault(candidate.known, candidate)
        return list(found.values())[:MOST_CANDIDATES]

    def _all(self, row: MemberRow) -> Iterator[Candidate]:
        if row.digest in self._by_digest:
            yield Candidate(self._by_digest[row.digest], Likeness.IMPORTED_BEFORE)
        if row.org_number in self._by_number:
            yield Candidate(self._by_number[row.org_number or ""], Likeness.ORG_NUMBER)
        stripped = stripped_name(row.name)
        same_name = [known for known in self._by_name.get(stripped, ()) if not _is_elsewhere(row, known)]
        yield from sorted((Candidate(known, _by_name(row, known)) for known in same_name), key=_likeliest_first)
        for email in row.email_keys:
            for known in self._by_email.get(email, ()):
                yield Candidate(known, Likeness.EMAIL)
        for known in self._similar(row.name, loose_key(stripped)):
            if not _is_elsewhere(row, known) and not _has_other_number(row, known):
                yield Candidate(known, Likeness.SIMILAR_NAME)

    def _similar(self, name: str, loose: str) -> Iterator[Known]:
        """The same name without å, æ and ø; then longer names that begin with it, word by word, and shorter ones it begins with.

        Whole words, or Samfunnshus 1 would be like Samfunnshus 10.
        """
        yield from self._by_loose_name.get(loose, ())
        yield from self._by_beginning.get(loose, ())
        for beginning in _beginnings(name):
            yield from self._by_loose_name.get(beginning, ())


def _beginnings(name: str) -> Iterator[str]:
    """`asgard` of Åsgard konserthus Ås, then `asgardkonserthus`: the longest first, and none too short to mean anything."""
    words = loose_key(name).split()
    joined = ("".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return (beginning for beginning in joined if len(beginning) >= _FEWEST_LETTERS)


def _by_name(row: MemberRow, known: Known) -> Likeness:
    if _has_other_number(row, known):
        return Likeness.NAME_OTHER_NUMBER
    same_place = row.municipality_number is not None and row.municipality_number == known.municipality_number
    return Likeness.NAME_AND_PLACE if same_place else Likeness.NAME


def _likeliest_first(candidate: Candidate) -> int:
    return list(Likeness).index(candidate.likeness)


def _is_elsewhere(row: MemberRow, known: Known) -> bool:
    """Two Våler, two Herøy: a house of that name in the one is not the house in the other."""
    theirs = known.municipality_number
    if theirs is None:
        return False
    if row.municipality_number is not None:
        return row.municipality_number != theirs
    return bool(row.place_candidates) and theirs not in row.place_candidates


def _has_other_number(row: MemberRow, known: Known) -> bool:
    return None not in (row.org_number, known.org_number) and row.org_number != known.org_number
