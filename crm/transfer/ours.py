"""What we have already, loaded once for a whole list.

All organisations, since a list may mean any of them by a likeness; of the persons only those that a row could mean by name, address
or number, so that a list of a hundred costs the same among a thousand persons and among 200,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.likeness import OrganisationTraits
from crm.names import search_key, stripped_name
from crm.people.suppression import suppressed
from crm.records import stands_for_itself
from crm.transfer.changes import PLAIN_FIELDS, Details
from crm.transfer.examination import Ours
from crm.transfer.imported_before import imported_before
from crm.transfer.matching import Index, Known
from crm.transfer.our_people import load_people
from crm.transfer.rows import ListRow
from db.models.merging import FormerNumber
from db.models.organisations import Membership, Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactKind, ContactPoint

Key = tuple[str, str]


def load(session: Session, rows: Sequence[ListRow], today: date) -> Ours:
    before = imported_before(session, [row.digest for row in rows])
    houses, house_details = _load_houses(session, today, before.houses)
    people = [row.person for row in rows if row.person is not None]
    index, person_details = load_people(session, people, before.persons)
    emails = {key for person in people for key in person.keys_of(ContactKind.EMAIL)}
    return Ours(houses, house_details, index, person_details, suppressed(session, emails))


def _load_houses(session: Session, today: date, before: dict[str, int]) -> tuple[Index, dict[int, Details]]:
    names, numbers, contacts = _other_names(session), _former_numbers(session), _contacts(session)
    details: dict[int, Details] = {}
    known: dict[int, Known] = {}
    index = Index()
    for row in session.execute(_organisations()).mappings():
        house = row["id"]
        known[house] = Known(row["name"], row["kind"], row["org_number"], row["municipality_number"], house=house)
        index.add(known[house], _traits(known[house], names[house], contacts[house], row["website"], numbers[house]))
        details[house] = Details(
            kind=row["kind"],
            names=frozenset(map(stripped_name, (row["name"], *names[house]))),
            plain={name: str(row[name.value]) for name in PLAIN_FIELDS if row[name.value]},
            contacts=frozenset(contacts[house]),
        )
    _add_memberships(session, details, today)
    for digest, house in before.items():
        if house in known:
            index.add_imported(digest, known[house])
    return index, details


def _organisations() -> Select[*tuple[object, ...]]:
    columns = [getattr(Organisation, name.value) for name in PLAIN_FIELDS]
    return select(Organisation.id, Organisation.name, Organisation.kind, *columns).where(
        Organisation.kind != OrganisationKind.OWN, stands_for_itself(Organisation)
    )


def _other_names(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for house, name in session.execute(select(OrganisationName.organisation_id, OrganisationName.name)):
        found[house].append(name)
    return found


def _former_numbers(session: Session) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for house, number in session.execute(select(FormerNumber.organisation_id, FormerNumber.org_number)):
        found[house].add(number)
    return found


def _contacts(session: Session) -> dict[int, set[Key]]:
    """The keys of every organisation's contact points."""
    found: dict[int, set[Key]] = defaultdict(set)
    query = select(ContactPoint.organisation_id, ContactPoint.kind, ContactPoint.raw, ContactPoint.normalised)
    for house, kind, raw, normalised in session.execute(query.where(ContactPoint.organisation_id.is_not(None))):
        found[house or 0].add((kind.value, normalised or search_key(raw) or raw))
    return found


def _traits(
    known: Known, names: Sequence[str], contacts: set[Key], website: str | None, former_numbers: set[str]
) -> OrganisationTraits:
    return OrganisationTraits(
        (known.name, *names),
        known.org_number,
        known.municipality_number,
        frozenset(key for kind, key in contacts if kind == ContactKind.EMAIL.value),
        frozenset(key for kind, key in contacts if kind == ContactKind.PHONE.value),
        website,
        frozenset(former_numbers),
    )


def _add_memberships(session: Session, details: dict[int, Details], today: date) -> None:
    query = select(Membership.organisation_id, Membership.since, Membership.until).order_by(Membership.id)
    for house, since, until in session.execute(query):
        if house in details:
            has_left = until is not None and until < today
            details[house] = replace(details[house], has_membership=True, is_former_member=has_left, member_since=since)
