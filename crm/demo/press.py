"""Journalists ring and write, also in the evening and at weekends, with deadlines of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from crm.correspondence.forms import MessageKind, NewMessage
from crm.demo.cast import Numbers
from crm.demo.season import press_times
from crm.demo.stage import Stage, data, on_the_wall, token
from crm.demo.storytelling import Story
from crm.i18n import local
from crm.media.commands import add_message, answer_inquiry, close_inquiry, open_inquiry
from crm.media.forms import Answer, Closing, NewInquiry
from db.models.cases import Channel, MessageChannel, Outcome

OUTCOMES = {
    Outcome.QUOTED: 45,
    Outcome.INTERVIEW: 22,
    Outcome.BACKGROUND: 13,
    Outcome.REFERRED: 8,
    Outcome.DECLINED: 6,
    Outcome.WITHDRAWN: 6,
}
DEADLINE_HOURS = (10, 12, 13, 14, 15, 16, 18)


class Desk:
    """Who rings from where. A journalist leaves a number the first time."""

    def __init__(self, stage: Stage, numbers: Numbers) -> None:
        self.stage = stage
        self._outlets: list[dict[str, Any]] = data("press")["outlet"]
        self._contacts = {name: numbers.mobile() for outlet in self._outlets for name in outlet["journalists"]}

    def asker(self, chance: random.Random) -> dict[str, Any]:
        outlet = chance.choices(self._outlets, [outlet["weight"] for outlet in self._outlets])[0]
        name = chance.choice(outlet["journalists"])
        return {
            "outlet": outlet["name"],
            "journalist": name,
            "medium": outlet["medium"],
            "contact": self._contacts[name],
        }


def press_stories(stage: Stage, numbers: Numbers) -> Iterator[Story]:
    chance, desk = stage.chance("press"), Desk(stage, numbers)
    for at in press_times(stage, chance):
        yield inquiry(desk, random.Random(chance.random()), at)  # noqa: S311
    for place, question in enumerate(data("press")["waiting"]["ahead"]):
        own = random.Random(chance.random())  # noqa: S311
        yield waiting(desk, own, question, hours=1 + 2 * place, deadline_at=_hour_ahead(stage.now, place))
    own = random.Random(chance.random())  # noqa: S311
    yield waiting(desk, own, data("press")["waiting"]["missed"], hours=5, deadline_at=_hour_just_passed(stage.now))


def inquiry(desk: Desk, chance: random.Random, at: datetime) -> Story:
    saved = at + timedelta(minutes=chance.randrange(1, 7))
    yield saved
    outcome = chance.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    deadline_at = _deadline(chance, at) if chance.random() < 0.78 else None
    inquiry_id, who = _open(desk, chance, saved, chance.choice(data("press")["press"]["questions"]), at, deadline_at)
    answer_at = _when_awake(saved + timedelta(minutes=_minutes_until_answer(chance, at, deadline_at)))
    if outcome is Outcome.WITHDRAWN:
        yield answer_at
        ctx = desk.stage.as_(who, answer_at)
        note = chance.choice(data("press")["press"]["withdrawn"])
        add_message(ctx, inquiry_id, NewMessage(kind=MessageKind.NOTE, text=note, token=token(chance)))
        close_inquiry(ctx, inquiry_id, Closing(outcome=outcome))
        return
    if chance.random() < 0.2:
        yield (held := min(_when_awake(saved + (answer_at - saved) / 3), answer_at))
        text = chance.choice(data("press")["press"]["holding"])
        add_message(
            desk.stage.as_(who, held), inquiry_id, NewMessage(kind=MessageKind.HOLDING, text=text, token=token(chance))
        )
    yield answer_at
    words = data("press")["press"]["declined" if outcome is Outcome.DECLINED else "answers"]
    channel = MessageChannel.PHONE if outcome is Outcome.INTERVIEW or chance.random() < 0.5 else MessageChannel.EMAIL
    answer = Answer(text=chance.choice(words), channel=channel, outcome=outcome, token=token(chance))
    answer_inquiry(desk.stage.as_(who, answer_at), inquiry_id, answer)


def waiting(desk: Desk, chance: random.Random, question: str, *, hours: float, deadline_at: datetime) -> Story:
    """Received some hours ago and unanswered: what *I dag* begins with."""
    at = (min(desk.stage.now, deadline_at) - timedelta(hours=hours)).replace(second=0, microsecond=0)
    yield at
    inquiry_id, who = _open(desk, chance, at, question, at, deadline_at)
    if hours == 3:
        yield (held := at + timedelta(minutes=25))
        text = data("press")["press"]["holding"][0]
        add_message(
            desk.stage.as_(who, held), inquiry_id, NewMessage(kind=MessageKind.HOLDING, text=text, token=token(chance))
        )


def _open(
    desk: Desk, chance: random.Random, saved: datetime, question: str, at: datetime, deadline_at: datetime | None
) -> tuple[int, str]:
    who = chance.choices(("ingunn", "bjørn_ærlend"), (6, 4))[0]
    channel = chance.choices((Channel.PHONE, Channel.EMAIL), (7, 3))[0]
    new = NewInquiry.checked(
        **desk.asker(chance),
        question=question,
        channel=channel,
        opened_at=at,
        received_at=at,
        deadline_at=deadline_at,
        token=token(chance),
    )
    return open_inquiry(desk.stage.as_(who, saved), new), who


def _deadline(chance: random.Random, at: datetime) -> datetime:
    """Later today while the day is young, else one of the next days."""
    here, hour = local(at), chance.choice(DEADLINE_HOURS)
    days = 0 if here.hour + 2 < hour else chance.choice((1, 1, 1, 2, 3))
    return on_the_wall(here.date() + timedelta(days=days), hour)


def _minutes_until_answer(chance: random.Random, at: datetime, deadline_at: datetime | None) -> float:
    """Most well before the deadline, about one in nine after it."""
    if deadline_at is None:
        return chance.lognormvariate(4.6, 1.0)
    room = (deadline_at - at).total_seconds() / 60
    return max(4, room * (chance.betavariate(1.3, 3) if chance.random() < 0.89 else chance.uniform(1.05, 1.6)) - 7)


def _when_awake(at: datetime) -> datetime:
    """Journalists get an answer in the evening, but not at night."""
    here = local(at)
    day = here.date() + timedelta(days=1 if here.hour >= 23 else 0)
    return on_the_wall(day, 7, 10 + here.minute // 2) if here.hour >= 23 or here.hour < 7 else at


def _hour_ahead(now: datetime, place: int) -> datetime:
    """The coming deadlines: a full hour soon today, and the next days at noon; after closing time all of them from tomorrow on."""
    here = local(now)
    today = (
        on_the_wall(here.date(), min(here.hour + 3, 23))
        if here.hour < 18
        else on_the_wall(here.date() + timedelta(days=1), 9)
    )
    return (today, on_the_wall(here.date() + timedelta(days=1), 12), on_the_wall(here.date() + timedelta(days=2), 14))[
        place
    ]


def _hour_just_passed(now: datetime) -> datetime:
    here = local(now)
    return on_the_wall(here.date(), here.hour) - timedelta(minutes=0 if here.minute >= 5 else 60)
