"""What happens in a correspondence, for a support case and a press inquiry alike. Each step stands in its caller's transaction.

The caller asks for the permission, fetches the record with `record_to_change`, and writes the audit line.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.rules import Moment, settled
from crm.errors import NotFound, Refused
from db.models.cases import Direction, Inquiry, Message, MessageChannel, Pause, PauseReason, SupportCase

Record: TypeAlias = SupportCase | Inquiry
AnyRecord = TypeVar("AnyRecord", SupportCase, Inquiry)


def record_to_change(session: Session, model: type[AnyRecord], record_id: int) -> AnyRecord:
    """The row, locked until the transaction ends, so that of two colleagues the second sees what the first did."""
    record = session.get(model, record_id, with_for_update=True)
    if record is None:
        raise NotFound(kind=model.__tablename__, id=record_id)
    return record


def add_message(session: Session, ctx: Context, record: Record, new: NewMessage) -> Message:
    """A message already stored under the same token is returned as it is, so a second click adds nothing.

    What they write ends our waiting for them. On a closed record notes may be added, and what was said before the
    closing; for anything after it, open the record first.
    Raises Refused: text_missing (a note without words), moment_in_future, answered_before_received,
    message_before_received, record_closed.
    """
    known = session.scalar(select(Message).where(Message.token == new.token)) if new.token else None
    if known is not None:
        return known
    if new.kind is MessageKind.NOTE and not new.text:
        raise Refused("text_missing")
    moment = settled(new.at, ctx.now, not_before=record.received_at, too_early=_too_early(new.kind))
    if record.closed_at is not None and new.kind is not MessageKind.NOTE and moment.at > record.closed_at:
        raise Refused("record_closed")
    message = _message(ctx, record, new, moment)
    session.add(message)
    if message.direction is Direction.INBOUND:
        _they_answered(session, record, moment.at)
    session.flush()
    return message


def start_waiting(session: Session, ctx: Context, record: Record, *, at: datetime | None = None) -> Pause:
    """It is their turn: the working clock stands still until they write, or until we stop waiting.

    Raises Refused: record_closed, already_waiting, moment_in_future, waiting_before_received.
    """
    if record.closed_at is not None:
        raise Refused("record_closed")
    if _open_waiting(session, record) is not None:
        raise Refused("already_waiting")
    moment = settled(at, ctx.now, not_before=record.received_at, too_early="waiting_before_received")
    return _pause(session, record, PauseReason.WAITING, started_at=moment.at, ended_at=None)


def stop_waiting(session: Session, ctx: Context, record: Record, *, at: datetime | None = None) -> Pause:
    """Raises Refused: not_waiting, moment_in_future, waiting_ends_before_start."""
    pause = _open_waiting(session, record)
    if pause is None:
        raise Refused("not_waiting")
    moment = settled(at, ctx.now, not_before=pause.started_at, too_early="waiting_ends_before_start")
    pause.ended_at = moment.at
    session.flush()
    return pause


def close(session: Session, ctx: Context, record: Record, *, at: datetime | None = None) -> Moment:
    """Nothing more is expected of us. Waiting ends with it. A record may be closed without an answer: its clocks end here.

    Raises Refused: already_closed, moment_in_future, closed_before_received, closed_before_last_message.
    """
    if record.closed_at is not None:
        raise Refused("already_closed")
    moment = settled(at, ctx.now, not_before=record.received_at, too_early="closed_before_received")
    last = session.scalar(
        select(Message.at)
        .where(_belongs(Message, record), Message.direction != Direction.INTERNAL)
        .order_by(Message.at.desc())
        .limit(1)
    )
    if last is not None:
        moment = settled(moment.at, ctx.now, not_before=last, too_early="closed_before_last_message")
    record.closed_at = moment.at
    waiting = _open_waiting(session, record)
    if waiting is not None:
        waiting.ended_at = max(waiting.started_at, moment.at)
    session.flush()
    return moment


def reopen(session: Session, ctx: Context, record: Record, *, at: datetime | None = None) -> Moment:
    """The time it was closed becomes a pause. Raises Refused: not_closed, moment_in_future, reopened_before_closed."""
    if record.closed_at is None:
        raise Refused("not_closed")
    moment = settled(at, ctx.now, not_before=record.closed_at, too_early="reopened_before_closed")
    _pause(session, record, PauseReason.CLOSED, started_at=record.closed_at, ended_at=moment.at)
    record.closed_at = None
    session.flush()
    return moment


def change_received(session: Session, ctx: Context, record: Record, at: datetime) -> Moment:
    """Corrects when it came in. Raises Refused: moment_in_future, answered_before_received (a message would come before it),
    closed_before_received."""
    moment = settled(at, ctx.now, opened_at=record.received_at)
    first = session.scalar(select(Message.at).where(_belongs(Message, record)).order_by(Message.at).limit(1))
    if first is not None and first < moment.at:
        raise Refused("answered_before_received")
    if record.closed_at is not None and record.closed_at < moment.at:
        raise Refused("closed_before_received")
    if moment.at != record.received_at:
        record.received_at, record.received_quality = moment.at, moment.quality
    session.flush()
    return moment


def _too_early(kind: MessageKind) -> str:
    return "answered_before_received" if kind.direction is Direction.OUTBOUND else "message_before_received"


def _message(ctx: Context, record: Record, new: NewMessage, moment: Moment) -> Message:
    note = new.kind is MessageKind.NOTE
    return Message(
        case_id=record.id if isinstance(record, SupportCase) else None,
        inquiry_id=record.id if isinstance(record, Inquiry) else None,
        direction=new.kind.direction,
        channel=MessageChannel.NOTE if note else new.channel,
        author=new.kind.author,
        is_holding=new.kind is MessageKind.HOLDING,
        at=moment.at,
        quality=moment.quality,
        text=new.text,
        user_id=ctx.user_id,
        token=new.token,
    )


def _they_answered(session: Session, record: Record, at: datetime) -> None:
    """Waiting ends when they write; a message entered afterwards shortens the waiting it falls in."""
    covering = select(Pause).where(
        _belongs(Pause, record),
        Pause.reason == PauseReason.WAITING,
        Pause.started_at <= at,
        (Pause.ended_at.is_(None)) | (Pause.ended_at > at),
    )
    for pause in session.scalars(covering):
        pause.ended_at = at


def _open_waiting(session: Session, record: Record) -> Pause | None:
    return session.scalar(
        select(Pause)
        .where(_belongs(Pause, record), Pause.reason == PauseReason.WAITING, Pause.ended_at.is_(None))
        .limit(1)
    )


def _pause(
    session: Session, record: Record, reason: PauseReason, *, started_at: datetime, ended_at: datetime | None
) -> Pause:
    pause = Pause(reason=reason, started_at=started_at, ended_at=ended_at)
    pause.case_id = record.id if isinstance(record, SupportCase) else None
    pause.inquiry_id = record.id if isinstance(record, Inquiry) else None
    session.add(pause)
    session.flush()
    return pause


def _belongs(table: type[Message] | type[Pause], record: Record) -> ColumnElement[bool]:
    return table.case_id == record.id if isinstance(record, SupportCase) else table.inquiry_id == record.id
