"""Logging a call: opening a case, putting it right, and taking it back while it is fresh."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.cases.forms import CorrectedCase, NewCase
from crm.cases.rules import ANSWERED_BY, received
from crm.cases.steps import (
    case_of_token,
    case_row,
    draft_of,
    require_known,
    require_undoable,
    set_caller,
)
from crm.context import Context
from crm.drafts.steps import forget_draft, written_draft
from crm.errors import ChangedMeanwhile
from crm.permissions import Permission
from db.models.cases import Author, Direction, Message, SupportCase
from db.models.house_keeping import DraftKind


def open_case(ctx: Context, new: NewCase) -> int:
    """A call, answered in the call (0 minutes, closed) or left open with its clock running. Its draft becomes the case.

    The same token twice gives the first one's id, also when both clicks run at once in two processes. With another text it is no
    second click but a second tab, whose call must not vanish: Refused token_used.
    """
    try:
        with ctx.write(Permission.LOG_CASES) as session:
            already = case_of_token(session, new)
            if already is not None:
                return already
            require_known(session, new, topic_id=new.topic_id)
            began_at = forget_draft(session, new.token, user_id=ctx.user_id)
            case = _added(ctx, session, new, opened_at=new.opened_at or began_at)
            ctx.record(session, "case.opened", case, **_facts(case), answered=new.answered)
            return case.id
    except IntegrityError:
        with ctx.read(Permission.LOG_CASES) as session:
            already = case_of_token(session, new)
        if already is None:
            raise
        return already


def correct_case(ctx: Context, case_id: int, corrected: CorrectedCase) -> None:
    """Who and what, as they should have been written. The change log says which of them changed, never the text."""
    with ctx.write(Permission.LOG_CASES) as session:
        case = case_row(session, case_id)
        if case.version != corrected.version:
            raise ChangedMeanwhile
        require_known(session, corrected)
        before = _facts(case) | {"what": case.what, "caller": case.caller}
        set_caller(case, corrected)
        case.what = corrected.what
        after = _facts(case) | {"what": case.what, "caller": case.caller}
        changed = sorted(field for field in after if before[field] != after[field])
        if changed:
            ctx.record(session, "case.corrected", case, fields=changed)


def undo_case(ctx: Context, case_id: int) -> str:
    """Takes back what was saved by mistake; the typed text returns as a draft, whose token is the answer.

    Only by who saved it, within 15 minutes, and only while nothing has happened to it. Raises Refused with the reason.
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = case_row(session, case_id)
        require_undoable(ctx, session, case)
        token = secrets.token_urlsafe(32)
        fields, began_at = draft_of(session, case)
        written_draft(session, token, DraftKind.CASE, fields, user_id=ctx.user_id, now=began_at)
        session.execute(delete(Message).where(Message.case_id == case.id))
        session.delete(case)
        ctx.record(session, "case.undone", ("support_cases", case_id), **_facts(case))
        return token


def _added(ctx: Context, session: Session, new: NewCase, *, opened_at: datetime | None) -> SupportCase:
    moment = received(new.received_at, opened_at=opened_at, now=ctx.now)
    case = SupportCase(
        what=new.what,
        topic_id=new.topic_id,
        channel=new.channel,
        received_at=moment.at,
        received_quality=moment.quality,
        closed_at=moment.at if new.answered else None,
        responsible_id=ctx.user_id,
        token=new.token,
        created_at=ctx.now,
    )
    set_caller(case, new)
    session.add(case)
    session.flush()
    if new.answered:
        session.add(_answer(ctx, case))
    return case


def _answer(ctx: Context, case: SupportCase) -> Message:
    """What stops the clock at 0: first response is read from messages, never stored."""
    return Message(
        case_id=case.id,
        inquiry_id=None,
        direction=Direction.OUTBOUND,
        channel=ANSWERED_BY[case.channel],
        author=Author.HUMAN,
        at=case.received_at,
        quality=case.received_quality,
        user_id=ctx.user_id,
        token=None,
    )


def _facts(case: SupportCase) -> dict[str, Any]:
    """For the change log: facts, no text. What somebody wrote about a person must be erasable."""
    fields = ("organisation_id", "person_id", "channel", "topic_id")
    return {field: getattr(case, field) for field in fields}
