"""The words of names have an index of their own: of very many words that begin alike, they are looked at first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_IN_A_NAME = sa.text("places >= 4294967296")


def upgrade() -> None:
    for index, column in (("name", "word"), ("loose_name", "loose")):
        op.create_index(
            op.f(f"ix_search_words_{index}"),
            "search_words",
            [column],
            sqlite_where=_IN_A_NAME,
            postgresql_where=_IN_A_NAME,
        )
