"""How a feature says where it stands that we were in touch with somebody: the facet `TRACES`.

The happenings of `crm.facets` say when. Which of them a transaction has made others, only the columns they are made of can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy.orm import InstrumentedAttribute

Column: TypeAlias = InstrumentedAttribute[Any]


class Who(StrEnum):
    ORGANISATION = "organisation"
    PERSON = "person"  # and so the organisations where the person has a post


@dataclass(frozen=True)
class Via:
    """The table where a record says with whom it was: `record` is its id there, `who` the organisation's or the person's."""

    record: Column
    who: Column


@dataclass(frozen=True)
class Trace:
    """Contact with whom `of` names is another when `of` is, or one of `reads`, columns of the same table.

    With `via`, `of` names a record, and whom it was with stands there.
    """

    who: Who
    of: Column
    reads: tuple[Column, ...] = ()
    via: Via | None = None
