"""Which cases a list wants, and in what order they come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from crm.cases.facets import NUMBER
from crm.contact_details import phone_digits, read_phones
from crm.names import search_forms, search_key
from crm.periods import Quarter
from crm.records import Kind
from crm.tags.selects import has_tag
from crm.word_index import among, few_with, part_of
from db.models.cases import Channel, SupportCase
from db.models.organisations import Organisation
from db.models.people import Person

# A search of more words than these is a sentence; each costs a look through the texts.
MOST_WORDS = 6
# Counting further costs more than knowing it is worth; the screen says "over".
COUNTED_TO = 1_000


class Standing(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class CaseFilter:
    """`words`: each of them stands in the text, in what was typed about the caller, or in the name of the house or person."""

    standing: Standing = Standing.OPEN
    topic_id: int | None = None
    channel: Channel | None = None
    responsible_id: int | None = None
    organisation_id: int | None = None
    quarter: Quarter | None = None
    tag_id: int | None = None
    words: str = ""


def conditions(session: Session, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    found = [*_standing(wanted.standing), *_said(session, wanted.words)]
    for column, value in (
        (SupportCase.topic_id, wanted.topic_id),
        (SupportCase.channel, wanted.channel),
        (SupportCase.responsible_id, wanted.responsible_id),
        (SupportCase.organisation_id, wanted.organisation_id),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.CASE, wanted.tag_id))
    if wanted.quarter is not None:
        since, before = wanted.quarter.instants()
        found += [SupportCase.received_at >= since, SupportCase.received_at < before]
    return found


def matched(session: Session, wanted: CaseFilter) -> tuple[int, list[ColumnElement[bool]]]:
    """How many there are, up to COUNTED_TO and one more, and what to ask for them.

    Words are looked for once, in the order the rows lie in: in the order of the list each row would be fetched from
    somewhere else, which at 100,000 cases took nine times as long.
    """
    which = conditions(session, wanted)
    some = select(SupportCase.id).where(*which).limit(COUNTED_TO + 1)
    if not wanted.words:
        return session.scalar(select(func.count()).select_from(some.subquery())) or 0, which
    ids = session.scalars(some).all()
    return len(ids), which if len(ids) > COUNTED_TO else [SupportCase.id.in_(ids)]


def turned(session: Session, query: Select[Any], *, after: int | None, before: int | None) -> Select[Any]:
    """Newest first, on from a case already shown, or backwards from it: no OFFSET, which reads everything it skips."""
    place = tuple_(SupportCase.received_at, SupportCase.id)
    newest_first = query.order_by(SupportCase.received_at.desc(), SupportCase.id.desc())
    start = session.get(SupportCase, after or before) if after or before else None
    if start is None:
        return newest_first
    here = (start.received_at, start.id)
    if after is not None:
        return newest_first.where(place < here)
    return query.where(place > here).order_by(SupportCase.received_at, SupportCase.id)


def _standing(standing: Standing) -> list[ColumnElement[bool]]:
    if standing is Standing.ALL:
        return []
    is_open = SupportCase.closed_at.is_(None)
    return [is_open if standing is Standing.OPEN else ~is_open]


def _said(session: Session, words: str) -> list[ColumnElement[bool]]:
    """Each word is there, or it is a phone number in any notation and that number rang."""
    each = search_key(words).split()[:MOST_WORDS]
    numbers = [phone.e164 for phone in read_phones(words) if phone.valid and phone.e164]
    if not each:
        return []
    said = and_(*(_has(word) for word in each))
    # A number that stands in a text in groups is one word in the index, as the number that rang is.
    few = [few_with(session, NUMBER, [phone_digits(number)]) for number in numbers] or [few_with(session, NUMBER, each)]
    return [*among(SupportCase.id, few), or_(said, SupportCase.caller_phone.in_(numbers)) if numbers else said]


def _has(word: str) -> ColumnElement[bool]:
    """In the text to the letter; in a name also as whoever lacks the letters types it.

    The names are asked of each case: it is among few, or one of many that answer.
    """
    house, person = aliased(Organisation), aliased(Person)
    names = ((house, SupportCase.organisation_id), (person, SupportCase.person_id))
    return or_(part_of(SupportCase.search_key, word), *(_is_named(table, column, word) for table, column in names))


def _is_named(table: Any, column: Any, word: str) -> ColumnElement[bool]:
    keys = (part_of(key, form) for form in search_forms(word) for key in (table.search_key, table.loose_key))
    return select(table.id).where(table.id == column, or_(*keys)).exists()
