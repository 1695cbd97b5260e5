"""What is typed about an organisation and its membership."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.contact_details import read_org_number
from crm.forms import Form
from crm.members.places import counties, municipality
from db.models.organisations import MembershipKind, NameKind, OrganisationKind, OwnerForm
from db.models.people import PostKind


def _org_number(typed: str | None) -> str | None:
    """The nine digits. Numbers on 3, which no register gives out, are taken too: that is what exercises use."""
    if typed is None or not typed.strip():
        return None
    read = read_org_number(typed, allow_fictitious=True)
    if read.reason is not None:
        raise PydanticCustomError(f"org_number_{read.reason.value}", "not an organisation number")
    return read.number


def _municipality(number: str | None) -> str | None:
    if number and municipality(number) is None:
        raise PydanticCustomError("municipality_unknown", "no such municipality")
    return number or None


def _municipality_or_county(number: str | None) -> str | None:
    return number if number in {county.number for county in counties()} else _municipality(number)


def _or_none(typed: object) -> object:
    return None if isinstance(typed, str) and not typed.strip() else typed


def _not_before_norway(day: date | None) -> date | None:
    if day is not None and not 1800 <= day.year <= 2999:
        raise PydanticCustomError("date_unlikely", "not a likely date")
    return day


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
OptionalDate = Annotated[date | None, AfterValidator(_not_before_norway)]
Website = Annotated[str, StringConstraints(max_length=500)]


class Details(Form):
    """What one knows about an organisation besides its name."""

    org_number: Annotated[str | None, AfterValidator(_org_number)] = None
    municipality_number: Annotated[str | None, AfterValidator(_municipality)] = None
    owner_form: Annotated[OwnerForm | None, BeforeValidator(_or_none)] = None
    website: Annotated[Website | None, BeforeValidator(_or_none)] = None
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""


class NewOrganisation(Details):
    """`token` is one saving of one form: the same token twice is one organisation."""

    kind: OrganisationKind
    name: Name
    token: str | None = None


class NewHouse(Details):
    """A house or supplier; a member from `member_since`, or since nobody knows when, unless `is_member` is False."""

    kind: Literal[OrganisationKind.HOUSE, OrganisationKind.SUPPLIER] = OrganisationKind.HOUSE
    name: Name
    is_member: bool = True
    member_since: OptionalDate = None
    token: str | None = None


class ChangedDetails(Details):
    version: int


class NewName(Form):
    """`keep_former` False is for a name that was only misspelled. `since` is the day the new one began, None if unknown."""

    name: Name
    since: OptionalDate = None
    keep_former: bool = True
    version: int


class ChangedKind(Form):
    kind: OrganisationKind
    version: int


class OtherName(Form):
    """A former name or one people use. `until` is the day another one took its place."""

    name: Name
    kind: NameKind = NameKind.ALIAS
    since: OptionalDate = None
    until: OptionalDate = None

    @model_validator(mode="after")
    def _in_order(self) -> OtherName:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("name_ends_before_it_begins", "ended before it began")
        return self


class ChangedOtherName(OtherName):
    version: int


class ChangedKinship(Form):
    """`governs_number` is of a municipality or, with two digits, of a county."""

    version: int
    parent_id: int | None = None
    owner_municipality_number: Annotated[str | None, AfterValidator(_municipality)] = None
    governs_number: Annotated[str | None, AfterValidator(_municipality_or_county)] = None
    topic_ids: tuple[int, ...] = ()


class StartedMembership(Form):
    kind: MembershipKind = MembershipKind.HOUSE
    since: OptionalDate = None


class MembershipDays(Form):
    """`until` is the last day of membership, None while it runs."""

    since: OptionalDate = None
    until: OptionalDate = None
    version: int

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("until_before_since", "ended before it began")
        return self


class ChangedMembership(MembershipDays):
    kind: MembershipKind


class EndedMembership(MembershipDays):
    until: date


class NewPersonHere(Form):
    """Somebody who works at a house, with what they can be reached by. A number that cannot be read is kept, not refused."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    kind: PostKind = PostKind.EMPLOYEE
    phone: Annotated[str, StringConstraints(max_length=500)] = ""
    email: Annotated[str, StringConstraints(max_length=500)] = ""
