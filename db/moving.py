"""Everything from one database to another: from SQLite to PostgreSQL for those who outgrow one file, or back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, bindparam, func, insert, select, text, update

import db.models  # noqa: F401 - fills the metadata
from db.base import Base
from db.engine import Database

BATCH = 2_000
FILES_AT_ONCE = 4  # of up to ten megabytes each


class TargetNotEmpty(Exception):
    """The target holds something already; nothing was written."""


class MoveBroken(Exception):
    """A table did not arrive whole; everything was rolled back."""


def move_all(source: Database, target: Database) -> int:
    """The number of rows copied. `target` was just created by the migrations. One transaction: all or nothing."""
    with source.engine.connect() as reading, target.engine.begin() as writing:
        _require_empty(writing)
        copied = sum(_copy(table, reading, writing) for table in Base.metadata.sorted_tables)
        if not target.is_sqlite:
            _continue_numbers(writing)
    return copied


def _require_empty(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if table.name == "data_versions":
            connection.execute(table.delete())
        elif connection.scalar(select(func.count()).select_from(table)):
            raise TargetNotEmpty(table.name)


def _copy(table: Table, reading: Connection, writing: Connection) -> int:
    batch_size = FILES_AT_ONCE if any(isinstance(column.type, LargeBinary) for column in table.columns) else BATCH
    rows = reading.execution_options(yield_per=batch_size).execute(select(table).order_by(*table.primary_key.columns))
    own = [key.parent for key in table.foreign_keys if key.column.table is table]
    for batch in rows.mappings().partitions(batch_size):
        writing.execute(insert(table), [dict(row) | {column.name: None for column in own} for row in batch])
    for column in own:
        _tie(table, column, reading, writing)
    there, here = (_count(connection, table) for connection in (writing, reading))
    if there != here:
        raise MoveBroken(f"{table.name}: {there} of {here}")
    return here


def _tie(table: Table, column: Column[Any], reading: Connection, writing: Connection) -> None:
    """What points to a row of its own table, once all of them are there: a part may stand before its whole."""
    tied = reading.execute(select(table.c.id.label("row_id"), column.label("points_to")).where(column.is_not(None)))
    pairs = [dict(row) for row in tied.mappings()]
    if pairs:
        here = table.c.id == bindparam("row_id", type_=Integer)
        writing.execute(update(table).where(here).values({column: bindparam("points_to", type_=Integer)}), pairs)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _continue_numbers(connection: Connection) -> None:
    """PostgreSQL numbers new rows by a counter of its own, which copied rows have not moved."""
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), _names(table, column.name)
            )
            highest = connection.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(
                    text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest}
                )


def _names(table: Table, column: str) -> dict[str, Any]:
    return {"table": table.name, "column": column}
