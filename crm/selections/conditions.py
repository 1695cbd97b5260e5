"""What a selection can ask for: of an organisation, of a person's post and where it is held, and of either one itself.

Each condition has several values, of which one is enough; of several conditions all must hold. It is stored as its word and its
values, and stands in the address under a name a reader knows. Whatever is neither is refused: a condition that was left out in
silence would let through those it was there to keep out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from crm.errors import Refused
from crm.members.places import counties, municipalities, municipality
from crm.members.rules import a_year_before, is_member_on, joined_by, valid_on, was_member_before
from crm.timeline.last_contacts import not_heard_from
from db.models.lists import ListedKind
from db.models.organisations import Membership as Held
from db.models.organisations import MembershipKind, Organisation, OrganisationKind, OrganisationTopic, OwnerForm
from db.models.people import Post, PostKind
from db.wording import unindexed

MOST_VALUES = 60


class About(Enum):
    """Whose condition it is: a selection of persons puts the first two to one and the same post."""

    ORGANISATION = "organisation"
    POST = "post"
    ITSELF = "itself"


@dataclass(frozen=True)
class Condition(ABC):
    """`where` is a condition on `Organisation`, `Post`, or the table of the kind, as things stood on a day.

    It is asked of one row at a time, so that a page is read by name until it is full.
    """

    values: tuple[str, ...]
    word: ClassVar[str]
    address: ClassVar[str]
    about: ClassVar[About] = About.ORGANISATION

    def __post_init__(self) -> None:
        if not 0 < len(self.values) <= MOST_VALUES or not all(self.allows(value) for value in self.values):
            raise Refused("selection_not_understood", condition=self.word)

    @classmethod
    @abstractmethod
    def allows(cls, value: str) -> bool: ...

    @abstractmethod
    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]: ...

    def candidates(self, kind: ListedKind, on: date) -> Select[int] | None:
        """Ids among which are all that it holds for, some more than once: to ask these alone. None: nothing names them."""
        return None


class OfKind(Condition):
    word, address = "kind", "type"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in list(OrganisationKind)

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return Organisation.kind.in_([OrganisationKind(value) for value in self.values])


class Membership(Condition):
    """Of either kind, of one, new or gone within a year, or that it was one and is none, or never was one."""

    word, address = "membership", "medlemskap"
    ANY, NEW, LEFT, FORMER, NEVER = "member", "new", "left", "former", "never"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in {cls.ANY, cls.NEW, cls.LEFT, cls.FORMER, cls.NEVER, *MembershipKind}

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        is_one, was_last_year = is_member_on(on), is_member_on(a_year_before(on))
        ways = {
            self.ANY: is_one,
            self.NEW: is_one & not_(was_last_year),
            self.LEFT: not_(is_one) & was_last_year,
            self.FORMER: not_(is_one) & was_member_before(on),
            self.NEVER: not_(joined_by(on)),
        }
        ways |= {one.value: is_member_on(on, one) for one in MembershipKind}
        return or_(*(ways[value] for value in self.values))

    def candidates(self, kind: ListedKind, on: date) -> Select[int] | None:
        a_year_ago = a_year_before(on)
        of_few = {
            self.NEW: and_(valid_on(on), Held.since > a_year_ago),
            self.LEFT: and_(Held.until >= a_year_ago, Held.until < on),
            self.FORMER: Held.until < on,
        } | {one.value: and_(Held.kind == one, valid_on(on)) for one in MembershipKind}
        if not set(self.values) <= set(of_few):
            return None
        return select(Held.organisation_id).where(or_(*(of_few[value] for value in self.values)))


class InCounty(Condition):
    word, address = "county", "fylke"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in {county.number for county in counties()}

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return Organisation.municipality_number.in_(
            [place.number for place in municipalities() if place.county.number in self.values]
        )


class InMunicipality(Condition):
    word, address = "municipality", "kommune"

    @classmethod
    def allows(cls, value: str) -> bool:
        return municipality(value) is not None

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return Organisation.municipality_number.in_(self.values)


class OwnedBy(Condition):
    word, address = "owner_form", "eierform"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in list(OwnerForm)

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return Organisation.owner_form.in_(self.values)


class ById(Condition):
    """Values are ids; one that is gone lets nobody through."""

    @classmethod
    def allows(cls, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) <= 9

    @property
    def ids(self) -> list[int]:
        return [int(value) for value in self.values]


class WithTopic(ById):
    word, address = "topic", "tema"

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return self.candidates(kind, on).where(OrganisationTopic.organisation_id == Organisation.id).exists()

    def candidates(self, kind: ListedKind, on: date) -> Select[int]:
        return select(OrganisationTopic.organisation_id).where(OrganisationTopic.topic_id.in_(self.ids))


class PostOf(Condition):
    word, address, about = "post", "stilling", About.POST

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in list(PostKind)

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return self.among(Post.kind)

    def among(self, kind: InstrumentedAttribute[PostKind] | unindexed) -> ColumnElement[bool]:
        return kind.in_([PostKind(value) for value in self.values])


class Quiet(Condition):
    """Not heard from for a number of days; one value."""

    word, address = "quiet", "stille"
    LONGEST = 3_650

    @classmethod
    def allows(cls, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) <= 4 and 0 < int(value) <= cls.LONGEST

    @property
    def days(self) -> int:
        return int(self.values[0])

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return not_heard_from(on, days=self.days)
