"""How rows become cards, for the looks in `queries`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.i18n import local
from crm.names import sort_key
from crm.networks.cards import BodyLine, BodyQuarter, MeetingLine, SeatLine
from crm.networks.rules import DatedRhythm, judged, rhythm_for
from crm.periods import Quarter
from crm.records import stands_for_itself
from db.models.meetings import Attendance, AttendanceStatus, BodyRhythm, BodySeat, Event, EventStatus
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import Person
from db.models.users import User

MOST_BODIES = 100

Marks = dict[int, list[tuple[AttendanceStatus, str, bool]]]


def bodies_of(session: Session) -> Sequence[Organisation]:
    query = (
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.NETWORK_BODY, stands_for_itself(Organisation))
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(MOST_BODIES)
    )
    return session.scalars(query).all()


def rhythms_of(session: Session) -> dict[int, list[DatedRhythm]]:
    found: dict[int, list[DatedRhythm]] = defaultdict(list)
    for row in session.scalars(select(BodyRhythm).limit(MOST_BODIES * 20)):
        found[row.body_id].append(DatedRhythm(row.since, row.cadence, row.minimum))
    return found


def body_line(session: Session, body: Organisation, today: date) -> BodyLine:
    rhythm = session.scalar(
        select(BodyRhythm)
        .where(BodyRhythm.body_id == body.id, BodyRhythm.since <= today)
        .order_by(BodyRhythm.since.desc())
        .limit(1)
    )
    names = session.scalars(select(OrganisationName.name).where(OrganisationName.organisation_id == body.id).limit(20))
    return BodyLine(
        id=body.id,
        name=body.name,
        also_called=tuple(names),
        cadence=rhythm.cadence if rhythm else None,
        minimum=rhythm.minimum if rhythm else 0,
        seats=tuple(seat for seat in seats_of(session, body.id, today=today) if seat.is_current),
    )


def seats_of(session: Session, body_id: int, *, today: date) -> list[SeatLine]:
    """Current seats first, then by name. A colleague who was shut out has no current seat any more."""
    query = (
        select(BodySeat, User.name, User.is_active)
        .join(User, User.id == BodySeat.user_id)
        .where(BodySeat.body_id == body_id)
        .limit(200)
    )
    lines = [
        SeatLine(
            id=seat.id,
            version=seat.version,
            user_id=seat.user_id,
            name=name,
            role=seat.role,
            since=seat.since,
            until=seat.until,
            is_current=is_active and (seat.since or today) <= today <= (seat.until or today),
        )
        for seat, name, is_active in session.execute(query)
    ]
    return sorted(lines, key=lambda seat: (not seat.is_current, sort_key(seat.name), seat.id))


def meeting_lines(session: Session, query: Select[Event], *, shows_words: bool) -> list[MeetingLine]:
    """In the query's order. Without words: no titles, names, places or reasons, only what is counted."""
    meetings = session.scalars(query).all()
    ids = [meeting.id for meeting in meetings]
    names = _body_names(session)
    marks = _marks(session, ids)
    return [
        _line(meeting, names.get(meeting.body_id or 0, ""), marks.get(meeting.id, []), shows_words=shows_words)
        for meeting in meetings
    ]


def body_quarter(
    body: Organisation,
    quarter: Quarter,
    rhythms: Sequence[DatedRhythm],
    lines: Sequence[MeetingLine],
    *,
    today: date,
) -> BodyQuarter:
    """`lines` are the meetings of all bodies from the first of January of the quarter's year on."""
    of_body = [line for line in lines if line.body_id == body.id]
    attended = [local(line.starts_at).date() for line in of_body if line.counts]
    verdict = judged(quarter, rhythm_for(rhythms, quarter), attended, today=today)
    within = sorted(
        (line for line in of_body if local(line.starts_at).date() in quarter), key=lambda line: line.starts_at
    )
    return BodyQuarter(
        body_id=body.id,
        body=body.name,
        quarter=quarter,
        expected=verdict.expected,
        done=verdict.done,
        status=verdict.status,
        due=verdict.due,
        apologies=sum(line.our_apologies for line in within if line.status == EventStatus.HELD),
        meetings=tuple(within),
    )


def _body_names(session: Session) -> dict[int, str]:
    return {body.id: body.name for body in bodies_of(session)}


def _marks(session: Session, ids: Sequence[int]) -> Marks:
    """By meeting: (status, name, one of ours?), ours first."""
    ours = (
        select(Attendance.event_id, Attendance.status, User.name)
        .join(User, User.id == Attendance.user_id)
        .where(Attendance.event_id.in_(ids))
        .order_by(Attendance.id)
    )
    others = (
        select(Attendance.event_id, Attendance.status, Person.name)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.event_id.in_(ids))
        .order_by(Attendance.id)
    )
    found: Marks = defaultdict(list)
    for query, is_ours in ((ours, True), (others, False)):
        for event_id, status, name in session.execute(query):
            found[event_id].append((status, name, is_ours))
    return found


def _line(
    meeting: Event, body: str, marks: Sequence[tuple[AttendanceStatus, str, bool]], *, shows_words: bool
) -> MeetingLine:
    def named(wanted: AttendanceStatus) -> tuple[str, ...]:
        return tuple(name for status, name, _ in marks if status == wanted) if shows_words else ()

    def ours(wanted: AttendanceStatus) -> int:
        return sum(is_ours and status == wanted for status, _, is_ours in marks)

    return MeetingLine(
        id=meeting.id,
        body_id=meeting.body_id or 0,
        body=body,
        title=meeting.title if shows_words else "",
        starts_at=meeting.starts_at,
        place=meeting.place if shows_words else "",
        is_digital=meeting.is_digital,
        status=meeting.status,
        cancelled_because=meeting.cancelled_because if shows_words else "",
        attended=named(AttendanceStatus.ATTENDED),
        apologies=named(AttendanceStatus.APOLOGIES),
        our_attended=ours(AttendanceStatus.ATTENDED),
        our_apologies=ours(AttendanceStatus.APOLOGIES),
    )
