"""Quarters, months and weeks as the plan and the calendar on the wall count them."""

import contextlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.periods import FIRST_YEAR, LAST_YEAR, Month, Period, Quarter, Week, Year, iso_week

WEEKS = json.loads((Path(__file__).parent / "data" / "norwegian_cases.json").read_text(encoding="utf-8"))["weeks"]
OSLO = ZoneInfo("Europe/Oslo")
KINDS = [Year, Quarter, Month, Week]

# A margin at both ends, since the week of 1 January 1900 may be one of 1899, which nobody has in a register.
days = st.dates(min_value=date(FIRST_YEAR + 1, 1, 1), max_value=date(LAST_YEAR - 1, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 10, 1), "2026-K4"),  # first day of the quarter in the board report
        (date(2026, 12, 31), "2026-K4"),  # its last day
        (date(2027, 1, 1), "2027-K1"),  # a Friday and a holiday, and still the new year's first quarter
        (date(2027, 3, 31), "2027-K1"),
        (date(2027, 4, 1), "2027-K2"),
        (date(2026, 9, 30), "2026-K3"),
    ],
)
def test_a_day_belongs_to_this_quarter(day, key):
    assert Quarter.of(day).key == key
    assert day in Quarter.parse(key)


def test_the_fourth_quarter_of_2026_from_end_to_end():
    quarter = Quarter.parse("2026-K4")
    assert (quarter.starts, quarter.ends, quarter.ends_before) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
    )
    assert [month.key for month in quarter.months] == ["2026-10", "2026-11", "2026-12"]
    assert (quarter.previous.key, quarter.next.key) == ("2026-K3", "2027-K1")
    assert str(quarter) == "2026-K4"


def test_the_fourth_quarter_is_an_hour_longer_than_its_days():
    start, before = Quarter(2026, 4).instants()
    # Summer time ends on 25 October: the quarter starts at +02:00 and ends at +01:00.
    assert start == datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
    assert before == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert before - start == timedelta(days=92, hours=1)
    assert (start.tzinfo, before.tzinfo) == (UTC, UTC)


def test_the_first_quarter_of_2027_is_an_hour_shorter_than_its_days():
    start, before = Quarter(2027, 1).instants()
    assert before - start == timedelta(days=90, hours=-1)  # summer time begins on 28 March


def test_another_time_zone_has_other_midnights():
    assert Quarter(2026, 4).instants("UTC")[0] == datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "key"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), "2026-K4"),  # 23:59:59 in Oslo
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-K1"),  # midnight in Oslo, still December in UTC
        (datetime(2027, 1, 1, 0, 0, tzinfo=OSLO), "2027-K1"),
        (datetime(2026, 9, 30, 22, 0, tzinfo=UTC), "2026-K4"),  # two hours before UTC in summer time
    ],
)
def test_a_call_at_midnight_is_counted_on_oslos_calendar(instant, key):
    assert Quarter.at(instant).key == key


@pytest.mark.parametrize("kind", KINDS)
def test_a_moment_without_a_time_zone_has_no_day(kind):
    with pytest.raises(TypeError):
        kind.of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))  # which day depends on where: at() asks
    with pytest.raises(ValueError, match="time zone"):
        kind.at(datetime(2026, 12, 31, 23, 30))  # noqa: DTZ001 - the naive one is what is refused
    with pytest.raises(TypeError):
        assert datetime(2026, 12, 31, 23, 30, tzinfo=UTC) in kind.of(date(2026, 12, 31))


@pytest.mark.parametrize("day", WEEKS)
def test_the_week_is_the_one_of_the_case_table(day):
    assert iso_week(date.fromisoformat(day)).key == WEEKS[day]


@pytest.mark.parametrize("day", [1, 2, 3])
def test_week_53_of_2026_covers_the_first_days_of_2027(day):
    assert iso_week(date(2027, 1, day)) == Week(2026, 53)
    assert date(2027, 1, day) in Week(2026, 53)


def test_a_week_runs_from_monday_to_sunday():
    week = iso_week(date(2026, 11, 24))
    assert (week.key, week.starts, week.ends) == ("2026-W48", date(2026, 11, 23), date(2026, 11, 29))
    assert Week(2026, 53).next == Week(2027, 1)
    assert Week(2027, 1).previous == Week(2026, 53)


def test_a_month_and_a_year():
    assert (Month(2028, 2).ends, Month(2026, 12).next, Month(2026, 1).previous) == (
        date(2028, 2, 29),
        Month(2027, 1),
        Month(2025, 12),
    )
    assert Month(2026, 11).quarter == Quarter(2026, 4)
    year = Year.parse("2026")
    assert (year.starts, year.ends, year.key, year.next.key) == (date(2026, 1, 1), date(2026, 12, 31), "2026", "2027")
    assert [quarter.key for quarter in year.quarters] == ["2026-K1", "2026-K2", "2026-K3", "2026-K4"]
    assert year.months == tuple(month for quarter in year.quarters for month in quarter.months)


def test_periods_are_ordered_by_time_and_can_be_counted_in_a_dictionary():
    assert sorted([Quarter(2027, 1), Quarter(2026, 4), Quarter(2026, 1)]) == [
        Quarter(2026, 1),
        Quarter(2026, 4),
        Quarter(2027, 1),
    ]
    assert {Month(2026, 11): 2}[Month.of(date(2026, 11, 30))] == 2
    assert Quarter(2026, 1) != Month(2026, 1)


def test_a_quarter_and_a_month_are_not_compared_with_each_other():
    with pytest.raises(TypeError):
        assert Quarter(2026, 1) < Month(2026, 1)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Quarter, "2026-K5"),
        (Quarter, "2026-K0"),
        (Quarter, "2026-Q4"),  # stored words are not translated, and neither are addresses
        (Quarter, "2026-K4 "),
        (Quarter, "26-K4"),
        (Quarter, "٢٠٢٦-K4"),  # digits, but not ours
        (Quarter, ""),
        (Quarter, "0001-K1"),  # before any clock in Oslo
        (Quarter, "9999-K4"),  # nothing comes after it
        (Month, "2026-13"),
        (Month, "2026-00"),
        (Month, "2026-1"),
        (Year, "2026-K4"),
        (Year, "0000"),
        (Week, "2027-W53"),  # 2027 has 52 weeks
        (Week, "2026-W00"),
        (Week, "2026-48"),
    ],
)
def test_an_address_somebody_edited_is_refused(kind, key):
    with pytest.raises(ValueError, match="not"):
        kind.parse(key)


@pytest.mark.parametrize(
    ("kind", "numbers"), [(Quarter, (2026, 5)), (Month, (2026, 0)), (Week, (2027, 53)), (Year, (1,))]
)
def test_a_period_that_does_not_exist_cannot_be_made(kind, numbers):
    with pytest.raises(ValueError, match="not between"):
        kind(*numbers)


@given(kinds, days)
def test_every_day_is_in_its_period_and_in_no_neighbour(kind: type[Period], day: date):
    period = kind.of(day)
    assert period.starts <= day <= period.ends < period.ends_before
    assert day in period
    assert day not in period.next
    assert day not in period.previous
    assert period.previous < period < period.next


@given(kinds, days)
def test_a_period_is_found_again_by_its_key_and_by_its_neighbours(kind: type[Period], day: date):
    period = kind.of(day)
    assert kind.parse(period.key) == period
    assert period.next.previous == period == period.previous.next


@given(kinds, days)
def test_no_instant_falls_between_two_periods_or_into_both(kind: type[Period], day: date):
    period = kind.of(day)
    start, before = period.instants()
    assert before == period.next.instants()[0]
    assert kind.at(start) == period
    assert kind.at(before) == period.next
    assert kind.at(before - timedelta(microseconds=1)) == period


@given(kinds, days, days)
def test_keys_sort_as_the_periods_do(kind: type[Period], one: date, other: date):
    first, second = sorted([kind.of(one), kind.of(other)])
    assert first.key <= second.key


@given(kinds, st.text() | st.from_regex(r"\A[0-9]{4}(-[KW]?[0-9]{1,2})?\Z"))
def test_any_text_in_an_address_is_a_period_or_a_value_error(kind: type[Period], text: str):
    with contextlib.suppress(ValueError):
        assert kind.parse(text).key == text
