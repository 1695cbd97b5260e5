"""The tables of the search index.

Beside them the migration makes what each database searches by, which neither SQLAlchemy nor Alembic knows: on SQLite two FTS5
tables, `search_texts` (the words of the entries) and `search_parts` (the parts of the words); on PostgreSQL GIN indexes on both.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, String, Table, Text, text

from db.derived import derived
from db.types import UtcDateTime

LONGEST_WORD = 60
LONGEST_NAME = 200

# Compared letter by letter on every server, or the beginning of a word is no range of an index.
_KEY = String(LONGEST_NAME).with_variant(String(LONGEST_NAME, collation="C"), "postgresql")
_WORD = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")

_NAMED = text("name_key IS NOT NULL")
# As crm/word_index.py has it, to the letter, or the index is not used.
_IN_A_NAME = text("places >= 4294967296")

# A row for each record. The id is the kind's number and the record's id in one, so that a kind's are a range of it.
entries = Table(
    "search_entries",
    derived,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # The present name as `crm.names` has it; None where a record has no name.
    Column("name_key", _KEY),
    Column("loose_key", _KEY),
    Column("names", Text, nullable=False),  # the words of each name, ` | ` between them
    Column("words", Text, nullable=False),  # each word of all texts once, in alphabetical order
    Index("ix_search_entries_kind_name_key", "kind", "name_key", sqlite_where=_NAMED, postgresql_where=_NAMED),
    Index("ix_search_entries_kind_loose_key", "kind", "loose_key", sqlite_where=_NAMED, postgresql_where=_NAMED),
)

# Each word of any entry, once. A search looks here first for what may be meant: longer words, other forms, compounds.
words = Table(
    "search_words",
    derived,
    Column("id", Integer, primary_key=True),
    Column("word", _WORD, nullable=False, unique=True),
    Column("loose", _WORD, nullable=False),
    Column("stem", _WORD, nullable=False, index=True),
    # A bit for each kind of record it stands in, and for each in whose names (crm/word_index.py): what is in thousands of other
    # words says much about a kind that has none of them.
    Column("places", BigInteger, nullable=False, server_default="0"),
    Index("ix_search_words_loose", "loose", "places"),
    Index("ix_search_words_name", "word", sqlite_where=_IN_A_NAME, postgresql_where=_IN_A_NAME),
    Index("ix_search_words_loose_name", "loose", sqlite_where=_IN_A_NAME, postgresql_where=_IN_A_NAME),
)

# Entries that a large transaction has left to be written after it (crm/search/behind.py).
pending = Table(
    "search_pending",
    derived,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
)


def is_known_to_alembic(name: str | None, kind: str, _parents: object) -> bool:
    """Autogenerate would drop what each database searches by, with the tables that FTS5 keeps for itself."""
    if kind == "table":
        return name is None or not name.startswith(("search_texts", "search_parts"))
    return kind != "index" or name not in {
        "ix_search_entries_names",
        "ix_search_entries_words",
        "ix_search_words_parts",
    }
