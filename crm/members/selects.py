"""How a list of members is narrowed down, as conditions on `Organisation`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, not_, or_, select, union_all
from sqlalchemy.orm import Session

from crm.members.facets import NUMBER, SHOWN_ELSEWHERE
from crm.members.places import municipalities_named_like
from crm.members.places_before import municipalities_in
from crm.members.rules import a_year_before, is_member_on, joined_by, was_member_before
from crm.members.words import MEMBER_KINDS
from crm.people.selects import found_named, found_reached_by, name_forms, scrap_of
from crm.records import Kind
from crm.tags.selects import has_tag
from crm.word_index import Found, found_with, named_like
from db.models.merging import FormerNumber
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import ContactPoint, Person, Post
from db.wording import has_one

# Fewer digits than this are in nearly every number.
_FEWEST_DIGITS = 3
# Among more that have a name, a list of organisations is read in its own order: a page is soon full.
FEW_NAMED = 1_000
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

    Who answers in a way is asked for first, where the index names the few who can; in other ways each organisation is asked.
    """
    ways = _Ways()
    _by_name(session, words, ways)
    _by_number(words, ways)
    _by_contact(session, words, ways)
    places = municipalities_named_like(words)
    if places:
        ways.known.append(select(Organisation.id).where(Organisation.municipality_number.in_(places)))
    known = [Organisation.id.in_(union_all(*ways.known))] if ways.known else []
    return or_(false(), *known, *ways.asked)


@dataclass
class _Ways:
    """To be found: ids of those who answer, and what each one is asked."""

    known: list[Select[Any]] = field(default_factory=list)
    asked: list[ColumnElement[bool]] = field(default_factory=list)

    def through_people(self, posts: Select[Any], found: Found | None) -> None:
        """`posts` with the organisations of those who answer. Of many, each organisation is asked whether it has one."""
        if found is not None and found.are_few:
            self.known.append(posts.where(Post.person_id.in_(found.ids)))
        else:
            self.asked.append(has_one(posts.where(Post.organisation_id == Organisation.id)))


def named_organisations(session: Session, forms: Sequence[str]) -> list[ColumnElement[bool]]:
    """By their present name; only those the index names are asked, where it can tell."""
    found = found_with(session, NUMBER, forms[0].split(), in_names=True)
    few = [Organisation.id.in_(_with_those_elsewhere(found))] if found is not None and found.are_few else []
    return [named_like(Organisation, forms), *few]


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
        Standing.NEVER: [not_(joined_by(wanted.on))],
        Standing.ANY: [],
    }[wanted.standing]


def _by_name(session: Session, words: str, ways: _Ways) -> None:
    forms = name_forms(words)
    if not forms:
        return
    named = select(Organisation.id).where(named_like(Organisation, forms))
    also_named = select(OrganisationName.organisation_id).where(named_like(OrganisationName, forms))
    found = found_with(session, NUMBER, forms[0].split(), in_names=True)
    if found is not None and found.are_few and found.count <= FEW_NAMED:
        few = _with_those_elsewhere(found)
        ways.known += [
            named.where(Organisation.id.in_(few)),
            also_named.where(OrganisationName.organisation_id.in_(few)),
        ]
    else:
        ways.asked += [named_like(Organisation, forms), Organisation.id.in_(also_named)]
    working = select(Post.organisation_id).join(Person, Person.id == Post.person_id).where(named_like(Person, forms))
    ways.through_people(working, found_named(session, forms))


def _with_those_elsewhere(found: Found) -> CompoundSelect[int]:
    """And the few that the index has not, or not as organisations: bodies of networks, and what was merged into another."""
    elsewhere = select(Organisation.id).where(Organisation.kind.in_(SHOWN_ELSEWHERE))
    merged = select(Organisation.id).where(Organisation.merged_into_id > 0)  # IS NOT NULL, by the index
    return union_all(*found.parts, elsewhere, merged)


def _by_number(words: str, ways: _Ways) -> None:
    digits = "".join(words.split())
    if not digits.isascii() or not digits.isdigit() or len(digits) < _FEWEST_DIGITS:
        return
    ways.known += [
        select(Organisation.id).where(Organisation.org_number.startswith(digits)),
        select(FormerNumber.organisation_id).where(FormerNumber.org_number.startswith(digits)),
    ]


def _by_contact(session: Session, words: str, ways: _Ways) -> None:
    scrap = scrap_of(words)
    if not scrap:
        return
    answers = ContactPoint.normalised.contains(scrap, autoescape=True)
    # "IS NOT NULL" in words that let SQLite read by the index, not everybody's
    own = select(ContactPoint.organisation_id).where(answers, ContactPoint.organisation_id > 0)
    found = found_reached_by(session, scrap, kind=NUMBER)
    if found is not None and found.are_few:
        own = own.where(ContactPoint.organisation_id.in_(_with_those_elsewhere(found)))
    ways.known.append(own)
    people = found_reached_by(session, scrap)
    if people is None and scrap.isdigit():
        return  # in hundreds of numbers: that somebody there has one says nothing about the house
    theirs = select(Post.organisation_id).join(ContactPoint, ContactPoint.person_id == Post.person_id).where(answers)
    ways.through_people(theirs, people)
