"""How a list of members is narrowed down, as conditions on `Organisation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, not_, or_, select

from crm.contact_details import phone_digits, read_email
from crm.members.places import municipalities, municipalities_named_like
from crm.members.rules import MEMBER_KINDS, is_member_on, was_member_before
from crm.names import search_forms
from crm.records import Kind
from crm.tags.selects import has_tag
from db.models.merging import FormerNumber
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactPoint, Person, Post

# Fewer digits than this are in nearly every number.
_FEWEST_DIGITS = 3


class Standing(StrEnum):
    MEMBER = "member"
    FORMER = "former"  # was one, is none on the day
    NEVER = "never"
    ANY = "any"


@dataclass(frozen=True)
class MemberFilter:
    """What the address bar says. `on` is the day membership is judged by."""

    on: date
    words: str = ""
    county: str | None = None
    kind: OrganisationKind | None = None
    standing: Standing = Standing.MEMBER
    tag_id: int | None = None


def conditions(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    kinds = [wanted.kind] if wanted.kind else MEMBER_KINDS
    found = [Organisation.kind.in_(kinds), Organisation.merged_into_id.is_(None), *_standing(wanted)]
    if wanted.county:
        numbers = [place.number for place in municipalities() if place.county.number == wanted.county]
        found.append(Organisation.municipality_number.in_(numbers))
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.ORGANISATION, wanted.tag_id))
    if wanted.words.strip():
        found.append(found_by(wanted.words))
    return found


def found_by(words: str) -> ColumnElement[bool]:
    """Any scrap: a name it has or had, its municipality, its number, a person there, a phone number or an address."""
    ways = [_named(words), _with_number(words), _with_contact(words)]
    places = municipalities_named_like(words)
    if places:
        ways.append(Organisation.municipality_number.in_(places))
    known = [way for way in ways if way is not None]
    return or_(*known) if known else Organisation.id.is_(None)


def _standing(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    is_member, was_member = is_member_on(wanted.on), was_member_before(wanted.on)
    return {
        Standing.MEMBER: [is_member],
        Standing.FORMER: [not_(is_member), was_member],
        Standing.NEVER: [not_(is_member), not_(was_member)],
        Standing.ANY: [],
    }[wanted.standing]


def _named(words: str) -> ColumnElement[bool] | None:
    if not search_forms(words):
        return None
    at_organisation, of_organisation = (
        Post.organisation_id == Organisation.id,
        OrganisationName.organisation_id == Organisation.id,
    )
    person = select(Post.id).join(Person, Person.id == Post.person_id).where(at_organisation, keys_match(Person, words))
    other_name = select(OrganisationName.id).where(of_organisation, keys_match(OrganisationName, words))
    return or_(keys_match(Organisation, words), other_name.exists(), person.exists())


def keys_match(table: type[Organisation] | type[OrganisationName] | type[Person], words: str) -> ColumnElement[bool]:
    """All words of one form of the query in one of the two keys; `crm.names` keeps `%` and `_` out of the forms."""
    columns = (table.search_key, table.loose_key)
    return or_(
        *(and_(*(column.contains(word) for word in form.split())) for form in search_forms(words) for column in columns)
    )


def _with_number(words: str) -> ColumnElement[bool] | None:
    digits = "".join(words.split())
    if not digits.isascii() or not digits.isdigit() or len(digits) < _FEWEST_DIGITS:
        return None
    former = FormerNumber.organisation_id == Organisation.id
    return or_(
        Organisation.org_number.startswith(digits),
        select(FormerNumber.id).where(former, FormerNumber.org_number.startswith(digits)).exists(),
    )


def _with_contact(words: str) -> ColumnElement[bool] | None:
    digits = phone_digits(words)
    key = read_email(words).key.strip() if "@" in words else ""
    scrap = key or (digits if len(digits) >= _FEWEST_DIGITS else "")
    if not scrap:
        return None
    own = ContactPoint.organisation_id == Organisation.id
    theirs = ContactPoint.person_id.in_(select(Post.person_id).where(Post.organisation_id == Organisation.id))
    return (
        select(ContactPoint.id)
        .where(or_(own, theirs), ContactPoint.normalised.contains(scrap, autoescape=True))
        .exists()
    )
