"""Having been in touch with a house: what stands in its timeline and did take place. Learns no feature's name.

Nothing here may read every happening there is. The moments and the houses are given as plain values, which the databases carry
into each feature's own select and so to its index; a condition on another table stays outside, and everything is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from crm.facets import NO_CONTACT, happenings
from crm.i18n import OFFICE_ZONE
from db.models.people import Post
from db.types import UtcDateTime
from db.wording import is_empty

QUIET_DAYS = 90
LONG_AGO, LONG_HENCE = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
AT_A_TIME = 500  # houses; each may have some dozen people, and a query takes only so many values

When: TypeAlias = Callable[[ColumnElement[datetime]], ColumnElement[bool]]
Ids: TypeAlias = Sequence[int] | BindParameter[Sequence[int]]


@dataclass(frozen=True)
class Span:
    """Instants from `since` on, up to but without `before`."""

    since: datetime = LONG_AGO
    before: datetime = LONG_HENCE

    def holds(self, at: ColumnElement[datetime]) -> ColumnElement[bool]:
        return and_(at >= self.since, at < self.before)


ALWAYS = Span()


def lately(on: date, *, days: int = QUIET_DAYS) -> Span:
    """The ninety days, or so many, up to the day, which counts."""
    return Span(_midnight(on - timedelta(days=days)), ever(on).before)


def ever(on: date) -> Span:
    """As far back as anything is known, up to the day, which counts."""
    return Span(before=_midnight(on + timedelta(days=1)))


def contacts(when: When, houses: Ids | None = None, people: Ids = (), *, columns: Sequence[str] = ("at",)) -> Subquery:
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
        # Or SQLite would find all the calls from nobody rather than these people's.
        of_people = of_people.where(is_empty(theirs.c.organisation_id))
    return union_all(of_houses, of_people).subquery("contacts")


def latest(found: Subquery) -> Select[Any]:
    """organisation_id, at: the latest of these contacts of each house."""
    at = func.max(found.c.at, type_=UtcDateTime()).label("at")
    return select(found.c.organisation_id, at).group_by(found.c.organisation_id)


def latest_of(session: Session, houses: Sequence[int], span: Span) -> dict[int, datetime]:
    """The latest contact of each of these houses that had one in the span."""
    found: dict[int, datetime] = {}
    for some in (houses[start : start + AT_A_TIME] for start in range(0, len(houses), AT_A_TIME)):
        asked = {"houses": some, "people": people_of(session, some), "since": span.since, "before": span.before}
        found |= {row.organisation_id: row.at for row in session.execute(_LATEST_OF, asked)}
    return found


def people_of(session: Session, houses: Sequence[int]) -> Sequence[int]:
    return session.scalars(_PEOPLE_OF, {"houses": houses}).all()


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


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)


# Put together once: it is asked in every save, and that costs more than the answer.
_SINCE, _BEFORE = (bindparam(name, type_=UtcDateTime()) for name in ("since", "before"))
_LATEST_OF = latest(
    contacts(
        lambda at: and_(at >= _SINCE, at < _BEFORE),
        bindparam("houses", expanding=True),
        bindparam("people", expanding=True),
    )
)
_PEOPLE_OF = select(Post.person_id).where(Post.organisation_id.in_(bindparam("houses", expanding=True))).distinct()
