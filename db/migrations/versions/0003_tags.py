"""Tags on records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("search_key", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("search_key", name=op.f("uq_tags_search_key")),
    )
    op.create_table(
        "taggings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN person_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN case_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN inquiry_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_taggings_one_record"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["support_cases.id"], name=op.f("fk_taggings_case_id_support_cases")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_taggings_event_id_events")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_taggings_inquiry_id_inquiries")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_taggings_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_taggings_person_id_persons")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_taggings_tag_id_tags")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taggings")),
        sa.UniqueConstraint("tag_id", "case_id", name=op.f("uq_taggings_tag_id_case_id")),
        sa.UniqueConstraint("tag_id", "event_id", name=op.f("uq_taggings_tag_id_event_id")),
        sa.UniqueConstraint("tag_id", "inquiry_id", name=op.f("uq_taggings_tag_id_inquiry_id")),
        sa.UniqueConstraint("tag_id", "organisation_id", name=op.f("uq_taggings_tag_id_organisation_id")),
        sa.UniqueConstraint("tag_id", "person_id", name=op.f("uq_taggings_tag_id_person_id")),
    )
    with op.batch_alter_table("taggings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taggings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taggings_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taggings_inquiry_id"), ["inquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taggings_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taggings_person_id"), ["person_id"], unique=False)
