"""A row as it is written down: its key, an image to put back, and a mark that tells whether it was touched since.

Images are plain JSON that both databases read alike, so a batch can still be taken back after `kulturcrm move`. Of what a row
became only a mark is kept, no second copy of personal data.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, ColumnElement, Date, LargeBinary, Row, RowMapping, Table, select, tuple_
from sqlalchemy import null as sql_null
from sqlalchemy.orm import Session

from db.base import Base
from db.types import UtcDateTime

Key = tuple[Any, ...]
Image = dict[str, Any]
Item = TypeVar("Item")

# Rows asked for in one statement: SQLite takes 32,766 bound values, a key may have several.
CHUNK = 1_000

# What is nobody's content, or is derived from the rest and follows it by itself.
NOT_KEPT = frozenset({"audit_entries", "data_versions", "import_batches", "import_rows", "undo_batches", "undo_steps"})


# How many times a row was saved says nothing of what it is, and taking back only ever counts it up: whoever has the row open from
# before, in between or after is told that somebody was there.
VERSION = "version"


def told_by(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields by which a row is known as it was left."""
    return tuple(name for name in fields if name != VERSION)


def table_named(name: str) -> Table:
    return Base.metadata.tables[name]


def rows_with(session: Session, table: Table, keys: Sequence[Key]) -> Iterator[Row[Any]]:
    """The rows as they stand in the database now, whatever the session remembers of them."""
    for some in chunks(keys):
        yield from session.connection().execute(select(table).where(has_key(table, some)))


def has_key(table: Table, keys: Sequence[Key]) -> ColumnElement[bool]:
    columns = list(table.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def keys_in(table: Table, rows: Iterable[Row[Any]]) -> Iterator[Key]:
    places = [list(table.columns).index(column) for column in table.primary_key.columns]
    return (tuple(row[place] for place in places) for row in rows)


def marks_of(session: Session, table: Table, keys: Sequence[Key], fields: Sequence[str]) -> dict[Key, str]:
    """What each of these rows is now, told by these of its fields; those that are not there are left out."""
    rows, mark = list(rows_with(session, table, keys)), Marker(table, fields)
    return {key: mark(row._mapping) for key, row in zip(keys_in(table, rows), rows, strict=True)}


class Marker:
    """Eight bytes that change with the row: enough to notice a change, not to withstand somebody who wants none noticed.

    The fields are named, because an upgrade may add some. Equal values give equal marks on both databases.
    """

    def __init__(self, table: Table, fields: Sequence[str]) -> None:
        self._values = itemgetter(*fields) if len(fields) > 1 else lambda row: (row[fields[0]],)
        types = [table.c[name].type for name in fields]
        self._written = [(place, _WRITTEN[type(kind)]) for place, kind in enumerate(types) if type(kind) in _WRITTEN]

    def __call__(self, row: Mapping[str, Any] | RowMapping) -> str:
        values = list(self._values(row))
        for place, written in self._written:
            values[place] = None if values[place] is None else written(values[place])
        return hashlib.blake2b("\x1f".join(map(str, values)).encode(), digest_size=8).hexdigest()


_WRITTEN: dict[type, Callable[[Any], str]] = {
    UtcDateTime: lambda instant: instant.astimezone(UTC).isoformat(),
    JSON: lambda value: json.dumps(value, sort_keys=True),
    LargeBinary: lambda content: content.hex(),
}


def image(table: Table, row: Sequence[Any], fields: Collection[str]) -> Image:
    values = zip(table.columns.keys(), row, strict=True)
    return {name: _plain(value) for name, value in values if name in fields}


def values_of(table: Table, kept: Mapping[str, Any]) -> dict[str, Any]:
    """An image as what `insert` and `update` take."""
    return {name: _read(table.c[name], value) for name, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # datetimes are dates, too
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _read(column: Column[Any], value: Any) -> Any:
    match column.type:
        case JSON():
            return sql_null() if value is None else value
        case UtcDateTime() if value is not None:
            return datetime.fromisoformat(value)
        case Date() if value is not None:
            return date.fromisoformat(value)
        case LargeBinary() if value is not None:
            return base64.b64decode(value)
    return value
