"""What a colleague looks at about bodies and meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound
from crm.i18n import local
from crm.names import search_forms
from crm.networks.cards import (
    AttendeeLine,
    BodyCard,
    BodyLine,
    BodyQuarter,
    KnownPerson,
    MeetingCard,
    MeetingLine,
    Organiser,
)
from crm.networks.reading import (
    bodies_of,
    body_line,
    body_quarter,
    meeting_lines,
    rhythms_of,
    seats_of,
)
from crm.networks.steps import network_body
from crm.people.selects import named_persons
from crm.periods import Quarter
from crm.permissions import Permission
from crm.records import stands_for_itself
from db.models.meetings import Attendance, BodyRhythm, Event, EventKind, EventOrganiser, EventStatus
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import Person, Post
from db.models.users import User

MOST_MEETINGS = 5_000  # a hundred bodies meeting monthly for four years
MOST_WAITING = 50
MOST_FOUND = 8


def list_bodies(ctx: Context) -> list[BodyLine]:
    """By name, with the rhythm and our seats of today."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return [body_line(session, body, local(ctx.now).date()) for body in bodies_of(session)]


def body_quarters(ctx: Context, quarters: Sequence[Quarter]) -> dict[int, list[BodyQuarter]]:
    """For each body, by id: the given quarters in the order given. Readers get the counts and no words about people."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        today = local(ctx.now).date()
        lines = meeting_lines(session, _meetings_of(quarters), shows_words=ctx.may(Permission.SEE_RECORDS))
        rhythms = rhythms_of(session)
        return {
            body.id: [body_quarter(body, quarter, rhythms.get(body.id, []), lines, today=today) for quarter in quarters]
            for body in bodies_of(session)
        }


def body_card(ctx: Context, body_id: int) -> BodyCard:
    with ctx.read(Permission.SEE_RECORDS) as session:
        body = network_body(session, body_id)
        today = local(ctx.now).date()
        rhythms = session.scalars(
            select(BodyRhythm).where(BodyRhythm.body_id == body_id).order_by(BodyRhythm.since.desc()).limit(100)
        )
        return BodyCard(
            line=body_line(session, body, today),
            version=body.version,
            seats=tuple(seats_of(session, body_id, today=today)),
            rhythms=tuple((row.id, row.since, row.cadence, row.minimum) for row in rhythms),
        )


def list_meetings(ctx: Context, body_id: int, *, before: int | None = None, limit: int = 20) -> list[MeetingLine]:
    """Newest first. `before` is the id of the last one on the page before; an id that is gone has nothing after it."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = _body_meetings().where(Event.body_id == body_id)
        if before is not None:
            at = select(Event.starts_at).where(Event.id == before).scalar_subquery()
            query = query.where(or_(Event.starts_at < at, and_(Event.starts_at == at, Event.id < before)))
        return meeting_lines(session, query.limit(min(limit, 100)), shows_words=True)


def list_coming(ctx: Context) -> list[MeetingLine]:
    """Planned meetings still to come, the next first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = _planned().where(Event.starts_at > ctx.now).limit(MOST_WAITING)
        return meeting_lines(session, query, shows_words=True)


def list_unreported(ctx: Context) -> list[MeetingLine]:
    """Planned meetings whose time has passed and of which nobody has said whether they took place, the oldest first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = _planned().where(Event.starts_at <= ctx.now).limit(MOST_WAITING)
        return meeting_lines(session, query, shows_words=True)


def meeting_card(ctx: Context, meeting_id: int) -> MeetingCard:
    with ctx.read(Permission.SEE_RECORDS) as session:
        meeting = session.get(Event, meeting_id)
        if meeting is None or meeting.kind != EventKind.BODY_MEETING:
            raise NotFound(kind="meeting", id=meeting_id)
        body = network_body(session, meeting.body_id)
        organisers = session.execute(
            select(Organisation.id, Organisation.name)
            .join(EventOrganiser, EventOrganiser.organisation_id == Organisation.id)
            .where(EventOrganiser.event_id == meeting.id)
            .order_by(Organisation.sort_key)
            .limit(100)
        )
        return MeetingCard(
            id=meeting.id,
            version=meeting.version,
            body_id=body.id,
            body=body.name,
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            is_digital=meeting.is_digital,
            status=meeting.status,
            cancelled_because=meeting.cancelled_because,
            minutes=meeting.minutes,
            organisers=tuple(Organiser(row.id, row.name) for row in organisers),
            attendees=tuple(_attendees(session, meeting)),
        )


def list_possible_organisers(ctx: Context) -> list[Organiser]:
    """Bodies, partners and ourselves, by name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        kinds = (OrganisationKind.NETWORK_BODY, OrganisationKind.PARTNER, OrganisationKind.OWN)
        query = (
            select(Organisation.id, Organisation.name)
            .where(Organisation.kind.in_(kinds), stands_for_itself(Organisation))
            .order_by(Organisation.sort_key)
            .limit(200)
        )
        return [Organiser(row.id, row.name) for row in session.execute(query)]


def find_persons(ctx: Context, typed: str) -> list[KnownPerson]:
    """Persons whose name has all that was typed, with where they are now. Fewer than two letters find nobody."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        forms = search_forms(typed)
        if not forms or len(forms[0]) < 2:
            return []
        query = select(Person.id, Person.name).where(*named_persons(session, forms))
        rows = session.execute(query.order_by(Person.sort_key, Person.id).limit(MOST_FOUND))
        return [KnownPerson(row.id, row.name, _where_now(session, row.id, ctx.now)) for row in rows]


def _meetings_of(quarters: Sequence[Quarter]) -> Select[Event]:
    """From the first January on: a half-yearly or yearly rhythm asks what was held earlier in its period."""
    if not quarters:
        return _body_meetings().where(false())
    since, before = Quarter(min(quarters).year, 1).instants()[0], max(quarters).instants()[1]
    return _body_meetings().where(Event.starts_at >= since, Event.starts_at < before).limit(MOST_MEETINGS)


def _planned() -> Select[Event]:
    return _body_meetings(newest_first=False).where(Event.status == EventStatus.PLANNED)


def _body_meetings(*, newest_first: bool = True) -> Select[Event]:
    order = (Event.starts_at.desc(), Event.id.desc()) if newest_first else (Event.starts_at, Event.id)
    return select(Event).where(Event.kind == EventKind.BODY_MEETING).order_by(*order)


def _attendees(session: Session, meeting: Event) -> list[AttendeeLine]:
    """Those with a seat that day first, marked or not; then everybody else who was marked."""
    day = local(meeting.starts_at).date()
    marks = {
        (row.user_id, row.person_id): row.status
        for row in session.scalars(
            select(Attendance).where(Attendance.event_id == meeting.id).order_by(Attendance.id).limit(500)
        )
    }
    lines = [
        AttendeeLine(seat.user_id, None, seat.name, seat.role, marks.pop((seat.user_id, None), None), has_seat=True)
        for seat in seats_of(session, meeting.body_id or 0, today=day)
        if seat.is_current
    ]
    for (user_id, person_id), status in marks.items():
        name = session.scalar(
            select(User.name).where(User.id == user_id)
            if user_id is not None
            else select(Person.name).where(Person.id == person_id)
        )
        where = "" if person_id is None else _where_now(session, person_id, meeting.starts_at)
        lines.append(AttendeeLine(user_id, person_id, name or "", where, status, has_seat=False))
    return lines


def _where_now(session: Session, person_id: int, at: datetime) -> str:
    """The organisation of the person's latest post on that day; empty when there is none."""
    day = local(at).date()
    query = (
        select(Organisation.name)
        .join(Post, Post.organisation_id == Organisation.id)
        .where(Post.person_id == person_id, or_(Post.until.is_(None), Post.until >= day))
        .order_by(Post.since.desc(), Post.id.desc())
        .limit(1)
    )
    return session.scalar(query) or ""
