"""What is typed about bodies and their meetings. Days and hours are the office's wall clock, as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm.forms import Form
from crm.i18n import OFFICE_ZONE
from db.models.meetings import AttendanceStatus, Cadence

# The rhythms a body can have: those that can be counted (a CHECK in the table says the same).
BodyCadence = Literal[Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY, Cadence.YEARLY]

LONGEST_MINUTES = 100_000
MOST_A_PERIOD = 20


def _filled(typed: str) -> str:
    if not typed:
        raise PydanticCustomError("body_name_missing", "a body needs a name")
    return typed


Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_filled)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Text300 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Text500 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class BodyName(Form):
    name: Name


class Rhythm(Form):
    """`minimum` meetings in each period, from the first whole quarter that begins on or after `since`. 0: nothing is expected."""

    since: date
    cadence: BodyCadence = Cadence.QUARTERLY
    minimum: int = 1

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        if not 0 <= self.minimum <= MOST_A_PERIOD:
            raise PydanticCustomError("minimum_out_of_range", "not a number of meetings")
        if not 1990 <= self.since.year <= 2100:
            raise PydanticCustomError("date_out_of_range", "mistyped year")
        return self


class NewBody(BodyName):
    rhythm: Rhythm


class Seat(Form):
    """One of our own at a body's table. Without `since`: for longer than anybody wrote down."""

    user_id: int
    role: Short = ""
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("seat_ends_before_it_starts", "until before since")
        return self


class Mark(Form):
    """One attendee: a colleague or a known person, never both."""

    status: AttendanceStatus
    user_id: int | None = None
    person_id: int | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if (self.user_id is None) == (self.person_id is None):
            raise PydanticCustomError("attendee_missing", "one attendee")
        return self


class MeetingDetails(Form):
    """When and where. `title` empty: the body's name says enough. The body itself always organises; others may join it."""

    day: date
    starts: time
    ends: time | None = None
    title: Text300 = ""
    place: Text300 = ""
    is_digital: bool = False
    organiser_ids: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 1990 <= self.day.year <= 2100:
            raise PydanticCustomError("date_out_of_range", "mistyped year")
        if self.ends is not None and self.ends < self.starts:
            raise PydanticCustomError("meeting_ends_before_it_starts", "ends before it starts")
        return self

    @property
    def starts_at(self) -> datetime:
        return self._instant(self.starts)

    @property
    def ends_at(self) -> datetime | None:
        return None if self.ends is None else self._instant(self.ends)

    def _instant(self, clock: time) -> datetime:
        return datetime.combine(self.day, clock, OFFICE_ZONE).astimezone(UTC)


class NewMeeting(MeetingDetails):
    body_id: int
    is_held: bool
    marks: tuple[Mark, ...] = ()
    token: Annotated[str, StringConstraints(min_length=10, max_length=43)]


class Attendees(Form):
    """Everybody's mark. `is_held` False notes apologies before a meeting that is still to come."""

    marks: tuple[Mark, ...]
    is_held: bool


class Minutes(Form):
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_MINUTES)]


class Cancellation(Form):
    because: Text500 = ""
