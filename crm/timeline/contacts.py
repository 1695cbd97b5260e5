"""Having been in touch with a house: what stands in its timeline and did take place. Learns no feature's name.

Nothing here may read every happening there is. The moments and the houses are given as plain values, which the databases carry
into each feature's own select and so to its index; a condition on another table stays outside, and everything is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from crm.facets import NO_CONTACT, happenings
from crm.i18n import OFFICE_ZONE
from crm.timeline.queries import Happening
from db.models.people import Post
from db.models.users import User
from db.types import UtcDateTime

QUIET_DAYS = 90
AT_A_TIME = 500  # houses; each may have some dozen people, and a query takes only so many values

_TOLD = ("at", "kind", "record", "record_id", "title", "user_id")

When: TypeAlias = Callable[[ColumnElement[datetime]], ColumnElement[bool]]


def lately(on: date, *, days: int = QUIET_DAYS) -> When:
    """In the ninety days, or so many, up to the day, which counts."""
    since, before = _midnight(on - timedelta(days=days)), _end_of(on)
    return lambda at: and_(at >= since, at < before)


def ever(on: date) -> When:
    """As far back as anything is known, up to the day, which counts."""
    return lambda at: at < _end_of(on)


def contacts(
    when: When, houses: Sequence[int] | None = None, people: Sequence[int] = (), *, columns: Sequence[str] = ("at",)
) -> Subquery:
    """organisation_id and the `columns` of the happenings: of every house, or of these `houses` and their `people`.

    People's are what no organisation is named in, such as a meeting they were at, while they worked at the house.
    """
    own = happenings("kind", "organisation_id", *columns)
    theirs = happenings("kind", "organisation_id", "person_id", *columns)
    of_houses = _contacts(own, own.c.organisation_id, columns).where(when(own.c.at))
    of_people = _of_people(theirs, columns).where(when(theirs.c.at))
    if houses is None:
        of_houses = of_houses.where(own.c.organisation_id.is_not(None))
        of_people = of_people.where(theirs.c.organisation_id.is_(None))
    else:
        of_houses = of_houses.where(own.c.organisation_id.in_(houses))
        of_people = of_people.where(Post.organisation_id.in_(houses), theirs.c.person_id.in_(people))
        # "IS NULL" in words no index knows: SQLite would find all the calls from nobody rather than these people's.
        of_people = of_people.where(func.coalesce(theirs.c.organisation_id, 0) == 0)
    return union_all(of_houses, of_people).subquery("contacts")


def latest(found: Subquery) -> Select[Any]:
    """organisation_id, at: the latest of these contacts of each house."""
    at = func.max(found.c.at, type_=UtcDateTime()).label("at")
    return select(found.c.organisation_id, at).group_by(found.c.organisation_id)


def heard_from(session: Session, when: When) -> dict[int, datetime]:
    """When each house that was in touch then last was so."""
    return {row.organisation_id: row.at for row in session.execute(latest(contacts(when)))}


def latest_of(session: Session, houses: Sequence[int], when: When) -> dict[int, datetime]:
    """The same of these houses."""
    found: dict[int, datetime] = {}
    for some in (houses[start : start + AT_A_TIME] for start in range(0, len(houses), AT_A_TIME)):
        rows = session.execute(latest(contacts(when, some, _people_of(session, some))))
        found |= {row.organisation_id: row.at for row in rows}
    return found


def last_said(session: Session, houses: Sequence[int], on: date) -> dict[int, Happening]:
    """What each of these houses was last in touch about by the end of the day; those never in touch are left out.

    For a page of them. The last months are asked first: only who is not found there has the whole history looked through.
    """
    moments = latest_of(session, houses, lately(on))
    moments |= latest_of(session, [house for house in houses if house not in moments], ever(on))
    if not moments:
        return {}
    # By the moments, which have an index of their own; a moment another house shares is sorted out below.
    at_those = set(moments.values())
    rows = contacts(lambda at: at.in_(at_those), houses, _people_of(session, houses), columns=_TOLD)
    query = select(rows, User.name.label("by")).outerjoin(User, User.id == rows.c.user_id).order_by(rows.c.record_id)
    return {
        row.organisation_id: Happening(row.kind, row.at, row.record, row.record_id, row.title, row.by)
        for row in session.execute(query)
        if moments[row.organisation_id] == row.at
    }


def _of_people(rows: Subquery, columns: Sequence[str]) -> Select[Any]:
    """An outer join in form only: the posts are looked up for the happenings, not the happenings for all posts there are."""
    day = func.date(rows.c.at, type_=Date)  # CAST to DATE gives SQLite the year alone
    worked_there = or_(Post.since.is_(None), Post.since <= day) & or_(Post.until.is_(None), Post.until >= day)
    query = _contacts(rows, Post.organisation_id, columns)
    query = query.outerjoin(Post, and_(Post.person_id == rows.c.person_id, worked_there))
    return query.where(func.coalesce(Post.organisation_id, 0) > 0)


def _contacts(rows: Subquery, organisation_id: Any, columns: Sequence[str]) -> Select[Any]:
    query = select(organisation_id.label("organisation_id"), *(rows.c[name] for name in columns))
    return query.select_from(rows).where(rows.c.kind.not_in(sorted(NO_CONTACT)))


def _people_of(session: Session, houses: Sequence[int]) -> Sequence[int]:
    return session.scalars(select(Post.person_id).where(Post.organisation_id.in_(houses)).distinct()).all()


def _end_of(day: date) -> datetime:
    return _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)
