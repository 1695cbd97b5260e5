"""How a list of members is narrowed down, as conditions on `Organisation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import Session

from crm.members.places import municipalities_named_like
from crm.members.places_before import municipalities_in
from crm.members.rules import a_year_before, is_member_on, was_member_before
from crm.members.words import MEMBER_KINDS
from crm.names import search_forms
from crm.people.selects import few_named, few_reached_by, name_forms, scrap_of
from crm.records import Kind
from crm.tags.selects import has_tag
from crm.word_index import Few, part_of
from db.models.merging import FormerNumber
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactPoint, Person, Post

# Fewer digits than this are in nearly every number.
_FEWEST_DIGITS = 3
NOWHERE = "none"  # in the place of a county's number: whoever has no municipality


class Standing(StrEnum):
    MEMBER = "member"
    NEW = "new"  # is one, and was none a year before the day
    LEFT = "left"  # was one a year before, is none on the day
    FORMER = "former"  # was one, is none on the day
    NEVER = "never"
    ANY = "any"


@dataclass(frozen=True)
class MemberFilter:
    """What the address bar says. `on` is the day membership is judged by, `county` a number, also of a county that is gone."""

    on: date
    words: str = ""
    county: str | None = None
    kind: OrganisationKind | None = None
    standing: Standing = Standing.MEMBER
    tag_id: int | None = None


def conditions(session: Session, wanted: MemberFilter) -> list[ColumnElement[bool]]:
    kinds = [wanted.kind] if wanted.kind else MEMBER_KINDS
    found = [Organisation.kind.in_(kinds), *_standing(wanted), *_still_itself(wanted)]
    if wanted.county:
        found.append(_lies_in(wanted.county))
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.ORGANISATION, wanted.tag_id))
    if wanted.words.strip():
        found.append(found_by(session, wanted.words))
    return found


def found_by(session: Session, words: str) -> ColumnElement[bool]:
    """Any scrap: a name it has or had, its municipality, its number, a person there, a phone number or an address.

    The people are ten times as many as the organisations: the few who answer are asked for first.
    """
    ways = [_named(session, words), _with_number(words), _with_contact(session, words)]
    places = municipalities_named_like(words)
    if places:
        ways.append(Organisation.municipality_number.in_(places))
    known = [way for way in ways if way is not None]
    return or_(*known) if known else Organisation.id.is_(None)


def _lies_in(county: str) -> ColumnElement[bool]:
    number = Organisation.municipality_number
    return number.is_(None) if county == NOWHERE else number.in_(municipalities_in(county))


def _still_itself(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    """What was merged into another is a row of its own only among the members of days before, and among those who left since."""
    merged = Organisation.merged_into_id.is_not(None)
    if wanted.standing is Standing.LEFT:
        return []
    if wanted.standing in (Standing.MEMBER, Standing.NEW):
        return [or_(not_(merged), Organisation.merged_on > wanted.on)]
    return [not_(merged)]


def _standing(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    is_member, was_member = is_member_on(wanted.on), was_member_before(wanted.on)
    was_a_year_ago = is_member_on(a_year_before(wanted.on))
    return {
        Standing.MEMBER: [is_member],
        Standing.NEW: [is_member, not_(was_a_year_ago)],
        Standing.LEFT: [not_(is_member), was_a_year_ago],
        Standing.FORMER: [not_(is_member), was_member],
        Standing.NEVER: [not_(is_member), not_(was_member)],
        Standing.ANY: [],
    }[wanted.standing]


def _named(session: Session, words: str) -> ColumnElement[bool] | None:
    forms = name_forms(words)
    if not forms:
        return None
    also_named = select(OrganisationName.organisation_id).where(keys_match(OrganisationName, words))
    working = select(Post.organisation_id).join(Person, Person.id == Post.person_id).where(keys_match(Person, words))
    has_one = _through_people(working, few_named(session, forms))
    return or_(keys_match(Organisation, words), Organisation.id.in_(also_named), has_one)


def _through_people(posts: Select[int], few: Few | None) -> ColumnElement[bool]:
    """`posts` with the organisations of those who answer. Of many, each organisation is asked whether it has one."""
    if few is None:
        return posts.where(Post.organisation_id == Organisation.id).exists()
    return Organisation.id.in_(posts.where(Post.person_id.in_(few)))


def keys_match(table: type[Organisation] | type[OrganisationName] | type[Person], words: str) -> ColumnElement[bool]:
    """All words of one form of the query in one of the two keys; `crm.names` keeps `%` and `_` out of the forms."""
    columns = (table.search_key, table.loose_key)
    return or_(
        *(and_(*(part_of(column, word) for word in form.split())) for form in search_forms(words) for column in columns)
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


def _with_contact(session: Session, words: str) -> ColumnElement[bool] | None:
    scrap = scrap_of(words)
    if not scrap:
        return None
    found = ContactPoint.normalised.contains(scrap, autoescape=True)
    is_its_own = (
        ContactPoint.organisation_id > 0
    )  # "IS NOT NULL" in words that let SQLite read by the index, not everybody's
    own = select(ContactPoint.organisation_id).where(found, is_its_own)
    theirs = select(Post.organisation_id).join(ContactPoint, ContactPoint.person_id == Post.person_id).where(found)
    return or_(Organisation.id.in_(own), _through_people(theirs, few_reached_by(session, scrap)))
