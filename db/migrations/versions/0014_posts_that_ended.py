"""The list of persons is narrowed to those whose posts have ended."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posts_kind_until", "posts", ["kind", "until", "person_id"])
