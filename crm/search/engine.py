"""What SQLite and PostgreSQL do differently: here and nowhere else.

SQLite searches in FTS5 tables, which are told of every entry; PostgreSQL has indexes on the entries themselves. Both look for whole
words of ours only, so neither's idea of a word, a stem or a rank ever matters, and both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crm.search.entries import Entry
from crm.search.touched import in_portions

_ADD_TEXT: Final = text("INSERT INTO search_texts (rowid, names, words) VALUES (:id, :names, :words)")
_REMOVE_TEXT: Final = text(
    "INSERT INTO search_texts (search_texts, rowid, names, words) VALUES ('delete', :id, :names, :words)"
)
_ADD_PARTS: Final = text(
    "INSERT INTO search_parts (rowid, loose) SELECT id, loose FROM search_words WHERE word IN :words"
).bindparams(bindparam("words", expanding=True))
_REMOVE_PARTS: Final = text(
    "INSERT INTO search_parts (search_parts, rowid, loose) "
    "SELECT 'delete', id, loose FROM search_words WHERE word IN :words"
).bindparams(bindparam("words", expanding=True))
_FORGET: Final = text("DELETE FROM search_words WHERE word IN :words").bindparams(bindparam("words", expanding=True))
_IS_USED: Final = {
    True: text("SELECT 1 FROM search_texts WHERE search_texts MATCH :term LIMIT 1"),
    False: text(
        "SELECT 1 FROM search_entries WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:term AS tsquery) LIMIT 1"
    ),
}
_EMPTY: Final = (
    "INSERT INTO search_texts (search_texts) VALUES ('delete-all')",
    "INSERT INTO search_parts (search_parts) VALUES ('delete-all')",
)


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def add_texts(session: Session, entries: Sequence[Entry]) -> None:
    if is_sqlite(session):
        session.execute(_ADD_TEXT, [_searched(entry) for entry in entries])


def remove_texts(session: Session, entries: Sequence[Entry]) -> None:
    """With the words they were added with; FTS5 keeps none, and would go on finding what it is not told of."""
    if is_sqlite(session):
        session.execute(_REMOVE_TEXT, [_searched(entry) for entry in entries])


def add_parts(session: Session, words: Sequence[str]) -> None:
    if is_sqlite(session):
        session.execute(_ADD_PARTS, {"words": words})


def forget_words(session: Session, words: Sequence[str]) -> None:
    for some in in_portions(words):
        if is_sqlite(session):
            session.execute(_REMOVE_PARTS, {"words": some})
        session.execute(_FORGET, {"words": some})


def unused(session: Session, words: Sequence[str]) -> list[str]:
    """Those that stand in no entry any more."""
    query = _IS_USED[is_sqlite(session)]
    return [word for word in words if session.execute(query, {"term": _term(session, word)}).first() is None]


def is_whole(session: Session) -> bool:
    """Whether FTS5's tables agree with the entries they were told of."""
    if is_sqlite(session):
        try:
            session.execute(text("INSERT INTO search_texts (search_texts, rank) VALUES ('integrity-check', 1)"))
        except DatabaseError:
            return False
    return True


def empty(session: Session) -> None:
    if is_sqlite(session):
        for statement in _EMPTY:
            session.execute(text(statement))
    for table in ("search_entries", "search_words"):
        session.execute(text(f"DELETE FROM {table}"))


def _term(session: Session, word: str) -> str:
    return f'words : "{word}"' if is_sqlite(session) else f"'{word}'"


def _searched(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "names": entry.names, "words": entry.words}
