"""When it is busy in an office like this one: spring and autumn, mornings, budget time; quiet in July and at Christmas."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from crm.demo.stage import Stage, on_the_wall
from crm.i18n import OFFICE_ZONE

CALLS_A_DAY = 3.3  # on a whole working day in season: about 16 a week
INQUIRIES_A_DAY = 0.62
A_DAY = timedelta(days=1)

# A month's share of the busiest; July and the days around New Year come down further below.
BUSY = {1: 0.95, 2: 1.0, 3: 1.0, 4: 0.9, 5: 0.9, 6: 0.75, 7: 0.22, 8: 0.8, 9: 1.0, 10: 1.1, 11: 1.1, 12: 0.8}
# Journalists also ring in the evening and at weekends, most before lunch.
PRESS_HOURS = {7: 3, 8: 6, 9: 10, 10: 12, 11: 11, 12: 8, 13: 9, 14: 8, 15: 6, 16: 4, 17: 3, 18: 3, 19: 2, 20: 2, 21: 1}
WEEKEND_PRESS = 0.35


def call_times(stage: Stage, chance: random.Random) -> Iterator[datetime]:
    """Moments when somebody rings or writes, day by day, all of them in working hours."""
    for day in days(stage):
        opens = on_the_wall(day, 0)
        open_minutes = stage.calendar.elapsed(opens, opens + A_DAY).total_seconds() / 60
        for _ in range(drawn(chance, CALLS_A_DAY * season(day) * stage.scale * open_minutes / 480)):
            morning = chance.triangular(0, open_minutes - 1, open_minutes * 0.3)
            yield stage.working(opens, morning)


def mail_times(stage: Stage, chance: random.Random) -> Iterator[datetime]:
    """E-mails that come when nobody is at work."""
    for day in days(stage):
        weight = 0.35 if day.weekday() >= 5 else 0.15
        for _ in range(drawn(chance, weight * season(day) * stage.scale)):
            yield on_the_wall(day, chance.choice((6, 7, 17, 19, 20, 21, 22)), chance.randrange(60))


def press_times(stage: Stage, chance: random.Random) -> Iterator[datetime]:
    for day in days(stage):
        weight = WEEKEND_PRESS if day.weekday() >= 5 else 1.0
        for _ in range(drawn(chance, INQUIRIES_A_DAY * season(day) * weight * stage.scale)):
            hour = chance.choices(list(PRESS_HOURS), list(PRESS_HOURS.values()))[0]
            yield on_the_wall(day, hour, chance.randrange(60))


def days(stage: Stage) -> Iterator[date]:
    day = stage.begins.astimezone(OFFICE_ZONE).date() + A_DAY
    while day <= stage.today:
        yield day
        day += A_DAY


def season(day: date) -> float:
    is_christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 5)
    return BUSY[day.month] * (0.3 if is_christmas else 1)


def drawn(chance: random.Random, mean: float) -> int:
    """How many came when so many are usual (Poisson)."""
    limit, product, many = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        many += 1
    return many


def weekday_after(stage: Stage, day: date) -> date:
    """That day, or the first working day after it."""
    return stage.calendar.opens_next(on_the_wall(day, 8)).astimezone(OFFICE_ZONE).date()
