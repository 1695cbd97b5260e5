"""Who was in touch in the last months is found by the moment, without reading all there ever was."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_messages_at"), "messages", ["at"])
    op.drop_index("ix_support_cases_received", "support_cases")
    op.create_index("ix_support_cases_received", "support_cases", ["received_at", "id", "organisation_id"])
