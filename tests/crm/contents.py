"""All there is in a database, for tests that compare before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, select

from crm.undo.images import NOT_KEPT
from db.base import Base
from db.derived import derived
from db.engine import Database

Contents = dict[str, list[tuple[object, ...]]]

# How many times a row was saved only grows, also when what was done to it is taken back: else a form left open in between would
# be one version with what a colleague saves afterwards, and overwrite it. Of what is in the row it says nothing.
_COUNTS_ON = "version"
# Numbers the index gives its own words say nothing: a word that comes back gets a new one.
_OWN_NUMBERS = {("search_words", "id")}


def contents(database: Database) -> Contents:
    """Every row of every table, the search index too, but the change log, the counter for caches, and the imports and merges."""
    tables = [*Base.metadata.sorted_tables, *derived.sorted_tables]
    with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
            for table in tables
            if table.name not in NOT_KEPT
            for columns in [_told(table)]
        }


def _told(table: Table) -> list[Column[Any]]:
    numbered = (column for column in table.c if (table.name, column.name) not in _OWN_NUMBERS)
    return [column for column in numbered if column.name != _COUNTS_ON]
