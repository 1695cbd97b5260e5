"""What SQLite and PostgreSQL do differently: here and in `crm.word_index`, and nowhere else.

SQLite searches in FTS5 tables, which are told of every entry; PostgreSQL has indexes on the entries themselves. Both look for whole
words of ours only, so neither's idea of a word, a stem or a rank ever matters, and both find the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, bindparam, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crm.names import loose_key
from crm.search.asked import FEWEST_INSIDE, FEWEST_LETTERS, Word
from crm.search.entries import Entry
from crm.touched import in_portions
from crm.word_index import IN_NAMES, KIND_BITS, LAST, NAME_MARK, entry_id, is_sqlite, match_of, on_postgresql
from db.search_tables import entries as entries_table

_ADD_TEXT: Final = text("INSERT INTO search_texts (rowid, names, words) VALUES (:id, :names, :words)")
_REMOVE_TEXT: Final = text(
    "INSERT INTO search_texts (search_texts, rowid, names, words) VALUES ('delete', :id, :names, :words)"
)
_ADD_PARTS: Final = text(
    "INSERT INTO search_parts (rowid, loose) SELECT :first + id, loose FROM search_words WHERE word IN :words"
).bindparams(bindparam("words", expanding=True))
_REMOVE_PARTS: Final = text(
    "INSERT INTO search_parts (search_parts, rowid, loose) "
    "SELECT 'delete', :first + id, loose FROM search_words WHERE word IN :words"
).bindparams(bindparam("words", expanding=True))
_LEAVE_PLACE: Final = text(
    "UPDATE search_words SET places = places & ~CAST(:bit AS BIGINT) WHERE word IN :words"
).bindparams(bindparam("words", expanding=True))
_FORGET: Final = text("DELETE FROM search_words WHERE places = 0 AND word IN :words").bindparams(
    bindparam("words", expanding=True)
)
# What was written in many portions lies in many segments, and each word is looked for in every one of them.
_PACK: Final = (
    "INSERT INTO search_texts (search_texts) VALUES ('optimize')",
    "INSERT INTO search_parts (search_parts) VALUES ('optimize')",
)
_EMPTY: Final = (
    "INSERT INTO search_texts (search_texts) VALUES ('delete-all')",
    "INSERT INTO search_parts (search_parts) VALUES ('delete-all')",
)


# Of more words that begin so, or have this part, those of names are looked at first, and of the others not all.
MOST_CONSIDERED: Final = 5_000
_IN_A_NAME: Final = f"places >= {1 << IN_NAMES}"
_NEAREST: Final = f"ORDER BY {_IN_A_NAME} DESC, length(word), word LIMIT 30"


def _beginning(column: str, typed: str) -> str:
    begins = f"{column} >= :{typed} AND {column} < :{typed}_end"
    first = f"SELECT word, places FROM search_words WHERE {begins}"
    of_names, of_all = f"{first} AND {_IN_A_NAME} {_NEAREST}", f"{first} ORDER BY {column} LIMIT {MOST_CONSIDERED}"
    either = f"SELECT * FROM ({of_names}) AS of_names UNION SELECT * FROM ({of_all}) AS of_all"
    return f"SELECT word FROM (SELECT word FROM ({either}) AS either {_NEAREST}) AS begun"


_NEAR: Final = text(
    f"{_beginning('word', 'typed')} UNION {_beginning('loose', 'loose')} "
    f"UNION SELECT word FROM (SELECT word FROM search_words WHERE stem = :stem {_NEAREST}) AS bent"
)
_PARTS: Final = "SELECT rowid FROM search_parts WHERE search_parts MATCH :quoted AND rowid"
_FIRST_NAME: Final = entry_id(IN_NAMES, 0)
_AROUND: Final = {
    True: text(
        f"SELECT word FROM search_words WHERE id IN (SELECT rowid & {(1 << KIND_BITS) - 1} FROM ("
        f"SELECT * FROM ({_PARTS} >= {_FIRST_NAME} LIMIT {MOST_CONSIDERED}) UNION ALL "
        f"SELECT * FROM ({_PARTS} < {_FIRST_NAME} LIMIT {MOST_CONSIDERED}))) AND word LIKE :strict {_NEAREST}"
    ),
    False: text(
        "SELECT word FROM (SELECT word, places FROM search_words WHERE loose LIKE :part AND word LIKE :strict "
        f"LIMIT {MOST_CONSIDERED}) AS around {_NEAREST}"
    ),
}
_COLUMNS: Final = ", ".join(f"e.{column.name}" for column in entries_table.columns)
# PostgreSQL cannot read its index of words from the newest on. A common word fills a page from among the newest entries; only where
# they do not, all that have the word are fetched, which are few then (docs/decisions/0075). "+ 0": by no other index.
_AMONG_THE_NEWEST: Final = 600
_NEWEST: Final = {
    True: "SELECT rowid AS id FROM search_texts WHERE search_texts MATCH :match_{kind} AND rowid >= {first} AND rowid < {beyond} "
    "ORDER BY rowid DESC LIMIT :most",
    False: "(SELECT id FROM search_entries WHERE {indexed} @@ CAST(:match_{kind} AS tsquery) "
    "AND id > {newest} AND id >= {first} AND id < {beyond} ORDER BY id DESC LIMIT :most) UNION ALL "
    "(SELECT id FROM search_entries WHERE {indexed} @@ CAST(:match_{kind} AS tsquery) "
    "AND id + 0 <= {newest} ORDER BY id + 0 DESC LIMIT :most) LIMIT :most",
}


def add_texts(session: Session, entries: Sequence[Entry]) -> None:
    if is_sqlite(session):
        session.execute(_ADD_TEXT, [_searched(entry) for entry in entries])


def remove_texts(session: Session, entries: Sequence[Entry]) -> None:
    """With the words they were added with; FTS5 keeps none, and would go on finding what it is not told of."""
    if is_sqlite(session):
        session.execute(_REMOVE_TEXT, [_searched(entry) for entry in entries])


def add_parts(session: Session, place: int, words: Sequence[str]) -> None:
    if is_sqlite(session):
        session.execute(_ADD_PARTS, {"first": entry_id(place, 0), "words": words})


def leave_place(session: Session, place: int, words: Sequence[str]) -> None:
    """These words stand there no longer; those that now stand nowhere are forgotten."""
    for some in in_portions(words):
        if is_sqlite(session):
            session.execute(_REMOVE_PARTS, {"first": entry_id(place, 0), "words": some})
        session.execute(_LEAVE_PLACE, {"bit": 1 << place, "words": some})
        session.execute(_FORGET, {"words": some})


def unused(session: Session, kind: int, words: Sequence[str], *, in_names: bool) -> list[str]:
    """Those that stand in no entry of the kind any more, or in no name of one."""
    column, mark = ("names", NAME_MARK) if in_names else ("words", "")
    newest = ((word, entries_with_words(session, [[[mark + word]]], [kind], column=column, limit=1)) for word in words)
    return [word for word, entries in newest if not entries]


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
    for table in ("search_entries", "search_words", "search_pending"):
        session.execute(text(f"DELETE FROM {table}"))


def pack(session: Session) -> None:
    """After the whole index was written: a word is then found five times as quickly."""
    if is_sqlite(session):
        for statement in _PACK:
            session.execute(text(statement))


def near_words(session: Session, word: Word) -> frozenset[str]:
    """The word, what begins with it, the same as typed without æ, ø and å, and its other forms: the shortest of each."""
    loose = word.loose if word.loose is not None and len(word.loose) >= FEWEST_LETTERS else ""
    asked = {"typed": word.typed, "typed_end": word.typed + LAST, "loose": loose, "loose_end": loose and loose + LAST}
    return frozenset(session.scalars(_NEAR, asked | {"stem": word.stem or ""})) | {word.typed}


def words_around(session: Session, word: Word) -> frozenset[str]:
    """Words it is a part of, the shortest of them."""
    part = loose_key(word.typed)
    if len(part) < FEWEST_INSIDE:
        return frozenset()
    strict = f"%{word.typed}%" if word.loose is None else "%"
    asked = {"quoted": f'"{part}"'} if is_sqlite(session) else {"part": f"%{part}%"}
    return frozenset(session.scalars(_AROUND[is_sqlite(session)], asked | {"strict": strict}))


def entries_with_words(
    session: Session, readings: Sequence[Sequence[Sequence[str]]], kinds: Sequence[int], *, column: str, limit: int
) -> list[Entry]:
    """The newest of each kind that have, of every list of one of the readings, at least one word. `column`: names, or words."""
    query = _newest_of(is_sqlite(session), tuple(kinds), column)
    return read(session, query, {**_matches(session, readings, kinds, column), "most": limit})


def _matches(
    session: Session, readings: Sequence[Sequence[Sequence[str]]], kinds: Sequence[int], column: str
) -> dict[str, str]:
    """By the names that `_NEWEST` has for them. SQLite is asked the same of every kind."""
    names = {kind: f"match_{kind}" for kind in kinds}
    if is_sqlite(session):
        return dict.fromkeys(names.values(), match_of(session, readings, kinds[0], column))
    return {name: match_of(session, readings, kind, column) for kind, name in names.items()}


def entries_with(session: Session, ids: Sequence[int]) -> list[Entry]:
    return read(session, select(entries_table).where(entries_table.c.id.in_(ids)))


def read(session: Session, query: Executable, asked: Mapping[str, Any] | None = None) -> list[Entry]:
    return [Entry(*row) for row in session.execute(query, asked or {})]


@cache
def _newest_of(on_sqlite: bool, kinds: tuple[int, ...], column: str) -> Executable:
    parts = (_NEWEST[on_sqlite].format(indexed=on_postgresql(column), **_range_of(kind)) for kind in kinds)
    together = " UNION ALL ".join(
        f"SELECT id FROM ({part}) AS of_kind_{kind}" for part, kind in zip(parts, kinds, strict=True)
    )
    found = text(f"SELECT {_COLUMNS} FROM ({together}) AS newest JOIN search_entries AS e ON e.id = newest.id")
    return found.columns(*entries_table.columns)


def _range_of(kind: int) -> dict[str, int | str]:
    first, beyond = entry_id(kind, 0), entry_id(kind + 1, 0)
    newest = f"(SELECT max(id) FROM search_entries WHERE id < {beyond}) - {_AMONG_THE_NEWEST}"
    return {"kind": kind, "first": first, "beyond": beyond, "newest": newest}


def _searched(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "names": entry.names, "words": entry.words}
