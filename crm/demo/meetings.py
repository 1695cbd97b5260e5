"""The network bodies meet each quarter: announced, held with some of us there, written up; one was cancelled, one is to come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crm.demo.season import weekday_after
from crm.demo.stage import Stage, data, on_the_wall, token
from crm.demo.storytelling import Story
from crm.i18n import local
from crm.networks.body_commands import give_seat
from crm.networks.commands import cancel_meeting, log_meeting, note_attendance, write_minutes
from crm.networks.forms import Attendees, Cancellation, Mark, Minutes, NewMeeting, Seat
from crm.networks.queries import list_bodies, meeting_card
from crm.periods import Quarter
from db.models.meetings import AttendanceStatus

QUARTERS_SINCE_CANCELLED = 3
ANNOUNCED = timedelta(days=18)
SEATS = {"MIR": ("ingunn", "bjørn_ærlend"), "Arrangørforum": ("bjørn_ærlend", "ingunn")}


@dataclass(frozen=True)
class Gathering:
    body: str
    day: date
    starts: time
    place: str
    minutes: str
    is_cancelled: bool = False


def meeting_stories(stage: Stage) -> Iterator[Story]:
    chance = stage.chance("meetings")
    yield seating(stage)
    for gathering in gatherings(stage, chance):
        yield meeting(stage, random.Random(chance.random()), gathering)  # noqa: S311


def gatherings(stage: Stage, chance: random.Random) -> Iterator[Gathering]:
    """One a quarter in each body. MIR's latest is still to come, this week or next."""
    coming = weekday_after(stage, stage.today + timedelta(days=3))
    last, current = Quarter.of(coming), Quarter.of(stage.today)
    for body in SEATS:
        quarter, number = Quarter.at(stage.begins), 0
        while quarter <= last:
            day = coming if body == "MIR" and quarter == last else _day_in(stage, quarter, body)
            cancelled = body == "Arrangørforum" and quarter == _before(current, QUARTERS_SINCE_CANCELLED)
            if on_the_wall(day, 8) > stage.begins:
                yield _gathering(chance, body, day, number, is_cancelled=cancelled)
            quarter, number = Quarter.of(quarter.ends + timedelta(days=1)), number + 1


def seating(stage: Stage) -> Story:
    yield (at := stage.begins + timedelta(hours=4))
    ctx = stage.as_("ingunn", at)
    for body in list_bodies(ctx):
        for place, who in enumerate(SEATS.get(body.name, ())):
            role = "fast medlem" if place == 0 else "vara"
            give_seat(ctx, body.id, Seat(user_id=stage.staff[who].user_id or 0, role=role, since=local(at).date()))


def meeting(stage: Stage, chance: random.Random, gathering: Gathering) -> Story:
    starts = datetime.combine(gathering.day, gathering.starts, on_the_wall(gathering.day, 12).tzinfo)
    announced = max(stage.begins + timedelta(hours=5), stage.working(starts - ANNOUNCED, 30))
    yield announced
    meeting_id = _announce(stage, chance, gathering, announced)
    if gathering.is_cancelled:
        yield (at := stage.working(starts - timedelta(days=6), 45))
        because = Cancellation(because=data("meetings")["cancelled_because"])
        ctx = stage.as_("bjørn_ærlend", at)
        cancel_meeting(ctx, meeting_id, because, version=meeting_card(ctx, meeting_id).version)
        return
    yield (at := on_the_wall(gathering.day, gathering.starts.hour + 3))
    ctx = stage.as_(SEATS[gathering.body][0], at)
    marks = Attendees(marks=_marks(stage, chance, gathering), is_held=True)
    note_attendance(ctx, meeting_id, marks, version=meeting_card(ctx, meeting_id).version)
    yield (at := stage.working(at, chance.randrange(60, 900)))
    ctx = stage.as_(SEATS[gathering.body][0], at)
    write_minutes(ctx, meeting_id, Minutes(text=gathering.minutes), version=meeting_card(ctx, meeting_id).version)


def _announce(stage: Stage, chance: random.Random, gathering: Gathering, at: datetime) -> int:
    ctx = stage.as_(SEATS[gathering.body][0], at)
    body = next(line for line in list_bodies(ctx) if line.name == gathering.body)
    new = NewMeeting.checked(
        body_id=body.id,
        is_held=False,
        day=gathering.day,
        starts=gathering.starts,
        ends=time(gathering.starts.hour + 2),
        place=gathering.place,
        is_digital=gathering.place == "Teams",
        token=token(chance),
    )
    return log_meeting(ctx, new)


def _marks(stage: Stage, chance: random.Random, gathering: Gathering) -> tuple[Mark, ...]:
    """One of us at least; the other comes, or sends apologies. And those of the other associations who could."""
    first, second = (stage.staff[who].user_id for who in SEATS[gathering.body])
    came = AttendanceStatus.ATTENDED if chance.random() < 0.45 else AttendanceStatus.APOLOGIES
    ours = (Mark(user_id=first, status=AttendanceStatus.ATTENDED), Mark(user_id=second, status=came))
    statuses = (AttendanceStatus.ATTENDED,) * 4 + (AttendanceStatus.APOLOGIES, AttendanceStatus.ABSENT)
    return (*ours, *(Mark(person_id=person, status=chance.choice(statuses)) for person in stage.others))


def _gathering(chance: random.Random, body: str, day: date, number: int, *, is_cancelled: bool) -> Gathering:
    minutes = data("meetings")["minutes"][body]
    place = chance.choice(data("meetings")["places"])
    return Gathering(
        body, day, time(chance.choice((9, 10, 12, 13))), place, minutes[number % len(minutes)], is_cancelled
    )


def _day_in(stage: Stage, quarter: Quarter, body: str) -> date:
    """MIR early in the quarter's second month, Arrangørforum some weeks later; in the third quarter both after the holidays."""
    days = (38 if body == "MIR" else 51) + (22 if quarter.number == 3 else 0)
    return weekday_after(stage, quarter.starts + timedelta(days=days))


def _before(quarter: Quarter, many: int) -> Quarter:
    for _ in range(many):
        quarter = Quarter.of(quarter.starts - timedelta(days=1))
    return quarter
