"""What the bodies' meetings offer to the plan, the timelines and the agenda."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, case, cast, exists, literal, null, select, union_all

from db.models.meetings import Attendance, AttendanceStatus, Event, EventKind, EventOrganiser, EventStatus

EVIDENCE_KINDS: frozenset[str] = frozenset({"body_meeting_attended"})

NO_CONTACT: frozenset[str] = frozenset({"body_meeting_planned", "body_meeting_cancelled"})


def evidence() -> Select[*tuple[Any, ...]]:
    """A meeting counts when it was held and at least one of us was there; `organisation_id` is the body."""
    one_of_us_was_there = exists().where(
        Attendance.event_id == Event.id,
        Attendance.user_id.is_not(None),
        Attendance.status == AttendanceStatus.ATTENDED,
    )
    return select(
        literal("body_meeting_attended").label("kind"),
        Event.starts_at.label("at"),
        literal("meeting").label("record"),
        Event.id.label("record_id"),
        Event.body_id.label("organisation_id"),
        Event.title.label("title"),
    ).where(Event.kind == EventKind.BODY_MEETING, Event.status == EventStatus.HELD, one_of_us_was_there)


def happenings() -> Select[*tuple[Any, ...]]:
    """Once for each organiser, and once for each known person who was marked as there."""
    nobody = cast(null(), Integer)
    kind = case(
        (Event.status == EventStatus.CANCELLED, "body_meeting_cancelled"),
        (Event.status == EventStatus.PLANNED, "body_meeting_planned"),
        else_="body_meeting",
    )
    shared = (
        kind.label("kind"),
        Event.starts_at.label("at"),
        literal("meeting").label("record"),
        Event.id.label("record_id"),
    )
    rest = (Event.title.label("title"), nobody.label("user_id"))
    of_organisers = (
        select(*shared, EventOrganiser.organisation_id.label("organisation_id"), nobody.label("person_id"), *rest)
        .join(EventOrganiser, EventOrganiser.event_id == Event.id)
        .where(Event.kind == EventKind.BODY_MEETING)
    )
    of_persons = (
        select(*shared, nobody.label("organisation_id"), Attendance.person_id.label("person_id"), *rest)
        .join(Attendance, Attendance.event_id == Event.id)
        .where(
            Event.kind == EventKind.BODY_MEETING,
            Attendance.person_id.is_not(None),
            Attendance.status == AttendanceStatus.ATTENDED,
        )
    )
    return select(union_all(of_organisers, of_persons).subquery("network_happenings"))


def deadlines() -> Select[*tuple[Any, ...]]:
    """Planned meetings, at the moment they begin. Nobody is alone responsible for being there."""
    return select(
        literal("body_meeting").label("kind"),
        Event.starts_at.label("at"),
        literal("meeting").label("record"),
        Event.id.label("record_id"),
        Event.title.label("title"),
        cast(null(), Integer).label("responsible_id"),
    ).where(Event.kind == EventKind.BODY_MEETING, Event.status == EventStatus.PLANNED)
