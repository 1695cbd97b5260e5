"""All there is in a database, for tests that compare before and after."""

from __future__ import annotations

from sqlalchemy import select

from crm.undo.images import NOT_KEPT
from db.base import Base
from db.engine import Database

Contents = dict[str, list[tuple[object, ...]]]


def contents(database: Database) -> Contents:
    """Every row of every table but the change log, the counter for caches, and the imports and merges themselves."""
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_KEPT
        }
