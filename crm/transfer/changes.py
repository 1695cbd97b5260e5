"""What a row would add to a house. What we have is never overwritten by a list: a difference is said, and ours is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from crm.names import search_key, stripped_name
from crm.transfer.rows import Contact, MemberRow, Remark


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
    PERSON_CONTACT = "person_contact"


PLAIN_FIELDS = (Field.ORG_NUMBER, Field.MUNICIPALITY, Field.OWNER_FORM, Field.WEBSITE, Field.NOTE)


@dataclass(frozen=True, slots=True)
class Change:
    """`value` is the field's new value, the person's name for a person; `contact` is set for the two kinds of contact."""

    field: Field
    value: str
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a house. `people` has the search keys of those who work there, each with the keys they are reached by."""

    names: frozenset[str] = frozenset()
    plain: dict[Field, str] = field(default_factory=dict)
    has_membership: bool = False
    is_former_member: bool = False  # a list does not take back somebody who left; a colleague does
    member_since: date | None = None
    contacts: frozenset[tuple[str, str]] = frozenset()
    people: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


def changes_by(row: MemberRow, details: Details) -> tuple[list[Change], list[Remark]]:
    """What the row adds, and where it says something else than we do."""
    added, kept = _plain(row, details)
    added += _names(row, details)
    if not details.has_membership:
        added.append(Change(Field.MEMBERSHIP, row.member_since.isoformat() if row.member_since else ""))
    elif details.is_former_member:
        kept.append(Remark("former_member"))
    elif row.member_since and details.member_since and row.member_since != details.member_since:
        kept.append(Remark("kept_member_since", row.member_since.isoformat()))
    added += [Change(Field.CONTACT, one.raw, one) for one in _unknown(row.contacts, details.contacts)]
    added += _person(row, details)
    return added, kept


def with_changes(details: Details, row: MemberRow, changes: list[Change]) -> Details:
    """The house as it will be, for the rows of the same file that come after."""
    plain = details.plain | {change.field: change.value for change in changes if change.field in PLAIN_FIELDS}
    contacts = {change.contact.key for change in changes if change.field is Field.CONTACT and change.contact}
    reached = {change.contact.key for change in changes if change.field is Field.PERSON_CONTACT and change.contact}
    people = dict(details.people)
    if row.person:
        key = search_key(row.person)
        people[key] = people.get(key, frozenset()) | reached
    return replace(
        details,
        names=details.names | {stripped_name(row.name)},
        plain=plain,
        has_membership=True,
        contacts=details.contacts | contacts,
        people=people,
    )


def _plain(row: MemberRow, details: Details) -> tuple[list[Change], list[Remark]]:
    added: list[Change] = []
    kept: list[Remark] = []
    for name in PLAIN_FIELDS:
        theirs, ours = getattr(row, name.value) or "", details.plain.get(name, "")
        if theirs and not ours:
            added.append(Change(name, str(theirs)))
        elif theirs and theirs != ours and name is not Field.NOTE:
            kept.append(Remark(f"kept_{name.value}", str(theirs)))
    return added, kept


def _names(row: MemberRow, details: Details) -> Iterator[Change]:
    """Only a name that says something new; `Åsgard konserthus AS` is the one we have."""
    if details.names and stripped_name(row.name) not in details.names:
        yield Change(Field.ALIAS, row.name)


def _unknown(contacts: tuple[Contact, ...], known: frozenset[tuple[str, str]]) -> list[Contact]:
    return list({contact.key: contact for contact in contacts if contact.key not in known}.values())


def _person(row: MemberRow, details: Details) -> Iterator[Change]:
    if not row.person:
        return
    known = details.people.get(search_key(row.person))
    if known is None:
        yield Change(Field.PERSON, row.person)
    for contact in _unknown(row.person_contacts, known or frozenset()):
        yield Change(Field.PERSON_CONTACT, contact.raw, contact)
