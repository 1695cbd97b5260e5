"""In which kinds of record each word of the search index stands; the index is written anew after the migrations.

And where somebody has a post is read from the index on the person alone.
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
    op.drop_index("ix_posts_person_id", table_name="posts")
    op.create_index("ix_posts_person_id", "posts", ["person_id", "organisation_id"])
