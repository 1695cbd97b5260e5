"""How a list of persons is narrowed down, as conditions on `Person`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, false, func, not_, or_, select
from sqlalchemy.orm import Session

from crm.contact_details import phone_digits, read_email
from crm.names import search_forms, search_key
from crm.people.facets import NUMBER
from crm.people.rules import held_on
from crm.records import Kind, stands_for_itself
from crm.tags.selects import has_tag
from crm.word_index import Found, among, either, found_with, named_like
from db.models.people import ContactPoint, Person, PersonName, Post, PostKind
from db.wording import has_one

FEWEST_DIGITS = 3
COUNTRY = "47"
MOST_COMPARED = 1_000
FEW_POSTS = 2_000
# Who has a number with these digits stands anywhere in a list by name: of more than these a page is soon full.
MOST_NUMBERS = 200


class Standing(StrEnum):
    CURRENT = "current"  # holds a post, of the kind and at the organisation that are asked for
    FORMER = "former"  # held one, and holds none now
    ANY = "any"


@dataclass(frozen=True)
class PersonFilter:
    """What the address bar says. `on` is the day a post is judged by."""

    on: date
    words: str = ""
    kind: PostKind | None = None
    organisation_id: int | None = None
    standing: Standing = Standing.ANY
    tag_id: int | None = None


def conditions(session: Session, wanted: PersonFilter) -> list[ColumnElement[bool]]:
    found = [stands_for_itself(Person), *_standing(session, wanted)]
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.PERSON, wanted.tag_id))
    if wanted.words.strip():
        found += found_by(session, wanted.words)
    return found


def found_by(session: Session, words: str) -> list[ColumnElement[bool]]:
    """Parts of the name in any order, a phone number in any notation, or an e-mail address; old ones find too."""
    forms, scrap = name_forms(words), scrap_of(words)
    ways: list[tuple[ColumnElement[bool], Found | None]] = []
    if forms:
        ways.append((_named(forms), found_named(session, forms)))
    if scrap:
        ways.append((_reached_by(scrap), found_reached_by(session, scrap)))
    return [*among(Person.id, either(found for _, found in ways)), or_(false(), *(answers for answers, _ in ways))]


def _standing(session: Session, wanted: PersonFilter) -> list[ColumnElement[bool]]:
    if wanted.standing is Standing.ANY and wanted.kind is None and wanted.organisation_id is None:
        return []
    held = _posts(wanted)
    if wanted.standing is Standing.ANY:
        return [_has(session, held)]
    now = held.where(held_on(wanted.on))
    if wanted.standing is Standing.CURRENT:
        return [_has(session, now)]
    ended = held.where(Post.until < wanted.on)
    if wanted.kind is None:
        ended = ended.where(Post.kind.in_(list(PostKind)))  # of any: by the index, whose kinds come first
    return [_has(session, ended), not_(_has_one_of(now))]


def _posts(wanted: PersonFilter) -> Select[int]:
    held = select(Post.person_id)
    if wanted.kind is not None:
        held = held.where(Post.kind == wanted.kind)
    if wanted.organisation_id is not None:
        held = held.where(Post.organisation_id == wanted.organisation_id)
    return held


def _has(session: Session, posts: Select[int]) -> ColumnElement[bool]:
    """Few are put in order by name; among many, each person by name is asked, and soon a page of them has such a post."""
    some = posts.limit(FEW_POSTS + 1).subquery()
    count = session.scalars(select(func.count()).select_from(some)).one()
    return _has_one_of(posts) if count > FEW_POSTS else Person.id.in_(posts)


def _has_one_of(posts: Select[int]) -> ColumnElement[bool]:
    return posts.where(Post.person_id == Person.id).exists()


def found_named(session: Session, forms: Sequence[str]) -> Found | None:
    """Among whom those with these names are; None when the names do not tell."""
    return found_with(session, NUMBER, forms[0].split(), in_names=True)


def named_persons(session: Session, forms: Sequence[str]) -> list[ColumnElement[bool]]:
    """By their present name; only those the index names are asked, where it can tell."""
    return [named_like(Person, forms), *among(Person.id, found_named(session, forms))]


def some_of(found: Found | None) -> list[ColumnElement[bool]]:
    """Persons among these, of very many only some: whoever is typing and does not see his own types on."""
    return [] if found is None else [Person.id.in_(found.ids.limit(MOST_COMPARED))]


def found_reached_by(session: Session, scrap: str, *, kind: int = NUMBER) -> Found | None:
    """The same of those with a number or an address, of which all words but the last are whole."""
    local, at, domain = scrap.partition("@")
    *whole, last = [*search_key(local).split(), *(search_key(domain).split() or [""])] if at else [scrap]
    if "--" in domain:  # the index has it in letters: Åsgard's
        *whole, last = [*search_key(local).split(), ""]
    asked = [[last] if last else []]
    if not at and last.startswith(COUNTRY):  # the beginning of +47 40 61, which the index has without
        asked.append([last.removeprefix(COUNTRY)])
    return either(found_with(session, kind, one, whole=whole, most_words=MOST_NUMBERS) for one in asked)


def name_forms(words: str) -> tuple[str, ...]:
    """As `search_forms`; of an address there are none."""
    return () if "@" in words else search_forms(words)


def scrap_of(words: str) -> str:
    """Of an address or a number, as they are stored; "" when it is neither."""
    if "@" in words:
        return read_email(words).key.strip()
    digits = phone_digits(words)
    return digits if len(digits) >= FEWEST_DIGITS else ""


def _named(forms: Sequence[str]) -> ColumnElement[bool]:
    """To the letter, or loosely: `haugeland signe`, `asgard` for Åsgard. A short `ål` is to the letter in both.

    Other names find the person too: what was hers before two entries became one.
    """
    others = select(PersonName.id).where(PersonName.person_id == Person.id, named_like(PersonName, forms))
    return or_(named_like(Person, forms), has_one(others))


def _reached_by(scrap: str) -> ColumnElement[bool]:
    reached = ContactPoint.normalised.contains(scrap, autoescape=True)
    return has_one(select(ContactPoint.id).where(ContactPoint.person_id == Person.id, reached))
