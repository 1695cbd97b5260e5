"""What became of each row of an import, what columns were said to mean, and who stays out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rows = op.create_table(
        "import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_import_rows_batch_id_import_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
    )
    op.create_index("ix_import_rows_batch_id_line", "import_rows", ["batch_id", "line"])
    op.create_index(op.f("ix_import_rows_digest"), "import_rows", ["digest"])
    op.create_table(
        "import_profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("headings_key", sa.String(length=64), nullable=False),
        sa.Column("meanings", sa.JSON(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_import_profiles_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_profiles")),
        sa.UniqueConstraint("headings_key", name=op.f("uq_import_profiles_headings_key")),
    )
    op.create_table(
        "suppressions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
        sa.UniqueConstraint("digest", name=op.f("uq_suppressions_digest")),
    )
    _carry_over_reports(rows)


def _carry_over_reports(rows: sa.Table) -> None:
    """The reports of earlier imports, which lay in one piece with their batch."""
    connection = op.get_bind()
    batches = sa.table("import_batches", sa.column("id", sa.Integer), sa.column("report", sa.JSON))
    for batch, report in connection.execute(sa.select(batches)).all():
        kept = [_row(batch, row) for row in report.get("rows", [])]
        if kept:
            connection.execute(rows.insert(), kept)
            slim = {"counts": report.get("counts", {})}
            connection.execute(batches.update().where(batches.c.id == batch).values(report=slim))


def _row(batch: int, row: dict[str, object]) -> dict[str, object]:
    said = {"fields": row["fields"], "remarks": row["remarks"]}
    same = {name: row[name] for name in ("line", "name", "digest", "outcome")}
    return {"batch_id": batch, **same, "organisation_id": row["house"], "person_id": None, "said": said}
