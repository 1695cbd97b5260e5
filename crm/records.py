"""The records that tags, tasks and attachments hang on: one word and one number, where the database has five columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.errors import NotFound
from db.models.cases import Inquiry, SupportCase
from db.models.meetings import Event
from db.models.of_record import COLUMNS, OfRecord
from db.models.organisations import Organisation
from db.models.people import Person
from db.wording import is_empty

Merging = TypeVar("Merging", Organisation, Person)


class Kind(StrEnum):
    """The words are the keys of the screens that show such a record."""

    ORGANISATION = "member"
    PERSON = "person"
    CASE = "case"
    INQUIRY = "inquiry"
    MEETING = "meeting"


@dataclass(frozen=True)
class Record:
    kind: Kind
    id: int


Table = type[Organisation] | type[Person] | type[SupportCase] | type[Inquiry] | type[Event]

TABLES: dict[Kind, Table] = {
    Kind.ORGANISATION: Organisation,
    Kind.PERSON: Person,
    Kind.CASE: SupportCase,
    Kind.INQUIRY: Inquiry,
    Kind.MEETING: Event,
}
_COLUMNS: dict[Kind, str] = dict(zip(Kind, COLUMNS, strict=True))


def columns_of(record: Record | None) -> dict[str, int]:
    """What a new row is given: `{"case_id": 12}`."""
    return {} if record is None else {_COLUMNS[record.kind]: record.id}


def column_of(table: type[OfRecord], kind: Kind) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(table, _COLUMNS[kind])
    return column


def is_of(table: type[OfRecord], record: Record) -> ColumnElement[bool]:
    return column_of(table, record.kind) == record.id


def record_of(row: Any) -> Record | None:
    """The record a row hangs on; None for a task on none."""
    found = ((kind, getattr(row, column)) for kind, column in _COLUMNS.items())
    return next((Record(kind, record_id) for kind, record_id in found if record_id is not None), None)


def as_it_is_now(session: Session, model: type[Merging], record_id: int) -> Merging | None:
    """The organisation or person with this id; one that was merged is the one it became, so that old addresses still lead there."""
    found = session.get(model, record_id)
    merged_into = found.merged_into_id if found is not None else None
    return found if merged_into is None else session.get(model, merged_into)


def stands_for_itself(model: type[Organisation] | type[Person]) -> ColumnElement[bool]:
    """Not merged into another."""
    return is_empty(model.merged_into_id)


def require_records(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Raises NotFound with the first that is not there (any more)."""
    table = TABLES[kind]
    there = set(session.scalars(select(table.id).where(table.id.in_(ids))))
    for missing in (record_id for record_id in ids if record_id not in there):
        raise NotFound(kind=kind.value, id=missing)


def has_belongings(session: Session, record: Record) -> bool:
    """Whether a colleague has hung anything on it: then it is no record entered by mistake a minute ago."""
    on_it = (exists().where(is_of(table, record)) for table in OfRecord.__subclasses__())
    return bool(session.scalar(select(or_(*on_it))))


def subject_of(record: Record) -> tuple[str, object]:
    """For the change log."""
    return TABLES[record.kind].__tablename__, record.id
