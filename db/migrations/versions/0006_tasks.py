"""Tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_at", db.types.UtcDateTime(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column(
            "repeats",
            sa.Enum(
                "daily",
                "weekly",
                "monthly",
                "quarterly",
                "yearly",
                name="repeats",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("anchor_day", sa.Integer(), nullable=True),
        sa.Column("done_at", db.types.UtcDateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=43), nullable=True),
        sa.Column("created_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_tasks_done_by_somebody")),
        sa.CheckConstraint(
            "CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN person_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN case_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN inquiry_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN event_id IS NULL THEN 0 ELSE 1 END <= 1",
            name=op.f("ck_tasks_at_most_one_record"),
        ),
        sa.CheckConstraint("length(trim(what)) > 0", name=op.f("ck_tasks_what_is_said")),
        sa.CheckConstraint(
            "repeats IS NULL OR (due_at IS NOT NULL AND anchor_day IS NOT NULL)",
            name=op.f("ck_tasks_repeats_from_a_day"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_cases.id"], name=op.f("fk_tasks_case_id_support_cases")),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_tasks_done_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_tasks_event_id_events")),
        sa.ForeignKeyConstraint(["follows_id"], ["tasks.id"], name=op.f("fk_tasks_follows_id_tasks")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_tasks_inquiry_id_inquiries")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_tasks_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_tasks_person_id_persons")),
        sa.ForeignKeyConstraint(["responsible_id"], ["users.id"], name=op.f("fk_tasks_responsible_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_tasks_follows_id")),
        sa.UniqueConstraint("token", name=op.f("uq_tasks_token")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_tasks_waiting", ["done_at", "responsible_id", "due_at", "id"], unique=False)
