"""What points to the one that is merged follows it to the other: every foreign key there is, found in the metadata.

So a new table cannot be forgotten. The few columns that must not follow stand in `STAYS`, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Table, UniqueConstraint, inspect, select
from sqlalchemy.orm import Session

from crm.i18n import OFFICE_ZONE
from crm.merging.already import is_there_already
from db.base import Base
from db.models.merging import MovedRecord, NotTheSame
from db.models.organisations import Organisation
from db.models.people import Person

STAYS = {
    ("memberships", "organisation_id"): "who was a member on a day counts as what it was then; the merge ends it",
    ("moved_records", "from_id"): "says whose the record was at the time",
}


def pointing_to(model: type[Organisation] | type[Person]) -> list[ForeignKey]:
    """The foreign keys that follow, the tables in the order of their dependence."""
    target = model.__tablename__
    return [
        key
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table.name == target and (table.name, key.parent.name) not in STAYS
    ]


def follow(session: Session, model: type[Organisation] | type[Person], *, kept: int, merged: int) -> list[Base]:
    """Gives all that was the one's to the other. What the other has already is not doubled. The rows that followed."""
    moved: list[Base] = []
    for key in pointing_to(model):
        moved += [row for row in _rows(session, key, merged) if _follows(session, row, key, kept)]
        session.flush()
    return moved


def remember_whose(session: Session, rows: list[Base], *, merged: int, on: date) -> None:
    """For figures of the time before. Rows without an id of their own are no records anybody counts."""
    moved_at = datetime.combine(on, time(), OFFICE_ZONE)
    session.add_all(
        MovedRecord(table_name=row.__tablename__, record_id=row.id, from_id=merged, moved_at=moved_at)
        for row in rows
        if hasattr(row, "id")
    )


def _rows(session: Session, key: ForeignKey, merged: int) -> Iterator[Base]:
    model = _model_of(key.parent.table.name)
    yield from session.scalars(select(model).where(getattr(model, key.parent.name) == merged))


def _follows(session: Session, row: Base, key: ForeignKey, kept: int) -> bool:
    """False for a row that says nothing (new) of the one that stays."""
    column = key.parent.name
    if isinstance(row, Organisation | Person) and row.id == kept:
        setattr(row, column, None)  # a part of the merged one is no part of itself
        return False
    if (
        _is_about_both(row, kept)
        or is_there_already(session, row, column, kept)
        or _collides(session, row, column, kept)
    ):
        session.delete(row)
        return False
    if key.parent.primary_key:
        _move_key(session, row, column, kept)
    else:
        setattr(row, column, kept)
    return True


def _is_about_both(row: Base, kept: int) -> bool:
    """Somebody said that they are not the same, and now says that they are."""
    if not isinstance(row, NotTheSame):
        return False
    pair = (row.organisation_id, row.other_organisation_id, row.person_id, row.other_person_id)
    return kept in pair


def _collides(session: Session, row: Base, column: str, kept: int) -> bool:
    """Whether the other has a row where the table allows one only: both were at one meeting, both have one tag."""
    model = type(row)
    for names in _unique(model.__table__):  # type: ignore[arg-type]
        if column not in names:
            continue
        wanted = {name: kept if name == column else getattr(row, name) for name in names}
        if None not in wanted.values() and session.scalar(select(model).filter_by(**wanted).limit(1)) is not None:
            return True
    return False


def _move_key(session: Session, row: Base, column: str, kept: int) -> None:
    """Where the column is part of the row's key, the row is another one."""
    model = type(row)
    values = {attribute.key: getattr(row, attribute.key) for attribute in inspect(model).column_attrs}
    session.delete(row)
    session.flush()
    session.add(model(**values | {column: kept}))


def _unique(table: Table) -> list[list[str]]:
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    together = [table.primary_key.columns, *(one.columns for one in constraints), *(one.columns for one in indexes)]
    return [[column.name for column in columns] for columns in together]


@cache
def _model_of(table_name: str) -> Any:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table_name)
