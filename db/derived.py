"""Tables that are worked out from the rows, so they are no data: not moved and not compared, but written anew.

They stand in a `MetaData` of their own: whatever goes through all tables of `Base` passes them by.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from db.base import NAMING
from db.models.organisations import Organisation
from db.types import UtcDateTime

derived = MetaData(naming_convention=NAMING)

# A row for each organisation. `at` is its latest contact, also where that lies ahead; None where there never was one.
last_contacts = Table(
    "last_contacts",
    derived,
    Column(
        "organisation_id",
        Integer,
        ForeignKey(Organisation.__table__.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", UtcDateTime, index=True),
)
