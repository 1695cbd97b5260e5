"""Selections and mailing lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailing_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("needs_consent", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_lists")),
        sa.UniqueConstraint("name", name=op.f("uq_mailing_lists_name")),
        sa.UniqueConstraint("token", name=op.f("uq_mailing_lists_token")),
    )
    op.create_table(
        "mailing_list_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column(
            "consent_how",
            sa.Enum(
                "form",
                "email",
                "phone",
                "in_person",
                "other",
                name="consent_how",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("consent_source", sa.String(length=300), nullable=False),
        sa.Column("unsubscribed_on", sa.Date(), nullable=True),
        sa.Column("unsubscribed_source", sa.String(length=300), nullable=False),
        sa.Column("refused_key", sa.String(length=500), nullable=True),
        sa.Column("added_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_mailing_list_members_one_member")
        ),
        sa.CheckConstraint(
            "consent_how IS NULL OR consent_on IS NOT NULL", name=op.f("ck_mailing_list_members_consent_has_a_day")
        ),
        sa.CheckConstraint(
            "refused_key IS NULL OR unsubscribed_on IS NOT NULL",
            name=op.f("ck_mailing_list_members_refused_by_leaving"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_mailing_list_members_list_id_mailing_lists")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_mailing_list_members_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_mailing_list_members_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_list_members")),
        sa.UniqueConstraint("list_id", "organisation_id", name=op.f("uq_mailing_list_members_list_id_organisation_id")),
        sa.UniqueConstraint("list_id", "person_id", name=op.f("uq_mailing_list_members_list_id_person_id")),
    )
    with op.batch_alter_table("mailing_list_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_list_members_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailing_list_members_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_mailing_list_members_refused", ["list_id", "refused_key"], unique=False)

    op.create_table(
        "selections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("organisation", "person", name="listed_kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_selections_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selections")),
        sa.UniqueConstraint("name", name=op.f("uq_selections_name")),
        sa.UniqueConstraint("token", name=op.f("uq_selections_token")),
    )
    with op.batch_alter_table("selections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_selections_sort_key"), ["sort_key"], unique=False)
