"""Everything that happened with a house, its people included, or with a person, newest first. Learns no feature's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Date, Subquery, and_, func, literal, or_, select, tuple_

from crm.context import Context
from crm.facets import happenings
from crm.permissions import Permission
from db.models.people import Post
from db.models.users import User
from db.types import UtcDateTime

PAGE = 25


@dataclass(frozen=True)
class Place:
    """Where a page of a timeline ends; the next one begins after it."""

    at: datetime
    kind: str
    record_id: int


@dataclass(frozen=True)
class Happening:
    """`record` is the key of the screen that shows it. `title` may hold what people wrote. `by` is None where it is nobody's."""

    kind: str
    at: datetime
    record: str
    record_id: int
    title: str
    by: str | None

    @property
    def place(self) -> Place:
        return Place(self.at, self.kind, self.record_id)


@dataclass(frozen=True)
class TimelinePage:
    """`following` is None where nothing older is left."""

    rows: list[Happening]
    following: Place | None


def happened(
    ctx: Context,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    record: str | None = None,
    after: Place | None = None,
    limit: int = PAGE,
) -> TimelinePage:
    """What happened with the house, or with the person. `record` keeps only one kind of record, such as "case"."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        rows = happenings()
        about = _with_person(rows, person_id) if person_id is not None else _with_house(rows, organisation_id)
        columns = (rows.c.kind, rows.c.at, rows.c.record, rows.c.record_id, rows.c.title, User.name.label("by"))
        query = (
            select(*columns).outerjoin(User, User.id == rows.c.user_id).where(about, rows.c.at.is_not(None)).distinct()
        )
        if record:
            query = query.where(rows.c.record == record)
        if after:
            here = (literal(after.at, UtcDateTime()), literal(after.kind), literal(after.record_id))
            query = query.where(tuple_(rows.c.at, rows.c.kind, rows.c.record_id) < tuple_(*here))
        query = query.order_by(rows.c.at.desc(), rows.c.kind.desc(), rows.c.record_id.desc())
        found = [Happening(*row) for row in session.execute(query.limit(limit + 1))]
    return TimelinePage(found[:limit], found[limit - 1].place if len(found) > limit else None)


def latest_contacts(ctx: Context, organisation_ids: Sequence[int]) -> dict[int, Happening]:
    """What each of these houses last was in touch about; those never in touch are left out. What lies ahead is no contact yet."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        rows = happenings()
        newest = func.row_number().over(
            partition_by=rows.c.organisation_id, order_by=(rows.c.at.desc(), rows.c.record_id.desc())
        )
        has_been = and_(rows.c.organisation_id.in_(organisation_ids), rows.c.at <= ctx.now)
        ranked = select(rows, newest.label("place")).where(has_been).subquery()
        query = (
            select(ranked, User.name.label("by"))
            .outerjoin(User, User.id == ranked.c.user_id)
            .where(ranked.c.place == 1)
        )
        return {
            row.organisation_id: Happening(row.kind, row.at, row.record, row.record_id, row.title, row.by)
            for row in session.execute(query)
        }


def _with_person(rows: Subquery, person_id: int) -> ColumnElement[bool]:
    return rows.c.person_id == person_id


def _with_house(rows: Subquery, organisation_id: int | None) -> ColumnElement[bool]:
    """Its own, and what its people took part in while they worked there, where no other house is named."""
    day = func.date(rows.c.at, type_=Date)  # CAST to DATE gives SQLite the year alone
    worked_there = select(Post.person_id).where(
        Post.organisation_id == organisation_id,
        Post.person_id == rows.c.person_id,
        or_(Post.since.is_(None), Post.since <= day),
        or_(Post.until.is_(None), Post.until >= day),
    )
    return or_(
        rows.c.organisation_id == organisation_id,
        and_(rows.c.organisation_id.is_(None), worked_there.correlate(rows).exists()),
    )
