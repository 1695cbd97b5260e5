"""What we have already, loaded once for a whole list: six queries, however many rows are compared with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.names import search_key, stripped_name
from crm.transfer.changes import PLAIN_FIELDS, Details
from crm.transfer.matching import Index, Known
from db.models.house_keeping import ImportBatch
from db.models.organisations import Membership, Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactKind, ContactPoint, Person, Post

Key = tuple[str, str]

# Imports of the same list are weeks apart, not years: older reports are not looked through for its rows.
BATCHES_REMEMBERED = 20


def load(session: Session, today: date) -> tuple[Index, dict[int, Details]]:
    names, emails = _other_names(session), defaultdict[int, list[str]](list)
    details: dict[int, Details] = {}
    known: dict[int, Known] = {}
    contacts = _contacts_of_houses(session, emails)
    people = _people(session)
    index = Index()
    for row in session.execute(_organisations()).mappings():
        house = row["id"]
        known[house] = Known(row["name"], row["org_number"], row["municipality_number"], house=house)
        index.add(known[house], names=names[house], emails=emails[house])
        details[house] = Details(
            names=frozenset(map(stripped_name, (row["name"], *names[house]))),
            plain={name: str(row[name.value]) for name in PLAIN_FIELDS if row[name.value]},
            contacts=frozenset(contacts[house]),
            people={key: frozenset(keys) for key, keys in people[house].items()},
        )
    _add_memberships(session, details, today)
    _add_imported(session, index, known)
    return index, details


def _organisations() -> Select[*tuple[object, ...]]:
    columns = [getattr(Organisation, name.value) for name in PLAIN_FIELDS]
    return select(Organisation.id, Organisation.name, *columns).where(Organisation.kind != OrganisationKind.OWN)


def _other_names(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for house, name in session.execute(select(OrganisationName.organisation_id, OrganisationName.name)):
        found[house].append(name)
    return found


def _contacts_of_houses(session: Session, emails: dict[int, list[str]]) -> dict[int, set[Key]]:
    """The keys of every house's contact points; `emails` is filled with the addresses it is recognised by."""
    found: dict[int, set[Key]] = defaultdict(set)
    query = select(ContactPoint.organisation_id, ContactPoint.kind, ContactPoint.raw, ContactPoint.normalised)
    for house, kind, raw, normalised in session.execute(query.where(ContactPoint.organisation_id.is_not(None))):
        found[house or 0].add(_key(kind, raw, normalised))
        if kind is ContactKind.EMAIL and normalised:
            emails[house or 0].append(normalised)
    return found


def _people(session: Session) -> dict[int, dict[str, set[Key]]]:
    reached: dict[int, set[Key]] = defaultdict(set)
    query = select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.raw, ContactPoint.normalised)
    for person, kind, raw, normalised in session.execute(query.where(ContactPoint.person_id.is_not(None))):
        reached[person or 0].add(_key(kind, raw, normalised))
    found: dict[int, dict[str, set[Key]]] = defaultdict(dict)
    posts = select(Post.organisation_id, Person.id, Person.search_key).join(Person, Person.id == Post.person_id)
    for house, person, name in session.execute(posts):
        found[house].setdefault(name, set()).update(reached[person])
    return found


def _key(kind: ContactKind, raw: str, normalised: str | None) -> Key:
    return (kind.value, normalised or search_key(raw))


def _add_memberships(session: Session, details: dict[int, Details], today: date) -> None:
    query = select(Membership.organisation_id, Membership.since, Membership.until).order_by(Membership.id)
    for house, since, until in session.execute(query):
        if house in details:
            has_left = until is not None and until < today
            details[house] = replace(details[house], has_membership=True, is_former_member=has_left, member_since=since)


def _add_imported(session: Session, index: Index, known: dict[int, Known]) -> None:
    """Rows of earlier imports know their house again, also those where somebody had to choose."""
    query = select(ImportBatch.report).order_by(ImportBatch.id.desc()).limit(BATCHES_REMEMBERED)
    for report in reversed(session.scalars(query).all()):
        for row in report["rows"]:
            if row["house"] in known:
                index.add_imported(row["digest"], known[row["house"]])
