"""One row of a list, read: what it says of an organisation and of a person, and what could not be taken as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.members.steps import Keys
from crm.members.words import MEMBER_KINDS
from crm.names import search_key
from db.models.organisations import OrganisationKind, OwnerForm
from db.models.people import AddressUse, ContactChannel, ContactKind, LegalBasis, PostKind


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a row that was read otherwise than it stands, or not at all. `cell` is what stood there."""

    code: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """`normalised` is what it is compared by, None when it could not be read. `until` is set for one that is out of use."""

    kind: ContactKind
    raw: str
    normalised: str | None
    is_valid: bool
    label: str = ""
    until: date | None = None
    address_use: AddressUse | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.kind.value, self.normalised or search_key(self.raw) or self.raw)


@dataclass(frozen=True, slots=True)
class PostRow:
    """What the person is at the organisation of the row. `kind` and `legal_basis` None: the list does not say."""

    title: str = ""
    kind: PostKind | None = None
    since: date | None = None
    until: date | None = None
    legal_basis: LegalBasis | None = None
    party: str | None = None
    party_source: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Not to be contacted in this way; `since` None: the list does not say."""

    channel: ContactChannel
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`source` is the person's number where the list comes from: rows with one number are one person.

    `stands_alone`: rows with other numbers are other people, whatever they are called.
    """

    name: str
    keys: Keys
    other_names: tuple[str, ...] = ()
    post: PostRow = PostRow()
    contacts: tuple[Contact, ...] = ()
    note: str = ""
    languages: str = ""
    do_not_contact: tuple[Wish, ...] = ()
    source: str = ""
    stands_alone: bool = False

    def keys_of(self, kind: ContactKind) -> tuple[str, ...]:
        return tuple(one.normalised for one in self.contacts if one.kind is kind and one.normalised)


@dataclass(frozen=True, slots=True)
class ListRow:
    """`refused` is why nothing of the row can be used; the rest is then empty. `digest` knows the row again.

    `name` and what follows is the organisation's, "" for a person at none; `kind_said` is how the list itself writes its kind, ""
    when it does not. `lists_organisations`: the row is of a list of these, and a person in it only whom to ask for there.
    """

    line: int
    name: str
    digest: str
    refused: Remark | None = None
    lists_organisations: bool = True
    of_members: bool = True
    kind: OrganisationKind = OrganisationKind.HOUSE
    kind_said: str = ""
    org_number: str | None = None
    municipality_number: str | None = None
    place_candidates: tuple[str, ...] = ()
    owner_form: OwnerForm | None = None
    member_since: date | None = None
    website: str | None = None
    note: str = ""
    contacts: tuple[Contact, ...] = ()
    person: PersonRow | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_about_a_person(self) -> bool:
        """What the row is counted as; a contact person of a member is not."""
        return self.person is not None and not self.lists_organisations

    @property
    def makes_member(self) -> bool:
        """In a list of members all are, of the kinds that can be."""
        return self.lists_organisations and self.of_members and self.kind in MEMBER_KINDS

    @property
    def shown(self) -> str:
        return self.person.name if self.person and self.is_about_a_person else self.name
