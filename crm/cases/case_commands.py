"""What a colleague does with a case that is there: answers, waits, closes, hands over, ties it to a house, puts it right."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.cases.case_forms import ChangedCase, HandedOver, TiedCaller
from crm.cases.forms import Caller
from crm.cases.history import require_version
from crm.cases.rules import EARLIEST_YEAR
from crm.cases.steps import require_known
from crm.context import Context, changes
from crm.correspondence import steps
from crm.correspondence.forms import NewMessage
from crm.errors import InvalidForm, NotFound, Refused
from crm.permissions import Permission
from db.models.cases import Direction, Message, SupportCase
from db.models.users import Role, User

SHOWN_CHANGES = ("topic_id", "channel", "received_at", "received_quality")


def add_message(ctx: Context, case_id: int, new: NewMessage) -> None:
    """One step of the correspondence: a reply, "we ring you back", what came in, a note, an autoreply. Closes nothing.

    A token used before adds nothing more. Raises Refused as `steps.add_message`.
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        if _is_stored(session, new):
            return
        message = steps.add_message(session, ctx, case, new)
        ctx.record(session, "case.message_added", case, kind=new.kind, message=message.id, at=message.at)


def answer_and_close(ctx: Context, case_id: int, new: NewMessage) -> None:
    """The reply, and nothing more expected of us: closed from the reply on, or from the last thing said when that is later.

    A token used before changes nothing more. Raises Refused as `steps.add_message` and `steps.close`.
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        if _is_stored(session, new):
            return
        message = steps.add_message(session, ctx, case, new)
        steps.close(session, ctx, case, at=_last_said(session, case) or message.at)
        ctx.record(session, "case.answered_and_closed", case, kind=new.kind, message=message.id, at=message.at)


def wait_for_caller(ctx: Context, case_id: int, *, at: datetime | None = None) -> None:
    """It is their turn: working time stands still until they write, or until we stop waiting."""
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        pause = steps.start_waiting(session, ctx, case, at=at)
        ctx.record(session, "case.waiting_started", case, at=pause.started_at)


def stop_waiting_for_caller(ctx: Context, case_id: int, *, at: datetime | None = None) -> None:
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        pause = steps.stop_waiting(session, ctx, case, at=at)
        ctx.record(session, "case.waiting_ended", case, at=pause.ended_at)


def close_case(ctx: Context, case_id: int, *, at: datetime | None = None) -> None:
    """Also without an answer, when it solved itself: the clocks then end here."""
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        moment = steps.close(session, ctx, case, at=at)
        ctx.record(session, "case.closed", case, at=moment.at)


def reopen_case(ctx: Context, case_id: int, *, at: datetime | None = None) -> None:
    """The time it was closed becomes a pause."""
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        moment = steps.reopen(session, ctx, case, at=at)
        ctx.record(session, "case.reopened", case, at=moment.at)


def hand_over_case(ctx: Context, case_id: int, form: HandedOver) -> None:
    """To a colleague; to whoever has it already changes nothing.

    Raises ChangedMeanwhile, and NotFound for somebody who is no colleague (any more).
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        if case.responsible_id == form.user_id:
            return
        require_version(session, case, form.version)
        colleague = session.get(User, form.user_id)
        if colleague is None or not colleague.is_active or colleague.role is Role.READER:
            raise NotFound(kind="users", id=form.user_id)
        before, case.responsible_id = case.responsible_id, form.user_id
        ctx.record(session, "case.handed_over", case, changed={"responsible_id": [before, form.user_id]})


def tie_caller(ctx: Context, case_id: int, form: TiedCaller) -> None:
    """The house or person it turned out to be. What was typed about the caller stays, and all that has happened follows.

    Raises ChangedMeanwhile; InvalidForm with nobody_chosen, house_gone or person_gone.
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        after = {"organisation_id": form.organisation_id, "person_id": form.person_id}
        if not any(after.values()):
            raise InvalidForm({"organisation_id": "nobody_chosen"})
        before = {field: getattr(case, field) for field in after}
        if before == after:
            return
        require_version(session, case, form.version)
        require_known(session, Caller(organisation_id=form.organisation_id, person_id=form.person_id))
        case.organisation_id, case.person_id = form.organisation_id, form.person_id
        ctx.record(session, "case.tied", case, changed=changes(before, after))


def change_case(ctx: Context, case_id: int, form: ChangedCase) -> None:
    """Text, topic, channel and when it came. The change log has what changed, and of the text only that it did.

    Raises ChangedMeanwhile with what the others did; InvalidForm topic_gone; Refused as `steps.change_received`.
    """
    with ctx.write(Permission.LOG_CASES) as session:
        case = steps.record_to_change(session, SupportCase, case_id)
        require_version(session, case, form.version)
        require_known(session, Caller(), topic_id=form.topic_id)
        before = _changeable(case)
        is_rewritten = case.what != form.what
        _change_received(session, ctx, case, form.received_at)
        case.what, case.topic_id, case.channel = form.what, form.topic_id, form.channel
        changed = changes(before, _changeable(case))
        if changed or is_rewritten:
            ctx.record(session, "case.changed", case, changed=changed, fields=["what"] if is_rewritten else [])


def _change_received(session: Session, ctx: Context, case: SupportCase, at: datetime) -> None:
    if at.year < EARLIEST_YEAR:
        raise Refused("received_too_long_ago")
    steps.change_received(session, ctx, case, at)


def _changeable(case: SupportCase) -> dict[str, object]:
    return {field: getattr(case, field) for field in SHOWN_CHANGES}


def _is_stored(session: Session, new: NewMessage) -> bool:
    """An earlier click of the same form."""
    return new.token is not None and session.scalar(select(Message.id).where(Message.token == new.token)) is not None


def _last_said(session: Session, case: SupportCase) -> datetime | None:
    """A reply entered afterwards may lie before a mail that is written down already; the closing then comes with the mail."""
    query = select(Message.at).where(Message.case_id == case.id, Message.direction != Direction.INTERNAL)
    return session.scalar(query.order_by(Message.at.desc()).limit(1))
