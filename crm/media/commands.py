"""What a colleague does with a journalist's inquiry."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.context import Context, changes
from crm.correspondence import steps
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.queries import RecordKind, course_of
from crm.correspondence.rules import settled
from crm.drafts.steps import forget_draft, written_draft
from crm.errors import ChangedMeanwhile, NotFound, Refused
from crm.i18n import local
from crm.media.forms import Answer, ChangedInquiry, Closing, NewInquiry
from crm.media.rules import ANSWERING, UNDO_WITHIN, require_sensible_deadline
from crm.media.steps import Askers, askers, forget_created, inquiry_of_token, typed_again
from crm.permissions import Permission
from crm.records import Kind, Record, has_belongings
from db.models.cases import Inquiry, Message, MessageChannel, Outcome, Pause
from db.models.house_keeping import AuditEntry, DraftKind
from db.models.users import Role, User

OPENED = "inquiry.opened"
CORRECTED_FIELDS = (
    "outlet_id",
    "journalist_id",
    "medium",
    "question",
    "channel",
    "deadline_at",
    "received_at",
    "received_quality",
)


def open_inquiry(ctx: Context, new: NewInquiry, *, answer: Answer | None = None) -> int:
    """The inquiry's id; an outlet and a journalist nobody knew are made with it, and its draft is gone.

    `answer`: answered while they were on the line, so at the moment it came. The same token twice gives the first one's id,
    also when both clicks run at once; with another question it is a second tab, which must not vanish: Refused token_used.
    Raises Refused: moment_in_future, moment_too_long_ago, deadline_before_received, deadline_unlikely.
    """
    try:
        with ctx.write(Permission.LOG_MEDIA) as session:
            opened = inquiry_of_token(session, new)
            if opened is not None:
                return opened
            began_at = forget_draft(session, new.token, user_id=ctx.user_id)
            inquiry, who = _added(session, ctx, new, opened_at=new.opened_at or began_at)
            if answer is not None:
                _answered_on_the_line(session, ctx, inquiry, answer)
            ctx.record(session, OPENED, inquiry, created=who.created, answered=answer is not None)
            return inquiry.id
    except IntegrityError:
        with ctx.read(Permission.LOG_MEDIA) as session:
            opened = inquiry_of_token(session, new)
        if opened is None:
            raise
        return opened


def answer_inquiry(ctx: Context, inquiry_id: int, answer: Answer) -> None:
    """Stops the clock, and closes unless the form says otherwise. A token used before changes nothing more.

    Raises Refused: record_closed, answered_before_received, moment_in_future.
    """
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        if answer.token and session.scalar(select(Message.id).where(Message.token == answer.token)) is not None:
            return
        _answer(session, ctx, inquiry, answer)
        ctx.record(session, "inquiry.answered", inquiry, outcome=answer.outcome, closed=answer.closes)


def add_message(ctx: Context, inquiry_id: int, new: NewMessage) -> None:
    """One more step of the correspondence: "we ring you back", their next mail, a note, an autoreply. Closes nothing."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        message = steps.add_message(session, ctx, inquiry, new)
        ctx.record(session, "inquiry.message_added", inquiry, kind=new.kind, message=message.id, at=message.at)


def close_inquiry(ctx: Context, inquiry_id: int, closing: Closing) -> None:
    """An outcome that says we answered, where no answer is written down, is itself the answer: it is entered at that time.

    Withdrawn by the journalist: closed without one, and out of the denominator. Raises Refused: already_closed,
    closed_before_received, closed_before_last_message, moment_in_future.
    """
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        if closing.outcome in ANSWERING and not _is_answered(session, inquiry) and inquiry.closed_at is None:
            reply = NewMessage(kind=MessageKind.REPLY, channel=MessageChannel(inquiry.channel.value), at=closing.at)
            steps.add_message(session, ctx, inquiry, reply)
        moment = steps.close(session, ctx, inquiry, at=closing.at)
        inquiry.outcome = closing.outcome
        ctx.record(session, "inquiry.closed", inquiry, outcome=closing.outcome, at=moment.at)


def change_outcome(ctx: Context, inquiry_id: int, outcome: Outcome | None) -> None:
    """What came of it is often known only when it is printed. Raises Refused: outcome_needs_answer, outcome_closes."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        if outcome in ANSWERING and not _is_answered(session, inquiry):
            raise Refused("outcome_needs_answer")
        if outcome is Outcome.WITHDRAWN and inquiry.closed_at is None:
            raise Refused("outcome_closes")
        before, inquiry.outcome = inquiry.outcome, outcome
        ctx.record(session, "inquiry.outcome_changed", inquiry, changed={"outcome": [before, outcome]})


def reopen_inquiry(ctx: Context, inquiry_id: int, *, at: datetime | None = None) -> None:
    """Withdrawn is taken back with it; what was quoted stays quoted."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        moment = steps.reopen(session, ctx, inquiry, at=at)
        if inquiry.outcome is Outcome.WITHDRAWN:
            inquiry.outcome = None
        ctx.record(session, "inquiry.reopened", inquiry, at=moment.at)


def wait_for_journalist(ctx: Context, inquiry_id: int, *, at: datetime | None = None) -> None:
    """Working time stands still until they write. Their deadline does not move."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        pause = steps.start_waiting(session, ctx, inquiry, at=at)
        ctx.record(session, "inquiry.waiting_started", inquiry, at=pause.started_at)


def stop_waiting_for_journalist(ctx: Context, inquiry_id: int, *, at: datetime | None = None) -> None:
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        pause = steps.stop_waiting(session, ctx, inquiry, at=at)
        ctx.record(session, "inquiry.waiting_ended", inquiry, at=pause.ended_at)


def hand_over_inquiry(ctx: Context, inquiry_id: int, user_id: int) -> None:
    """Raises NotFound for somebody who is no colleague (any more)."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        colleague = session.get(User, user_id)
        if colleague is None or not colleague.is_active or colleague.role is Role.READER:
            raise NotFound(kind="users", id=user_id)
        before, inquiry.responsible_id = inquiry.responsible_id, user_id
        ctx.record(session, "inquiry.handed_over", inquiry, changed={"responsible_id": [before, user_id]})


def correct_inquiry(ctx: Context, inquiry_id: int, form: ChangedInquiry) -> None:
    """Raises ChangedMeanwhile when somebody saved since the screen was drawn; Refused as `steps.change_received`, and
    deadline_before_received."""
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        if inquiry.version != form.version:
            raise ChangedMeanwhile
        before = _shown(inquiry)
        steps.change_received(session, ctx, inquiry, form.received_at)
        require_sensible_deadline(form.deadline_at, inquiry.received_at)
        who = askers(session, ctx, form, on=local(inquiry.received_at).date())
        inquiry.outlet_id, inquiry.journalist_id = who.outlet_id, who.journalist_id
        inquiry.medium, inquiry.channel = form.medium, form.channel
        inquiry.question, inquiry.deadline_at = form.question, form.deadline_at
        fields = sorted(changes(before, _shown(inquiry)))
        ctx.record(session, "inquiry.corrected", inquiry, fields=fields, created=who.created)


def take_back_inquiry(ctx: Context, inquiry_id: int) -> str:
    """Undoes one's own saving, with the outlet and the journalist it made when nobody else uses them by now.

    What was typed returns as a draft, whose token is the answer. Raises Refused: undo_not_yours, undo_too_late (after 15
    minutes), inquiry_in_use (something has happened to it since).
    """
    with ctx.write(Permission.LOG_MEDIA) as session:
        inquiry = steps.record_to_change(session, Inquiry, inquiry_id)
        created = _require_undoable(session, ctx, inquiry)
        token = secrets.token_urlsafe(24)
        fields = typed_again(session, inquiry)
        written_draft(session, token, DraftKind.INQUIRY, fields, user_id=ctx.user_id, now=inquiry.received_at)
        for table in (Message, Pause):
            session.execute(delete(table).where(table.inquiry_id == inquiry.id))
        session.delete(inquiry)
        session.flush()
        gone = forget_created(session, created)
        ctx.record(session, "inquiry.taken_back", ("inquiries", inquiry_id), gone=gone)
        return token


def _added(session: Session, ctx: Context, new: NewInquiry, *, opened_at: datetime | None) -> tuple[Inquiry, Askers]:
    received = settled(new.received_at, ctx.now, opened_at=opened_at)
    require_sensible_deadline(new.deadline_at, received.at)
    who = askers(session, ctx, new, on=local(received.at).date(), contact=new.contact)
    inquiry = Inquiry(
        outlet_id=who.outlet_id,
        journalist_id=who.journalist_id,
        medium=new.medium,
        question=new.question,
        channel=new.channel,
        received_at=received.at,
        received_quality=received.quality,
        deadline_at=new.deadline_at,
        responsible_id=ctx.user_id,
        token=new.token,
        created_at=ctx.now,
    )
    session.add(inquiry)
    session.flush()
    if new.contact and who.journalist_id is None and who.outlet_id is None:
        steps.add_message(session, ctx, inquiry, NewMessage(kind=MessageKind.NOTE, text=new.contact))
    return inquiry, who


def _require_undoable(session: Session, ctx: Context, inquiry: Inquiry) -> list[list[object]]:
    """What its saving created."""
    entries = session.scalars(_entries(inquiry).order_by(AuditEntry.id)).all()
    is_used = has_belongings(session, Record(Kind.INQUIRY, inquiry.id))
    if is_used or len(entries) != 1 or entries[0].action != OPENED:
        raise Refused("inquiry_in_use")
    if entries[0].actor_id != ctx.user_id:
        raise Refused("undo_not_yours")
    if ctx.now - inquiry.created_at > UNDO_WITHIN:
        raise Refused("undo_too_late")
    created: list[list[object]] = entries[0].facts.get("created", [])
    return created


def _answered_on_the_line(session: Session, ctx: Context, inquiry: Inquiry, answer: Answer) -> None:
    """Zero minutes, however long the writing down took; as exact as the receipt is."""
    message = _answer(session, ctx, inquiry, answer.model_copy(update={"at": inquiry.received_at}))
    message.quality = inquiry.received_quality


def _answer(session: Session, ctx: Context, inquiry: Inquiry, answer: Answer) -> Message:
    reply = NewMessage(
        kind=MessageKind.REPLY, channel=answer.channel, text=answer.text, at=answer.at, token=answer.token
    )
    message = steps.add_message(session, ctx, inquiry, reply)
    inquiry.outcome = answer.outcome or inquiry.outcome
    if answer.closes and inquiry.closed_at is None:
        steps.close(session, ctx, inquiry, at=max(message.at, _last_said(session, inquiry)))
    return message


def _last_said(session: Session, inquiry: Inquiry) -> datetime:
    """An answer entered afterwards may lie before a mail that is written down already; the closing then comes with the mail."""
    return session.scalars(
        select(Message.at).where(Message.inquiry_id == inquiry.id).order_by(Message.at.desc()).limit(1)
    ).one()


def _is_answered(session: Session, inquiry: Inquiry) -> bool:
    return course_of(session, RecordKind.INQUIRY, inquiry.id).first_answer is not None


def _shown(inquiry: Inquiry) -> dict[str, object]:
    return {field: getattr(inquiry, field) for field in CORRECTED_FIELDS}


def _entries(inquiry: Inquiry) -> Select[AuditEntry]:
    return select(AuditEntry).where(
        AuditEntry.subject_kind == Inquiry.__tablename__, AuditEntry.subject_id == str(inquiry.id)
    )
