"""The search index. It is filled from the rows after the migrations, by whoever ran them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ON_SQLITE = (
    "CREATE VIRTUAL TABLE search_texts USING fts5("
    "names, words, content='search_entries', content_rowid='id', tokenize='ascii', detail='column')",
    "CREATE VIRTUAL TABLE search_parts USING fts5(loose, content='', tokenize='trigram case_sensitive 1')",
)
# PostgreSQL lets whoever owns the database add this extension, since it is marked as trusted.
ON_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_search_entries_names ON search_entries USING gin (array_to_tsvector(string_to_array(names, ' ')))",
    "CREATE INDEX ix_search_entries_words ON search_entries USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    "CREATE INDEX ix_search_words_parts ON search_words USING gin (loose gin_trgm_ops)",
)
NAMED = sa.text("name_key IS NOT NULL")


def _key(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.Column("name_key", _key(200), nullable=True),
        sa.Column("loose_key", _key(200), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    for key in ("name_key", "loose_key"):
        op.create_index(
            f"ix_search_entries_kind_{key}",
            "search_entries",
            ["kind", key],
            sqlite_where=NAMED,
            postgresql_where=NAMED,
        )
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", _key(60), nullable=False),
        sa.Column("loose", _key(60), nullable=False),
        sa.Column("stem", _key(60), nullable=False),
        sa.Column("is_name", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint("word", name=op.f("uq_search_words_word")),
    )
    for column in ("loose", "stem"):
        op.create_index(op.f(f"ix_search_words_{column}"), "search_words", [column])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
