"""What opening, correcting and undoing a case share, inside their transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.cases.forms import Caller, NewCase
from crm.cases.rules import UNDO_WITHIN, caller_phone, caller_text
from crm.context import Context
from crm.errors import InvalidForm, NotFound, Refused
from crm.records import Kind, Record, has_belongings
from db.base import Base
from db.models.cases import Message, Pause, SupportCase, TimeQuality, Topic
from db.models.house_keeping import AuditEntry
from db.models.organisations import Organisation
from db.models.people import Person

# What may have happened to a case that can still be undone.
STILL_FRESH = frozenset({"case.opened", "case.corrected"})


def case_of_token(session: Session, new: NewCase) -> int | None:
    """The case an earlier click of the same form made. Refused token_used when that form said something else."""
    saved = session.execute(select(SupportCase.id, SupportCase.what).where(SupportCase.token == new.token)).first()
    if saved is not None and saved.what != new.what:
        raise Refused("token_used")
    return saved.id if saved is not None else None


def case_row(session: Session, case_id: int) -> SupportCase:
    case = session.get(SupportCase, case_id)
    if case is None:
        raise NotFound(kind="case", id=case_id)
    return case


def require_known(session: Session, caller: Caller, *, topic_id: int | None = None) -> None:
    """What was chosen from a list may be gone by the time it is saved: merged, erased, removed."""
    problems = {
        field: code
        for field, table, row_id, code in (
            ("organisation_id", Organisation, caller.organisation_id, "house_gone"),
            ("person_id", Person, caller.person_id, "person_gone"),
            ("topic_id", Topic, topic_id, "topic_gone"),
        )
        if row_id is not None and _is_gone(session.get(table, row_id))
    }
    if problems:
        raise InvalidForm(problems)


def _is_gone(row: Base | None) -> bool:
    return row is None or getattr(row, "merged_into_id", None) is not None


def set_caller(case: SupportCase, caller: Caller) -> None:
    is_known = caller.organisation_id is not None or caller.person_id is not None
    case.organisation_id, case.person_id = caller.organisation_id, caller.person_id
    case.caller = caller_text(caller.who, is_known=is_known)
    case.caller_phone = caller_phone(caller.who)


def require_undoable(ctx: Context, session: Session, case: SupportCase) -> None:
    """Ours, new, and untouched: after that, a case is closed or corrected and never disappears.

    Raises Refused: undo_not_yours, undo_too_late, undo_has_happened.
    """
    lines = session.execute(
        select(AuditEntry.actor_id, AuditEntry.action)
        .where(AuditEntry.subject_kind == "support_cases", AuditEntry.subject_id == str(case.id))
        .order_by(AuditEntry.id)
        .limit(100)
    ).all()
    if not lines or lines[0].actor_id != ctx.user_id:
        raise Refused("undo_not_yours")
    if ctx.now - case.created_at > UNDO_WITHIN:
        raise Refused("undo_too_late")
    if any(line.action not in STILL_FRESH or line.actor_id != ctx.user_id for line in lines) or _has_happened(
        session, case
    ):
        raise Refused("undo_has_happened")


def draft_of(session: Session, case: SupportCase) -> tuple[dict[str, Any], datetime]:
    """What was typed, as the form keeps it, and when it began: saved again, it gets the same moment of the same quality."""
    is_exact = case.received_quality is TimeQuality.EXACT
    fields = {
        "who": _who(session, case),
        "what": case.what,
        "organisation_id": case.organisation_id,
        "person_id": case.person_id,
        "channel": case.channel.value,
        "topic_id": case.topic_id,
        "received_at": None if is_exact else case.received_at.isoformat(),
    }
    return fields, case.received_at if is_exact else case.created_at


def _who(session: Session, case: SupportCase) -> str:
    """The typed scrap was not kept once a house was chosen: its name finds the same house again."""
    house = session.get(Organisation, case.organisation_id) if case.organisation_id is not None else None
    person = session.get(Person, case.person_id) if case.person_id is not None else None
    known = person.name if person is not None else house.name if house is not None else case.caller
    return f"{known} {case.caller_phone}" if case.caller_phone and not case.caller else known


def _has_happened(session: Session, case: SupportCase) -> bool:
    """Anything beyond the one answer that "Besvart nå" wrote."""
    if has_belongings(session, Record(Kind.CASE, case.id)):
        return True
    messages = session.scalar(select(func.count()).where(Message.case_id == case.id)) or 0
    pauses = session.scalar(select(func.count()).where(Pause.case_id == case.id)) or 0
    return pauses > 0 or messages > (0 if case.closed_at is None else 1)
