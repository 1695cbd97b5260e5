"""What a row would add to an organisation. What we have is never overwritten by a list: a difference is said, and ours is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from crm.members.words import MEMBER_KINDS
from crm.names import stripped_name
from crm.transfer.rows import Contact, ListRow, Remark
from db.models.organisations import OrganisationKind


class Field(StrEnum):
    ORG_NUMBER = "org_number"
    MUNICIPALITY = "municipality_number"
    OWNER_FORM = "owner_form"
    WEBSITE = "website"
    NOTE = "note"
    ALIAS = "alias"
    MEMBERSHIP = "membership"
    CONTACT = "contact"
    PERSON = "person"
    POST = "post"
    PERSON_CONTACT = "person_contact"
    PERSON_NAME = "person_name"
    PERSON_NOTE = "person_note"
    LANGUAGES = "languages"
    DO_NOT_CONTACT = "do_not_contact"


PLAIN_FIELDS = (Field.ORG_NUMBER, Field.MUNICIPALITY, Field.OWNER_FORM, Field.WEBSITE, Field.NOTE)


@dataclass(frozen=True, slots=True)
class Change:
    """`value` is the field's new value; `contact` is set for the two kinds of contact."""

    field: Field
    value: str
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an organisation."""

    kind: OrganisationKind
    names: frozenset[str] = frozenset()
    plain: dict[Field, str] = field(default_factory=dict)
    has_membership: bool = False
    is_former_member: bool = False  # a list does not take back somebody who left; a colleague does
    member_since: date | None = None
    contacts: frozenset[tuple[str, str]] = frozenset()


def changes_by(row: ListRow, details: Details) -> tuple[list[Change], list[Remark]]:
    """What the row adds, and where it says something else than we do."""
    added, kept = _plain(row, details)
    added += _names(row, details)
    joins = row.makes_member and details.kind in MEMBER_KINDS
    if joins and not details.has_membership:
        added.append(Change(Field.MEMBERSHIP, row.member_since.isoformat() if row.member_since else ""))
    elif joins:
        kept += _kept_membership(row, details)
    if row.makes_member and not joins:
        kept.append(Remark("kind_no_member"))
    elif row.kind_said and row.kind != details.kind:
        kept.append(Remark("kept_kind", row.kind_said))
    added += [Change(Field.CONTACT, one.raw, one) for one in unknown(row.contacts, details.contacts)]
    return added, kept


def with_changes(details: Details, row: ListRow, changes: list[Change]) -> Details:
    """The house as it will be, for the rows of the same file that come after."""
    plain = details.plain | {change.field: change.value for change in changes if change.field in PLAIN_FIELDS}
    contacts = {change.contact.key for change in changes if change.field is Field.CONTACT and change.contact}
    return replace(
        details,
        names=details.names | {stripped_name(row.name)},
        plain=plain,
        has_membership=details.has_membership or any(change.field is Field.MEMBERSHIP for change in changes),
        contacts=details.contacts | contacts,
    )


def _plain(row: ListRow, details: Details) -> tuple[list[Change], list[Remark]]:
    added: list[Change] = []
    kept: list[Remark] = []
    for name in PLAIN_FIELDS:
        theirs, ours = getattr(row, name.value) or "", details.plain.get(name, "")
        if theirs and not ours:
            added.append(Change(name, str(theirs)))
        elif theirs and theirs != ours and name is not Field.NOTE:
            kept.append(Remark(f"kept_{name.value}", str(theirs)))
    return added, kept


def _kept_membership(row: ListRow, details: Details) -> Iterator[Remark]:
    if details.is_former_member:
        yield Remark("former_member")
    elif row.member_since and details.member_since and row.member_since != details.member_since:
        yield Remark("kept_member_since", row.member_since.isoformat())


def _names(row: ListRow, details: Details) -> Iterator[Change]:
    """Only a name that says something new; `Åsgard konserthus AS` is the one we have."""
    if details.names and stripped_name(row.name) not in details.names:
        yield Change(Field.ALIAS, row.name)


def unknown(contacts: tuple[Contact, ...], known: frozenset[tuple[str, str]]) -> list[Contact]:
    """Each once, those we have left out."""
    return list({contact.key: contact for contact in contacts if contact.key not in known}.values())
