"""The words of a case are those of the search index: with the answers, the tags and the files, and no second copy of the text."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("support_cases", "search_key")
