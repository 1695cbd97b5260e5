"""When the office is open: hours as they are typed, half days, exceptions, and what it does to waiting times."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed, NotFound
from crm.office.commands import add_exception, remove_exception, set_half_days, set_office_hours
from crm.office.forms import HalfDays, NewException, OfficeWeek
from crm.office.hours_queries import DayKind, PreviewDay, office_hours, preview_office_hours
from crm.office.queries import office_calendar
from crm.office.rules import HoursNotRead, half_day_on, read_hours, written_hours
from crm.working_time import HalfDay, minutes
from db.models.house_keeping import AuditEntry
from tests.conftest import ContextFor, oslo

WEEK = ("08-16", "08-16", "08-16", "08-16", "08-16", "", "")


def waited(ctx: Context, since: str, until: str) -> int:
    """Working minutes by the stored calendar."""
    with ctx.database.reading() as session:
        return minutes(office_calendar(session).elapsed(oslo(since), oslo(until)))


def previewed(ctx: Context, day: str) -> PreviewDay:
    return next(shown for shown in preview_office_hours(ctx) if shown.day == date.fromisoformat(day))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("08-16", "08:00–16:00"),
        ("8–16", "08:00–16:00"),  # the dash a word processor makes
        ("08.30 - 15.45", "08:30–15:45"),  # Norwegians write a full stop as often as a colon
        ("8 til 11:30, 12 til 16", "08:00–11:30, 12:00–16:00"),
        ("12-16 og 8-11.30", "08:00–11:30, 12:00–16:00"),  # order does not matter
        ("18-24", "18:00–24:00"),
        ("08:00–11:30, 12:00–16:00", "08:00–11:30, 12:00–16:00"),  # what is shown can be typed
        ("  ", ""),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, shown: str) -> None:
    assert written_hours(read_hours(typed)) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "hele dagen",  # words
        "8-16-18",  # three times
        "16-8",  # backwards
        "8-12, 11-16",  # overlapping
        "8-25",  # no such hour
        "8:75-16",  # no such minute
        "8-16,",  # something is missing after the comma
    ],
)
def test_hours_that_mean_nothing_are_refused(typed: str) -> None:
    with pytest.raises(HoursNotRead):
        read_hours(typed)


def test_a_week_with_a_lunch_break_changes_waiting_times_at_once_also_those_of_the_past(ctx: Context) -> None:
    assert waited(ctx, "2026-11-23 10:00", "2026-11-23 14:00") == 240
    set_office_hours(ctx, OfficeWeek(hours=("08-11.30, 12-16", *WEEK[1:])), version=0)
    assert waited(ctx, "2026-11-23 10:00", "2026-11-23 14:00") == 210
    assert waited(ctx, "2026-11-24 10:00", "2026-11-24 14:00") == 240


def test_a_calendar_that_is_never_open_is_refused(ctx: Context) -> None:
    with pytest.raises(InvalidForm) as refused:
        OfficeWeek.checked(hours=("",) * 7)
    assert refused.value.problems == {"hours": "no_open_hours"}


def test_the_day_with_unreadable_hours_is_named(ctx: Context) -> None:
    with pytest.raises(InvalidForm) as refused:
        OfficeWeek.checked(hours=("08-16", "tullete", *WEEK[2:]))
    assert refused.value.problems == {"hours.1": "hours_not_read"}


def test_half_days_end_at_noon_unless_the_office_says_otherwise(ctx: Context) -> None:
    assert waited(ctx, "2026-12-24 08:00", "2026-12-24 16:00") == 240
    set_half_days(ctx, HalfDays(closing={HalfDay.CHRISTMAS_EVE: "11:00"}), version=0)
    assert waited(ctx, "2026-12-24 08:00", "2026-12-24 16:00") == 180
    assert waited(ctx, "2026-12-31 08:00", "2026-12-31 16:00") == 480
    assert office_hours(ctx).half_days == {HalfDay.CHRISTMAS_EVE: "11:00"}


@pytest.mark.parametrize(
    ("day", "half_day"),
    [
        ("2026-12-24", HalfDay.CHRISTMAS_EVE),
        ("2026-12-31", HalfDay.NEW_YEARS_EVE),
        ("2026-04-01", HalfDay.WEDNESDAY_BEFORE_EASTER),  # Maundy Thursday 2026 is 2 April
        ("2027-03-24", HalfDay.WEDNESDAY_BEFORE_EASTER),
        ("2026-12-23", None),
    ],
)
def test_which_days_are_half(day: str, half_day: HalfDay | None) -> None:
    assert half_day_on(date.fromisoformat(day)) == half_day


def test_a_planning_day_is_closed_and_a_long_thursday_is_longer(ctx: Context) -> None:
    add_exception(ctx, NewException(day=date(2026, 11, 27), note="Planleggingsdag"))
    add_exception(ctx, NewException(day=date(2026, 11, 26), hours="08-12, 13-20"))
    assert waited(ctx, "2026-11-27 08:00", "2026-11-27 16:00") == 0
    assert waited(ctx, "2026-11-26 08:00", "2026-11-26 23:00") == 11 * 60
    assert [(line.day.day, line.hours, line.note) for line in office_hours(ctx).exceptions] == [
        (27, "", "Planleggingsdag"),
        (26, "08:00–12:00, 13:00–20:00", ""),
    ]
    remove_exception(ctx, date(2026, 11, 27))
    assert waited(ctx, "2026-11-27 08:00", "2026-11-27 16:00") == 480
    with pytest.raises(NotFound):
        remove_exception(ctx, date(2026, 11, 27))


def test_an_exception_can_be_changed_and_its_note_goes_with_it(ctx: Context) -> None:
    add_exception(ctx, NewException(day=date(2026, 11, 27), note="Planleggingsdag"))
    add_exception(ctx, NewException(day=date(2026, 11, 27), hours="10-14"))
    assert [(line.hours, line.note) for line in office_hours(ctx).exceptions] == [("10:00–14:00", "")]


def test_the_coming_four_weeks_name_the_holidays_in_norwegian(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-12-08 09:00")
    add_exception(ctx, NewException(day=date(2026, 12, 28), note="Romjulsstengt"))
    days = preview_office_hours(ctx)
    assert (len(days), days[0].day) == (28, date(2026, 12, 7))
    assert previewed(ctx, "2026-12-08") == PreviewDay(date(2026, 12, 8), "08:00–16:00", DayKind.ORDINARY, "")
    assert previewed(ctx, "2026-12-12").hours == ""
    assert previewed(ctx, "2026-12-24") == PreviewDay(
        date(2026, 12, 24), "08:00–12:00", DayKind.HALF_DAY, "christmas_eve"
    )
    assert previewed(ctx, "2026-12-25") == PreviewDay(date(2026, 12, 25), "", DayKind.HOLIDAY, "Første juledag")
    assert previewed(ctx, "2026-12-28") == PreviewDay(date(2026, 12, 28), "", DayKind.EXCEPTION, "Romjulsstengt")
    assert previewed(ctx, "2027-01-01").name == "Første nyttårsdag"


def test_a_window_until_midnight_is_shown_as_it_was_typed(ctx: Context) -> None:
    add_exception(ctx, NewException(day=date(2026, 11, 26), hours="18-24"))
    assert previewed(ctx, "2026-11-26").hours == "18:00–24:00"


def test_the_second_of_two_who_change_the_hours_is_told_so(ctx: Context) -> None:
    set_office_hours(ctx, OfficeWeek(hours=WEEK), version=0)
    with pytest.raises(ChangedMeanwhile):
        set_office_hours(ctx, OfficeWeek(hours=WEEK), version=0)
    set_half_days(ctx, HalfDays(closing={}), version=office_hours(ctx).version)


def test_the_log_says_which_day_was_changed_from_what_to_what(ctx: Context) -> None:
    set_office_hours(ctx, OfficeWeek(hours=("09-15", *WEEK[1:])), version=0)
    with ctx.database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts)).one()
    assert facts == {"changed": {"0": ["08:00–16:00", "09:00–15:00"]}}


def test_a_colleague_does_not_set_the_hours(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        set_office_hours(context_for("bjørn_ærlend"), OfficeWeek(hours=WEEK), version=0)


def test_open_intervals_of_a_day_add_up_to_its_working_time(ctx: Context) -> None:
    with ctx.database.reading() as session:
        calendar = office_calendar(session)
    for day in (date(2026, 3, 30), date(2026, 10, 26), date(2026, 12, 24), date(2026, 12, 25)):
        midnight = oslo(f"{day} 00:00")
        open_time = sum((closes - opens for opens, closes in calendar.open_intervals(day)), timedelta())
        assert open_time == calendar.elapsed(midnight, oslo(f"{day + timedelta(days=1)} 00:00"))
