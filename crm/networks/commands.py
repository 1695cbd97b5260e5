"""What is done about meetings in the network bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crm.context import Context, changes
from crm.errors import NotFound, Refused
from crm.networks.forms import Attendees, Cancellation, Mark, MeetingDetails, Minutes, NewMeeting
from crm.networks.rules import require_not_cancelled, require_sense, require_unchanged, status_of
from crm.networks.steps import network_body
from crm.permissions import Permission
from crm.records import Kind, Record, has_belongings
from db.models.meetings import Attendance, AttendanceStatus, Event, EventKind, EventOrganiser, EventStatus


def log_meeting(ctx: Context, new: NewMeeting) -> int:
    """A meeting that was held or is planned. A token used before gives the first one's id: two clicks are one meeting."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        logged = session.scalar(select(Event.id).where(Event.token == new.token))
        if logged is not None:
            return logged
        require_sense(new.marks, is_held=new.is_held, lies_ahead=new.starts_at > ctx.now)
        body = network_body(session, new.body_id)
        meeting = Event(
            kind=EventKind.BODY_MEETING,
            body_id=body.id,
            title=new.title or body.name,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            place=new.place,
            is_digital=new.is_digital,
            status=status_of(is_held=new.is_held),
            token=new.token,
            created_at=ctx.now,
        )
        session.add(meeting)
        session.flush()
        _set_organisers(session, meeting, new.organiser_ids)
        _set_marks(session, meeting.id, new.marks)
        said: dict[str, Any] = {"name": body.name, "starts_at": meeting.starts_at, **_counted(new.marks)}
        ctx.record(session, "meeting.held" if new.is_held else "meeting.planned", meeting, **said)
        return meeting.id


def change_meeting(ctx: Context, meeting_id: int, form: MeetingDetails, *, version: int) -> None:
    """Time, place, title and who organises."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        require_sense((), is_held=meeting.status == EventStatus.HELD, lies_ahead=form.starts_at > ctx.now)
        before = _details(session, meeting)
        meeting.title = form.title or body.name
        meeting.starts_at, meeting.ends_at = form.starts_at, form.ends_at
        meeting.place, meeting.is_digital = form.place, form.is_digital
        flag_modified(meeting, "title")  # organisers stand in another table, but are part of what was drawn
        _set_organisers(session, meeting, form.organiser_ids)
        changed = changes(before, _details(session, meeting))
        ctx.record(session, "meeting.changed", meeting, name=body.name, starts_at=meeting.starts_at, changed=changed)


def note_attendance(ctx: Context, meeting_id: int, form: Attendees, *, version: int) -> None:
    """Replaces all marks. `is_held` True also says that the meeting took place; one that was held stays held."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        require_not_cancelled(meeting.status)
        is_held = form.is_held or meeting.status == EventStatus.HELD
        require_sense(form.marks, is_held=is_held, lies_ahead=meeting.starts_at > ctx.now)
        before = meeting.status
        meeting.status = status_of(is_held=is_held)
        flag_modified(meeting, "status")
        _set_marks(session, meeting.id, form.marks)
        is_news = is_held and before != EventStatus.HELD
        said: dict[str, Any] = {"name": body.name, "starts_at": meeting.starts_at, **_counted(form.marks)}
        ctx.record(session, "meeting.held" if is_news else "meeting.attendance_noted", meeting, **said)


def write_minutes(ctx: Context, meeting_id: int, form: Minutes, *, version: int) -> None:
    """The change log keeps how long the minutes were, not what they said: it would outlive what is erased from them."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        lengths = [len(meeting.minutes), len(form.text)]
        meeting.minutes = form.text
        changed = {"minutes_length": lengths}
        ctx.record(
            session, "meeting.minutes_written", meeting, name=body.name, starts_at=meeting.starts_at, changed=changed
        )


def cancel_meeting(ctx: Context, meeting_id: int, form: Cancellation, *, version: int) -> None:
    """It is shown from now on as cancelled, and counts for nothing. Marks go: nobody attended, and nobody was missing."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        require_not_cancelled(meeting.status)
        meeting.status, meeting.cancelled_because = EventStatus.CANCELLED, form.because
        _set_marks(session, meeting.id, ())
        ctx.record(session, "meeting.cancelled", meeting, name=body.name, starts_at=meeting.starts_at)


def restore_meeting(ctx: Context, meeting_id: int, *, version: int) -> None:
    """A meeting cancelled by mistake is planned again."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        meeting.status, meeting.cancelled_because = EventStatus.PLANNED, ""
        ctx.record(session, "meeting.restored", meeting, name=body.name, starts_at=meeting.starts_at)


def delete_meeting(ctx: Context, meeting_id: int, *, version: int) -> None:
    """For one entered by mistake: it is gone from every count at once. Raises Refused meeting_has_belongings."""
    with ctx.write(Permission.LOG_NETWORKS) as session:
        meeting = _meeting(session, meeting_id, version=version)
        body = network_body(session, meeting.body_id)
        if has_belongings(session, Record(Kind.MEETING, meeting_id)):
            raise Refused("meeting_has_belongings")
        starts_at, status = meeting.starts_at, meeting.status
        session.execute(delete(Attendance).where(Attendance.event_id == meeting_id))
        session.execute(delete(EventOrganiser).where(EventOrganiser.event_id == meeting_id))
        session.delete(meeting)
        ctx.record(
            session, "meeting.deleted", ("events", meeting_id), name=body.name, starts_at=starts_at, status=status
        )


def _meeting(session: Session, meeting_id: int, *, version: int) -> Event:
    meeting = session.get(Event, meeting_id)
    if meeting is None or meeting.kind != EventKind.BODY_MEETING:
        raise NotFound(kind="meeting", id=meeting_id)
    require_unchanged(meeting, version)
    return meeting


def _set_organisers(session: Session, meeting: Event, others: Iterable[int]) -> None:
    """The body first of all; a meeting without it among the organisers would be somebody else's."""
    session.execute(delete(EventOrganiser).where(EventOrganiser.event_id == meeting.id))
    for organisation_id in sorted({*others, meeting.body_id or 0}):
        session.add(EventOrganiser(event_id=meeting.id, organisation_id=organisation_id))
    session.flush()


def _set_marks(session: Session, meeting_id: int, marks: Iterable[Mark]) -> None:
    session.execute(delete(Attendance).where(Attendance.event_id == meeting_id))
    session.add_all(
        Attendance(event_id=meeting_id, user_id=mark.user_id, person_id=mark.person_id, status=mark.status)
        for mark in marks
    )
    session.flush()


def _counted(marks: Iterable[Mark]) -> dict[str, list[int]]:
    """Our own by status, as user ids: names change, and a name in the log would outlive its owner's wish to be forgotten."""
    ours = [(mark.user_id, mark.status) for mark in marks if mark.user_id is not None]
    return {str(word): [user for user, status in ours if status == word] for word in AttendanceStatus}


def _details(session: Session, meeting: Event) -> dict[str, object]:
    organisers = select(EventOrganiser.organisation_id).where(EventOrganiser.event_id == meeting.id)
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at and meeting.ends_at.isoformat(),
        "place": meeting.place,
        "is_digital": meeting.is_digital,
        "organisers": sorted(session.scalars(organisers)),
    }
