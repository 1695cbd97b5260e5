"""Stories told side by side in the order of time, so that rows, versions and the change log come as they would have come.

A story is a generator that yields the moment of its next step and then takes it. What lies after the end is never told: a case
whose answer would come tomorrow is open today, and nothing has to be made up about that.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

Story: TypeAlias = Iterator[datetime]


def tell(stories: Iterable[Story], until: datetime) -> None:
    """Takes every step up to and including `until`. Steps of one moment come in the order of their stories."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _listen(waiting, story, number, until)
    while waiting:
        _, number, story = heapq.heappop(waiting)
        _listen(waiting, story, number, until)


def _listen(waiting: list[tuple[datetime, int, Story]], story: Story, number: int, until: datetime) -> None:
    """The story goes on to its next moment. One that wants to go back in time is a mistake of its author's."""
    at = next(story, None)
    if at is not None and at <= until:
        heapq.heappush(waiting, (at, number, story))
