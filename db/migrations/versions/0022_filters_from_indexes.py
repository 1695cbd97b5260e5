"""Who was in touch, who is a member and who has an address is told from indexes, without reading the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

IS_ADDRESS = sa.text("kind = 'address'")
WIDER = {
    "ix_inquiries_received_at": ("inquiries", ["received_at", "id", "outlet_id", "journalist_id"]),
    "ix_inquiries_outlet_id": ("inquiries", ["outlet_id", "received_at"]),
    "ix_inquiries_journalist_id": ("inquiries", ["journalist_id", "received_at", "outlet_id"]),
    "ix_messages_at": ("messages", ["at", "inquiry_id", "direction", "author"]),
    "ix_events_starts_at": ("events", ["starts_at", "id", "kind", "status"]),
    "ix_attendances_event_id": ("attendances", ["event_id", "status", "person_id"]),
    "ix_attendances_person_id": ("attendances", ["person_id", "status", "event_id"]),
    "ix_posts_person_id": ("posts", ["person_id", "organisation_id", "since", "until"]),
    "ix_contact_points_person_id": ("contact_points", ["person_id", "kind", "until"]),
    "ix_contact_points_organisation_id": ("contact_points", ["organisation_id", "kind", "until"]),
    "ix_memberships_organisation_id": ("memberships", ["organisation_id", "kind", "since", "until"]),
}


def upgrade() -> None:
    for name, (table, columns) in WIDER.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    op.create_index(
        "ix_contact_points_addresses",
        "contact_points",
        ["person_id", "organisation_id"],
        sqlite_where=IS_ADDRESS,
        postgresql_where=IS_ADDRESS,
    )
    op.create_index("ix_do_not_contacts_channel", "do_not_contacts", ["channel", "person_id"])
