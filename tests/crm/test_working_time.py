"""How long a house or a journalist waited while the office was open, and when an answer is due."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from crm.errors import CrmError
from crm.working_time import (
    HALF_DAYS,
    OFFICE_WEEK,
    CalendarError,
    HalfDay,
    Week,
    Windows,
    WorkingCalendar,
    holiday_name,
    is_late,
    minutes,
    norwegian_calendar,
)

OSLO = ZoneInfo("Europe/Oslo")
DATA = Path(__file__).parent / "data"
ELSEWHERE = json.loads((DATA / "response_time_cases.json").read_text(encoding="utf-8"))
AT_HOME = json.loads((DATA / "working_time_cases.json").read_text(encoding="utf-8"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)

OFFICE = norwegian_calendar()
NO_HALF_DAYS = norwegian_calendar(half_days={})


def oslo(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO, fold=fold)


def refusal(error: pytest.ExceptionInfo[CalendarError]) -> str:
    assert isinstance(error.value, CrmError)
    return error.value.code


# --- The cases of other systems and an independent calculator -----------------------------------------------------------


def calendar_of(name: str) -> WorkingCalendar:
    table = ELSEWHERE["calendars"][name]
    weekly = {WEEKDAYS.index(day): [tuple(window) for window in windows] for day, windows in table["hours"].items()}
    exceptions: dict[date, Windows] = {date.fromisoformat(day): [] for day in table["holidays"]}
    for day, windows in table.get("special_days", {}).items():
        exceptions[date.fromisoformat(day)] = [tuple(window) for window in windows]
    return WorkingCalendar(table["tz"] or "UTC", weekly, exceptions)


def moment(text: str) -> datetime:
    """No Z: wall clock in one fixed zone, which may as well be UTC."""
    return datetime.fromisoformat(text if text.endswith("Z") else f"{text}Z")


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in ELSEWHERE["cases"] if case["kind"] == kind]


def pauses_of(case: Mapping[str, Any]) -> list[tuple[datetime, datetime]]:
    return [(moment(since), moment(until)) for since, until in case["pauses"]]


def test_no_case_of_other_systems_is_left_out() -> None:
    assert [len(cases(kind)) for kind in ("deadline", "elapsed", "open")] == [50, 29, 4]
    assert len(ELSEWHERE["cases"]) == 83


@pytest.mark.parametrize("case", cases("deadline"))
def test_an_answer_is_due_when_other_systems_say_so(case: dict[str, Any]) -> None:
    calendar, start, target = (
        calendar_of(case["calendar"]),
        moment(case["start"]),
        timedelta(minutes=case["target_min"]),
    )
    due = calendar.due(start, target, pauses_of(case))
    assert due == moment(case["due"])
    # Whichever due time a system shows at closing, the answer on that minute is in time and the next open minute is late.
    assert calendar.elapsed(start, due, pauses_of(case)) == target
    assert not is_late(calendar.elapsed(start, due, pauses_of(case)), target)
    later = calendar.opens_next(due) + MINUTE
    assert is_late(calendar.elapsed(start, later, pauses_of(case)), target)


@pytest.mark.parametrize("case", cases("elapsed"))
def test_a_wait_is_as_long_as_other_systems_say(case: dict[str, Any]) -> None:
    calendar, start, end = calendar_of(case["calendar"]), moment(case["start"]), moment(case["end"])
    elapsed = calendar.elapsed(start, end, pauses_of(case))
    assert minutes(elapsed) == case["minutes"]
    assert calendar.elapsed_many([start], [end], pauses={0: pauses_of(case)}).tolist() == [elapsed.total_seconds()]
    if "diff_min" in case:  # what is left of the target; negative is late
        target = timedelta(minutes=case["target_min"])
        assert minutes(target - elapsed) == case["diff_min"]
        assert is_late(elapsed, target) is (case["diff_min"] < 0)


@pytest.mark.parametrize("case", cases("open"))
def test_the_office_is_open_when_other_systems_say_so(case: dict[str, Any]) -> None:
    assert calendar_of(case["calendar"]).is_open(moment(case["at"])) is case["open"]


# --- Norwegian days -----------------------------------------------------------------------------------------------------

NORWEGIAN = [pytest.param(case, id=case["case"]) for case in AT_HOME["cases"] if case["elapsed_minutes"] >= 0]


@pytest.mark.parametrize("case", NORWEGIAN)
def test_both_clocks_over_norwegian_days(case: dict[str, Any]) -> None:
    received, answered = oslo(case["received"]), oslo(case["answered"])
    assert minutes(OFFICE.elapsed(received, answered)) == case["working_minutes_half_days"]
    assert minutes(NO_HALF_DAYS.elapsed(received, answered)) == case["working_minutes_no_half_days"]
    assert minutes(answered.astimezone(UTC) - received.astimezone(UTC)) == case["elapsed_minutes"]
    many = OFFICE.elapsed_many([received], [answered])
    assert many.tolist() == [case["working_minutes_half_days"] * 60]


def test_all_norwegian_cases_are_used() -> None:
    assert (len(NORWEGIAN), len(AT_HOME["cases"])) == (11, 12)


@pytest.mark.parametrize(
    "case", [case for case in AT_HOME["cases"] if case["elapsed_minutes"] < 0], ids=lambda case: case["case"]
)
def test_an_answer_before_the_question_is_refused(case: dict[str, Any]) -> None:
    received, answered = oslo(case["received"]), oslo(case["answered"])
    with pytest.raises(CalendarError) as one:
        OFFICE.elapsed(received, answered)
    with pytest.raises(CalendarError) as many:
        OFFICE.elapsed_many([received, received], [received, answered])
    assert (refusal(one), refusal(many)) == ("ends_before_it_starts", "ends_before_it_starts")
    assert many.value.facts == {"value": [1]}  # the row, so that it can be found and mended


def test_the_repeated_hour_has_an_order_of_its_own() -> None:
    """02:30 comes twice on 25 October 2026; the second is an hour after the first, whatever the wall clock says."""
    first, second = oslo("2026-10-25T02:30"), oslo("2026-10-25T02:30", fold=1)
    around_the_clock = WorkingCalendar("Europe/Oslo", {day: [("00:00", "24:00")] for day in range(7)}, {})
    assert around_the_clock.elapsed(first, second) == timedelta(hours=1)
    assert around_the_clock.is_open(second)
    with pytest.raises(CalendarError, match="ends_before_it_starts"):
        around_the_clock.elapsed(second, first)


@pytest.mark.parametrize("year", [2026, 2027])
def test_public_holidays_are_closed_and_have_norwegian_names(year: int) -> None:
    listed = {date.fromisoformat(day) for day in AT_HOME["public_holidays"][str(year)]}
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert {day for day in days if holiday_name(day)} == listed
    for day in listed:
        assert not OFFICE.is_open(datetime.combine(day, time(10), OSLO))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 2), "Skjærtorsdag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2027, 5, 17), "Andre pinsedag, Grunnlovsdag"),  # two holidays on one day, both named
        (date(2027, 1, 1), "Første nyttårsdag"),  # a Friday: first quarter of 2027, and no working day
        (date(2026, 12, 24), None),  # Christmas Eve is a custom, not a public holiday
        (date(2026, 11, 22), None),  # an ordinary Sunday
    ],
)
def test_the_name_of_a_day_off(day: date, name: str | None) -> None:
    assert holiday_name(day) == name
    assert holiday_name(datetime.combine(day, time(12))) == name


def test_new_years_day_2027_is_no_working_day() -> None:
    assert OFFICE.elapsed(oslo("2027-01-01T00:00"), oslo("2027-01-02T00:00")) == timedelta(0)


@pytest.mark.parametrize(
    ("received", "answered", "expected"),
    [
        ("2023-04-05T10:00", "2023-04-11T09:00", 180),  # Easter 2023: Wednesday closes at 12, Tuesday opens at 8
        ("2031-05-16T15:00", "2031-05-19T09:00", 120),  # 17 May 2031 is a Saturday: no day off instead of it
        ("2031-12-24T08:00", "2031-12-29T08:00", 240),  # a half day, then Christmas and a weekend
        ("1999-12-31T10:00", "2000-01-03T09:00", 180),  # a record of the old system
    ],
)
def test_a_case_from_any_year_is_counted_right(received: str, answered: str, expected: int) -> None:
    prepared_for_others = norwegian_calendar(range(2026, 2028))
    assert minutes(prepared_for_others.elapsed(oslo(received), oslo(answered))) == expected
    assert prepared_for_others.elapsed_many([oslo(received)], [oslo(answered)]).tolist() == [expected * 60]


def test_half_days_are_a_setting_and_exceptions_override_everything() -> None:
    only_christmas = norwegian_calendar(half_days={HalfDay.CHRISTMAS_EVE: "13:00"})
    assert only_christmas.opens_next(oslo("2026-12-24T13:00")) == oslo("2026-12-28T08:00")
    assert only_christmas.is_open(oslo("2026-12-31T15:59"))
    moved = norwegian_calendar(
        exceptions={
            date(2026, 12, 24): [],  # Åsgard konserthus: closed all Christmas Eve
            date(2026, 5, 17): [("10:00", "12:00")],  # and at work on a public holiday that is a Sunday
            date(2026, 11, 28): [("09:00", "10:00"), ("10:30", "11:00")],  # and a Saturday
        }
    )
    assert minutes(moved.elapsed(oslo("2026-12-24T00:00"), oslo("2026-12-25T00:00"))) == 0
    assert minutes(moved.elapsed(oslo("2026-05-17T00:00"), oslo("2026-05-18T00:00"))) == 120
    assert minutes(moved.elapsed(oslo("2026-11-28T09:30"), oslo("2026-11-30T08:00"))) == 60


def test_a_half_day_cuts_the_hours_it_finds() -> None:
    lunch = norwegian_calendar(weekly={day: [("08:00", "11:30"), ("12:30", "16:00")] for day in range(5)})
    assert minutes(lunch.elapsed(oslo("2026-12-24T00:00"), oslo("2026-12-25T00:00"))) == 210  # nothing after lunch
    assert HALF_DAYS[HalfDay.WEDNESDAY_BEFORE_EASTER] == "12:00"
    assert not OFFICE.is_open(oslo("2026-04-01T12:00"))
    assert OFFICE.is_open(oslo("2026-04-01T11:59"))


# --- Journalists and members --------------------------------------------------------------------------------------------


def test_fjordglimt_waits_218_minutes_for_its_answer_about_tono() -> None:
    assert minutes(OFFICE.elapsed(oslo("2026-11-24T10:02"), oslo("2026-11-24T13:40"))) == 218


def test_nordlyspressen_rings_after_closing_on_friday() -> None:
    received, answered = oslo("2026-11-27T16:20"), oslo("2026-11-28T11:40")
    assert OFFICE.elapsed(received, answered) == timedelta(0)
    assert not OFFICE.is_open(oslo("2026-11-28T12:00"))  # her deadline, of which we warn
    assert OFFICE.opens_next(received) == oslo("2026-11-30T08:00")


def test_kulturmagasinet_gets_its_first_answer_and_its_quote() -> None:
    received = oslo("2026-11-30T09:00")
    assert minutes(OFFICE.elapsed(received, oslo("2026-11-30T10:50"))) == 110
    assert minutes(OFFICE.elapsed(received, oslo("2026-11-30T14:30"))) == 330


def test_answered_in_the_call_is_zero_and_zero_is_a_value() -> None:
    at = oslo("2026-11-24T10:02")
    assert OFFICE.elapsed(at, at) == timedelta(0)
    assert OFFICE.elapsed_many([at], [at]).tolist() == [0]
    assert OFFICE.due(at, timedelta(0)) == at
    assert OFFICE.due(oslo("2026-11-28T11:40"), timedelta(0)) == oslo("2026-11-28T11:40")  # a Saturday
    assert not is_late(timedelta(0), timedelta(0))


def test_minutes_are_floored_and_a_second_too_much_is_late() -> None:
    received = oslo("2026-11-24T10:00")
    elapsed = OFFICE.elapsed(received, oslo("2026-11-24T11:00:59.999999"))
    assert minutes(elapsed) == 60
    assert is_late(elapsed, timedelta(hours=1))
    assert OFFICE.elapsed_many([received], [oslo("2026-11-24T11:00:59.999999")]).tolist() == [3659]


def test_a_case_closed_and_reopened_does_not_count_the_time_it_was_closed() -> None:
    closed_meanwhile = [(oslo("2026-11-24T11:00"), oslo("2026-11-26T09:00"))]
    assert minutes(OFFICE.elapsed(oslo("2026-11-24T10:00"), oslo("2026-11-26T10:00"), closed_meanwhile)) == 120


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("09:00", "11:00")], 60),  # reaches in from before the question
        ([("11:00", "18:00")], 60),  # and out after the answer
        ([("10:30", "11:30"), ("11:00", "11:30"), ("10:30", "10:45")], 60),  # covered twice, left out once
        ([("10:30", "11:00"), ("11:00", "11:30")], 60),  # touching
        ([("10:30", "10:30")], 120),  # a pause of nothing
        ([("08:00", "20:00")], 0),  # nothing but pause
        ([("06:00", "07:00"), ("20:00", "21:00")], 120),  # both outside
    ],
)
def test_pauses_are_left_out_once_and_only_where_they_cover_the_wait(
    pauses: list[tuple[str, str]], expected: int
) -> None:
    received, answered = oslo("2026-11-24T10:00"), oslo("2026-11-24T12:00")
    waits = [(oslo(f"2026-11-24T{since}"), oslo(f"2026-11-24T{until}")) for since, until in pauses]
    assert minutes(OFFICE.elapsed(received, answered, waits)) == expected
    assert minutes(OFFICE.elapsed(received, answered, reversed(waits))) == expected
    assert OFFICE.elapsed_many([received] * 2, [answered] * 2, pauses={1: waits}).tolist() == [7200, expected * 60]


def test_a_pause_moves_the_deadline_on_by_its_open_time_only() -> None:
    received = oslo("2026-11-27T15:00")  # a Friday
    weekend_pause = [(oslo("2026-11-27T15:30"), oslo("2026-11-30T08:30"))]
    assert OFFICE.due(received, timedelta(hours=2)) == oslo("2026-11-30T09:00")
    assert OFFICE.due(received, timedelta(hours=2), weekend_pause) == oslo("2026-11-30T10:00")
    assert OFFICE.due(received, timedelta(minutes=30), weekend_pause) == oslo("2026-11-27T15:30")


# --- What is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weekly", "exceptions", "code"),
    [
        ({}, {}, "no_open_hours"),
        ({0: []}, {date(2026, 11, 24): []}, "no_open_hours"),
        ({0: [("08:00", "24:01")]}, {}, "window_time_invalid"),
        ({0: [("8:00", "16:00")]}, {}, "window_time_invalid"),
        ({0: [("08:00", "16:00\n")]}, {}, "window_time_invalid"),
        ({0: [("08.00", "16.00")]}, {}, "window_time_invalid"),
        ({0: [("08:60", "16:00")]}, {}, "window_time_invalid"),
        ({0: [("16:00", "08:00")]}, {}, "window_ends_before_it_starts"),
        ({0: [("08:00", "08:00")]}, {}, "window_ends_before_it_starts"),  # empty is written [], not 08-08
        ({0: [("24:00", "24:00")]}, {}, "window_ends_before_it_starts"),
        ({0: [("08:00", "12:00"), ("11:30", "16:00")]}, {}, "windows_overlap"),
        ({0: [("08:00", "12:00"), ("08:00", "12:00")]}, {}, "windows_overlap"),
        ({0: [("12:00", "16:00"), ("08:00", "11:00")]}, {}, "windows_out_of_order"),
        ({7: [("08:00", "16:00")]}, {}, "weekday_unknown"),
        (OFFICE_WEEK, {date(2026, 12, 24): [("12:00", "08:00")]}, "window_ends_before_it_starts"),
    ],
)
def test_office_hours_that_make_no_sense_are_refused(
    weekly: Week, exceptions: Mapping[date, Windows], code: str
) -> None:
    with pytest.raises(CalendarError) as error:
        WorkingCalendar("Europe/Oslo", weekly, exceptions)
    assert refusal(error) == code


@pytest.mark.parametrize("timezone", ["Europe/Olso", "", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_refused(timezone: str) -> None:
    with pytest.raises(CalendarError) as error:
        WorkingCalendar(timezone, OFFICE_WEEK, {})
    assert refusal(error) == "timezone_unknown"


def test_a_half_day_needs_a_real_closing_time() -> None:
    with pytest.raises(CalendarError) as error:
        norwegian_calendar(half_days={HalfDay.CHRISTMAS_EVE: "kl. 12"})
    assert refusal(error) == "window_time_invalid"


def test_windows_that_touch_are_one_stretch() -> None:
    calendar = WorkingCalendar(
        "Europe/Oslo", {0: [("08:00", "12:00"), ("12:00", "24:00")], 1: [("00:00", "01:00")]}, {}
    )
    assert calendar.elapsed(oslo("2026-11-23T00:00"), oslo("2026-11-25T00:00")) == timedelta(hours=17)
    assert calendar.is_open(oslo("2026-11-23T12:00"))
    assert calendar.is_open(oslo("2026-11-24T00:00"))


def test_a_time_without_zone_is_refused_everywhere() -> None:
    naive, aware = datetime.fromisoformat("2026-11-24T10:00"), oslo("2026-11-24T10:00")
    column = pd.Series(pd.to_datetime(["2026-11-24T10:00"]))
    for ask in (
        lambda: OFFICE.elapsed(naive, aware),
        lambda: OFFICE.elapsed(aware, naive),
        lambda: OFFICE.elapsed(aware, aware, [(naive, aware)]),
        lambda: OFFICE.due(naive, MINUTE),
        lambda: OFFICE.is_open(naive),
        lambda: OFFICE.opens_next(naive),
        lambda: OFFICE.elapsed_many([naive], [aware]),
        lambda: OFFICE.elapsed_many(column, column),
    ):
        with pytest.raises(CalendarError) as error:
            ask()
        assert refusal(error) == "naive_time"


@pytest.mark.parametrize("at", ["0001-01-01T00:00+00:00", "1969-12-31T23:59+00:00", "2101-01-01T00:00+00:00"])
def test_a_time_no_office_of_ours_has_seen_is_refused(at: str) -> None:
    """/Date(-62135596800000)/, year 1, is how one system writes "not set"; counting from it would be 2000 years of waiting."""
    strange, today = datetime.fromisoformat(at), oslo("2026-11-24T10:00")
    for ask in (
        lambda: OFFICE.is_open(strange),
        lambda: OFFICE.due(strange, MINUTE),
        lambda: OFFICE.elapsed(strange, today),
    ):
        with pytest.raises(CalendarError) as error:
            ask()
        assert refusal(error) == "time_out_of_range"
    one = np.array([strange.replace(tzinfo=None)], dtype="datetime64[us]")
    with pytest.raises(CalendarError) as error:
        OFFICE.elapsed_many(one, one)
    assert refusal(error) == "time_out_of_range"


def test_other_questions_without_an_answer_are_refused() -> None:
    at = oslo("2026-11-24T10:00")
    once = WorkingCalendar("Europe/Oslo", {}, {date(2026, 11, 24): [("08:00", "12:00")]})
    assert once.due(at, timedelta(hours=2)) == oslo("2026-11-24T12:00")
    for ask, code in (
        (lambda: OFFICE.due(at, -MINUTE), "target_negative"),
        (lambda: OFFICE.elapsed(at, at + MINUTE, [(at + MINUTE, at)]), "pause_ends_before_it_starts"),
        (lambda: once.due(at, timedelta(hours=2, microseconds=1)), "never_due"),
        (lambda: once.opens_next(oslo("2026-11-24T12:00")), "never_open_again"),
        (lambda: OFFICE.elapsed_many([at, at], [at]), "lengths_differ"),
    ):
        with pytest.raises(CalendarError) as error:
            ask()
        assert refusal(error) == code


# --- Many at once -------------------------------------------------------------------------------------------------------


def test_one_answer_from_every_kind_of_column() -> None:
    starts = [oslo("2026-10-23T15:00"), oslo("2026-11-24T10:02"), oslo("2026-12-23T15:30")]
    ends = [oslo("2026-10-26T09:00"), oslo("2026-11-24T13:40"), oslo("2026-12-28T09:15")]
    expected = [120 * 60, 218 * 60, 345 * 60]
    assert OFFICE.elapsed_many(starts, ends).tolist() == expected
    assert OFFICE.elapsed_many(pd.Series(starts), pd.Series(ends)).tolist() == expected
    assert (
        OFFICE.elapsed_many(pd.DatetimeIndex(starts), pd.Series(ends, dtype="datetime64[ns, UTC]")).tolist() == expected
    )
    for unit in ("m", "s", "ms", "us", "ns"):
        arrays = [
            np.array([at.astimezone(UTC).replace(tzinfo=None) for at in times], dtype=f"datetime64[{unit}]")
            for times in (starts, ends)
        ]
        assert OFFICE.elapsed_many(*arrays).tolist() == expected
    assert OFFICE.elapsed_many(starts, ends).dtype == np.int64


def test_no_rows_have_no_times() -> None:
    empty = np.array([], dtype="datetime64[us]")
    assert OFFICE.elapsed_many(empty, empty).tolist() == []
    assert OFFICE.elapsed_many([], []).dtype == np.int64
    assert (
        OFFICE.elapsed_many(
            pd.Series([], dtype="datetime64[us, UTC]"), pd.Series([], dtype="datetime64[us, UTC]")
        ).tolist()
        == []
    )


def test_a_missing_time_is_refused_not_counted_as_something() -> None:
    unanswered = np.array(["2026-11-24T10:00", "NaT"], dtype="datetime64[us]")
    received = np.array(["2026-11-24T09:00", "2026-11-24T10:00"], dtype="datetime64[us]")
    for starts, ends in ((received, unanswered), (unanswered, received), (unanswered, unanswered)):
        with pytest.raises(CalendarError) as error:
            OFFICE.elapsed_many(starts, ends)
        assert refusal(error) == "time_missing"


def test_a_calendar_that_has_answered_for_2026_answers_for_2010_and_2040_too() -> None:
    calendar = norwegian_calendar()
    for year in (2026, 2010, 2040, 2026):
        starts, ends = [oslo(f"{year}-01-01T00:00")], [oslo(f"{year + 1}-01-01T00:00")]
        assert calendar.elapsed_many(starts, ends).tolist() == [calendar.elapsed(starts[0], ends[0]).total_seconds()]


def test_ten_thousand_answers_cost_at_most_three_counts_of_weekdays() -> None:
    bench = Path(__file__).parents[1] / "bench" / "bench_working_time.py"
    done = subprocess.run([sys.executable, str(bench)], capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    assert figures["ratio"] <= 3
    assert figures["ratio_lunch"] <= 3


# --- An independent count, minute by minute -----------------------------------------------------------------------------


@lru_cache(maxsize=1000)
def opens_and_closes(day: date, window: tuple[str, str], zone: ZoneInfo) -> tuple[str, str]:
    """The wall clock of the window on that day; an opening that the clock skips comes as much later (RFC 5545, 3.3.5)."""
    opens, closes = window
    asked = datetime.combine(day, time.fromisoformat(opens), zone)
    return max(opens, asked.astimezone(UTC).astimezone(zone).strftime("%H:%M")), closes


def open_minutes(hours_of: Any, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every whole minute from start to end, looked up on the wall clock one by one. Slow, and hard to get wrong."""
    minute = start.astimezone(UTC)
    while minute < end:
        wall = minute.astimezone(zone)
        day, clock = wall.date(), f"{wall.hour:02}:{wall.minute:02}"
        if any(
            opens <= clock < closes
            for opens, closes in (opens_and_closes(day, window, zone) for window in hours_of(day))
        ):
            yield minute
        minute += MINUTE


CLOCK_CHANGES = [  # instants around which the wall clock jumps, one per zone and direction
    ("Europe/Oslo", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Oslo", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),  # back by half an hour
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),  # midnight itself is skipped
    ("America/Havana", datetime(2026, 11, 1, 5, tzinfo=UTC)),  # midnight comes twice
]
QUARTERS = [f"{hour:02}:{quarter:02}" for hour in range(24) for quarter in (0, 15, 30, 45)] + ["24:00"]
windows = st.lists(st.sampled_from(QUARTERS), min_size=0, max_size=6, unique=True).map(
    lambda clocks: list(zip(sorted(clocks)[::2], sorted(clocks)[1::2], strict=False))
)
weeks = st.one_of(
    st.dictionaries(st.integers(0, 6), windows, min_size=1).filter(lambda week: any(week.values())),
    st.just({day: [("08:00", "11:30"), ("12:00", "16:00")] for day in range(5)}),  # lunch
    st.just({day: [("00:00", "24:00")] for day in range(7)}),  # around the clock
    st.just({day: [("02:15", "02:45"), ("02:50", "03:10"), ("23:00", "24:00")] for day in range(7)}),  # night watch
)


def in_minutes(calendar: WorkingCalendar, start: datetime, end: datetime) -> list[int]:
    """Both ways of counting; the caller says what both must be."""
    return [minutes(calendar.elapsed(start, end)), int(calendar.elapsed_many([start], [end])[0]) // 60]


@settings(max_examples=150, deadline=None)
@given(
    change=st.sampled_from(CLOCK_CHANGES),
    week=weeks,
    exception=windows,
    before=st.integers(0, 2000),
    after=st.integers(0, 2000),
)
@example(change=CLOCK_CHANGES[0], week={6: [("02:30", "03:15")]}, exception=[], before=0, after=600)
@example(change=CLOCK_CHANGES[1], week={6: [("01:00", "02:30")]}, exception=[], before=600, after=600)
@example(change=CLOCK_CHANGES[4], week={6: [("00:00", "24:00")]}, exception=[], before=600, after=2000)
def test_around_a_clock_change_the_count_agrees_with_counting_minutes(
    change: tuple[str, datetime], week: Week, exception: Windows, before: int, after: int
) -> None:
    zone, at = ZoneInfo(change[0]), change[1]
    odd_day = at.astimezone(zone).date() + timedelta(days=1)
    calendar = WorkingCalendar(change[0], week, {odd_day: exception})
    start, end = at - before * MINUTE, at + after * MINUTE

    def hours_of(day: date) -> Windows:
        return exception if day == odd_day else week.get(day.weekday(), [])

    counted = list(open_minutes(hours_of, zone, start, end))
    assert in_minutes(calendar, start, end) == [len(counted)] * 2
    assert calendar.is_open(start) is bool(list(open_minutes(hours_of, zone, start, start + MINUTE)))
    if counted:
        assert calendar.opens_next(start) == counted[0]
        assert calendar.due(start, len(counted) * MINUTE) == counted[-1] + MINUTE


CLOSED = {date.fromisoformat(text) for year in ("2026", "2027") for text in AT_HOME["public_holidays"][year]}
HALF = {date(2026, 4, 1), date(2027, 3, 24), *(date(year, 12, day) for year in (2026, 2027) for day in (24, 31))}


def norwegian_hours(day: date) -> Windows:
    """Written out from the calendar on the wall, for two years; knows nothing of the program's own tables."""
    if day in CLOSED or day.weekday() >= 5:
        return []
    return [("08:00", "12:00" if day in HALF else "16:00")]


BUSY_DAYS = [
    oslo(text)
    for text in ("2026-03-27T15:00", "2026-04-01T10:00", "2026-10-23T15:00", "2026-12-23T15:30", "2027-05-14T15:00")
]


@settings(max_examples=60, deadline=None)
@given(
    start=st.one_of(
        st.sampled_from(BUSY_DAYS),
        st.datetimes(
            datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-20"), timezones=st.just(OSLO)
        ),
    ),
    length=st.integers(0, 9 * 24 * 60),
    pauses=st.lists(st.tuples(st.integers(-600, 8000), st.integers(0, 2000)), max_size=3),
)
def test_norwegian_intervals_agree_with_counting_minutes(
    start: datetime, length: int, pauses: list[tuple[int, int]]
) -> None:
    begin = start.replace(second=0, microsecond=0).astimezone(UTC)
    end = begin + length * MINUTE
    waits = [(begin + since * MINUTE, begin + (since + lasted) * MINUTE) for since, lasted in pauses]
    counted = list(open_minutes(norwegian_hours, OSLO, begin, end))
    assert in_minutes(OFFICE, begin, end) == [len(counted)] * 2
    unpaused = [minute for minute in counted if not any(since <= minute < until for since, until in waits)]
    assert minutes(OFFICE.elapsed(begin, end, waits)) == len(unpaused)
    assert OFFICE.elapsed_many([begin], [end], pauses={0: waits}).tolist() == [len(unpaused) * 60]
    assume(unpaused)
    assert OFFICE.due(begin, len(unpaused) * MINUTE, waits) == unpaused[-1] + MINUTE


def test_ten_thousand_intervals_agree_with_a_running_count_of_minutes() -> None:
    """Two years of minutes counted once, one by one; then 10,000 waits are differences of that count."""
    first, beyond = oslo("2026-01-01T00:00").astimezone(UTC), oslo("2028-01-01T00:00").astimezone(UTC)
    total = (beyond - first) // MINUTE
    is_open = np.zeros(total, dtype=np.int64)
    is_open[[(minute - first) // MINUTE for minute in open_minutes(norwegian_hours, OSLO, first, beyond)]] = 1
    running = np.concatenate([[0], np.cumsum(is_open)])
    chance = np.random.default_rng(7)
    since = chance.integers(0, total, 10_000)
    until = np.minimum(since + chance.integers(0, 60 * 24 * 90, 10_000), total)
    epoch = np.datetime64(first.replace(tzinfo=None), "s")
    seconds = OFFICE.elapsed_many(epoch + since * 60, epoch + until * 60)
    assert np.array_equal(seconds, (running[until] - running[since]) * 60)
