"""In which kinds of record each word of the search index stands; the index is written anew after the migrations.

And who has a post where is read from an index alone, from either side.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("search_words", sa.Column("places", sa.BigInteger(), server_default="0", nullable=False))
    op.drop_column("search_words", "is_name")  # the places say it
    op.drop_index("ix_search_words_loose", table_name="search_words")
    op.create_index("ix_search_words_loose", "search_words", ["loose", "places"])
    for one, other in (("person_id", "organisation_id"), ("organisation_id", "person_id")):
        op.drop_index(f"ix_posts_{one}", table_name="posts")
        op.create_index(f"ix_posts_{one}", "posts", [one, other])
