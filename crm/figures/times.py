"""Waiting times of many records at once, with the same rules as the card of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, null, select
from sqlalchemy.orm import Session

from crm.correspondence.queries import RecordKind, courses
from crm.correspondence.rules import Course
from crm.figures.cards import QuarterTimes, Source, Wait
from crm.media.rules import DeadlineState, InquiryStatus, deadline_state, press_counts, status_of
from crm.office.queries import office_calendar
from crm.periods import Quarter
from crm.working_time import WorkingCalendar
from db.models.cases import Inquiry, SupportCase, TimeQuality

KIND = {Source.PRESS: RecordKind.INQUIRY, Source.SUPPORT: RecordKind.CASE}


@dataclass(frozen=True)
class Received:
    """One record, as far as the figures care. A support case has no deadline."""

    at: datetime
    status: InquiryStatus
    deadline: DeadlineState
    wait: Wait | None
    is_reconstructed: bool


def times_of_quarters(
    session: Session, source: Source, quarters: Sequence[Quarter], *, now: datetime, exact_only: bool
) -> tuple[QuarterTimes, ...]:
    """In the order of `quarters`; five selects however many records there are."""
    by_quarter: dict[Quarter, list[Received]] = defaultdict(list)
    for record in _records(session, source, quarters, now):
        by_quarter[Quarter.at(record.at)].append(record)
    return tuple(_quarter_times(quarter, by_quarter[quarter], exact_only=exact_only) for quarter in quarters)


def _quarter_times(quarter: Quarter, records: Sequence[Received], *, exact_only: bool) -> QuarterTimes:
    counts = press_counts((record.status, record.deadline) for record in records)
    responded = [record for record in records if record.wait and record.status is not InquiryStatus.WITHDRAWN]
    return QuarterTimes(
        quarter=quarter,
        received=counts.to_answer,
        answered=counts.answered,
        withdrawn=counts.withdrawn,
        with_deadline=counts.due,
        before_deadline=counts.before_deadline,
        reconstructed=sum(record.is_reconstructed for record in responded),
        waits=tuple(
            record.wait for record in responded if record.wait and not (exact_only and record.is_reconstructed)
        ),
    )


def _records(session: Session, source: Source, quarters: Sequence[Quarter], now: datetime) -> list[Received]:
    if not quarters:
        return []
    within = _received_within(source, quarters)
    rows = session.execute(within).all()
    of_record = courses(session, KIND[source], select(within.subquery("within").c.id))
    seconds = _seconds(of_record, office_calendar(session))
    return [_received(row, of_record[row.id], seconds.get(row.id), now) for row in rows]


def _received(row: Row[Any], course: Course, seconds: tuple[int, int] | None, now: datetime) -> Received:
    return Received(
        at=row.received_at,
        status=status_of(course, row.outcome),
        deadline=deadline_state(course, row.outcome, deadline_at=row.deadline_at, now=now),
        wait=_wait(course, row.deadline_at, seconds),
        is_reconstructed=_is_reconstructed(course),
    )


def _received_within(source: Source, quarters: Sequence[Quarter]) -> Select[Any]:
    since, before = min(quarters).instants()[0], max(quarters).instants()[1]
    if source is Source.PRESS:
        columns: list[Any] = [Inquiry.id, Inquiry.received_at, Inquiry.deadline_at, Inquiry.outcome]
        received_at = Inquiry.received_at
    else:
        nothing = (null().label("deadline_at"), null().label("outcome"))
        columns, received_at = [SupportCase.id, SupportCase.received_at, *nothing], SupportCase.received_at
    return select(*columns).where(received_at >= since, received_at < before)


def _wait(course: Course, deadline_at: datetime | None, seconds: tuple[int, int] | None) -> Wait | None:
    response = course.first_response
    if response is None or seconds is None:
        return None
    working, wall = seconds
    return Wait(working, wall, kept_deadline=deadline_at is None or response.at <= deadline_at)


def _seconds(of_record: Mapping[int, Course], calendar: WorkingCalendar) -> dict[int, tuple[int, int]]:
    """All working times in one sweep. `crm.correspondence.rules.clocks` says the same of one record; a test holds them together."""
    responses = {key: course.first_response for key, course in of_record.items()}
    spans = {key: (of_record[key].received.at, response.at) for key, response in responses.items() if response}
    starts, ends = [span[0] for span in spans.values()], [span[1] for span in spans.values()]
    pauses = {
        row: [(stop.started_at, stop.ended_at or until) for stop in of_record[key].stops if stop.started_at < until]
        for row, (key, (_, until)) in enumerate(spans.items())
        if of_record[key].stops
    }
    worked = calendar.elapsed_many(starts, ends, pauses=pauses)
    return {
        key: (int(worked[row]), int(until.timestamp() - since.timestamp()))
        for row, (key, (since, until)) in enumerate(spans.items())
    }


def _is_reconstructed(course: Course) -> bool:
    response = course.first_response
    return TimeQuality.RECONSTRUCTED in (course.received.quality, response.quality if response else TimeQuality.EXACT)
