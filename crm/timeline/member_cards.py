"""What the screen of members shows: the rows of its list, and its figures by county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.members.places import County
from crm.members.selects import NOWHERE
from crm.timeline.queries import Happening
from db.models.organisations import OrganisationKind


class Order(StrEnum):
    NAME = "name"
    LONGEST_SINCE = "longest_since"  # those never in touch first, then by how long ago it was


@dataclass(frozen=True)
class MembershipPeriod:
    since: date | None
    until: date | None
    holds: bool


@dataclass(frozen=True)
class MemberRow:
    """`membership` holds on the day, or is the last one before it. `contact` is the latest; None: never in touch by that day."""

    id: int
    name: str
    kind: OrganisationKind
    municipality_number: str | None
    membership: MembershipPeriod | None
    contact: Happening | None


@dataclass(frozen=True)
class MemberPage:
    """`following` and `preceding` are ids to ask on from; None where the list ends. `total` stops at COUNTED_TO and one more."""

    rows: tuple[MemberRow, ...]
    total: int
    following: int | None
    preceding: int | None


@dataclass(frozen=True)
class Counts:
    """Members on the day; those of them who were none a year before; those who were then and are not now; in touch lately."""

    members: int = 0
    new: int = 0
    left: int = 0
    in_touch: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.members + other.members, self.new + other.new, self.left + other.left, self.in_touch + other.in_touch
        )

    @property
    def quiet(self) -> int:
        return self.members - self.in_touch


@dataclass(frozen=True)
class CountyFigures:
    """`county` None: those whose municipality nobody has entered."""

    county: County | None
    houses: Counts
    suppliers: Counts


@dataclass(frozen=True)
class MemberFigures:
    """Every county in alphabetical order, also one without members; at the end those without a place, where there are any."""

    counties: tuple[CountyFigures, ...]

    @property
    def houses(self) -> Counts:
        return sum((county.houses for county in self.counties), Counts())

    @property
    def suppliers(self) -> Counts:
        return sum((county.suppliers for county in self.counties), Counts())

    def of(self, county: str) -> CountyFigures | None:
        """By the county's number, or NOWHERE."""
        found = (one for one in self.counties if (one.county.number if one.county else NOWHERE) == county)
        return next(found, None)
