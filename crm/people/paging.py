"""Turning the pages of a list that stands in the order of names, in either direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from db.models.organisations import Organisation
from db.models.people import Person


@dataclass(frozen=True)
class Leaf:
    """The ids of a page, in order. `following` and `preceding` are ids to ask on from; None where the list ends."""

    ids: list[int]
    following: int | None
    preceding: int | None


def leaf(
    session: Session,
    table: type[Organisation] | type[Person],
    conditions: Sequence[ColumnElement[bool]],
    *,
    after: int | None,
    before: int | None,
    limit: int,
) -> Leaf:
    """From the row named on: no OFFSET, which reads everything it skips. An id that is gone gives the first page."""
    backwards = before is not None and after is None
    from_id = before if backwards else after
    start: Any = session.get(table, from_id) if from_id is not None else None
    query, place = select(table.id).where(*conditions), tuple_(table.sort_key, table.id)
    if start is not None:
        here = (start.sort_key, start.id)
        query = query.where(place < here) if backwards else query.where(place > here)
    if backwards and start is not None:
        query = query.order_by(table.sort_key.desc(), table.id.desc())
    else:
        query = query.order_by(table.sort_key, table.id)
    found = list(session.scalars(query.limit(limit + 1)))
    more, ids = len(found) > limit, found[:limit]
    if start is None:
        return Leaf(ids, ids[-1] if more else None, None)
    if backwards:
        ids = ids[::-1]
        return Leaf(ids, ids[-1] if ids else None, ids[0] if more else None)
    return Leaf(ids, ids[-1] if more else None, ids[0] if ids else None)
