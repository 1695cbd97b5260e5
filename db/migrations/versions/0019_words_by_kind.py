"""On PostgreSQL the index of words has each with its kind: a word of few houses is no longer looked for among all the calls."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KIND = "CAST(kind AS text) || ':'"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for column in ("names", "words"):
        op.execute(f"DROP INDEX ix_search_entries_{column}")
        words = f"string_to_array({KIND} || replace({column}, ' ', ' ' || {KIND}), ' ')"
        op.execute(f"CREATE INDEX ix_search_entries_{column} ON search_entries USING gin (array_to_tsvector({words}))")
    op.execute("ANALYZE search_entries")  # or nothing is known about the words before some are saved
