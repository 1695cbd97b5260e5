"""Which cases a list wants, and in what order they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from crm.cases.facets import NUMBER
from crm.contact_details import phone_digits, read_phones
from crm.names import search_forms, search_key
from crm.periods import Quarter
from crm.records import Kind
from crm.tags.selects import has_tag
from crm.word_index import FEW, Found, among, either, entry_id, found_with, is_behind, part_of
from db.models.cases import Channel, SupportCase
from db.models.organisations import Organisation
from db.models.people import Person
from db.search_tables import entries
from db.wording import has_one

# A search of more words than these is a sentence; each costs a look through the texts.
MOST_WORDS = 6
# Counting further costs more than knowing it is worth; the screen says "over".
COUNTED_TO = 1_000
# What very many have is looked for among so many of the list, in its order, before all that have it are put in order.
READ_ON = 5_000
AT_ONCE = 1_000
SAMPLE = 300  # of which a fifth answers where asking soon finds enough


class Standing(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class CaseFilter:
    """`words`: each stands in one of the case's texts, as the search index has them, or in a name of its house or person."""

    standing: Standing = Standing.OPEN
    topic_id: int | None = None
    channel: Channel | None = None
    responsible_id: int | None = None
    organisation_id: int | None = None
    quarter: Quarter | None = None
    tag_id: int | None = None
    words: str = ""


def matched(
    session: Session, wanted: CaseFilter, *, after: int | None, before: int | None, limit: int
) -> tuple[int, list[ColumnElement[bool]]]:
    """How many there are, up to COUNTED_TO and one more, and what to ask for this page of them, one more than `limit`.

    The index names those that have the words. Where it alone does not do, each is asked: counting a few is counting all of them;
    where there are more, it goes by what was found first, and only a page of them is looked at in order.
    """
    which, said = _narrowed(wanted), _said(wanted.words)
    if said is None:
        some = select(SupportCase.id).where(*which).limit(COUNTED_TO + 1)
        return session.scalar(select(func.count()).select_from(some.subquery())) or 0, which
    in_order = turned(session, select(SupportCase.id).where(*which), after=after, before=before)
    found = _found(session, wanted.words)
    if found is not None and _does_alone(session, found, which, said):
        named = SupportCase.id.in_(found.ids)
        ids = session.scalars(select(SupportCase.id).where(*which, named).limit(COUNTED_TO + 1)).all()
        page = session.scalars(in_order.where(named).limit(limit + 1)).all() if len(ids) > COUNTED_TO else ids
        return len(ids), [SupportCase.id.in_(page)]
    ids = _counted(session, which, said, found)
    if len(ids) <= COUNTED_TO:
        return len(ids), [SupportCase.id.in_(ids)]
    if found is None:
        return len(ids), [*which, said]
    page = [] if found.are_few else _soon_found(session, in_order, said, limit + 1)
    if len(page) <= limit:
        page = _first_of(session, in_order.where(SupportCase.id.in_(found.ids)), said, limit + 1)
    return len(ids), [SupportCase.id.in_(page)]


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


def _does_alone(
    session: Session, found: Found, which: Sequence[ColumnElement[bool]], said: ColumnElement[bool]
) -> bool:
    """Whether the index knows all that have the words, and those are few; or few are wanted, and of a sample hardly one answers."""
    if not found.says_all or is_behind(session, NUMBER):
        return False
    if found.are_few:
        return True
    some = session.scalars(select(SupportCase.id).where(*which).limit(SAMPLE)).all()
    more = session.scalars(select(SupportCase.id).where(*which).offset(FEW).limit(1)).all()
    return len(some) == SAMPLE and not more and len(_answering(session, some, said)) < SAMPLE // 5


def _counted(
    session: Session, which: Sequence[ColumnElement[bool]], said: ColumnElement[bool], found: Found | None
) -> Sequence[int]:
    """The ids of some that answer, COUNTED_TO and one more; of all of them when they are fewer.

    Nearly all that the index names do answer: of many, the first ones are asked first.
    """
    answering = select(SupportCase.id).where(*which, said).limit(COUNTED_TO + 1)
    if found is not None and found.count > 2 * COUNTED_TO:
        first = session.scalars(answering.where(SupportCase.id.in_(found.ids.limit(2 * COUNTED_TO)))).all()
        if len(first) > COUNTED_TO:
            return first
    return session.scalars(answering.where(*among(SupportCase.id, found))).all()


def _soon_found(session: Session, in_order: Select[int], said: ColumnElement[bool], count: int) -> list[int]:
    """Of many, a page is soon full, unless what they have in common was long ago."""
    moments = in_order.with_only_columns(SupportCase.received_at)
    near, far = session.scalar(moments.limit(1)), session.scalar(moments.offset(READ_ON).limit(1))
    if near is not None and far is not None:
        in_order = in_order.where(SupportCase.received_at.between(min(near, far), max(near, far)))
    return list(session.scalars(in_order.where(said).limit(count)))


def _first_of(session: Session, in_order: Select[int], said: ColumnElement[bool], count: int) -> list[int]:
    """The first that answer. They are put in order before they are asked: that reads little of each, and nearly all do answer."""
    enough = 2 * count
    found = _answering(session, session.scalars(in_order.limit(enough)).all(), said)
    if len(found) < count:
        rest = session.scalars(in_order.offset(enough)).all()
        for start in range(0, len(rest), AT_ONCE):
            found += _answering(session, rest[start : start + AT_ONCE], said)
            if len(found) >= count:
                break
    return found[:count]


def _answering(session: Session, ids: Sequence[int], said: ColumnElement[bool]) -> list[int]:
    answering = set(session.scalars(select(SupportCase.id).where(SupportCase.id.in_(ids), said)))
    return [one for one in ids if one in answering]


def _narrowed(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """By all but the words."""
    found = _standing(wanted.standing)
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


def _standing(standing: Standing) -> list[ColumnElement[bool]]:
    if standing is Standing.ALL:
        return []
    is_open = SupportCase.closed_at.is_(None)
    return [is_open if standing is Standing.OPEN else ~is_open]


def _said(words: str) -> ColumnElement[bool] | None:
    """Each word is there, or it is a phone number in any notation and that number rang. None: there is no word."""
    each = _words(words)
    if not each:
        return None
    said, numbers = and_(*(_has(word) for word in each)), _numbers(words)
    return or_(said, SupportCase.caller_phone.in_(numbers)) if numbers else said


def _found(session: Session, words: str) -> Found | None:
    """A number that stands in a text in groups is one word in the index, as the number that rang is."""
    each = [[phone_digits(number)] for number in _numbers(words)] or [_words(words)]
    return either(found_with(session, NUMBER, several, one_by_one=True) for several in each)


def _words(words: str) -> list[str]:
    return search_key(words).split()[:MOST_WORDS]


def _numbers(words: str) -> list[str]:
    return [phone.e164 for phone in read_phones(words) if phone.valid and phone.e164]


def _has(word: str) -> ColumnElement[bool]:
    """In one of its texts to the letter; in a name also as whoever lacks the letters types it.

    All are asked of each case: it is among few, or one of many that answer.
    """
    entry = (entries.c.id == literal(entry_id(NUMBER, 0), BigInteger) + SupportCase.id, part_of(entries.c.words, word))
    house, person = aliased(Organisation), aliased(Person)
    names = ((house, SupportCase.organisation_id), (person, SupportCase.person_id))
    in_a_text = has_one(select(entries.c.id).where(*entry))
    return or_(in_a_text, *(_is_named(table, column, word) for table, column in names))


def _is_named(table: Any, column: Any, word: str) -> ColumnElement[bool]:
    keys = (part_of(key, form) for form in search_forms(word) for key in (table.search_key, table.loose_key))
    return has_one(select(table.id).where(table.id == column, or_(*keys)))
