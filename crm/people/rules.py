"""What holding a post means."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from db.models.people import Post


def held_on(day: date) -> ColumnElement[bool]:
    """The posts held on a day: first and last day count, an unknown beginning is long ago."""
    return and_(or_(Post.since.is_(None), Post.since <= day), or_(Post.until.is_(None), Post.until >= day))
