"""Writes an examined list: new houses first, so that everything else can point at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.members.rules import MEMBERSHIP_OF
from crm.members.steps import added_name, keys_of, organisation
from crm.names import search_key
from crm.people.steps import new_person
from crm.transfer.changes import PLAIN_FIELDS, Change, Field
from crm.transfer.examination import Outcome, RowResult
from crm.transfer.rows import Contact, MemberRow
from db.models.organisations import Membership, NameKind, Organisation
from db.models.people import ContactPoint, Person, Post, PostKind

SETTLED = frozenset({Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED})


def write(ctx: Context, session: Session, results: Sequence[RowResult]) -> dict[int, int]:
    """The house of every line that has one, also of those where nothing was new.

    Rows of one kind go to the database together: one by one, 20,000 houses with a contact person took a minute, and everybody
    else waited.
    """
    settled = [result for result in results if result.outcome in SETTLED]
    house_of = _write_houses(ctx, session, [result.row for result in settled if result.outcome is Outcome.NEW])
    for result in settled:
        house_of[result.row.line] = _house_of(result, house_of)
    _write_what_is_new(session, settled, house_of)
    _write_people(ctx, session, [result for result in settled if _names_a_person(result)], house_of)
    return house_of


def _house_of(result: RowResult, house_of: dict[int, int]) -> int:
    """An earlier row's house when the row means that one: it stands above, so it has its id."""
    if result.target is None:
        return house_of[result.row.line]
    return result.target.house if result.target.house is not None else house_of[result.target.row or 0]


def _write_houses(ctx: Context, session: Session, rows: Iterable[MemberRow]) -> dict[int, int]:
    added = [(row, _new_house(ctx, row)) for row in rows]
    session.add_all([house for _, house in added])
    session.flush()
    return {row.line: house.id for row, house in added}


def _new_house(ctx: Context, row: MemberRow) -> Organisation:
    keys = keys_of(row.name)
    return Organisation(
        kind=row.kind,
        name=row.name,
        sort_key=keys.sort_key,
        search_key=keys.search_key,
        loose_key=keys.loose_key,
        org_number=row.org_number,
        municipality_number=row.municipality_number,
        owner_form=row.owner_form,
        website=row.website,
        note=row.note,
        created_at=ctx.now,
    )


def _write_what_is_new(session: Session, results: Iterable[RowResult], house_of: dict[int, int]) -> None:
    for result in results:
        house = house_of[result.row.line]
        if result.outcome is Outcome.UPDATED:
            _fill(session, house, result.changes)
        for change in result.changes:
            if change.field is Field.MEMBERSHIP:
                since = date.fromisoformat(change.value) if change.value else None
                session.add(Membership(organisation_id=house, kind=MEMBERSHIP_OF[result.row.kind], since=since))
            elif change.field is Field.CONTACT and change.contact:
                session.add(_point(change.contact, organisation_id=house))
    session.flush()


def _fill(session: Session, house: int, changes: Iterable[Change]) -> None:
    for change in changes:
        if change.field is Field.ALIAS:
            added_name(session, organisation(session, house), change.value, NameKind.ALIAS)
        elif change.field in PLAIN_FIELDS:
            setattr(organisation(session, house), change.field.value, change.value)


def _names_a_person(result: RowResult) -> bool:
    return any(change.field in {Field.PERSON, Field.PERSON_CONTACT} for change in result.changes)


def _write_people(ctx: Context, session: Session, results: Sequence[RowResult], house_of: dict[int, int]) -> None:
    """A person is the one of that name at that house; the same name elsewhere is somebody else until a colleague says otherwise."""
    added: dict[tuple[int, str], tuple[Person, RowResult]] = {}
    for result in results:
        if any(change.field is Field.PERSON for change in result.changes):
            added[_person_key(result, house_of)] = (new_person(result.row.person, now=ctx.now), result)
    session.add_all([person for person, _ in added.values()])
    session.flush()
    for (house, _), (person, result) in added.items():
        session.add(Post(person_id=person.id, organisation_id=house, kind=PostKind.EMPLOYEE, title=result.row.title))
    for result in results:
        key = _person_key(result, house_of)
        contacts = [
            change.contact for change in result.changes if change.field is Field.PERSON_CONTACT and change.contact
        ]
        if contacts:
            owner = added[key][0].id if key in added else _person_at(session, *key)
            session.add_all([_point(contact, person_id=owner) for contact in contacts])


def _person_key(result: RowResult, house_of: dict[int, int]) -> tuple[int, str]:
    return house_of[result.row.line], search_key(result.row.person)


def _person_at(session: Session, house: int, name: str) -> int:
    query = select(Person.id).join(Post, Post.person_id == Person.id)
    return session.scalars(query.where(Post.organisation_id == house, Person.search_key == name).limit(1)).one()


def _point(contact: Contact, *, organisation_id: int | None = None, person_id: int | None = None) -> ContactPoint:
    """As `added_contact_point` makes it, but read beforehand: a list is not read while everybody else waits to write."""
    return ContactPoint(
        organisation_id=organisation_id,
        person_id=person_id,
        kind=contact.kind,
        raw=contact.raw,
        normalised=contact.normalised,
        is_valid=contact.is_valid,
        label="",
        until=None,
    )
