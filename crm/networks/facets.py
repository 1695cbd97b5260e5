"""What bodies and their meetings offer to the plan, the timelines, the agenda and the search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, and_, case, cast, exists, literal, null, select, union_all

from crm.members.facets import LINES
from crm.records import stands_for_itself
from crm.searchable import Field, Line, Searchable
from crm.traces import Trace, Via, Who
from db.models.attachments import Attachment
from db.models.meetings import Attendance, AttendanceStatus, Event, EventKind, EventOrganiser, EventStatus
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import Person
from db.models.tags import Tag, Tagging

EVIDENCE_KINDS: frozenset[str] = frozenset({"body_meeting_attended"})

NO_CONTACT: frozenset[str] = frozenset({"body_meeting_planned", "body_meeting_cancelled"})

_HELD = (Event.kind, Event.status, Event.starts_at)
TRACES = (
    Trace(Who.ORGANISATION, EventOrganiser.organisation_id, (EventOrganiser.event_id,)),
    Trace(Who.PERSON, Attendance.person_id, (Attendance.event_id, Attendance.status)),
    Trace(Who.ORGANISATION, Event.id, _HELD, Via(EventOrganiser.event_id, EventOrganiser.organisation_id)),
    Trace(Who.PERSON, Event.id, _HELD, Via(Attendance.event_id, Attendance.person_id)),
)


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


def searchable_bodies() -> Searchable:
    return Searchable(
        record="body",
        number=5,
        own=Organisation,
        at=Organisation.created_at,
        lines=LINES,
        where=and_(Organisation.kind == OrganisationKind.NETWORK_BODY, stands_for_itself(Organisation)),
    )


def searchable_meetings() -> Searchable:
    """By title, who held it, who was there, and the minutes."""
    return Searchable(
        record="meeting",
        number=6,
        own=Event,
        at=Event.starts_at,
        lines=(
            Line(Field.NAME, Event.title, of=Event.id),
            Line(Field.HOUSE, Organisation.name, of=Event.id, via=Event.body_id),
            Line(Field.HOUSE, Organisation.name, of=EventOrganiser.event_id, via=EventOrganiser.organisation_id),
            Line(Field.PERSON, Person.name, of=Attendance.event_id, via=Attendance.person_id),
            Line(Field.ADDRESS, Event.place, of=Event.id),
            Line(Field.TAG, Tag.name, of=Tagging.event_id, via=Tagging.tag_id),
            Line(Field.FILE, Attachment.name, of=Attachment.event_id),
            Line(Field.NOTE, Event.minutes, of=Event.id),
            Line(Field.NOTE, Event.cancelled_because, of=Event.id),
        ),
        where=Event.kind == EventKind.BODY_MEETING,
    )
