"""Putting rows back in the reverse of the order in which they were written.

Each step leads back to a state the database had accepted before, so no foreign key and no unique name stands in the way, as long as
nobody has touched the rows since. That is looked at first, for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm.undo.images import VERSION, Key, chunks, has_key, marks_of, table_named, values_of
from db.base import Base
from db.models.undo import StepKind, UndoStep

# Enough to see what it is about; a list of thousands helps nobody.
MOST_NAMED = 10


@dataclass(frozen=True)
class Touched:
    table: str
    key: Key


def steps_of(session: Session, batch_id: int) -> list[UndoStep]:
    """In the order in which they were done."""
    return list(session.scalars(select(UndoStep).where(UndoStep.batch_id == batch_id).order_by(UndoStep.id)))


def changed_since(session: Session, steps: Iterable[UndoStep]) -> list[Touched]:
    """The rows that are no longer what the batch left, the first of them."""
    told_by: dict[tuple[str, tuple[str, ...]], dict[Key, str | None]] = defaultdict(dict)
    for table, rows in _left(steps).items():
        for key, (mark, fields) in rows.items():
            told_by[table, fields][key] = mark
    found: list[Touched] = []
    for (table, fields), left in told_by.items():
        now = marks_of(session, table_named(table), list(left), fields)
        found += [Touched(table, key) for key, mark in left.items() if now.get(key) != mark]
    return found[:MOST_NAMED]


def hanging(session: Session, steps: Iterable[UndoStep]) -> list[Touched]:
    """Rows that somebody else has tied to one that the batch added and that would go."""
    left = _left(steps)
    added = _added(steps)
    found: list[Touched] = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            gone = added.get(key.column.table.name, [])
            primary = list(table.primary_key.columns)
            for some in chunks(gone):
                rows = session.execute(select(*primary).where(key.parent.in_([one[0] for one in some])))
                tied = (Touched(table.name, tuple(row)) for row in rows)
                found += [row for row in tied if row.key not in left.get(table.name, {})]
    return list(dict.fromkeys(found))[:MOST_NAMED]


def play_back(session: Session, steps: Sequence[UndoStep]) -> None:
    """Through the session, whose listeners keep what is derived from the rows, such as the search index."""
    for step in reversed(steps):
        table = table_named(step.table_name)
        rows = [(tuple(key), before) for key, _, before in reversed(step.rows)]
        match step.kind:
            case StepKind.INSERTED:
                for some in chunks([key for key, _ in rows]):
                    session.execute(delete(table).where(has_key(table, some)))
            case StepKind.CHANGED:
                counted = {VERSION: table.c[VERSION] + 1} if VERSION in table.c else {}
                for key, before in rows:
                    values = values_of(table, before) | counted
                    session.execute(update(table).where(has_key(table, [key])).values(values))
            case StepKind.DELETED:
                session.execute(insert(table), [values_of(table, before) for _, before in rows])


def _left(steps: Iterable[UndoStep]) -> dict[str, dict[Key, tuple[str | None, tuple[str, ...]]]]:
    """What the batch left of each row: its mark, None where it is gone, and by what. The last step that touched a row says so."""
    left: dict[str, dict[Key, tuple[str | None, tuple[str, ...]]]] = defaultdict(dict)
    for step in steps:
        fields = tuple(step.fields)
        left[step.table_name].update({tuple(key): (mark, fields) for key, mark, _ in step.rows})
    return left


def _added(steps: Iterable[UndoStep]) -> dict[str, list[Key]]:
    added: dict[str, list[Key]] = defaultdict(list)
    for step in steps:
        if step.kind is StepKind.INSERTED:
            added[step.table_name].extend(tuple(key) for key, _, _ in step.rows)
    return added
