"""Throwing images away: after thirty days, and when somebody is to be erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Session

from crm.undo.images import Key, table_named
from crm.undo.rules import KEPT_FOR
from db.base import Base
from db.models.undo import UndoBatch, UndoStep


def forget_old(session: Session, now: datetime) -> int:
    """The number of batches that can no longer be taken back from now on. Their images hold personal data."""
    old = UndoBatch.forgotten_at.is_(None), UndoBatch.at < now - KEPT_FOR
    ids = list(session.scalars(select(UndoBatch.id).where(*old)))
    session.execute(delete(UndoStep).where(UndoStep.batch_id.in_(ids)))
    session.execute(update(UndoBatch).where(UndoBatch.id.in_(ids)).values(forgotten_at=now))
    return len(ids)


def forget_row(session: Session, table_name: str, row_id: int) -> None:
    """Every image of a row, and of all that points to it. Call it before the rows themselves are erased or removed.

    A batch that touched them can still be taken back; these rows are then left as they are.
    """
    touched = {(table_name, (row_id,))} | _pointing_to(session, table_name, row_id)
    tables = {table_name} | {table.name for table in Base.metadata.sorted_tables if _keys_to(table_name, table.name)}
    for step in session.scalars(select(UndoStep).where(UndoStep.table_name.in_(tables))):
        columns = [key.parent.name for key in _keys_to(table_name, step.table_name)]
        kept = [
            row
            for row in step.rows
            if (step.table_name, tuple(row[0])) not in touched
            and not any(row[2] and row[2].get(column) == row_id for column in columns)
        ]
        if len(kept) < len(step.rows):
            step.rows = kept


def _pointing_to(session: Session, table_name: str, row_id: int) -> set[tuple[str, Key]]:
    return {
        (table.name, tuple(row))
        for table in Base.metadata.sorted_tables
        for key in _keys_to(table_name, table.name)
        for row in session.execute(select(*table.primary_key.columns).where(key.parent == row_id))
    }


def _keys_to(target: str, table_name: str) -> list[ForeignKey]:
    return [key for key in table_named(table_name).foreign_keys if key.column.table.name == target]
