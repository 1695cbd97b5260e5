"""Persons are passed by, by name, until a page is full of those with a rare post: told from indexes, without reading them."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_persons_sort_key", "persons")
    op.create_index("ix_persons_sort_key", "persons", ["sort_key", "id", "merged_into_id"])
    op.drop_index("ix_posts_person_id", "posts")
    op.create_index("ix_posts_person_id", "posts", ["person_id", "organisation_id", "kind", "since", "until"])
