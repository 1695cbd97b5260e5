"""Members ring and write: most are answered in the call, some wait hours or days, a few of the latest wait still."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crm.cases.case_commands import (
    add_message,
    answer_and_close,
    hand_over_case,
    reopen_case,
    tie_caller,
    wait_for_caller,
)
from crm.cases.case_forms import HandedOver, TiedCaller
from crm.cases.case_queries import case_card
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.correspondence.forms import MessageKind, NewMessage
from crm.demo.cast import Contact, House, Numbers, stranger
from crm.demo.season import call_times, mail_times
from crm.demo.stage import Stage, data, token
from crm.demo.storytelling import Story
from crm.i18n import local
from db.models.cases import Channel, MessageChannel

ANSWERED_IN_THE_CALL, BY_MAIL, UNKNOWN = 0.72, 0.24, 0.06
# Ages in days of the cases that are open when the demonstration is opened, whatever else is.
STILL_OPEN = (0.1, 0.3, 1.2, 2.4, 4.1, 7.2, 12.5, 19.3)
GRAVE_FROM = 6


@dataclass(frozen=True)
class Subject:
    """One thing somebody rings about, and what came of it."""

    topic: str
    ask: str
    answer: str
    is_for_others: bool  # comes from people who are no members


@dataclass
class Switchboard:
    """Who may call, about what, and who takes it."""

    stage: Stage
    cast: list[House]
    numbers: Numbers
    topics: dict[str, int]

    def caller(self, chance: random.Random) -> tuple[House, Contact | None]:
        """Some houses ring all the time: those early in the list weigh most."""
        calling = [house for house in self.cast if house.calls]
        house = calling[int(chance.expovariate(2.2 / len(calling))) % len(calling)]
        return house, chance.choice(house.contacts) if chance.random() < 0.85 else None

    def taker(self, chance: random.Random) -> str:
        return chance.choices(("bjørn_ærlend", "ingunn"), (6, 4))[0]


def call_stories(board: Switchboard) -> Iterator[Story]:
    stage = board.stage
    chance = stage.chance("calls")
    for at in call_times(stage, chance):
        own = random.Random(chance.random())  # noqa: S311
        if own.random() < BY_MAIL:
            yield by_mail(board, own, at)
        elif own.random() < ANSWERED_IN_THE_CALL:
            yield answered_in_the_call(board, own, at)
        else:
            yield rung_and_left_open(board, own, at)
    for at in mail_times(stage, chance):
        yield by_mail(board, random.Random(chance.random()), at)  # noqa: S311
    for age in STILL_OPEN:
        own = random.Random(chance.random())  # noqa: S311
        yield still_open(board, own, (stage.now - timedelta(days=age)).replace(second=0, microsecond=0))


def answered_in_the_call(board: Switchboard, chance: random.Random, at: datetime) -> Story:
    """Written down while they talk; now and then afterwards, from memory, which the form is told."""
    is_afterwards = chance.random() < 0.07
    saved = at + timedelta(minutes=chance.randrange(20, 90) if is_afterwards else chance.randrange(2, 11))
    yield saved
    subject = _subject(board, chance, at)
    text = f"{subject.ask}\n{subject.answer}" if chance.random() < 0.6 else subject.ask
    moment = {"received_at": at} if is_afterwards else {"opened_at": at}
    case_id = _open(board, chance, board.taker(chance), saved, subject, text, answered=True, **moment)
    if chance.random() < 0.02:
        yield from _they_come_back(board, chance, case_id, saved)


def rung_and_left_open(board: Switchboard, chance: random.Random, at: datetime) -> Story:
    saved, who, subject = (
        at + timedelta(minutes=chance.randrange(2, 9)),
        board.taker(chance),
        _subject(board, chance, at),
    )
    yield saved
    case_id = _open(board, chance, who, saved, subject, subject.ask, answered=False, opened_at=at)
    yield from _until_closed(board, chance, case_id, who, saved, subject, MessageChannel.PHONE)


def by_mail(board: Switchboard, chance: random.Random, at: datetime) -> Story:
    """Entered when somebody reads it; what came at night or lay a while is entered with its own time."""
    stage, who, subject = board.stage, board.taker(chance), _subject(board, chance, at)
    saved = stage.working(at, chance.choice((1, 2, 3, 3, 12, 35)))
    yield saved
    text = subject.ask
    case_id = _open(board, chance, who, saved, subject, text, answered=False, channel=Channel.EMAIL, received_at=at)
    if not stage.calendar.is_open(at):
        automatic = {
            "kind": MessageKind.AUTOREPLY,
            "channel": MessageChannel.EMAIL,
            "at": at + timedelta(minutes=1),
        }
        _say(board, chance, case_id, who, saved, str(data("calls")["words"]["autoreply"]), **automatic)
    yield from _until_closed(board, chance, case_id, who, saved, subject, MessageChannel.EMAIL)


def still_open(board: Switchboard, chance: random.Random, at: datetime) -> Story:
    """Untouched, or told that we are looking into it, or waiting for them."""
    while not board.stage.calendar.is_open(at):
        at -= timedelta(minutes=47)
    yield at
    who, subject = board.taker(chance), _subject(board, chance, at, is_grave=True)
    channel = chance.choice((Channel.PHONE, Channel.EMAIL))
    case_id = _open(board, chance, who, at, subject, subject.ask, answered=False, channel=channel)
    words, turn = data("calls")["words"], chance.random()
    if turn < 0.6:
        yield (later := board.stage.working(at, chance.randrange(30, 200)))
        kind, text = (MessageKind.HOLDING, "holding") if turn < 0.35 else (MessageKind.REPLY, "clarifying")
        _say(board, chance, case_id, who, later, chance.choice(words[text]), kind=kind)
        if kind is MessageKind.REPLY:
            wait_for_caller(board.stage.as_(who, later), case_id)


def _until_closed(
    board: Switchboard,
    chance: random.Random,
    case_id: int,
    who: str,
    at: datetime,
    subject: Subject,
    channel: MessageChannel,
) -> Story:
    """Holding, a note, another colleague, a question back: each sometimes. Then the answer."""
    stage, words = board.stage, data("calls")["words"]
    if chance.random() < 0.06:
        yield (at := stage.working(at, chance.randrange(5, 60)))
        other = "ingunn" if who == "bjørn_ærlend" else "bjørn_ærlend"
        ctx = stage.as_(who, at)
        seen = case_card(ctx, case_id).version
        hand_over_case(ctx, case_id, HandedOver(version=seen, user_id=stage.staff[other].user_id or 0))
        who = other
    if chance.random() < 0.18:
        yield (at := stage.working(at, chance.randrange(8, 70)))
        _say(
            board, chance, case_id, who, at, chance.choice(words["holding"]), kind=MessageKind.HOLDING, channel=channel
        )
    if chance.random() < 0.15:
        yield (at := stage.working(at, chance.randrange(5, 90)))
        _say(board, chance, case_id, who, at, chance.choice(words["notes"]), kind=MessageKind.NOTE)
    if chance.random() < 0.14:
        yield (at := stage.working(at, chance.randrange(15, 200)))
        _say(board, chance, case_id, who, at, chance.choice(words["clarifying"]), channel=channel)
        wait_for_caller(stage.as_(who, at), case_id)
        yield (at := stage.working(at, chance.randrange(60, 1400)))
        _say(
            board,
            chance,
            case_id,
            who,
            at,
            chance.choice(words["clarified"]),
            kind=MessageKind.INCOMING,
            channel=channel,
        )
    yield (at := stage.working(at, _slowness(chance)))
    _answer(board, chance, case_id, who, at, subject.answer, channel)
    if chance.random() < 0.05:
        yield from _they_come_back(board, chance, case_id, at)


def _they_come_back(board: Switchboard, chance: random.Random, case_id: int, at: datetime) -> Story:
    stage, words, who = board.stage, data("calls")["words"], board.taker(chance)
    yield (at := stage.working(at, chance.randrange(300, 2400)))
    reopen_case(stage.as_(who, at), case_id)
    _say(board, chance, case_id, who, at, chance.choice(words["follow_ups"]), kind=MessageKind.INCOMING)
    yield (at := stage.working(at, chance.randrange(20, 400)))
    _answer(board, chance, case_id, who, at, "Svarte på det også.", MessageChannel.PHONE)


def _slowness(chance: random.Random) -> int:
    """Working minutes until the answer: most within hours, some the next days, a few far too long."""
    slow = chance.random()
    if slow < 0.62:
        return chance.randrange(12, 230)
    return chance.randrange(230, 800) if slow < 0.9 else chance.randrange(800, 2600)


def _open(
    board: Switchboard,
    chance: random.Random,
    who: str,
    at: datetime,
    subject: Subject,
    text: str,
    **typed: Any,
) -> int:
    ctx, topic = board.stage.as_(who, at), board.topics.get(subject.topic)
    common = {"token": token(chance), "what": text, "topic_id": topic if chance.random() < 0.9 else None}
    if chance.random() < UNKNOWN or (subject.is_for_others and chance.random() < 0.8):
        case_id = open_case(ctx, NewCase.checked(who=stranger(chance, board.numbers), **common, **typed))
        if chance.random() < 0.2:
            house, _ = board.caller(chance)
            tie_caller(ctx, case_id, TiedCaller(version=1, organisation_id=house.id))
        return case_id
    house, member = board.caller(chance)
    return open_case(
        ctx, NewCase.checked(organisation_id=house.id, person_id=member.id if member else None, **common, **typed)
    )


def _say(
    board: Switchboard, chance: random.Random, case_id: int, who: str, now: datetime, text: str, **more: Any
) -> None:
    new = NewMessage.checked(**({"kind": MessageKind.REPLY, "text": text, "token": token(chance)} | more))
    add_message(board.stage.as_(who, now), case_id, new)


def _answer(
    board: Switchboard, chance: random.Random, case_id: int, who: str, at: datetime, text: str, channel: MessageChannel
) -> None:
    new = NewMessage(kind=MessageKind.REPLY, channel=channel, text=text, token=token(chance))
    answer_and_close(board.stage.as_(who, at), case_id, new)


def _subject(board: Switchboard, chance: random.Random, at: datetime, *, is_grave: bool = False) -> Subject:
    """`is_grave`: one that is worth waiting days for."""
    topics = [topic for topic in data("calls")["topic"] if not is_grave or topic["weight"] >= GRAVE_FROM]
    topic = chance.choices(topics, [topic["weight"] for topic in topics])[0]
    words, year = data("calls")["words"], local(at).year
    facts = {
        "house": chance.choice(board.cast).name,
        "year": year,
        "next": year + 1,
        "n": chance.randrange(2, 6),
        "seats": chance.choice(words["seats"]),
        "month": chance.choice(words["months"]),
        "budget": chance.choice(words["budgets"]),
    }
    ask, answer = chance.choice(topic["calls"])
    return Subject(topic["name"], ask.format(**facts), answer.format(**facts), topic.get("unknown_callers", False))
