"""When a line of the plan is met, from the days on which something happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from crm.errors import InvalidForm
from crm.periods import Quarter
from crm.plan.forms import Cadence, NewReading, Rule, Target, Window
from crm.plan.rules import Remark, Status, combined, judged, longest_silence, not_recordable
from crm.plan.source import plan_file

READINGS = {measure.code: measure.reading for goal in plan_file().goals for measure in goal.measures}
Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))
NEXT_YEAR = date(2027, 1, 8)  # the board's report is made


def days(*months_and_days: str, year: int = 2026) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for day in months_and_days]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (0, Status.MISSED),  # nothing went out
        (1, Status.PARTLY),  # one is on the way to two
        (2, Status.MET),  # the least the plan asks
        (4, Status.MET),  # the most it asks
        (5, Status.PARTLY),  # more than the members were promised
    ],
)
def test_newsletters_in_october(sent: int, status: Status) -> None:
    october = judged(READINGS["M1.1"], Q4, days(*["10-10"] * sent), today=NEXT_YEAR).months[0]
    assert (october.done, october.status) == (sent, status)


def test_the_board_report_s_newsletters_three_two_and_one() -> None:
    """S12: October and November are met, December is one of two."""
    verdict = judged(READINGS["M1.1"], Q4, days("10-01", "10-15", "10-31", "11-03", "11-30", "12-11"), today=NEXT_YEAR)
    assert [month.status for month in verdict.months] == [Status.MET, Status.MET, Status.PARTLY]
    assert verdict.status is Status.PARTLY
    assert verdict.done == 6


def test_the_board_report_s_webinars_one_one_and_none() -> None:
    """S12: December is missed."""
    verdict = judged(READINGS["M1.6"], Q4, days("10-20", "11-19"), today=NEXT_YEAR)
    assert [month.status for month in verdict.months] == [Status.MET, Status.MET, Status.MISSED]


def test_the_month_we_are_in_is_under_way_and_the_next_one_comes() -> None:
    verdict = judged(READINGS["M1.1"], Q4, days("10-05", "10-20", "11-03", "11-17"), today=date(2026, 11, 24))
    assert [month.status for month in verdict.months] == [Status.MET, Status.UNDER_WAY, Status.UPCOMING]
    assert verdict.status is Status.UNDER_WAY


def test_the_last_day_of_a_month_still_belongs_to_it() -> None:
    for today, status in ((date(2026, 11, 30), Status.UNDER_WAY), (date(2026, 12, 1), Status.MISSED)):
        assert judged(READINGS["M1.1"], Q4, [], today=today).months[1].status is status


def test_july_can_be_left_out() -> None:
    reading = READINGS["M1.1"].model_copy(update={"target": Target(exception_months=(7,))})
    verdict = judged(reading, Q3, days("08-10", "08-20", "09-10", "09-20"), today=NEXT_YEAR)
    assert [month.status for month in verdict.months] == [Status.NOT_APPLICABLE, Status.MET, Status.MET]
    assert verdict.status is Status.MET


@pytest.mark.parametrize(
    ("year", "quarter", "held", "status", "remark"),
    [
        (2024, 3, "2024-09-10", Status.MET, None),  # until 2024 the conference could be held at any time
        (2024, 3, None, Status.UNDER_WAY, Remark.WINDOW_UNTIL),  # and had until December
        (2024, 4, None, Status.MISSED, None),
        (2026, 1, "2026-02-12", Status.MET, None),  # from 2025 in the first quarter
        (2026, 1, None, Status.MISSED, None),
        (2026, 2, "2026-04-12", Status.NOT_APPLICABLE, Remark.OUTSIDE_WINDOW),  # held, but not when the plan says
        (2026, 4, None, Status.NOT_APPLICABLE, Remark.NEXT_WINDOW),  # S12: "1. kvartal 2027 kommer"
        (2027, 1, None, Status.UNDER_WAY, None),  # it is January 2027
        (2027, 2, None, Status.NOT_APPLICABLE, Remark.NEXT_WINDOW),
    ],
)
def test_the_yearly_conference(
    year: int, quarter: int, held: str | None, status: Status, remark: Remark | None
) -> None:
    found = judged(
        READINGS["M1.7"], Quarter(year, quarter), [date.fromisoformat(held)] if held else [], today=NEXT_YEAR
    )
    assert (found.status, found.remark) == (status, remark)


def test_after_the_fourth_quarter_the_next_conference_is_announced() -> None:
    assert judged(READINGS["M1.7"], Q4, [], today=NEXT_YEAR).day == date(2027, 1, 1)


def test_a_survey_sent_out_in_may_is_met_in_the_third_quarter_too() -> None:
    """One window of two quarters: the year's survey is not asked for twice."""
    sent = days("05-20")
    assert judged(READINGS["M3.5"], Q2, sent, today=NEXT_YEAR).status is Status.MET
    third = judged(READINGS["M3.5"], Q3, sent, today=NEXT_YEAR)
    assert (third.status, third.done, third.period_done) == (Status.MET, 0, 1)


def test_a_quarter_is_judged_as_it_stood_when_it_ended() -> None:
    """Made again a year later, the second quarter's report does not know of August."""
    assert judged(READINGS["M3.5"], Q2, [], today=NEXT_YEAR).status is Status.UNDER_WAY
    assert judged(READINGS["M3.5"], Q3, days("08-20"), today=NEXT_YEAR).status is Status.MET


def test_the_hearing_answer_of_october_is_on_time_although_the_plan_says_the_third_quarter() -> None:
    """S12: the budget comes in October."""
    assert judged(READINGS["M3.2"], Q4, days("10-22"), today=NEXT_YEAR).status is Status.MET
    assert judged(READINGS["M3.3"], Q4, days("10-27"), today=NEXT_YEAR).status is Status.MET


@pytest.mark.parametrize(
    ("sent", "today", "status", "remark", "left"),
    [
        (["11-30"], NEXT_YEAR, Status.MET, Remark.SENT_DAYS_BEFORE, 1),  # S12: the day before
        (["12-01"], NEXT_YEAR, Status.MET, Remark.SENT_DAYS_BEFORE, 0),  # on the day itself
        (["12-02"], NEXT_YEAR, Status.PARTLY, Remark.AFTER_DEADLINE, None),  # late is not nothing
        ([], NEXT_YEAR, Status.MISSED, Remark.DEADLINE, None),
        ([], date(2026, 12, 1), Status.UNDER_WAY, Remark.DEADLINE, None),  # there is still the evening
        ([], date(2026, 12, 2), Status.MISSED, Remark.DEADLINE, None),
        (["09-15"], NEXT_YEAR, Status.MET, Remark.SENT_DAYS_BEFORE, 77),  # early, in another quarter
    ],
)
def test_the_application_before_1_december(
    sent: list[str], today: date, status: Status, remark: Remark, left: int | None
) -> None:
    found = judged(READINGS["M3.6"], Q4, days(*sent), today=today)
    assert (found.status, found.remark, found.day, found.days) == (status, remark, date(2026, 12, 1), left)


def test_in_the_spring_the_application_is_not_asked_for_but_its_day_is_named() -> None:
    found = judged(READINGS["M3.6"], Q1, [], today=date(2026, 2, 1))
    assert (found.status, found.remark, found.day) == (Status.NOT_APPLICABLE, Remark.DEADLINE, date(2026, 12, 1))


@pytest.mark.parametrize(
    "code", ["M1.2", "M1.3", "M1.5", "M2.3", "M2.4", "M3.1", "M3.2b", "M3.4", "M4.3", "M4.4", "M4.5", "M4.6", "M4.6b"]
)
@pytest.mark.parametrize("happened", [[], days("10-10", "11-11")])
def test_what_the_plan_does_not_number_is_counted_and_not_coloured(code: str, happened: Sequence[date]) -> None:
    found = judged(READINGS[code], Q4, happened, today=NEXT_YEAR)
    assert (found.status, found.done) == (Status.COUNT_ONLY, len(happened))


def test_what_cannot_be_recorded_is_neither_zero_nor_red_but_its_next_time_is_known() -> None:
    found = not_recordable(READINGS["M1.7"], Q4, today=NEXT_YEAR)
    assert (found.status, found.remark, found.day) == (Status.NOT_RECORDABLE, Remark.NEXT_WINDOW, date(2027, 1, 1))
    assert not_recordable(READINGS["M1.6"], Q4, today=NEXT_YEAR).months == ()


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ([Status.MET, Status.MISSED], Status.PARTLY),  # S12: MIR met, Arrangørforum not
        ([Status.MET, Status.MET], Status.MET),
        ([Status.MISSED, Status.MISSED], Status.MISSED),
        ([Status.MET, Status.NOT_APPLICABLE], Status.MET),  # a body with a half-yearly rhythm asks nothing yet
        ([Status.MISSED, Status.UNDER_WAY], Status.UNDER_WAY),  # the months themselves say what was missed
        ([Status.UPCOMING, Status.UPCOMING], Status.UPCOMING),
        ([Status.NOT_APPLICABLE], Status.NOT_APPLICABLE),
        ([], Status.NOT_APPLICABLE),
    ],
)
def test_the_parts_make_a_whole(statuses: list[Status], whole: Status) -> None:
    assert combined(statuses) is whole


@pytest.mark.parametrize(
    ("published", "today", "silence"),
    [
        (days("10-15", "11-20"), NEXT_YEAR, 41),  # from 20 November to New Year's Eve
        (days("10-15", "11-20"), date(2026, 11, 24), 36),  # from October to November; the future is not silent
        ([], date(2026, 10, 11), 10),
        ([], date(2026, 9, 30), None),  # the quarter has not begun
    ],
)
def test_how_long_the_website_was_silent(published: list[date], today: date, silence: int | None) -> None:
    assert longest_silence(published, Q4, today=today) == silence


def test_a_rule_with_two_windows_uses_that_of_the_year() -> None:
    rule = Rule(
        cadence=Cadence.YEARLY,
        unit="tur",
        units="turer",
        minimum=2,
        windows=(Window(quarters=(2,), until_year=2025), Window(quarters=(4,), since_year=2026)),
        evidence=("trip",),
    )
    assert judged(rule, Quarter(2025, 2), days("04-01", "05-01", year=2025), today=NEXT_YEAR).status is Status.MET
    assert judged(rule, Quarter(2025, 4), [], today=NEXT_YEAR).day == date(2026, 10, 1)
    assert judged(rule, Q4, days("10-01"), today=NEXT_YEAR).status is Status.PARTLY


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"minimum": 3, "maximum": 2}, "maximum_below_minimum"),
        ({"minimum": None, "maximum": 2}, "maximum_without_minimum"),
        ({"cadence": Cadence.DEADLINE, "target": {}}, "deadline_missing"),
        ({"since": date(226, 1, 1)}, "date_out_of_range"),
    ],
)
def test_a_reading_that_cannot_be_kept_is_refused_with_its_reason(wrong: dict[str, object], reason: str) -> None:
    typed = READINGS["M1.1"].model_dump() | wrong
    with pytest.raises(InvalidForm) as refused:
        NewReading.checked(**typed)
    assert reason in refused.value.problems.values()
