"""How fast we answered, and how many we reached, by quarter. Never by colleague: waiting is the office's, not one person's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.context import Context
from crm.figures.cards import PressQuarter, QuarterTimes, Source, SupportQuarter
from crm.figures.times import times_of_quarters
from crm.members.then import house_then
from crm.periods import Quarter
from crm.permissions import Permission
from db.models.cases import Inquiry, SupportCase
from db.models.organisations import Membership, MembershipKind

MOST_QUARTERS = 20


def response_times(
    ctx: Context, source: Source, quarters: Sequence[Quarter], *, exact_only: bool = False
) -> tuple[QuarterTimes, ...]:
    """In the order of `quarters`, at most 20 of them. `exact_only` leaves times set afterwards out of the waits."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        return times_of_quarters(session, source, quarters[-MOST_QUARTERS:], now=ctx.now, exact_only=exact_only)


def support_quarter(ctx: Context, quarter: Quarter) -> SupportQuarter:
    with ctx.read(Permission.SEE_FIGURES) as session:
        (times,) = times_of_quarters(session, Source.SUPPORT, [quarter], now=ctx.now, exact_only=False)
        return SupportQuarter(
            times=times,
            by_channel=_counted(session, SupportCase.channel, _received(SupportCase.received_at, quarter)),
            still_open=_still_open(session, quarter, ctx.now),
            houses_reached=_houses(session, quarter, with_a_case=True),
            member_houses=_houses(session, quarter, with_a_case=False),
        )


def press_quarter(ctx: Context, quarter: Quarter) -> PressQuarter:
    with ctx.read(Permission.SEE_FIGURES) as session:
        (times,) = times_of_quarters(session, Source.PRESS, [quarter], now=ctx.now, exact_only=False)
        return PressQuarter(times, _counted(session, Inquiry.medium, _received(Inquiry.received_at, quarter)))


def _received(column: InstrumentedAttribute[datetime], quarter: Quarter) -> list[ColumnElement[bool]]:
    since, before = quarter.instants()
    return [column >= since, column < before]


def _counted(
    session: Session, word: InstrumentedAttribute[Any], where: Sequence[ColumnElement[bool]]
) -> dict[str, int]:
    rows = session.execute(select(word, func.count()).where(*where).group_by(word))
    return {str(value) if value else "": n for value, n in rows}


def _still_open(session: Session, quarter: Quarter, now: datetime) -> int:
    until = min(now, quarter.instants()[1])
    query = select(func.count()).select_from(SupportCase).where(*_received(SupportCase.received_at, quarter))
    return session.scalars(query.where(or_(SupportCase.closed_at.is_(None), SupportCase.closed_at > until))).one()


def _houses(session: Session, quarter: Quarter, *, with_a_case: bool) -> int:
    """The houses that were members on any day of the quarter; with a case, those of them that came to us in it."""
    query = select(func.count(func.distinct(Membership.organisation_id))).where(
        Membership.kind == MembershipKind.HOUSE,
        or_(Membership.since.is_(None), Membership.since <= quarter.ends),
        or_(Membership.until.is_(None), Membership.until >= quarter.starts),
    )
    if with_a_case:
        query = query.join(SupportCase, house_then() == Membership.organisation_id).where(
            *_received(SupportCase.received_at, quarter)
        )
    return session.scalars(query).one()
