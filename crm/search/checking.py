"""Whether the index says what the rows say."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.facets import SEARCHABLE
from crm.search import engine
from crm.search.entries import Entry
from crm.search.index import difference
from crm.search.vocabulary import places_of
from crm.searchable import Searchable
from crm.touched import in_portions
from crm.word_index import entry_id, record_id_of
from db.engine import Database
from db.search_tables import entries, words


def disagreements(database: Database) -> int:
    """How many records would not be found as they are stored, or are found and gone. Reads everything once."""
    with database.reading() as session:
        wrong = sum(_wrong(session, searchable) for searchable in SEARCHABLE)
        return wrong + _missing_words(session) + (0 if engine.is_whole(session) else 1)


def _wrong(session: Session, searchable: Searchable) -> int:
    own: Any = searchable.own
    first, beyond = (entry_id(number, 0) for number in (searchable.number, searchable.number + 1))
    known = session.scalars(select(entries.c.id).where(entries.c.id >= first, entries.c.id < beyond))
    ids = {record_id_of(entry) for entry in known} | set(session.scalars(select(own.id)))
    found = (difference(session, searchable, some) for some in in_portions(ids))
    return sum(len({entry.id for entry in (*wanted.gone, *wanted.new)}) for wanted in found)


def _missing_words(session: Session) -> int:
    """Missing, or said to stand where they do not."""
    used: dict[str, int] = {}
    for row in session.execute(select(entries).execution_options(yield_per=1_000)):
        for word, places in places_of(row.kind, [Entry(*row)]).items():
            used[word] = used.get(word, 0) | places
    known = {row.word: row.places for row in session.execute(select(words.c.word, words.c.places))}
    return sum(used.get(word) != known.get(word) for word in used.keys() | known.keys())
