"""What stops a clock and what does not. Pure decisions: the same for the card, the lists, the figures and the exports.

Two clocks, always side by side: working time (office hours, without pauses) and calendar time. The first response is the
first thing a person sent or said to the other side; an autoreply, a note to ourselves and whatever they write never stop
it, and a second reply does not move it. Nothing here is stored, so an edited calendar or message takes effect at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crm.errors import Refused
from crm.working_time import WorkingCalendar
from db.models.cases import Author, Channel, Direction, MessageChannel, PauseReason, TimeQuality

__all__ = [
    "Author",
    "Channel",
    "Clocks",
    "Course",
    "Direction",
    "MessageChannel",
    "Moment",
    "PauseReason",
    "Sent",
    "Stop",
    "TimeQuality",
    "clocks",
    "clocks_until_answer",
    "clocks_until_response",
    "first_answer",
    "first_response",
    "last_answer",
    "settled",
    "stops_the_clock",
]


RECONSTRUCTED_FROM = timedelta(minutes=5)
EARLIEST_YEAR = 2000


@dataclass(frozen=True, order=True)
class Moment:
    at: datetime
    quality: TimeQuality = TimeQuality.EXACT


@dataclass(frozen=True)
class Sent:
    """What the clocks need to know of a message."""

    direction: Direction
    author: Author
    at: datetime
    quality: TimeQuality = TimeQuality.EXACT
    is_holding: bool = False  # "we ring you back": a response, not yet an answer

    @property
    def moment(self) -> Moment:
        return Moment(self.at, self.quality)


@dataclass(frozen=True)
class Stop:
    """A pause of the working clock; `ended_at` None while it lasts."""

    reason: PauseReason
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Course:
    """How one record has gone so far: everything the clocks are read from. `sent` may hold any messages, in any order."""

    received: Moment
    closed_at: datetime | None = None
    sent: tuple[Sent, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def first_response(self) -> Moment | None:
        return first_response(self.sent, self.received.at)

    @property
    def first_answer(self) -> Moment | None:
        return first_answer(self.sent, self.received.at)

    @property
    def last_answer(self) -> Moment | None:
        return last_answer(self.sent, self.received.at, closed_at=self.closed_at)

    @property
    def waiting_since(self) -> datetime | None:
        """Since when we wait for the other side; None when it is our turn, or when the record is closed."""
        if self.closed_at is not None:
            return None
        open_ones = (stop for stop in self.stops if stop.reason is PauseReason.WAITING and stop.ended_at is None)
        return next((stop.started_at for stop in open_ones), None)


@dataclass(frozen=True)
class Clocks:
    """Both, always together. `running`: nobody has answered and the record is open. `waiting`: the working clock stands still.

    `quality` is reconstructed as soon as one end was set afterwards; figures of speed can leave such a pair out.
    """

    working: timedelta
    wall: timedelta
    running: bool
    quality: TimeQuality = TimeQuality.EXACT
    waiting: bool = False


def stops_the_clock(message: Sent) -> bool:
    return message.direction is Direction.OUTBOUND and message.author is Author.HUMAN


def first_response(messages: Iterable[Sent], received_at: datetime) -> Moment | None:
    """The first human outbound message at or after the receipt, a holding reply included; None while nobody responded."""
    return min(_stopping(messages, received_at), default=None)


def first_answer(messages: Iterable[Sent], received_at: datetime) -> Moment | None:
    """As the first response, but "we ring you back" is no answer: this is what a journalist's deadline is held against."""
    return min(_answers(messages, received_at), default=None)


def last_answer(messages: Iterable[Sent], received_at: datetime, *, closed_at: datetime | None) -> Moment | None:
    """The last answer up to closing (so far, when open): a measure of its own, it never moves the first response."""
    return max((a for a in _answers(messages, received_at) if closed_at is None or a.at <= closed_at), default=None)


def clocks(
    calendar: WorkingCalendar,
    received: Moment,
    *,
    response: Moment | None,
    now: datetime,
    stops: Iterable[Stop] = (),
    closed_at: datetime | None = None,
) -> Clocks:
    """From the receipt to the response; without one to the closing; without that to `now`, and then still running.

    Pauses (waiting for them; closed and opened again) are left out of the working time and stay in the calendar time.
    """
    stops = tuple(stops)
    until = max(received.at, _end(response, closed_at, now))
    running = response is None and closed_at is None
    return Clocks(
        working=calendar.elapsed(received.at, until, _pauses(stops, until)),
        wall=_exactly(received.at, until),
        running=running,
        quality=_weaker(received, response),
        waiting=running and any(stop.ended_at is None for stop in stops),
    )


def clocks_until_response(calendar: WorkingCalendar, course: Course, *, now: datetime) -> Clocks:
    """The pair that is meant when somebody asks how fast we were."""
    return _clocks_until(calendar, course, response=course.first_response, now=now)


def clocks_until_answer(calendar: WorkingCalendar, course: Course, *, now: datetime) -> Clocks | None:
    """The pair up to the last answer; None when there is no answer yet."""
    answer = course.last_answer
    return None if answer is None else _clocks_until(calendar, course, response=answer, now=now)


def settled(
    typed: datetime | None,
    now: datetime,
    *,
    opened_at: datetime | None = None,
    not_before: datetime | None = None,
    too_early: str = "answered_before_received",
) -> Moment:
    """When something happened: as typed; untouched, when the form was opened (`opened_at`) or else `now`.

    Set back more than five minutes it is reconstructed: what is written down at once is exact. Fields show whole minutes
    while clocks have seconds, so the minute of `now`, of `opened_at` and of `not_before` mean those moments themselves.
    Raises Refused: moment_in_future, moment_too_long_ago for a mistyped year, or `too_early` for one before `not_before`.
    """
    moment = _meant(typed, now, opened_at)
    if moment.at > now:
        raise Refused("moment_in_future")
    if moment.at.year < EARLIEST_YEAR:
        raise Refused("moment_too_long_ago")
    if not_before is not None and moment.at < not_before:
        if _minute(moment.at) != _minute(not_before):
            raise Refused(too_early)
        return Moment(not_before, moment.quality)
    return moment


def _meant(typed: datetime | None, now: datetime, opened_at: datetime | None) -> Moment:
    if opened_at is not None and opened_at <= now and (typed is None or _minute(typed) == _minute(opened_at)):
        return Moment(opened_at)
    if typed is None or _minute(typed) == _minute(now):
        return Moment(now)
    exact = now - typed <= RECONSTRUCTED_FROM
    return Moment(typed, TimeQuality.EXACT if exact else TimeQuality.RECONSTRUCTED)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _stopping(messages: Iterable[Sent], received_at: datetime) -> list[Moment]:
    return [message.moment for message in messages if stops_the_clock(message) and message.at >= received_at]


def _answers(messages: Iterable[Sent], received_at: datetime) -> list[Moment]:
    return _stopping((message for message in messages if not message.is_holding), received_at)


def _clocks_until(calendar: WorkingCalendar, course: Course, *, response: Moment | None, now: datetime) -> Clocks:
    return clocks(calendar, course.received, response=response, now=now, stops=course.stops, closed_at=course.closed_at)


def _end(response: Moment | None, closed_at: datetime | None, now: datetime) -> datetime:
    if response is not None:
        return response.at
    return now if closed_at is None else closed_at


def _pauses(stops: Iterable[Stop], until: datetime) -> list[tuple[datetime, datetime]]:
    return [(stop.started_at, stop.ended_at or until) for stop in stops if stop.started_at < until]


def _exactly(start: datetime, end: datetime) -> timedelta:
    """Between instants: two datetimes in Europe/Oslo subtract as wall times and forget the clock change."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def _weaker(received: Moment, response: Moment | None) -> TimeQuality:
    guessed = TimeQuality.RECONSTRUCTED in (received.quality, response.quality if response else received.quality)
    return TimeQuality.RECONSTRUCTED if guessed else TimeQuality.EXACT
