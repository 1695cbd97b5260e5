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
from crm.office.queries import office_calendar
from crm.periods import Quarter
from crm.working_time import WorkingCalendar
from db.models.cases import Inquiry, Outcome, SupportCase, TimeQuality

KIND = {Source.PRESS: RecordKind.INQUIRY, Source.SUPPORT: RecordKind.CASE}


@dataclass(frozen=True)
class Answered:
    """One record, as far as the figures care."""

    received_at: datetime
    deadline_at: datetime | None
    is_withdrawn: bool
    course: Course
    wait: Wait | None
    is_reconstructed: bool


def times_of_quarters(
    session: Session, source: Source, quarters: Sequence[Quarter], *, now: datetime, exact_only: bool
) -> tuple[QuarterTimes, ...]:
    """In the order of `quarters`; four selects however many records there are."""
    found = _records(session, source, quarters)
    by_quarter: dict[Quarter, list[Answered]] = defaultdict(list)
    for record in found:
        by_quarter[Quarter.at(record.received_at)].append(record)
    return tuple(quarter_times(quarter, by_quarter[quarter], now=now, exact_only=exact_only) for quarter in quarters)


def quarter_times(quarter: Quarter, records: Sequence[Answered], *, now: datetime, exact_only: bool) -> QuarterTimes:
    counted = [record for record in records if not record.is_withdrawn]
    responded = [record for record in counted if record.wait is not None]
    due = [record for record in counted if _is_due(record, now)]
    return QuarterTimes(
        quarter=quarter,
        received=len(counted),
        answered=sum(record.course.first_answer is not None for record in counted),
        withdrawn=len(records) - len(counted),
        with_deadline=len(due),
        before_deadline=sum(_is_before_deadline(record) for record in due),
        reconstructed=sum(record.is_reconstructed for record in responded),
        waits=tuple(
            record.wait for record in responded if record.wait and not (exact_only and record.is_reconstructed)
        ),
    )


def _is_due(record: Answered, now: datetime) -> bool:
    """An unanswered one whose deadline lies ahead is neither kept nor missed."""
    return record.deadline_at is not None and (record.course.first_answer is not None or record.deadline_at < now)


def _is_before_deadline(record: Answered) -> bool:
    answer = record.course.first_answer
    return answer is not None and record.deadline_at is not None and answer.at <= record.deadline_at


def _records(session: Session, source: Source, quarters: Sequence[Quarter]) -> list[Answered]:
    if not quarters:
        return []
    within = _received_within(source, quarters)
    rows = session.execute(within).all()
    ids = select(within.subquery("within").c.id)
    return _with_waits(rows, courses(session, KIND[source], ids), office_calendar(session))


def _received_within(source: Source, quarters: Sequence[Quarter]) -> Select[Any]:
    since, before = min(quarters).instants()[0], max(quarters).instants()[1]
    if source is Source.PRESS:
        columns: list[Any] = [Inquiry.id, Inquiry.received_at, Inquiry.deadline_at, Inquiry.outcome]
        received_at = Inquiry.received_at
    else:
        nothing = (null().label("deadline_at"), null().label("outcome"))
        columns, received_at = [SupportCase.id, SupportCase.received_at, *nothing], SupportCase.received_at
    return select(*columns).where(received_at >= since, received_at < before)


def _with_waits(rows: Sequence[Row[Any]], of_record: Mapping[int, Course], calendar: WorkingCalendar) -> list[Answered]:
    seconds = _seconds(of_record, calendar)
    return [
        Answered(
            received_at=row.received_at,
            deadline_at=row.deadline_at,
            is_withdrawn=row.outcome == Outcome.WITHDRAWN,
            course=of_record[row.id],
            wait=_wait(of_record[row.id], row.deadline_at, seconds.get(row.id)),
            is_reconstructed=_is_reconstructed(of_record[row.id]),
        )
        for row in rows
    ]


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
