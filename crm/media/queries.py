"""What a colleague looks at: who asks, the list by deadline, one inquiry, and how a quarter went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.correspondence.queries import RecordKind, ShownMessage, courses, messages_of
from crm.correspondence.rules import Clocks, Course, TimeQuality, clocks_until_answer, clocks_until_response
from crm.errors import NotFound
from crm.i18n import local
from crm.media.askers import JournalistHit, OutletHit, journalists_at, journalists_found, outlets_found, outlets_in_use
from crm.media.rules import (
    DeadlineChoice,
    DeadlineState,
    InquiryStatus,
    PressCounts,
    deadline_choices,
    deadline_state,
    is_outside_hours,
    press_counts,
    status_of,
)
from crm.media.selects import InquiryFilter, InquiryState, Place, conditions, page_of_inquiries
from crm.office.queries import office_calendar
from crm.people.contacts import in_use_on
from crm.periods import Quarter
from crm.permissions import Permission
from crm.working_time import WorkingCalendar
from db.models.cases import Channel, Inquiry, Medium, Outcome
from db.models.organisations import Organisation
from db.models.people import ContactPoint, Person
from db.models.users import User

__all__ = ["InquiryFilter", "InquiryState", "JournalistHit", "OutletHit", "Place"]

QUESTION_IN_A_ROW = 160


@dataclass(frozen=True)
class InquiryRow:
    """`question` is the beginning of it, on one line. Names are "" where nobody is known."""

    id: int
    outlet: str
    journalist: str
    medium: Medium | None
    question: str
    received_at: datetime
    deadline_at: datetime | None
    deadline: DeadlineState
    status: InquiryStatus
    outcome: Outcome | None
    is_closed: bool
    responsible: str
    clocks: Clocks


@dataclass(frozen=True)
class InquiryPage:
    rows: tuple[InquiryRow, ...]
    next: Place | None


@dataclass(frozen=True)
class InquiryCard:
    """`response` runs until the first human word, `answer` until the last answer (None while there is none)."""

    id: int
    version: int
    row: InquiryRow
    question: str
    channel: Channel
    outlet_id: int | None
    journalist_id: int | None
    contacts: tuple[str, ...]
    received_quality: TimeQuality
    closed_at: datetime | None
    waiting_since: datetime | None
    responsible_id: int
    deadline_is_outside_hours: bool
    response: Clocks
    answer: Clocks | None
    messages: tuple[ShownMessage, ...]


@dataclass(frozen=True)
class PressQuarter:
    """Inquiries received in the quarter. `responses` has the clocks of those somebody responded to, withdrawn ones left out."""

    counts: PressCounts
    responses: tuple[Clocks, ...]
    answers: tuple[Clocks, ...]


def find_journalists(ctx: Context, typed: str, limit: int = 5) -> list[JournalistHit]:
    """Best first; fewer than two letters find nobody."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return journalists_found(session, typed, local(ctx.now).date(), limit)


def find_outlets(ctx: Context, typed: str, limit: int = 5) -> list[OutletHit]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        return outlets_found(session, typed, limit)


def journalists_of_outlet(ctx: Context, outlet_id: int, limit: int = 10) -> list[JournalistHit]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        return journalists_at(session, outlet_id, local(ctx.now).date(), limit)


def list_outlets(ctx: Context, limit: int = 200) -> list[tuple[int, str]]:
    """(id, name) of the outlets that have asked us."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return outlets_in_use(session, limit)


def quick_deadlines(ctx: Context) -> tuple[DeadlineChoice, ...]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        return deadline_choices(ctx.now, office_calendar(session))


def deadline_is_outside_hours(ctx: Context, at: datetime) -> bool:
    """Nobody is at work when it runs out: whoever takes the inquiry must know."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return is_outside_hours(at, office_calendar(session))


def list_inquiries(ctx: Context, wanted: InquiryFilter, *, after: Place | None = None, limit: int = 50) -> InquiryPage:
    """What we owe an answer first, by deadline; then without a deadline, oldest first; then the rest, latest first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        rows, place = page_of_inquiries(session, wanted, after=after, limit=limit)
        return InquiryPage(tuple(_rows(session, ctx, rows)), place)


def inquiry_card(ctx: Context, inquiry_id: int) -> InquiryCard:
    with ctx.read(Permission.SEE_RECORDS) as session:
        inquiry = session.get(Inquiry, inquiry_id)
        if inquiry is None:
            raise NotFound(kind="inquiries", id=inquiry_id)
        calendar = office_calendar(session)
        course = courses(session, RecordKind.INQUIRY, [inquiry_id])[inquiry_id]
        (row,) = _rows(session, ctx, [inquiry])
        return InquiryCard(
            id=inquiry.id,
            version=inquiry.version,
            row=row,
            question=inquiry.question,
            channel=inquiry.channel,
            outlet_id=inquiry.outlet_id,
            journalist_id=inquiry.journalist_id,
            contacts=_contacts(session, inquiry, ctx.today),
            received_quality=inquiry.received_quality,
            closed_at=inquiry.closed_at,
            waiting_since=course.waiting_since,
            responsible_id=inquiry.responsible_id,
            deadline_is_outside_hours=_is_outside(inquiry.deadline_at, calendar),
            response=row.clocks,
            answer=clocks_until_answer(calendar, course, now=ctx.now),
            messages=messages_of(session, RecordKind.INQUIRY, inquiry_id),
        )


def press_quarter(ctx: Context, quarter: Quarter) -> PressQuarter:
    """Four selects however many inquiries there were."""
    with ctx.read(Permission.SEE_FIGURES) as session:
        calendar = office_calendar(session)
        wanted = conditions(InquiryFilter(InquiryState.ALL, quarter))
        rows = session.execute(select(Inquiry.id, Inquiry.outcome, Inquiry.deadline_at).where(*wanted)).all()
        of = courses(session, RecordKind.INQUIRY, select(Inquiry.id).where(*wanted))
        stand = [_stand(of[row.id], row.outcome, row.deadline_at, ctx.now) for row in rows]
        counted = [
            of[row.id] for row, (status, _) in zip(rows, stand, strict=True) if status is not InquiryStatus.WITHDRAWN
        ]
        return PressQuarter(
            press_counts(stand), _responses(calendar, counted, ctx.now), _answers(calendar, counted, ctx.now)
        )


def _responses(calendar: WorkingCalendar, counted: Sequence[Course], now: datetime) -> tuple[Clocks, ...]:
    return tuple(
        clocks_until_response(calendar, course, now=now) for course in counted if course.first_response is not None
    )


def _answers(calendar: WorkingCalendar, counted: Sequence[Course], now: datetime) -> tuple[Clocks, ...]:
    pairs = (clocks_until_answer(calendar, course, now=now) for course in counted)
    return tuple(pair for pair in pairs if pair is not None)


def _stand(
    course: Course, outcome: Outcome | None, deadline_at: datetime | None, now: datetime
) -> tuple[InquiryStatus, DeadlineState]:
    return status_of(course, outcome), deadline_state(course, outcome, deadline_at=deadline_at, now=now)


def _rows(session: Session, ctx: Context, inquiries: Sequence[Inquiry]) -> list[InquiryRow]:
    ids = [inquiry.id for inquiry in inquiries]
    calendar, of = office_calendar(session), courses(session, RecordKind.INQUIRY, ids)
    outlets = _names(session, Organisation, [inquiry.outlet_id for inquiry in inquiries])
    journalists = _names(session, Person, [inquiry.journalist_id for inquiry in inquiries])
    colleagues = _names(session, User, [inquiry.responsible_id for inquiry in inquiries])
    found = []
    for inquiry in inquiries:
        course = of[inquiry.id]
        status, deadline = _stand(course, inquiry.outcome, inquiry.deadline_at, ctx.now)
        found.append(
            InquiryRow(
                id=inquiry.id,
                outlet=outlets.get(inquiry.outlet_id or 0, ""),
                journalist=journalists.get(inquiry.journalist_id or 0, ""),
                medium=inquiry.medium,
                question=" ".join(inquiry.question.split())[:QUESTION_IN_A_ROW],
                received_at=inquiry.received_at,
                deadline_at=inquiry.deadline_at,
                deadline=deadline,
                status=status,
                outcome=inquiry.outcome,
                is_closed=inquiry.closed_at is not None,
                responsible=colleagues.get(inquiry.responsible_id, ""),
                clocks=clocks_until_response(calendar, course, now=ctx.now),
            )
        )
    return found


def _names(
    session: Session, table: type[Organisation] | type[Person] | type[User], ids: Sequence[int | None]
) -> dict[int, str]:
    wanted = {key for key in ids if key is not None}
    return dict(session.execute(select(table.id, table.name).where(table.id.in_(wanted))).all()) if wanted else {}


def _contacts(session: Session, inquiry: Inquiry, today: date) -> tuple[str, ...]:
    """The journalist's own numbers and addresses that are in use; the outlet's when there is no journalist."""
    owner = (
        ContactPoint.person_id == inquiry.journalist_id
        if inquiry.journalist_id is not None
        else ContactPoint.organisation_id == inquiry.outlet_id
    )
    query = select(ContactPoint.raw).where(owner, in_use_on(today)).order_by(ContactPoint.id).limit(10)
    return tuple(session.scalars(query))


def _is_outside(at: datetime | None, calendar: WorkingCalendar) -> bool:
    return at is not None and is_outside_hours(at, calendar)
