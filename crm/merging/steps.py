"""What happens to two rows that become one, inside the use-case's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from crm.members.rules import overlap
from crm.members.steps import added_name, rename
from crm.merging.following import follow, remember_whose
from crm.merging.forms import ORGANISATION_FIELDS, PERSON_FIELDS, Pick, picked, preset
from crm.names import loose_key, search_key
from crm.people.steps import renamed
from db.models.merging import FormerNumber, NotTheSame
from db.models.organisations import Membership, NameKind, Organisation
from db.models.people import Person, PersonName

Picks = Mapping[str, Pick]


def merge_two_organisations(
    session: Session, kept: Organisation, merged: Organisation, picks: Picks, *, on: date
) -> None:
    before, last_day = kept.name, on - timedelta(days=1)
    _end_memberships(session, kept, merged, on=on)
    moved = follow(session, Organisation, kept=kept.id, merged=merged.id)
    remember_whose(session, moved, merged=merged.id, on=on)
    values = _values(kept, merged, ORGANISATION_FIELDS, picks)
    _give_number(session, kept, merged, values.pop("org_number"), until=last_day)
    rename(kept, values.pop("name"))
    values["parent_id"] = None if values["parent_id"] in (kept.id, merged.id) else values["parent_id"]
    _set(kept, values)
    session.flush()
    for name in (before, merged.name):
        added_name(session, kept, name, NameKind.FORMER, until=last_day)
    _leave(session, kept, merged, on)


def merge_two_persons(session: Session, kept: Person, merged: Person, picks: Picks, *, on: date) -> None:
    before = kept.name
    follow(session, Person, kept=kept.id, merged=merged.id)
    values = _values(kept, merged, PERSON_FIELDS, picks)
    renamed(kept, values.pop("name"))
    _set(kept, values)
    for name in (before, merged.name):
        _also_called(session, kept, name)
    _leave(session, kept, merged, on)


def are_different(session: Session, model: type[Organisation] | type[Person], one: int, other: int) -> bool:
    """Whether somebody has said so."""
    first, second = NotTheSame.organisation_id, NotTheSame.other_organisation_id
    if model is Person:
        first, second = NotTheSame.person_id, NotTheSame.other_person_id
    either = or_(and_(first == one, second == other), and_(first == other, second == one))
    return session.scalar(select(NotTheSame.id).where(either).limit(1)) is not None


def _leave(session: Session, kept: Organisation | Person, merged: Organisation | Person, on: date) -> None:
    """The row keeps its name and is found by no word of it: the other one is, by its former names."""
    merged.merged_into_id, merged.merged_on = kept.id, on
    merged.search_key = merged.loose_key = ""
    session.flush()


def _values(kept: Any, merged: Any, fields: tuple[str, ...], picks: Picks) -> dict[str, Any]:
    found = {}
    for field in fields:
        here, there = getattr(kept, field), getattr(merged, field)
        found[field] = picked(picks.get(field, preset(field, here, there)), here, there)
    return found


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        setattr(row, field, value)


def _give_number(
    session: Session, kept: Organisation, merged: Organisation, number: str | None, *, until: date
) -> None:
    """One of the two numbers stays; the other one still finds the organisation."""
    former = {kept.org_number, merged.org_number} - {number, None}
    kept.org_number = merged.org_number = None
    session.flush()
    kept.org_number = number
    session.add_all(FormerNumber(organisation_id=kept.id, org_number=one or "", until=until) for one in former)


def _end_memberships(session: Session, kept: Organisation, merged: Organisation, *, on: date) -> None:
    """The merged one was a member until the day before. If only it was, the one that stays is from that day on."""
    own = list(session.scalars(select(Membership).where(Membership.organisation_id == kept.id)))
    for theirs in session.scalars(select(Membership).where(Membership.organisation_id == merged.id)):
        if theirs.until is not None and theirs.until < on:
            continue
        begins = max(on, theirs.since or on)
        if not any(overlap(begins, theirs.until, line.since, line.until) for line in own):
            session.add(Membership(organisation_id=kept.id, kind=theirs.kind, since=begins, until=theirs.until))
        if theirs.since is not None and theirs.since >= on:
            session.delete(theirs)
        else:
            theirs.until = on - timedelta(days=1)


def _also_called(session: Session, person: Person, name: str) -> None:
    key = search_key(name)
    there = select(PersonName.id).where(PersonName.person_id == person.id, PersonName.search_key == key)
    if key and key != person.search_key and session.scalar(there.limit(1)) is None:
        session.add(PersonName(person_id=person.id, name=name, search_key=key, loose_key=loose_key(name)))
