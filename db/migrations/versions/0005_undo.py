"""Imports and merges can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "undo_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("batch_kind", "import", "merge"), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("undone_at", db.types.UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("forgotten_at", db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_undo_batches_user_id_users")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_undo_batches_undone_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_batches")),
    )
    op.create_index(op.f("ix_undo_batches_at"), "undo_batches", ["at"])
    op.create_index("ix_undo_batches_subject", "undo_batches", ["subject_kind", "subject_id"])
    op.create_table(
        "undo_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("step_kind", "inserted", "changed", "deleted"), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["undo_batches.id"], name=op.f("fk_undo_steps_batch_id_undo_batches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_steps")),
    )
    op.create_index(op.f("ix_undo_steps_batch_id"), "undo_steps", ["batch_id"])
