"""What a colleague looks at: the list of cases, one case, and what has been done to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from crm.cases.cards import CaseCard, CaseEvent, CaseLine, CasePage, FilterChoices, Named, status_of
from crm.cases.history import events_of
from crm.cases.selects import CaseFilter, matched, turned
from crm.cases.steps import case_row
from crm.contact_details import read_phone
from crm.context import Context, Database
from crm.correspondence.queries import RecordKind, course_of, courses, messages_of, pauses_of
from crm.correspondence.rules import Course, Moment, clocks_until_answer, clocks_until_response
from crm.names import sort_key
from crm.office.queries import office_calendar
from crm.permissions import Permission
from crm.records import Kind
from crm.tags.steps import names_on
from crm.working_time import WorkingCalendar
from db.models.cases import SupportCase, Topic
from db.models.organisations import Organisation
from db.models.people import ContactKind, ContactPoint, Person
from db.models.users import Role, User

PAGE = 50
WHAT_IN_A_ROW = 110
EVENTS_SHOWN = 100
MOST_CHOICES = 300

_LINES: Select[Any] = (
    select(
        SupportCase.id,
        SupportCase.caller,
        func.substr(SupportCase.what, 1, WHAT_IN_A_ROW + 1).label("what"),
        SupportCase.received_at,
        SupportCase.received_quality,
        SupportCase.closed_at,
        Organisation.name.label("house"),
        Person.name.label("person"),
        Topic.name.label("topic"),
        User.name.label("responsible"),
    )
    .join(User, User.id == SupportCase.responsible_id)
    .outerjoin(Organisation, Organisation.id == SupportCase.organisation_id)
    .outerjoin(Person, Person.id == SupportCase.person_id)
    .outerjoin(Topic, Topic.id == SupportCase.topic_id)
)


@dataclass(frozen=True)
class _Found:
    """A page before its clocks are read, which go on by the second."""

    rows: tuple[Row[Any], ...]
    courses: dict[int, Course]
    tags: dict[int, tuple[str, ...]]
    settled: dict[int, CaseLine]  # lines that no minute changes any more, kept as they are first made
    calendar: WorkingCalendar
    total: int
    following: int | None
    preceding: int | None


def list_cases(
    ctx: Context, wanted: CaseFilter, *, after: int | None = None, before: int | None = None, limit: int = PAGE
) -> CasePage:
    """Newest first. `after` and `before` are ids from a page already shown; an id that is gone gives the first page."""
    version = ctx.version_seen(Permission.SEE_RECORDS)
    found = _found(ctx.database, version, wanted, after, before, limit)
    return CasePage(tuple(_line(ctx, found, row) for row in found.rows), found.total, found.following, found.preceding)


@lru_cache(maxsize=32)
def _found(
    database: Database, _version: int, wanted: CaseFilter, after: int | None, before: int | None, limit: int
) -> _Found:
    """The same until somebody saves something. `_version` is there to be part of the key."""
    with database.reading() as session:
        total, which = matched(session, wanted, after=after, before=before, limit=limit)
        query = turned(session, _LINES.where(*which), after=after, before=before)
        found = session.execute(query.limit(limit + 1)).all()
        backwards, more = before is not None and after is None, len(found) > limit
        rows = tuple(found[:limit][::-1] if backwards else found[:limit])
        return _Found(
            rows=rows,
            courses=courses(session, RecordKind.CASE, [row.id for row in rows]),
            tags=names_on(session, Kind.CASE, [row.id for row in rows]),
            settled={},
            calendar=office_calendar(session),
            total=total,
            following=rows[-1].id if rows and (more or backwards) else None,
            preceding=rows[0].id if rows and (after is not None or (backwards and more)) else None,
        )


def case_card(ctx: Context, case_id: int) -> CaseCard:
    with ctx.read(Permission.SEE_RECORDS) as session:
        case = case_row(session, case_id)
        course = course_of(session, RecordKind.CASE, case_id)
        calendar = office_calendar(session)
        responsible = session.get_one(User, case.responsible_id)
        return CaseCard(
            id=case.id,
            version=case.version,
            house=_named(session, Organisation, case.organisation_id),
            person=_named(session, Person, case.person_id),
            caller=case.caller,
            phone=_phone(session, case),
            what=case.what,
            topic=_named(session, Topic, case.topic_id),
            channel=case.channel,
            received=course.received,
            closed_at=case.closed_at,
            waiting_since=course.waiting_since,
            status=status_of(course),
            response=clocks_until_response(calendar, course, now=ctx.now),
            answer=clocks_until_answer(calendar, course, now=ctx.now),
            responsible=Named(responsible.id, responsible.name),
            messages=messages_of(session, RecordKind.CASE, case_id),
            pauses=pauses_of(session, RecordKind.CASE, case_id),
        )


def case_history(ctx: Context, case_id: int) -> list[CaseEvent]:
    """What colleagues did to it, the latest first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return events_of(session, case_id, limit=EVENTS_SHOWN)


def filter_choices(ctx: Context, organisation_id: int | None = None) -> FilterChoices:
    """Topics no longer in use and colleagues who have left are among them: their cases are still there."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        topics = session.execute(select(Topic.id, Topic.name).order_by(Topic.sort_key).limit(MOST_CHOICES))
        users = session.execute(select(User.id, User.name).where(User.role != Role.READER).limit(MOST_CHOICES))
        return FilterChoices(
            topics=tuple(Named(row.id, row.name) for row in topics),
            colleagues=tuple(sorted((Named(row.id, row.name) for row in users), key=lambda user: sort_key(user.name))),
            house=_named(session, Organisation, organisation_id),
            oldest=session.scalar(select(func.min(SupportCase.received_at))),
        )


def _line(ctx: Context, found: _Found, row: Row[Any]) -> CaseLine:
    if row.id in found.settled:
        return found.settled[row.id]
    what, course = " ".join(row.what.split()), found.courses[row.id]
    line = CaseLine(
        id=row.id,
        house=row.house or "",
        person=row.person or "",
        caller=row.caller,
        what=what if len(what) <= WHAT_IN_A_ROW else what[: WHAT_IN_A_ROW - 1].rstrip() + "…",
        topic=row.topic or "",
        received=Moment(row.received_at, row.received_quality),
        closed_at=row.closed_at,
        status=status_of(course),
        clocks=clocks_until_response(found.calendar, course, now=ctx.now),
        responsible=row.responsible,
        tags=found.tags.get(row.id, ()),
    )
    if not line.clocks.running:
        found.settled[row.id] = line
    return line


def _named(
    session: Session, table: type[Organisation] | type[Person] | type[Topic], row_id: int | None
) -> Named | None:
    found = session.execute(select(table.id, table.name).where(table.id == row_id)).first() if row_id else None
    return Named(found.id, found.name) if found else None


def _phone(session: Session, case: SupportCase) -> str:
    """The number that rang is the one to ring back; without it the person's, or the house's when nobody is named."""
    if case.caller_phone:
        return read_phone(case.caller_phone).shown
    if case.person_id is None and case.organisation_id is None:
        return ""  # or "of no organisation" would be anybody's own number
    owner = (
        ContactPoint.person_id == case.person_id
        if case.person_id is not None
        else ContactPoint.organisation_id == case.organisation_id
    )
    query = select(ContactPoint.raw).where(owner, ContactPoint.kind == ContactKind.PHONE, ContactPoint.until.is_(None))
    raw = session.scalar(query.order_by(ContactPoint.id).limit(1))
    return read_phone(raw).shown if raw else ""
