"""What a list of records asks about tags, inside its own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.records import Kind, column_of
from db.models.tags import Tag, Tagging

MOST_ON_A_RECORD = 50


def names_on(session: Session, kind: Kind, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names on each of a page's records, in alphabetical order; those without any are left out."""
    column = column_of(Tagging, kind)
    query = select(column, Tag.name).join(Tagging, Tagging.tag_id == Tag.id).where(column.in_(ids))
    found: dict[int, tuple[str, ...]] = {}
    for record_id, name in session.execute(query.order_by(Tag.sort_key, Tag.id).limit(MOST_ON_A_RECORD * len(ids))):
        found[record_id] = (*found.get(record_id, ()), name)
    return found
