"""What is typed about persons, their posts and how to reach them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.people.words import IN_OFFICE
from db.models.organisations import OrganisationKind
from db.models.people import AddressUse, ContactChannel, ContactKind, LegalBasis, PostKind

_LANGUAGE = re.compile("[a-z]{2,3}")


def _languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_LANGUAGE.fullmatch(code) for code in codes):
        raise PydanticCustomError("language_unknown", "no code of a language")
    return tuple(dict.fromkeys(codes))


def _chosen(basis: object) -> object:
    if basis is None:
        raise PydanticCustomError("basis_missing", "why may we keep this?")
    return basis


def _somewhere(organisation_id: object) -> object:
    if organisation_id is None:
        raise PydanticCustomError("post_where", "a post is somewhere")
    return organisation_id


def _on_a_day(day: object) -> object:
    if day is None:
        raise PydanticCustomError("last_day_missing", "which was the last day?")
    return day


Name = Annotated[str, StringConstraints(max_length=200)]
Label = Annotated[str, StringConstraints(max_length=100)]
Raw = Annotated[str, StringConstraints(max_length=500)]
Note = Annotated[str, StringConstraints(max_length=20_000)]
Party = Annotated[str, StringConstraints(max_length=100)]
Languages = Annotated[tuple[str, ...], AfterValidator(_languages)]
Basis = Annotated[LegalBasis, BeforeValidator(_chosen)]


class NewPerson(Form):
    name: Name
    languages: Languages = ()
    note: Note = ""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not self.name:
            raise PydanticCustomError("person_name_missing", "a person needs a name")
        return self


class ChangedPerson(NewPerson):
    version: int


class PostDetails(Form):
    """`since` None: for longer than anybody wrote down. `until` is the last day. A party is never guessed: it needs a source."""

    title: Name = ""
    kind: PostKind = PostKind.EMPLOYEE
    since: date | None = None
    until: date | None = None
    legal_basis: Basis = LegalBasis.LEGITIMATE_INTEREST
    party: Party = ""
    party_source: Party = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("post_ends_before_it_begins", "ended before it began")
        if self.party and self.kind not in IN_OFFICE:
            raise PydanticCustomError("party_only_in_office", "only public office makes a party ours to know")
        if self.party and not self.party_source:
            raise PydanticCustomError("party_needs_source", "who says so?")
        return self


class NewPost(PostDetails):
    person_id: int
    organisation_id: Annotated[int, BeforeValidator(_somewhere)]


class ChangedPost(PostDetails):
    version: int


class EndedPost(Form):
    """`until` is the last day in the post."""

    version: int
    until: date


class MovedOn(PostDetails):
    """The new post, and the end of the old one, whose `version` it is. The basis is chosen anew: it has no default.

    An organisation nobody knew is made by its name and kind. `old_contacts` are the person's numbers and addresses that
    belonged to the old post.
    """

    version: int
    last_day: Annotated[date, BeforeValidator(_on_a_day)]
    legal_basis: Basis
    organisation_id: int | None = None
    organisation: Annotated[str, StringConstraints(max_length=300)] = ""
    organisation_kind: OrganisationKind = OrganisationKind.AUTHORITY
    old_contacts: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.organisation_id is None and not self.organisation:
            raise PydanticCustomError("post_where", "a post is somewhere")
        return self


class ContactDetails(Form):
    """As it was written; a number that cannot be read is kept and marked, never refused. `address_use` is for addresses."""

    kind: ContactKind
    raw: Raw
    label: Label = ""
    address_use: AddressUse | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.raw:
            raise PydanticCustomError("contact_missing", "nothing was written")
        return self


class NewContactPoint(ContactDetails):
    person_id: int | None = None
    organisation_id: int | None = None

    @model_validator(mode="after")
    def _belongs_to_one(self) -> Self:
        if (self.person_id is None) == (self.organisation_id is None):
            raise PydanticCustomError("contact_owner", "a person's or an organisation's, not both")
        return self


class ChangedContactPoint(ContactDetails):
    version: int


class EndedContactPoint(Form):
    """`until` is the day the number or address became an old one. It is kept, so that old calls still make sense."""

    version: int
    until: date


class NoContact(Form):
    """What somebody has asked of us, since when, and in which words or why."""

    channel: ContactChannel
    since: date
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class ChangedNoContact(NoContact):
    version: int
