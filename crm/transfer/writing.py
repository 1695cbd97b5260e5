"""Writes an examined list: new houses first, then new persons, so that everything else can point at them.

Rows of one kind go to the database together: one by one, 20,000 persons took the better part of a minute, and everybody else
waited. What is changed on a record we have, which is little, goes through the session as any other change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm.context import Context
from crm.members.rules import MEMBERSHIP_OF
from crm.members.steps import added_name, keys_of, organisation
from crm.people.steps import person_row
from crm.transfer.changes import PLAIN_FIELDS, Change, Field
from crm.transfer.examination import Outcome, RowResult
from crm.transfer.rows import Contact, ListRow, PersonRow
from crm.undo.journal import insert_many
from db.models.organisations import Membership, NameKind, Organisation
from db.models.people import ContactPoint, DoNotContact, LegalBasis, Person, PersonName, Post, PostKind

SETTLED = frozenset({Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED})
Values = dict[str, Any]


@dataclass
class Written:
    """The house and the person of every line that has one, also of those where nothing was new."""

    houses: dict[int, int] = field(default_factory=dict)
    persons: dict[int, int] = field(default_factory=dict)


def write(ctx: Context, session: Session, results: Sequence[RowResult]) -> Written:
    settled = [result for result in results if result.outcome in SETTLED]
    written = Written(houses=_write_houses(ctx, session, settled), persons=_write_persons(ctx, session, settled))
    for result in settled:  # an earlier row's, when the row means that one: it stands above, so it has its id
        if result.target is not None:
            house = result.target.house
            written.houses[result.row.line] = house if house is not None else written.houses[result.target.row or 0]
        if result.person is not None:
            person = result.person.person
            written.persons[result.row.line] = person if person is not None else written.persons[result.person.row or 0]
    _fill_in(session, settled, written)
    insert_many(session, PersonName, list(_names(settled, written)))
    insert_many(session, Membership, list(_memberships(settled, written)))
    insert_many(session, Post, list(_posts(settled, written)))
    insert_many(session, ContactPoint, list(_contact_points(settled, written)))
    insert_many(session, DoNotContact, list(_wishes(ctx, settled, written)))
    return written


def _write_houses(ctx: Context, session: Session, results: Iterable[RowResult]) -> dict[int, int]:
    rows = [result.row for result in results if result.row.name and result.target is None]
    ids = insert_many(session, Organisation, [_house(ctx, row) for row in rows])
    return {row.line: house for row, house in zip(rows, ids, strict=True)}


def _house(ctx: Context, row: ListRow) -> Values:
    keys = keys_of(row.name)
    return {
        "kind": row.kind,
        "name": row.name,
        "sort_key": keys.sort_key,
        "search_key": keys.search_key,
        "loose_key": keys.loose_key,
        "org_number": row.org_number,
        "municipality_number": row.municipality_number,
        "owner_form": row.owner_form,
        "website": row.website,
        "note": row.note,
        "created_at": ctx.now,
        "version": 1,
    }


def _write_persons(ctx: Context, session: Session, results: Iterable[RowResult]) -> dict[int, int]:
    rows = [(result.row.line, result.row.person) for result in results if result.row.person and result.person is None]
    ids = insert_many(session, Person, [_person(ctx, person) for _, person in rows])
    return {line: person for (line, _), person in zip(rows, ids, strict=True)}


def _person(ctx: Context, row: PersonRow) -> Values:
    return {
        "name": row.name,
        "sort_key": row.keys.sort_key,
        "search_key": row.keys.search_key,
        "loose_key": row.keys.loose_key,
        "note": row.note,
        "languages": row.languages,
        "created_at": ctx.now,
        "version": 1,
    }


def _fill_in(session: Session, results: Iterable[RowResult], written: Written) -> None:
    """Empty fields of houses and persons that were there before their row came, and names they are also called by."""
    for result in results:
        if result.target is not None:
            _fill_in_house(session, written.houses[result.row.line], result.changes)
        if result.person is not None:
            _fill_in_person(session, written.persons[result.row.line], result.changes)


def _fill_in_house(session: Session, house: int, changes: Iterable[Change]) -> None:
    for change in changes:
        if change.field is Field.ALIAS:
            added_name(session, organisation(session, house), change.value, NameKind.ALIAS)
        elif change.field in PLAIN_FIELDS:
            setattr(organisation(session, house), change.field.value, change.value)


def _fill_in_person(session: Session, person: int, changes: Iterable[Change]) -> None:
    for change in changes:
        if change.field is Field.PERSON_NOTE:
            person_row(session, person).note = change.value
        elif change.field is Field.LANGUAGES:
            person_row(session, person).languages = change.value


def _names(results: Iterable[RowResult], written: Written) -> Iterable[Values]:
    for result, change in _changes(results, Field.PERSON_NAME):
        keys = keys_of(change.value)
        yield {
            "person_id": written.persons[result.row.line],
            "name": change.value,
            "search_key": keys.search_key,
            "loose_key": keys.loose_key,
        }


def _memberships(results: Iterable[RowResult], written: Written) -> Iterable[Values]:
    for result, change in _changes(results, Field.MEMBERSHIP):
        yield {
            "organisation_id": written.houses[result.row.line],
            "kind": MEMBERSHIP_OF[result.target.kind if result.target else result.row.kind],
            "since": date.fromisoformat(change.value) if change.value else None,
            "until": None,
            "version": 1,
        }


def _posts(results: Iterable[RowResult], written: Written) -> Iterable[Values]:
    for result, _ in _changes(results, Field.POST):
        if result.row.person is not None:
            post = result.row.person.post
            yield {
                "person_id": written.persons[result.row.line],
                "organisation_id": written.houses[result.row.line],
                "title": post.title,
                "kind": post.kind or PostKind.EMPLOYEE,
                "since": post.since,
                "until": post.until,
                "legal_basis": post.legal_basis or LegalBasis.LEGITIMATE_INTEREST,
                "party": post.party,
                "party_source": post.party_source,
                "version": 1,
            }


def _contact_points(results: Iterable[RowResult], written: Written) -> Iterable[Values]:
    for result in results:
        for change in result.changes:
            if change.contact is not None and change.field is Field.CONTACT:
                yield _point(change.contact, organisation_id=written.houses[result.row.line])
            elif change.contact is not None:
                yield _point(change.contact, person_id=written.persons[result.row.line])


def _point(contact: Contact, *, organisation_id: int | None = None, person_id: int | None = None) -> Values:
    """As `added_contact_point` makes it, but read beforehand: a list is not read while everybody else waits to write."""
    return {
        "organisation_id": organisation_id,
        "person_id": person_id,
        "kind": contact.kind,
        "raw": contact.raw,
        "normalised": contact.normalised,
        "is_valid": contact.is_valid,
        "label": contact.label,
        "address_use": contact.address_use,
        "until": contact.until,
        "version": 1,
    }


def _wishes(ctx: Context, results: Iterable[RowResult], written: Written) -> Iterable[Values]:
    for result, change in _changes(results, Field.DO_NOT_CONTACT):
        said = result.row.person.do_not_contact if result.row.person else ()
        for wish in (one for one in said if one.channel == change.value):
            yield {
                "person_id": written.persons[result.row.line],
                "channel": wish.channel,
                "since": wish.since or ctx.today,
                "reason": wish.reason,
                "version": 1,
            }


def _changes(results: Iterable[RowResult], wanted: Field) -> Iterable[tuple[RowResult, Change]]:
    return ((result, change) for result in results for change in result.changes if change.field is wanted)
