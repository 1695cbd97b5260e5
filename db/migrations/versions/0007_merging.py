"""Organisations and persons can become one; what they were stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("organisations", "persons"):
        # Written out, or alembic would rebuild the table on SQLite.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_{table}_merged_into_id_{table} "
            f"REFERENCES {table} (id)"
        )
        op.add_column(table, sa.Column("merged_on", sa.Date(), nullable=True))
        op.create_index(op.f(f"ix_{table}_merged_into_id"), table, ["merged_into_id"])
    op.create_table(
        "person_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.String(length=400), nullable=False),
        sa.Column("loose_key", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_person_names_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_names")),
    )
    op.create_table(
        "former_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("org_number", sa.String(length=9), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_former_numbers_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_numbers")),
    )
    op.create_table(
        "moved_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["organisations.id"], name=op.f("fk_moved_records_from_id_organisations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_records")),
    )
    op.create_index("ix_moved_records_record", "moved_records", ["table_name", "record_id", "moved_at"])
    op.create_table(
        "not_the_same",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("other_organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("other_person_id", sa.Integer(), nullable=True),
        sa.Column("said_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(organisation_id IS NULL) = (other_organisation_id IS NULL) AND (person_id IS NULL) = (other_person_id IS NULL) "
            "AND (organisation_id IS NULL) <> (person_id IS NULL)",
            name=op.f("ck_not_the_same_two_of_a_kind"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_not_the_same_{column}_{table}"))
            for column, table in (
                ("organisation_id", "organisations"),
                ("other_organisation_id", "organisations"),
                ("person_id", "persons"),
                ("other_person_id", "persons"),
                ("user_id", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
    )
    for table, columns in {
        "person_names": ("person_id", "search_key", "loose_key"),
        "former_numbers": ("organisation_id", "org_number"),
        "moved_records": ("from_id",),
        "not_the_same": ("organisation_id", "other_organisation_id", "person_id", "other_person_id"),
    }.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
