"""Two side by side, value by value, and what follows when they become one."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as with_other
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.contact_details import read_org_number
from crm.context import Context
from crm.errors import NotFound
from crm.likeness import Likeness, PersonTraits, persons_alike
from crm.merging.duplicate_queries import place_words, workplaces
from crm.merging.forms import ORGANISATION_FIELDS, PERSON_FIELDS, Pick, preset
from crm.merging.traits import person_traits
from crm.permissions import Permission
from crm.records import as_it_is_now
from db.models.cases import Inquiry, SupportCase
from db.models.meetings import Attendance, EventOrganiser
from db.models.organisations import Organisation
from db.models.people import ContactPoint, Person, Post

# Nobody ticks more than this; the rest is for the page of duplicates.
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Side:
    """`follows`: how many rows of each kind belong to it, by table."""

    id: int
    version: int
    name: str
    where: str
    follows: dict[str, int]


@dataclass(frozen=True)
class FieldPair:
    """As they are shown, except owner forms and languages, which stay the stored words. "" where nothing is known."""

    field: str
    kept: str
    merged: str
    preset: Pick

    @property
    def differs(self) -> bool:
        return self.kept != self.merged


@dataclass(frozen=True)
class SamePerson:
    """Somebody at the one house who is likely somebody at the other. `reach` are their addresses and numbers."""

    kept_id: int
    merged_id: int
    kept_name: str
    merged_name: str
    kept_reach: tuple[str, ...]
    merged_reach: tuple[str, ...]
    likeness: Likeness


@dataclass(frozen=True)
class SideBySide:
    kept: Side
    merged: Side
    fields: tuple[FieldPair, ...]
    persons: tuple[SamePerson, ...] = ()


def organisations_side_by_side(ctx: Context, kept_id: int, merged_id: int) -> SideBySide:
    """The first is the one that would stay. One that was merged already is shown as the one it became."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        kept, merged = _row(session, Organisation, kept_id), _row(session, Organisation, merged_id)
        return SideBySide(
            kept=_house_side(session, kept),
            merged=_house_side(session, merged),
            fields=tuple(_pair(session, field, kept, merged) for field in ORGANISATION_FIELDS),
            persons=_same_persons(session, kept.id, merged.id),
        )


def persons_side_by_side(ctx: Context, kept_id: int, merged_id: int) -> SideBySide:
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        kept, merged = _row(session, Person, kept_id), _row(session, Person, merged_id)
        return SideBySide(
            kept=_person_side(session, kept),
            merged=_person_side(session, merged),
            fields=tuple(_pair(session, field, kept, merged) for field in PERSON_FIELDS),
        )


def _row(session: Session, model: Any, row_id: int) -> Any:
    found = as_it_is_now(session, model, row_id)
    if found is None:
        raise NotFound(kind=model.__tablename__, id=row_id)
    return found


def _house_side(session: Session, house: Organisation) -> Side:
    follows = {
        "support_cases": _count(session, SupportCase.organisation_id, house.id),
        "inquiries": _count(session, Inquiry.outlet_id, house.id),
        "persons": session.scalar(
            select(func.count(func.distinct(Post.person_id))).where(Post.organisation_id == house.id)
        )
        or 0,
        "events": _count(session, EventOrganiser.organisation_id, house.id),
        "contact_points": _count(session, ContactPoint.organisation_id, house.id),
    }
    return Side(house.id, house.version, house.name, place_words(house.municipality_number), follows)


def _person_side(session: Session, person: Person) -> Side:
    follows = {
        "support_cases": _count(session, SupportCase.person_id, person.id),
        "inquiries": _count(session, Inquiry.journalist_id, person.id),
        "events": _count(session, Attendance.person_id, person.id),
        "contact_points": _count(session, ContactPoint.person_id, person.id),
    }
    where = ", ".join(workplaces(session, [person.id]).get(person.id, []))
    return Side(person.id, person.version, person.name, where, follows)


def _count(session: Session, column: Any, row_id: int) -> int:
    return session.scalar(select(func.count()).where(column == row_id)) or 0


def _pair(session: Session, field: str, kept: Any, merged: Any) -> FieldPair:
    here, there = getattr(kept, field), getattr(merged, field)
    return FieldPair(field, _shown(session, field, here), _shown(session, field, there), preset(field, here, there))


def _shown(session: Session, field: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    match field:
        case "org_number":
            return read_org_number(value, allow_fictitious=True).shown
        case "municipality_number" | "owner_municipality_number" | "governs_number":
            return place_words(value)
        case "parent_id":
            return session.scalar(select(Organisation.name).where(Organisation.id == value)) or ""
    return str(value)


def _same_persons(session: Session, kept: int, merged: int) -> tuple[SamePerson, ...]:
    here, there = _people(session, kept), _people(session, merged)
    both = {each: _at_one_place(one) for each, one in person_traits(session, {*here, *there}).items()}
    found = []
    for one in here:
        for other in there:
            if one == other or one not in both or other not in both:
                continue
            likeness = persons_alike(both[one], both[other])
            if likeness is not None:
                found.append(_same_person(one, both[one], other, both[other], likeness))
    return tuple(sorted(found, key=lambda pair: (not pair.likeness.is_sure, pair.kept_name)))


def _at_one_place(traits: PersonTraits) -> PersonTraits:
    """The two houses are one for this question: the same name at both is the same name at one."""
    return with_other(traits, workplaces=frozenset({"here"}))


def _same_person(one: int, here: PersonTraits, other: int, there: PersonTraits, likeness: Likeness) -> SamePerson:
    return SamePerson(
        kept_id=one,
        merged_id=other,
        kept_name=here.names[0],
        merged_name=there.names[0],
        kept_reach=tuple(sorted(here.emails | here.phones)),
        merged_reach=tuple(sorted(there.emails | there.phones)),
        likeness=likeness,
    )


def _people(session: Session, house: int) -> list[int]:
    query = select(Post.person_id).where(Post.organisation_id == house).distinct()
    return list(session.scalars(query.order_by(Post.person_id).limit(MOST_PEOPLE)))
