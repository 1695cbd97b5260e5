"""Wishes not to be contacted, languages, topics of organisations, and how organisations belong together.

Columns with a constraint are written out: alembic would rebuild the table for them on SQLite, and this way both databases get them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("persons", sa.Column("languages", sa.String(length=100), nullable=False, server_default=""))
    op.add_column("organisation_names", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("organisations", sa.Column("owner_municipality_number", sa.String(length=4), nullable=True))
    op.add_column("organisations", sa.Column("governs_number", sa.String(length=4), nullable=True))
    op.execute(
        "ALTER TABLE organisations ADD COLUMN parent_id INTEGER CONSTRAINT fk_organisations_parent_id_organisations "
        "REFERENCES organisations (id)"
    )
    op.execute(
        "ALTER TABLE contact_points ADD COLUMN address_use VARCHAR(30) CONSTRAINT ck_contact_points_address_use "
        "CHECK (address_use IN ('postal', 'visiting'))"
    )
    for column in ("owner_municipality_number", "governs_number", "parent_id"):
        op.create_index(op.f(f"ix_organisations_{column}"), "organisations", [column])
    op.create_table(
        "do_not_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "email",
                "letter",
                name="contact_channel",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_do_not_contacts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_contacts")),
        sa.UniqueConstraint("person_id", "channel", name=op.f("uq_do_not_contacts_person_id_channel")),
    )
    op.create_table(
        "organisation_topics",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_organisation_topics_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_organisation_topics_topic_id_topics")),
        sa.PrimaryKeyConstraint("organisation_id", "topic_id", name=op.f("pk_organisation_topics")),
    )
    op.create_index(op.f("ix_organisation_topics_topic_id"), "organisation_topics", ["topic_id"])
