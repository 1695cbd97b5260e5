"""How a feature says which of its texts find which of its records: the facet `searchable()`.

A record's texts lie in several tables (a case, its messages, the name of its house). Each of them is one `Line`, made of columns
alone. From the same line the index reads the texts, and learns which records to read again when a row of any of the tables changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base

Column: TypeAlias = InstrumentedAttribute[Any]


class Field(StrEnum):
    """What a text is of the record. The hits are shown, and ranked, by it."""

    NAME = "name"
    FORMER_NAME = "former"
    ALIAS = "alias"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"
    ORG_NUMBER = "org_number"
    MUNICIPALITY = "municipality"  # its number, found by its name and its county's
    HOUSE = "house"  # the organisation a person or a case belongs to
    PERSON = "person"
    CALLER = "caller"
    POST = "post"
    TAG = "tag"
    TEXT = "text"  # what the record is about
    MESSAGE = "message"
    NOTE = "note"
    FILE = "file"  # the name of an attachment


NAMES = frozenset({Field.NAME, Field.FORMER_NAME, Field.ALIAS})


@dataclass(frozen=True)
class Line:
    """One text of a record.

    `of` is the column with the record's id, in the table where the line lies. `text` is in the same table; or it is a column of the
    table whose row `via`, another column beside `of`, points to. `field` is a column where the table itself says what the text is.
    """

    field: Field | Column
    text: Column | ColumnElement[Any]
    of: Column
    via: Column | None = None


@dataclass(frozen=True)
class Searchable:
    """One kind of record. `record` is its screen's key.

    `number` never changes: the ids in the index begin with it, and one kind's are together in the order of the records' own.
    `where`: only these rows of the table are records of this kind. `is_numbered`: people call one by its number (#12).
    """

    record: str
    number: int
    own: type[Base]
    at: Column
    lines: tuple[Line, ...]
    where: ColumnElement[bool] | None = None
    is_numbered: bool = False
