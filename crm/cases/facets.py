"""What support cases offer to the plan, the timelines, the agenda and the search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, func, literal, select

from crm.searchable import Field, Line, Searchable
from crm.traces import Trace, Who
from db.models.attachments import Attachment
from db.models.cases import Channel, Message, SupportCase
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.tags import Tag, Tagging

NUMBER = 3
EVIDENCE_KINDS: frozenset[str] = frozenset({"support_case_phone", "support_case_email", "support_case_other"})

TRACES = (
    Trace(Who.ORGANISATION, SupportCase.organisation_id, (SupportCase.received_at,)),
    Trace(Who.PERSON, SupportCase.person_id, (SupportCase.received_at, SupportCase.organisation_id)),
)

_KIND: Any = case(
    (SupportCase.channel == Channel.PHONE, "support_case_phone"),
    (SupportCase.channel == Channel.EMAIL, "support_case_email"),
    else_="support_case_other",
).label("kind")


def evidence() -> Select[Any]:
    """Every case counts when it came in, answered or not: the plan promises support, the response times say how fast."""
    return select(
        _KIND,
        SupportCase.received_at.label("at"),
        literal("case").label("record"),
        SupportCase.id.label("record_id"),
        SupportCase.organisation_id.label("organisation_id"),
        SupportCase.what.label("title"),
    )


def happenings() -> Select[Any]:
    return select(
        _word("support_case"),
        SupportCase.received_at.label("at"),
        literal("case").label("record"),
        SupportCase.id.label("record_id"),
        SupportCase.organisation_id.label("organisation_id"),
        SupportCase.person_id.label("person_id"),
        SupportCase.what.label("title"),
        SupportCase.responsible_id.label("user_id"),
    )


def deadlines() -> Select[Any]:
    """Open cases. Nobody set them a day, so they are sorted by how long they have waited: `at` is when they came."""
    who: Any = func.coalesce(Organisation.name, func.nullif(SupportCase.caller, ""))
    return (
        select(
            _word("open_case"),
            SupportCase.received_at.label("at"),
            literal("case").label("record"),
            SupportCase.id.label("record_id"),
            (func.coalesce(who + ": ", "") + func.substr(SupportCase.what, 1, 200)).label("title"),
            SupportCase.responsible_id.label("responsible_id"),
        )
        .outerjoin(Organisation, Organisation.id == SupportCase.organisation_id)
        .where(SupportCase.closed_at.is_(None))
    )


def searchable() -> Searchable:
    """By what was asked and answered, who it was about, and the number that rang."""
    return Searchable(
        record="case",
        number=NUMBER,
        own=SupportCase,
        at=SupportCase.received_at,
        lines=(
            Line(Field.TEXT, SupportCase.what, of=SupportCase.id),
            Line(Field.HOUSE, Organisation.name, of=SupportCase.id, via=SupportCase.organisation_id),
            Line(Field.PERSON, Person.name, of=SupportCase.id, via=SupportCase.person_id),
            Line(Field.CALLER, SupportCase.caller, of=SupportCase.id),
            Line(Field.PHONE, SupportCase.caller_phone, of=SupportCase.id),
            Line(Field.TAG, Tag.name, of=Tagging.case_id, via=Tagging.tag_id),
            Line(Field.FILE, Attachment.name, of=Attachment.case_id),
            Line(Field.MESSAGE, Message.text, of=Message.case_id),
        ),
        is_numbered=True,
    )


def _word(kind: str) -> Any:
    return literal(kind).label("kind")
