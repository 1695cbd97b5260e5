"""What the index says of a record: the words of its names and of all its texts, worked out from its rows and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, literal, null, select, union_all
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Session

from crm.members.places import municipality
from crm.names import loose_key, search_key
from crm.search.words import digits_of, words_of
from crm.searchable import NAMES, Field, Line, Searchable
from crm.word_index import NAME_MARK, entry_id
from db.search_tables import LONGEST_NAME
from db.types import UtcDateTime

MOST_WORDS: Final = 4_000
BETWEEN_NAMES: Final = " | "


@dataclass(frozen=True)
class Text:
    """One text of a record, as it was typed."""

    field: Field
    text: str


@dataclass(frozen=True)
class Record:
    """A record with all its texts, in the order of the feature's lines."""

    id: int
    at: datetime
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Entry:
    """A row of `db.search_tables.entries`."""

    id: int
    kind: int
    at: datetime
    name_key: str | None
    loose_key: str | None
    names: str
    words: str


def names_of(entry: Entry) -> list[str]:
    """The words of each name, the present one first."""
    return entry.names.replace(NAME_MARK, "").split(BETWEEN_NAMES) if entry.names else []


def entry_of(searchable: Searchable, record: Record) -> Entry:
    names = [" ".join(NAME_MARK + word for word in words_of(text.text)) for text in record.texts if text.field in NAMES]
    words = {word for text in record.texts for word in indexed_words(text)}
    present = next((text.text for text in record.texts if text.field is Field.NAME), None)
    return Entry(
        id=entry_id(searchable.number, record.id),
        kind=searchable.number,
        at=record.at,
        name_key=search_key(present)[:LONGEST_NAME] if present is not None else None,
        loose_key=loose_key(present)[:LONGEST_NAME] if present is not None else None,
        names=BETWEEN_NAMES.join(names),
        words=" ".join(sorted(words)[:MOST_WORDS]),
    )


def indexed_words(text: Text) -> tuple[str, ...]:
    if text.field is Field.MUNICIPALITY:
        place = municipality(text.text)
        return words_of(f"{place.name} {place.county.name}") if place else ()
    if text.field is Field.PHONE and text.text.startswith("+"):
        return (digits_of(text.text),)
    return words_of(text.text)


def records_of(session: Session, searchable: Searchable, ids: Sequence[int]) -> Iterator[Record]:
    """Those of the ids that are there, by id."""
    at: dict[int, datetime] = {}
    texts: defaultdict[int, list[Text]] = defaultdict(list)
    for row in session.execute(_lines(searchable), {"ids": ids}):
        if row.at is not None:
            at[row.record_id] = row.at
        elif row.text:
            texts[row.record_id].append(Text(Field(row.field), row.text))
    return (Record(record_id, at[record_id], tuple(texts[record_id])) for record_id in sorted(at))


@cache
def _lines(searchable: Searchable) -> Select[Any]:
    """All lines of the records `:ids` in one question; the first says that the record is there, and when it happened."""
    own: Any = searchable.own
    there = _part(0, of=own.id, field=literal(""), text=null(), at=searchable.at, row_id=own.id).where(_among(own.id))
    if searchable.where is not None:
        there = there.where(searchable.where)
    parts = [there, *(_of_line(place, line) for place, line in enumerate(searchable.lines, start=1))]
    together = union_all(*parts).subquery("lines")
    return select(together).order_by(together.c.record_id, together.c.place, together.c.row_id)


def _of_line(place: int, line: Line) -> Select[Any]:
    own_row: Any = getattr(line.of.class_, "id", line.via)
    field = literal(line.field.value) if isinstance(line.field, Field) else line.field
    no_moment = cast(null(), UtcDateTime())
    query = _part(place, of=line.of, field=field, text=line.text, at=no_moment, row_id=own_row).where(_among(line.of))
    if line.via is not None:
        lender = line.text.class_
        query = query.join(lender, lender.id == line.via)
    return query


def _part(place: int, *, of: Any, field: Any, text: Any, at: Any, row_id: Any) -> Select[Any]:
    columns = (of.label("record_id"), literal(place).label("place"), row_id.label("row_id"))
    return select(*columns, cast(field, String).label("field"), cast(text, LongText).label("text"), at.label("at"))


def _among(column: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(bindparam("ids", expanding=True))
    return found
