"""Writing down what an import or a merge does, row by row, while it does it.

    with ctx.write(Permission.KEEP_MEMBERS) as session:
        with recording(ctx, session, BatchKind.MERGE) as batch:
            ...

Everything that the session flushes in the block is written down in the order in which the database got it, so that it can be
played backwards. Rows added by the thousand go through `insert_many`. A statement that changes rows past the session would
not be seen, and is refused: it is a mistake in our own code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Delete, Insert, Table, Update, event, func, insert, inspect, select, text
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, UOWTransaction, object_mapper, object_session

from crm.context import Context
from crm.undo.images import (
    NOT_KEPT,
    Image,
    Key,
    Marker,
    chunks,
    image,
    keys_in,
    marks_of,
    rows_with,
    table_named,
    told_by,
)
from db.base import Base
from db.models.undo import BatchKind, StepKind, UndoBatch, UndoStep

_JOURNAL = "undo_journal"


class PastTheJournal(Exception):
    """A bulk statement inside `recording`: what it changed could not be taken back."""


@dataclass
class _Step:
    """`before` has the rows as they stood when this flush began: one that is changed twice is put back twice, in reverse."""

    kind: StepKind
    table: str
    before: Mapping[Key, Image] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    fields: tuple[str, ...] = ()
    marks: dict[Key, str] = field(default_factory=dict)


class _Journal:
    """What one session has written since the block began."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self._flush: dict[tuple[str, StepKind], _Step] = {}
        self._images: dict[str, dict[Key, Image]] = {}

    def look_before(self, session: Session) -> None:
        """The rows this flush will change or delete, as they stand, a table at a time."""
        self._flush = {}
        touched: dict[Table, dict[Key, Collection[str]]] = defaultdict(dict)
        for each in (*session.dirty, *session.deleted):
            table = _table(object_mapper(each))
            fields = table.columns.keys() if each in session.deleted else _changed(each)
            if fields:
                touched[table][_key(each)] = fields
        self._images = {table.name: _images(session, table, rows) for table, rows in touched.items()}

    def note(self, kind: StepKind, row: Base) -> None:
        table, key = _table(object_mapper(row)).name, _key(row)
        if table in NOT_KEPT or (kind is StepKind.CHANGED and key not in self._images.get(table, {})):
            return  # SQLAlchemy also tells of rows that were looked at and left as they were
        self._step(kind, table).keys.append(key)

    def note_many(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Marked by what they were given, since reading thousands again would cost as much as writing them."""
        fields = told_by(rows[0])
        mark = Marker(table, fields)
        marks = {(row["id"],): mark(row) for row in rows}
        self.steps.append(_Step(StepKind.INSERTED, table.name, keys=list(marks), fields=fields, marks=marks))

    def _step(self, kind: StepKind, table: str) -> _Step:
        """One for each table and kind in a flush. Of one table SQLAlchemy sends the changes before the new rows."""
        found = self._flush.get((table, kind))
        if found is None:
            found = self._flush[table, kind] = _Step(kind, table, self._images.get(table, {}))
            inserted = self._flush.get((table, StepKind.INSERTED)) if kind is StepKind.CHANGED else None
            self.steps.insert(self.steps.index(inserted) if inserted else len(self.steps), found)
        return found


@contextmanager
def recording(ctx: Context, session: Session, kind: BatchKind, **facts: Any) -> Iterator[UndoBatch]:
    """The batch, with its id; set its subject when that is known. `facts` are for the list of what can be taken back."""
    batch = UndoBatch(kind=kind, at=ctx.now, user_id=ctx.actor.user_id, facts=facts)
    session.add(batch)
    session.flush()
    journal = session.info[_JOURNAL] = _Journal()
    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "do_orm_execute", _refuse_bulk_statements)
    yield batch
    session.flush()
    del session.info[_JOURNAL]  # what is left is the use-case's own line in the change log
    _write(session, batch.id, journal.steps)


def insert_many(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Rows by the thousand: one statement, and as little as possible in the journal. Their ids, in the order of `rows`.

    For tables whose key is a plain `id`. All rows have the same fields.
    """
    if not rows:
        return []
    table = table_named(model.__tablename__)
    session.flush()
    ids = _reserved(session, table, len(rows))
    numbered = [{**row, "id": new} for row, new in zip(rows, ids, strict=True)]
    journal: _Journal | None = session.info.pop(_JOURNAL, None)  # else it would refuse the statement
    session.execute(insert(table), numbered)
    if journal is not None:
        journal.note_many(table, numbered)
        session.info[_JOURNAL] = journal
    return ids


def _reserved(session: Session, table: Table, count: int) -> list[int]:
    """SQLite has one writer, so the numbers after the highest are ours; PostgreSQL hands them out."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        highest = connection.scalar(select(func.max(table.c.id))) or 0
        return list(range(highest + 1, highest + 1 + count))
    asked = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    return list(connection.scalars(asked, {"table": table.name, "count": count}))


def _write(session: Session, batch_id: int, steps: Sequence[_Step]) -> None:
    """The steps, each row of each with its image before and, the last time it was touched, the mark of what it became."""
    _mark(session, steps)
    lines = [
        {
            "batch_id": batch_id,
            "kind": step.kind,
            "table_name": step.table,
            "fields": step.fields,
            "rows": [[key, step.marks.get(key), step.before.get(key)] for key in some],
        }
        for step in steps
        for some in chunks(step.keys)
    ]
    if lines:
        session.connection().execute(insert(table_named(UndoStep.__tablename__)), lines)


def _mark(session: Session, steps: Sequence[_Step]) -> None:
    """Rows that were not marked when they were written. Only the last step with a row knows what it became."""
    last = {(step.table, key): step for step in steps for key in step.keys}
    waiting: dict[str, dict[Key, _Step]] = defaultdict(dict)
    for (name, key), step in last.items():
        if key not in step.marks:
            waiting[name][key] = step
    for name, rows in waiting.items():
        table = table_named(name)
        fields = told_by(table.columns.keys())
        for key, mark in marks_of(session, table, list(rows), fields).items():
            rows[key].marks[key] = mark
        for step in rows.values():
            step.fields = fields


def _images(session: Session, table: Table, fields_of: Mapping[Key, Collection[str]]) -> dict[Key, Image]:
    rows = list(rows_with(session, table, list(fields_of)))
    return {key: image(table, row, fields_of[key]) for key, row in zip(keys_in(table, rows), rows, strict=True)}


def _changed(row: Base) -> set[str]:
    """The columns that this flush will write; of what stays, nothing is kept."""
    state, mapper = inspect(row), object_mapper(row)
    return {str(each.columns[0].name) for each in mapper.column_attrs if state.attrs[each.key].history.has_changes()}


def _table(mapper: Mapper[Any]) -> Table:
    return table_named(mapper.class_.__tablename__)


def _key(row: Base) -> Key:
    mapper = object_mapper(row)
    return tuple(mapper.primary_key_from_instance(row))


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    journal: _Journal | None = session.info.get(_JOURNAL)
    if journal is not None:
        journal.look_before(session)


def _refuse_bulk_statements(asked: ORMExecuteState) -> None:
    if _JOURNAL not in asked.session.info or not (asked.is_insert or asked.is_update or asked.is_delete):
        return
    table = cast(Insert | Update | Delete, asked.statement).table.description
    if table not in NOT_KEPT:
        raise PastTheJournal(table)


def _heard(kind: StepKind) -> Any:
    def note(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
        session = object_session(row)
        journal: _Journal | None = session.info.get(_JOURNAL) if session is not None else None
        if journal is not None:
            journal.note(kind, row)

    return note


# Once for all, and each row asks its own session whether anybody writes down: listeners that come and go would be heard by the
# sessions of other threads as well.
event.listen(Base, "after_insert", _heard(StepKind.INSERTED), propagate=True)
event.listen(Base, "after_update", _heard(StepKind.CHANGED), propagate=True)
event.listen(Base, "after_delete", _heard(StepKind.DELETED), propagate=True)
