"""Measures that ask of several parts apart, each with its own rhythm: today the network bodies."""

from __future__ import annotations

from crm.context import Context
from crm.networks.cards import BodyQuarter
from crm.networks.queries import body_quarters
from crm.networks.rules import QuarterStatus
from crm.periods import Quarter
from crm.plan.cards import PartProgress
from crm.plan.rules import Status

STATUS = {
    QuarterStatus.MET: Status.MET,
    QuarterStatus.MISSED: Status.MISSED,
    QuarterStatus.UNDER_WAY: Status.UNDER_WAY,
    QuarterStatus.NOT_EXPECTED: Status.NOT_APPLICABLE,
}


def body_parts(ctx: Context, quarter: Quarter) -> tuple[PartProgress, ...]:
    """Each body as its own rhythm judges it. A cancelled meeting is shown and never counted."""
    found = body_quarters(ctx, [quarter])
    return tuple(_part(ctx, body) for quarters in found.values() for body in quarters)


def _part(ctx: Context, body: BodyQuarter) -> PartProgress:
    is_ahead = body.quarter.instants()[0] > ctx.now
    upcoming = is_ahead and body.status is QuarterStatus.UNDER_WAY
    return PartProgress(
        name=body.body,
        record="body",
        record_id=body.body_id,
        expected=body.expected,
        done=body.done,
        cancelled=tuple(meeting.starts_at for meeting in body.cancelled),
        held_without_us=len(body.held_without_us),
        status=Status.UPCOMING if upcoming else STATUS[body.status],
    )
