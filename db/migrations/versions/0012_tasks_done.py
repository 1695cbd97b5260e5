"""The tasks that are done, in the order they are shown."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_tasks_done", "tasks", ["done_at", "id"])
