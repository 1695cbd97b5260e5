"""Keeps the index equal to the rows: at the end of each transaction, after a large one (`behind`), or all of it anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from crm.facets import SEARCHABLE
from crm.search import engine, vocabulary
from crm.search.entries import Entry, entry_of, records_of
from crm.searchable import Searchable
from crm.touched import Owner, in_portions
from crm.word_index import entry_id
from db.engine import Database
from db.search_tables import entries

AT_ONCE: Final = 1_000
# What touches more is followed after the transaction, a portion at a time: all others who save wait for a transaction's end.
MOST_WITHIN: Final = 2_000
_LEAVE: Final = text("INSERT INTO search_pending (id) VALUES (:id) ON CONFLICT (id) DO NOTHING")
# Asked in every save: putting a select together costs more than the answer.
_STORED: Final = select(entries).where(entries.c.id.in_(bindparam("ids", expanding=True)))


@dataclass
class Difference:
    """Entries to take away and entries to write. A changed one is among both."""

    gone: list[Entry] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)


def index_touched(session: Session, touched: Mapping[Owner, Collection[int]]) -> bool:
    """False: there are many, they are left for later, and `behind.catch_up` must follow the transaction."""
    records = {one.number: touched[one.number] for one in SEARCHABLE if one.number in touched}
    if sum(len(ids) for ids in records.values()) > MOST_WITHIN:
        leave(session, (entry_id(number, record) for number, ids in records.items() for record in ids))
        return False
    index(session, records)
    return True


def index(session: Session, touched: Mapping[int, Collection[int]]) -> None:
    """`touched`: ids of records by the number of their kind."""
    for searchable in SEARCHABLE:
        for ids in in_portions(touched.get(searchable.number, ())):
            write(session, searchable.number, difference(session, searchable, ids))


def leave(session: Session, ids: Iterable[int]) -> None:
    """Of entries. Some may be waiting already."""
    session.execute(_LEAVE, [{"id": one} for one in ids])


def difference(session: Session, searchable: Searchable, ids: list[int]) -> Difference:
    """What must be done for these records; empty when the index already says what the rows say."""
    stored = _stored(session, [entry_id(searchable.number, record) for record in ids])
    found = Difference()
    for record in records_of(session, searchable, ids):
        entry = entry_of(searchable, record)
        before = stored.pop(entry.id, None)
        if entry != before:
            found.new.append(entry)
            if before is not None:
                found.gone.append(before)
    found.gone.extend(stored.values())
    return found


def write(session: Session, kind: int, wanted: Difference) -> None:
    if wanted.gone:
        engine.remove_texts(session, wanted.gone)
        for some in in_portions(entry.id for entry in wanted.gone):
            session.execute(delete(entries).where(entries.c.id.in_(some)))
    if wanted.new:
        session.execute(insert(entries), [_values(entry) for entry in wanted.new])
        engine.add_texts(session, wanted.new)
    vocabulary.follow(session, kind, gone=wanted.gone, new=wanted.new)


def _values(entry: Entry) -> dict[str, Any]:
    """As `asdict` gives it, which copies every text and so costs a fifth of writing 20,000 entries."""
    return {column.name: getattr(entry, column.name) for column in fields(entry)}


def rebuild(database: Database) -> int:
    """The whole index from the rows, in one transaction. The number of records."""
    with database.writing() as session:
        engine.empty(session)
        count = sum(_index_all(session, searchable) for searchable in SEARCHABLE)
        engine.pack(session)
        return count


def _index_all(session: Session, searchable: Searchable) -> int:
    count = 0
    for ids in all_ids(session, searchable):
        new = [entry_of(searchable, record) for record in records_of(session, searchable, ids)]
        write(session, searchable.number, Difference(new=new))
        count += len(new)
    return count


def all_ids(session: Session, searchable: Searchable) -> Iterator[list[int]]:
    own: Any = searchable.own
    last = 0
    while ids := list(session.scalars(select(own.id).where(own.id > last).order_by(own.id).limit(AT_ONCE))):
        yield ids
        last = ids[-1]


def _stored(session: Session, ids: Iterable[int]) -> dict[int, Entry]:
    return {row.id: Entry(*row) for row in session.execute(_STORED, {"ids": list(ids)})}
