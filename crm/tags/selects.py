"""Narrowing a list by a tag."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from crm.records import TABLES, Kind, column_of
from db.models.tags import Tagging


def has_tag(kind: Kind, tag_id: int) -> ColumnElement[bool]:
    """A condition on the kind's table."""
    return TABLES[kind].id.in_(select(column_of(Tagging, kind)).where(Tagging.tag_id == tag_id))
