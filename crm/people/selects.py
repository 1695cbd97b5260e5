"""How a list of persons is narrowed down, as conditions on `Person`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select

from crm.contact_details import phone_digits, read_email
from crm.names import search_forms
from crm.people.rules import held_on
from crm.records import Kind, stands_for_itself
from crm.tags.selects import has_tag
from db.models.people import ContactPoint, Person, PersonName, Post, PostKind

FEWEST_DIGITS = 3


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


def conditions(wanted: PersonFilter) -> list[ColumnElement[bool]]:
    found = [stands_for_itself(Person), *_standing(wanted)]
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.PERSON, wanted.tag_id))
    if wanted.words.strip():
        found.append(found_by(wanted.words))
    return found


def found_by(words: str) -> ColumnElement[bool]:
    """Parts of the name in any order, a phone number in any notation, or an e-mail address; old ones find too."""
    ways = [way for way in (_named(words), _reached_by(words)) if way is not None]
    return or_(*ways) if ways else Person.id.is_(None)


def _standing(wanted: PersonFilter) -> list[ColumnElement[bool]]:
    if wanted.standing is Standing.ANY and wanted.kind is None and wanted.organisation_id is None:
        return []
    held = _posts(wanted)
    if wanted.standing is Standing.ANY:
        return [_has(held, wanted)]
    now = held.where(held_on(wanted.on))
    if wanted.standing is Standing.CURRENT:
        return [_has(now, wanted)]
    return [_has(held.where(Post.until < wanted.on), wanted), not_(_has(now, wanted))]


def _posts(wanted: PersonFilter) -> Select[int]:
    held = select(Post.person_id)
    if wanted.kind is not None:
        held = held.where(Post.kind == wanted.kind)
    if wanted.organisation_id is not None:
        held = held.where(Post.organisation_id == wanted.organisation_id)
    return held


def _has(posts: Select[int], wanted: PersonFilter) -> ColumnElement[bool]:
    """Those of one kind or at one place are looked up by an index; most hold some post, which is asked name by name."""
    if wanted.organisation_id is not None or wanted.kind is not None:
        return Person.id.in_(posts)
    return posts.where(Post.person_id == Person.id).exists()


def _named(words: str) -> ColumnElement[bool] | None:
    """To the letter, or loosely: `haugeland signe`, `asgard` for Åsgard. A short `ål` is to the letter in both.

    Other names find the person too: what was hers before two entries became one.
    """
    forms = search_forms(words)
    if not forms:
        return None
    # Each read through once in the order of the table: by name, each row would be fetched from another place.
    own = select(Person.id).where(_keys_match(Person, forms))
    others = select(PersonName.person_id).where(_keys_match(PersonName, forms))
    return Person.id.in_(own.union_all(others))


def _keys_match(table: type[Person] | type[PersonName], forms: Sequence[str]) -> ColumnElement[bool]:
    exactly = and_(*(table.search_key.contains(word) for word in forms[0].split()))
    loosely = and_(*(table.loose_key.contains(word) for word in forms[-1].split()))
    return or_(exactly, loosely)


def _reached_by(words: str) -> ColumnElement[bool] | None:
    digits = phone_digits(words)
    scrap = read_email(words).key.strip() if "@" in words else digits if len(digits) >= FEWEST_DIGITS else ""
    if not scrap:
        return None
    theirs = ContactPoint.person_id.is_not(None)
    return Person.id.in_(
        select(ContactPoint.person_id).where(theirs, ContactPoint.normalised.contains(scrap, autoescape=True))
    )
