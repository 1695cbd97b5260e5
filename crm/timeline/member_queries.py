"""The members with when we last were in touch and about what, and how many they are in each county. Per any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from crm.context import Context, Database
from crm.members.places import County
from crm.members.places_before import Counties, counties_on, municipality_on
from crm.members.rules import a_year_before, valid_on
from crm.members.selects import MemberFilter, conditions
from crm.people.paging import Leaf, leaf
from crm.permissions import Permission
from crm.timeline.last_contacts import heard_from, last_heard_from, last_said
from crm.timeline.member_cards import (
    Counts,
    CountyFigures,
    MemberFigures,
    MemberPage,
    MemberRow,
    MembershipPeriod,
    Order,
)
from db.models.house_keeping import DataVersion
from db.models.organisations import Membership, MembershipKind, Organisation

PAGE = 50
# Counting further costs more than knowing it is worth; the screen says "over".
COUNTED_TO = 1_000
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def list_members(
    ctx: Context,
    wanted: MemberFilter,
    *,
    quiet: bool = False,
    order: Order = Order.NAME,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> MemberPage:
    """`quiet`: only those we have not heard from lately. `after` and `before` are ids from a page already shown."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        version = session.scalars(select(DataVersion.number)).one()
    return _page(ctx.database, version, wanted, quiet, order, after, before, limit)


def member_figures(ctx: Context, on: date, by: Counties = Counties.TODAY) -> MemberFigures:
    """In each county: members, new ones and those who left in the year before the day, and whom we were in touch with lately."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        version = session.scalars(select(DataVersion.number)).one()
    return _figures(ctx.database, version, on, by)


@lru_cache(maxsize=32)
def _page(
    database: Database,
    version: int,
    wanted: MemberFilter,
    quiet: bool,
    order: Order,
    after: int | None,
    before: int | None,
    limit: int,
) -> MemberPage:
    """The same until somebody saves something. `version` is there to be part of the key."""
    if quiet or order is Order.LONGEST_SINCE:
        ordered = _in_order(database, version, wanted, quiet, order)
        total, page = len(ordered), _cut(ordered, after, before, limit)
        with database.reading() as session:
            rows = _rows(session, page.ids, wanted.on)
    else:
        with database.reading() as session:
            total, which = _matched(session, wanted)
            page = leaf(session, Organisation, which, after=after, before=before, limit=limit)
            rows = _rows(session, page.ids, wanted.on)
    return MemberPage(rows, total, page.following, page.preceding)


def _matched(session: Session, wanted: MemberFilter) -> tuple[int, list[ColumnElement[bool]]]:
    """How many there are, up to COUNTED_TO and one more, and what to ask for them: few by their ids, looked for once."""
    which = conditions(session, wanted)
    ids = session.scalars(select(Organisation.id).where(*which).limit(COUNTED_TO + 1)).all()
    return len(ids), which if len(ids) > COUNTED_TO else [Organisation.id.in_(ids)]


def _cut(ids: Sequence[int], after: int | None, before: int | None, limit: int) -> Leaf:
    """A page of what is in order already."""
    start = ids.index(after) + 1 if after in ids else 0
    end = start + limit
    if after is None and before in ids:
        end = ids.index(before)
        start = max(0, end - limit)
    shown = list(ids[start:end])
    return Leaf(shown, shown[-1] if shown and end < len(ids) else None, shown[0] if shown and start > 0 else None)


@lru_cache(maxsize=8)
def _in_order(database: Database, version: int, wanted: MemberFilter, quiet: bool, order: Order) -> tuple[int, ...]:
    """All of them. Those with equally long since, or never in touch, are by name.

    Put in order here and not by the database: only for those not heard from lately is the whole history needed, and those are few.
    """
    heard = _heard_from(database, version, wanted.on)
    with database.reading() as session:
        ids = session.scalars(
            select(Organisation.id).where(*conditions(session, wanted)).order_by(Organisation.sort_key, Organisation.id)
        ).all()
        silent = [member for member in ids if member not in heard]
        if order is Order.NAME:
            return tuple(silent)
        at = heard | last_heard_from(session, silent, wanted.on)
    return tuple(sorted(silent if quiet else ids, key=lambda member: at.get(member, LONG_AGO)))


@lru_cache(maxsize=4)
def _heard_from(database: Database, _version: int, on: date) -> dict[int, datetime]:
    with database.reading() as session:
        return heard_from(session, on)


def _rows(session: Session, ids: Sequence[int], on: date) -> tuple[MemberRow, ...]:
    columns = (Organisation.id, Organisation.name, Organisation.kind, Organisation.municipality_number)
    found = {row.id: row for row in session.execute(select(*columns).where(Organisation.id.in_(ids)))}
    memberships, said = _memberships(session, ids, on), last_said(session, ids, on)
    return tuple(
        MemberRow(
            id=row.id,
            name=row.name,
            kind=row.kind,
            municipality_number=row.municipality_number,
            membership=memberships.get(row.id),
            contact=said.get(row.id),
        )
        for row in (found[member] for member in ids)
    )


def _memberships(session: Session, ids: Sequence[int], on: date) -> dict[int, MembershipPeriod]:
    """The one that holds on the day, else the last one before it."""
    query = select(Membership.organisation_id, Membership.since, Membership.until, valid_on(on).label("holds"))
    query = query.where(Membership.organisation_id.in_(ids), or_(Membership.since.is_(None), Membership.since <= on))
    last = query.order_by(Membership.until.is_(None), Membership.until)
    return {row.organisation_id: MembershipPeriod(row.since, row.until, row.holds) for row in session.execute(last)}


@lru_cache(maxsize=16)
def _figures(database: Database, version: int, on: date, by: Counties) -> MemberFigures:
    heard = _heard_from(database, version, on)
    counted: dict[str | None, dict[MembershipKind, Counts]] = defaultdict(lambda: defaultdict(Counts))
    with database.reading() as session:
        for row in session.execute(_each_member(on)):
            place = municipality_on(row.municipality_number, on, by)
            county = counted[place.county.number if place else None]
            county[row.kind] += Counts(
                members=row.now,
                new=int(row.now > row.then),
                left=int(row.then > row.now),
                in_touch=row.now * (row.organisation_id in heard),
            )
    shown: list[County | None] = [*counties_on(on, by), *([None] if None in counted else [])]
    return MemberFigures(tuple(_county(county, counted[county.number if county else None]) for county in shown))


def _county(county: County | None, counts: dict[MembershipKind, Counts]) -> CountyFigures:
    return CountyFigures(county, counts[MembershipKind.HOUSE], counts[MembershipKind.SUPPLIER])


def _each_member(on: date) -> Select[*tuple[Any, ...]]:
    """Whoever is a member on the day or was one the year before, once for each kind of membership; `now` and `then` are 1 or 0."""
    now, then = valid_on(on), valid_on(a_year_before(on))
    held = (func.max(case((when, 1), else_=0)).label(name) for name, when in (("now", now), ("then", then)))
    query = select(Membership.organisation_id, Membership.kind, Organisation.municipality_number, *held)
    query = query.join(Organisation, Organisation.id == Membership.organisation_id).where(now | then)
    return query.group_by(Membership.organisation_id, Membership.kind, Organisation.municipality_number)
