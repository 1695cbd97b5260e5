"""Correspondence and clocks of many records at once: two selects, however many records there are.

These take the session of the look they stand in; the features' own looks ask for the permission.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Select, Subquery, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

from crm.correspondence.rules import Course, Moment, Sent, Stop
from db.models.cases import (
    Author,
    Direction,
    Inquiry,
    Message,
    MessageChannel,
    Pause,
    PauseReason,
    SupportCase,
    TimeQuality,
)
from db.models.users import User

MESSAGES_SHOWN = 500


class RecordKind(StrEnum):
    CASE = "case"
    INQUIRY = "inquiry"


Ids: TypeAlias = "Sequence[int] | Select[Any]"  # a page's ids, or a select of a quarter's


@dataclass(frozen=True)
class ShownMessage:
    id: int
    direction: Direction
    channel: MessageChannel
    author: Author
    is_holding: bool
    at: datetime
    quality: TimeQuality
    text: str
    user_name: str


@dataclass(frozen=True)
class ShownPause:
    reason: PauseReason
    started_at: datetime
    ended_at: datetime | None


def courses(session: Session, kind: RecordKind, ids: Ids) -> dict[int, Course]:
    """The course of each record, by id: three selects in all. Ids that do not exist are left out."""
    model = _model(kind)
    sent, stops = _sent(session, kind, ids), _stops(session, kind, ids)
    rows = session.execute(
        select(model.id, model.received_at, model.received_quality, model.closed_at).where(model.id.in_(ids))
    )
    return {
        row.id: Course(
            Moment(row.received_at, row.received_quality),
            row.closed_at,
            tuple(sent.get(row.id, ())),
            tuple(stops.get(row.id, ())),
        )
        for row in rows
    }


def course_of(session: Session, kind: RecordKind, record_id: int) -> Course:
    """KeyError for a record that does not exist."""
    return courses(session, kind, [record_id])[record_id]


def messages_of(session: Session, kind: RecordKind, record_id: int) -> tuple[ShownMessage, ...]:
    """Oldest first; the newest 500 of a correspondence that never ends."""
    query = (
        select(Message, User.name)
        .join(User, User.id == Message.user_id)
        .where(_owner(Message, kind) == record_id)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(MESSAGES_SHOWN)
    )
    return tuple(_shown(message, name) for message, name in reversed(session.execute(query).all()))


def pauses_of(session: Session, kind: RecordKind, record_id: int) -> tuple[ShownPause, ...]:
    query = (
        select(Pause).where(_owner(Pause, kind) == record_id).order_by(Pause.started_at, Pause.id).limit(MESSAGES_SHOWN)
    )
    return tuple(ShownPause(pause.reason, pause.started_at, pause.ended_at) for pause in session.scalars(query))


def first_responses(kind: RecordKind) -> Subquery:
    """`record_id`, `at`: when each record got its first human word. For joining; records without one have no row."""
    return _earliest(kind, holding=True)


def first_answers(kind: RecordKind) -> Subquery:
    """`record_id`, `at`: as `first_responses`, without holding replies."""
    return _earliest(kind, holding=False)


def is_answered(kind: RecordKind) -> ColumnElement[bool]:
    """For a list's filter on the record's own select: somebody answered; a holding reply is no answer."""
    model = _model(kind)
    return exists().where(
        _owner(Message, kind) == model.id,
        Message.at >= model.received_at,
        *_human_outbound(),
        Message.is_holding.is_(False),
    )


def is_waiting(kind: RecordKind) -> ColumnElement[bool]:
    """We wait for the other side."""
    return exists().where(
        _owner(Pause, kind) == _model(kind).id, Pause.reason == PauseReason.WAITING, Pause.ended_at.is_(None)
    )


def _sent(session: Session, kind: RecordKind, ids: Ids) -> Mapping[int, list[Sent]]:
    owner = _owner(Message, kind)
    query = select(owner, Message.at, Message.quality, Message.is_holding).where(owner.in_(ids), *_human_outbound())
    found: dict[int, list[Sent]] = defaultdict(list)
    for record_id, at, quality, is_holding in session.execute(query.order_by(Message.at, Message.id)):
        found[record_id].append(Sent(Direction.OUTBOUND, Author.HUMAN, at, quality, is_holding))
    return found


def _stops(session: Session, kind: RecordKind, ids: Ids) -> Mapping[int, list[Stop]]:
    owner = _owner(Pause, kind)
    query = select(owner, Pause.reason, Pause.started_at, Pause.ended_at).where(owner.in_(ids))
    found: dict[int, list[Stop]] = defaultdict(list)
    for record_id, reason, started_at, ended_at in session.execute(query.order_by(Pause.started_at, Pause.id)):
        found[record_id].append(Stop(reason, started_at, ended_at))
    return found


def _earliest(kind: RecordKind, *, holding: bool) -> Subquery:
    owner, model = _owner(Message, kind), _model(kind)
    query = (
        select(owner.label("record_id"), func.min(Message.at).label("at"))
        .join(model, model.id == owner)
        .where(Message.at >= model.received_at, *_human_outbound())
        .group_by(owner)
    )
    return (query if holding else query.where(Message.is_holding.is_(False))).subquery()


def _human_outbound() -> Iterable[ColumnElement[bool]]:
    """What `rules.stops_the_clock` says, in SQL; a test holds the two together."""
    return Message.direction == Direction.OUTBOUND, Message.author == Author.HUMAN


def _owner(
    table: type[Message] | type[Pause], kind: RecordKind
) -> InstrumentedAttribute[Any]:  # an integer; never None where it is asked for
    return table.case_id if kind is RecordKind.CASE else table.inquiry_id


def _model(kind: RecordKind) -> type[SupportCase] | type[Inquiry]:
    return SupportCase if kind is RecordKind.CASE else Inquiry


def _shown(message: Message, user_name: str) -> ShownMessage:
    return ShownMessage(
        id=message.id,
        direction=message.direction,
        channel=message.channel,
        author=message.author,
        is_holding=message.is_holding,
        at=message.at,
        quality=message.quality,
        text=message.text,
        user_name=user_name,
    )
