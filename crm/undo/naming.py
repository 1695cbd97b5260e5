"""What a row is called by those who work with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.undo.images import table_named
from crm.undo.replay import Touched
from db.models.organisations import Organisation
from db.models.people import Person

# Whose row it is, by the first of these that it points to.
_OWNERS = ("person_id", "journalist_id", "organisation_id", "outlet_id", "body_id")


@dataclass(frozen=True)
class NamedRow:
    """`name` is the record's own name or that of whom it belongs to, "" when it is gone or nobody's. `id` None: several columns."""

    table: str
    id: int | None
    name: str


def named(session: Session, rows: Iterable[Touched]) -> tuple[NamedRow, ...]:
    """Without repetition: three contact points of one person are one thing to look at."""
    found = (NamedRow(row.table, _id(row), _name(session, row)) for row in rows)
    return tuple(dict.fromkeys(found))


def name_of(session: Session, table: str, row_id: int | None) -> str:
    """The name of an organisation or a person, "" for all else and for what is gone."""
    if row_id is None or table not in {"organisations", "persons"}:
        return ""
    owner = Organisation if table == "organisations" else Person
    return session.scalar(select(owner.name).where(owner.id == row_id)) or ""


def _id(row: Touched) -> int | None:
    return row.key[0] if len(row.key) == 1 else None


def _name(session: Session, row: Touched) -> str:
    table = table_named(row.table)
    keys = zip(table.primary_key.columns, row.key, strict=True)
    stored = session.execute(select(table).where(*(column == value for column, value in keys))).mappings().first()
    if stored is None:
        return ""
    if row.table in {"organisations", "persons"}:
        return str(stored["name"])
    column = next((each for each in _OWNERS if stored.get(each) is not None), None)
    if column is None:
        return ""
    owner = Person.name if column in {"person_id", "journalist_id"} else Organisation.name
    return session.scalar(select(owner).where(owner.class_.id == stored[column])) or ""
