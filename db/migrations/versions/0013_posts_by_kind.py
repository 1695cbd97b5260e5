"""The list of persons is narrowed by the kind of their posts."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posts_kind_person_id", "posts", ["kind", "person_id"])
