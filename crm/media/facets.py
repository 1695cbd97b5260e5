"""What press inquiries offer to the plan, the timelines, the agenda and the search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, or_, select, union_all

from crm.correspondence.queries import RecordKind, first_answers, is_answered
from crm.searchable import Field, Line, Searchable
from crm.traces import Trace, Via, Who
from db.models.attachments import Attachment
from db.models.cases import Author, Direction, Inquiry, Medium, Message, Outcome
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.tags import Tag, Tagging

BY_MEDIUM = {medium: f"inquiry_received_{medium.value}" for medium in Medium}

EVIDENCE_KINDS: frozenset[str] = frozenset({"inquiry_received", "inquiry_answered", "interview", *BY_MEDIUM.values()})
"""`inquiry_received_radio` and the like are the same inquiries again, for a measure that names its media."""

_STEP = (Message.at, Message.direction, Message.author)
TRACES = (
    Trace(Who.ORGANISATION, Inquiry.outlet_id, (Inquiry.received_at,)),
    Trace(Who.PERSON, Inquiry.journalist_id, (Inquiry.received_at, Inquiry.outlet_id)),
    Trace(Who.ORGANISATION, Message.inquiry_id, _STEP, Via(Inquiry.id, Inquiry.outlet_id)),
    Trace(Who.PERSON, Message.inquiry_id, _STEP, Via(Inquiry.id, Inquiry.journalist_id)),
)

TITLE_LENGTH = 200


def evidence() -> Select[Any]:
    """Received counts at the receipt; answered, and an interview, at the answer. What was withdrawn is received and no more."""
    received = _counting("inquiry_received", Inquiry.received_at)
    by_medium = [
        _counting(kind, Inquiry.received_at).where(Inquiry.medium == medium) for medium, kind in BY_MEDIUM.items()
    ]
    interviews = _at_the_answer("interview").where(Inquiry.outcome == Outcome.INTERVIEW)
    answered = _at_the_answer("inquiry_answered").where(
        or_(Inquiry.outcome.is_(None), Inquiry.outcome != Outcome.WITHDRAWN)
    )
    return select(union_all(received, *by_medium, answered, interviews).subquery("media_evidence"))


def happenings() -> Select[Any]:
    """The inquiry, and each step of its correspondence; notes to ourselves and autoreplies are not among them."""
    step = case((Message.direction == Direction.INBOUND, "inquiry_message_in"), else_="inquiry_message_out")
    inquiries = _happening(literal("inquiry_received"), Inquiry.received_at, Inquiry.question, Inquiry.responsible_id)
    messages = (
        _happening(step, Message.at, Message.text, Message.user_id)
        .join(Message, Message.inquiry_id == Inquiry.id)
        .where(Message.direction != Direction.INTERNAL, Message.author == Author.HUMAN)
    )
    return select(union_all(inquiries, messages).subquery("media_happenings"))


def deadlines() -> Select[Any]:
    """What we owe an answer, at the journalist's deadline; `at` is null where none was given."""
    title: Any = func.coalesce(Organisation.name + ": ", "") + _beginning(Inquiry.question)
    owed: Select[Any] = select(
        literal("inquiry").label("kind"),
        Inquiry.deadline_at.label("at"),
        literal("inquiry").label("record"),
        Inquiry.id.label("record_id"),
        title.label("title"),
        Inquiry.responsible_id.label("responsible_id"),
    )
    outlet = owed.outerjoin(Organisation, Organisation.id == Inquiry.outlet_id)
    return outlet.where(Inquiry.closed_at.is_(None), ~is_answered(RecordKind.INQUIRY))


def searchable() -> Searchable:
    """By what was asked and answered, the outlet and the journalist."""
    return Searchable(
        record="inquiry",
        number=4,
        own=Inquiry,
        at=Inquiry.received_at,
        lines=(
            Line(Field.TEXT, Inquiry.question, of=Inquiry.id),
            Line(Field.HOUSE, Organisation.name, of=Inquiry.id, via=Inquiry.outlet_id),
            Line(Field.PERSON, Person.name, of=Inquiry.id, via=Inquiry.journalist_id),
            Line(Field.TAG, Tag.name, of=Tagging.inquiry_id, via=Tagging.tag_id),
            Line(Field.FILE, Attachment.name, of=Attachment.inquiry_id),
            Line(Field.MESSAGE, Message.text, of=Message.inquiry_id),
        ),
        is_numbered=True,
    )


def _counting(kind: str, at: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        at.label("at"),
        literal("inquiry").label("record"),
        Inquiry.id.label("record_id"),
        Inquiry.outlet_id.label("organisation_id"),
        _beginning(Inquiry.question).label("title"),
    )


def _at_the_answer(kind: str) -> Select[Any]:
    answers = first_answers(RecordKind.INQUIRY)
    return _counting(kind, answers.c.at).join(answers, answers.c.record_id == Inquiry.id)


def _happening(kind: ColumnElement[str], at: Any, text: Any, user_id: Any) -> Select[Any]:
    return select(
        cast(kind, String).label("kind"),
        at.label("at"),
        literal("inquiry").label("record"),
        Inquiry.id.label("record_id"),
        Inquiry.outlet_id.label("organisation_id"),
        Inquiry.journalist_id.label("person_id"),
        _beginning(text).label("title"),
        user_id.label("user_id"),
    )


def _beginning(text: Any) -> ColumnElement[str]:
    return func.substr(text, 1, TITLE_LENGTH, type_=String)
