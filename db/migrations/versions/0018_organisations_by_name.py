"""Organisations of every kind are read by name, a page at a time."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_organisations_sort_key"), "organisations", ["sort_key"])
