"""How fast the association answered: both clocks, honest small numbers, and the same minutes as on each record's card."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.rules import Channel
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.queries import RecordKind, courses
from crm.correspondence.rules import clocks_until_response
from crm.figures.cards import QuarterTimes, Source
from crm.figures.queries import press_quarter, response_times, support_quarter
from crm.figures.rules import is_few, nearest_rank, spread
from crm.media.commands import (
    add_message,
    answer_inquiry,
    close_inquiry,
    open_inquiry,
    stop_waiting_for_journalist,
    wait_for_journalist,
)
from crm.media.forms import Answer, Closing, NewInquiry
from crm.media.rules import Medium, Outcome
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.office.queries import office_calendar
from crm.periods import Quarter
from tests.asking import asking
from tests.conftest import ContextFor, oslo
from tests.quarter import logged_quarter

Q4 = Quarter(2026, 4)
NINETY = Fraction(9, 10)


def minutes(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds() / 60


def press(ctx: Context, quarter: Quarter = Q4, *, exact_only: bool = False) -> QuarterTimes:
    (times,) = response_times(ctx, Source.PRESS, [quarter], exact_only=exact_only)
    return times


def asked(context_for: ContextFor, at: str, *, deadline: str | None = None, received: str | None = None) -> int:
    new = NewInquiry(
        question="Hva mener dere om kuttene?",
        medium=Medium.RADIO,
        deadline_at=oslo(deadline) if deadline else None,
        received_at=oslo(received) if received else None,
        token=f"henvendelse {at}",
    )
    return open_inquiry(context_for("bjørn_ærlend", at), new)


@pytest.mark.parametrize(
    ("ordered", "ninetieth"),
    [
        ([7], 7),  # one answer is every percentile
        ([1, 2, 3], 3),  # of three, the slowest
        (list(range(1, 10)), 9),  # 8 of 9 are only 89 of 100
        (list(range(1, 11)), 9),  # 9 of 10 are exactly 90
        (list(range(1, 12)), 10),  # 10 of 11
        (list(range(1, 101)), 90),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 600], 0),  # zero is a value
    ],
)
def test_the_ninetieth_percentile_is_a_wait_somebody_really_had(ordered: list[int], ninetieth: int) -> None:
    assert nearest_rank(ordered, NINETY) == ninetieth


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_at_least_ninety_of_a_hundred_were_answered_within_it_and_no_shorter_wait_will_do(seconds: list[int]) -> None:
    found = nearest_rank(sorted(seconds), NINETY)
    assert found in seconds
    assert 10 * sum(one <= found for one in seconds) >= 9 * len(seconds)
    assert 10 * sum(one < found for one in seconds) < 9 * len(seconds)


@pytest.mark.parametrize(
    ("seconds", "median"),
    [
        ([60], 60),
        ([600, 0], 300),  # halfway between the two
        ([0, 60, 6000], 60),  # one slow answer does not move it
        ([1, 2], 1.5),
    ],
)
def test_the_median_is_the_middle(seconds: list[int], median: float) -> None:
    assert spread(seconds).median == timedelta(seconds=median)


def test_of_no_answers_there_is_neither_median_nor_percentile() -> None:
    assert spread([]).median is None
    assert spread([]).ninetieth is None
    assert [n for n in range(8) if is_few(n)] == [1, 2, 3, 4]


def test_an_interview_on_saturday_is_zero_working_minutes_and_nineteen_hours(context_for: ContextFor) -> None:
    """S3: asked Friday 16:20, logged at once at 16:25, interview Saturday 11:40, deadline Saturday 12:00."""
    inquiry_id = asked(context_for, "2026-11-27 16:25", received="2026-11-27 16:20", deadline="2026-11-28 12:00")
    answer_inquiry(context_for("ingunn", "2026-11-28 11:40"), inquiry_id, Answer(outcome=Outcome.INTERVIEW))
    times = press(context_for("ingunn", "2026-11-30 09:00"))
    assert minutes(times.working.median) == 0
    assert minutes(times.wall.median) == 19 * 60 + 20
    assert (times.before_deadline, times.with_deadline, times.reconstructed) == (1, 1, 0)


def test_without_an_answer_the_deadline_is_passed_although_no_working_minute_went_by(context_for: ContextFor) -> None:
    """S3, had nobody answered."""
    asked(context_for, "2026-11-27 16:25", deadline="2026-11-28 12:00")
    before, after = (press(context_for("ingunn", at)) for at in ("2026-11-28 11:59", "2026-11-28 12:01"))
    assert (before.before_deadline, before.with_deadline, before.unanswered) == (0, 0, 1)
    assert (after.before_deadline, after.with_deadline, after.unanswered) == (0, 1, 1)
    assert after.working.n == 0


def test_ringing_back_is_a_response_an_autoreply_is_none_and_a_withdrawn_question_leaves_the_count(
    context_for: ContextFor,
) -> None:
    """S4: three questions on Monday 30 November."""
    first = asked(context_for, "2026-11-30 09:00")
    add_message(context_for("bjørn_ærlend", "2026-11-30 09:01"), first, NewMessage(kind=MessageKind.AUTOREPLY))
    add_message(context_for("bjørn_ærlend", "2026-11-30 10:50"), first, NewMessage(kind=MessageKind.HOLDING))
    still_owed = press(context_for("ingunn", "2026-11-30 11:00"))
    assert (still_owed.answered, minutes(still_owed.working.median)) == (0, 110)
    answer_inquiry(context_for("bjørn_ærlend", "2026-11-30 14:30"), first, Answer(outcome=Outcome.QUOTED))
    second = asked(context_for, "2026-11-30 12:00")
    answer_inquiry(context_for("bjørn_ærlend", "2026-11-30 12:30"), second, Answer(outcome=Outcome.DECLINED))
    third = asked(context_for, "2026-11-30 13:00")
    close_inquiry(context_for("bjørn_ærlend", "2026-11-30 13:05"), third, Closing(outcome=Outcome.WITHDRAWN))
    times = press(context_for("ingunn", "2026-12-01 09:00"))
    assert (times.received, times.answered, times.withdrawn) == (2, 2, 1)
    assert sorted(wait.working // 60 for wait in times.waits) == [30, 110]


def test_answered_and_then_withdrawn_is_withdrawn(context_for: ContextFor) -> None:
    inquiry_id = asked(context_for, "2026-11-30 09:00", deadline="2026-11-30 14:00")
    answer_inquiry(context_for("ingunn", "2026-11-30 10:00"), inquiry_id, Answer(closes=False))
    close_inquiry(context_for("ingunn", "2026-11-30 11:00"), inquiry_id, Closing(outcome=Outcome.WITHDRAWN))
    times = press(context_for("ingunn", "2026-12-01 09:00"))
    assert (times.received, times.withdrawn, times.with_deadline, times.waits) == (0, 1, 0, ())


def test_times_set_afterwards_can_be_left_out_and_are_counted_all_the_same(context_for: ContextFor) -> None:
    exact = asked(context_for, "2026-11-30 09:00")
    answer_inquiry(context_for("ingunn", "2026-11-30 09:30"), exact, Answer())
    remembered = asked(context_for, "2026-12-01 15:00", received="2026-12-01 09:00")
    answer_inquiry(context_for("ingunn", "2026-12-01 15:10"), remembered, Answer())
    ctx = context_for("ingunn", "2026-12-02 09:00")
    everything, sure = press(ctx), press(ctx, exact_only=True)
    assert (everything.working.n, everything.reconstructed) == (2, 1)
    assert (sure.working.n, sure.reconstructed, sure.answered) == (1, 1, 2)
    assert minutes(sure.working.median) == 30


def test_a_question_of_new_years_eve_belongs_to_the_old_year_although_it_was_answered_in_the_new(
    context_for: ContextFor,
) -> None:
    inquiry_id = asked(context_for, "2026-12-31 11:30")
    answer_inquiry(context_for("ingunn", "2027-01-04 08:15"), inquiry_id, Answer())
    ctx = context_for("ingunn", "2027-01-08 09:00")
    assert minutes(press(ctx).working.median) == 45  # until 12 on the half day, and a quarter of an hour on Monday
    assert press(ctx, Quarter(2027, 1)).received == 0


def test_the_sweep_over_many_says_the_same_minutes_as_each_card(logged: ContextFor) -> None:
    """One that waited for the journalist, one over a weekend, one closed without an answer, and the quarter's others."""
    waited = asked(logged, "2026-11-26 14:00")
    wait_for_journalist(logged("ingunn", "2026-11-26 15:00"), waited)
    stop_waiting_for_journalist(logged("ingunn", "2026-11-27 09:00"), waited)
    answer_inquiry(logged("ingunn", "2026-11-30 10:00"), waited, Answer())
    close_inquiry(logged("ingunn", "2026-12-11 12:00"), asked(logged, "2026-12-11 08:00"), Closing())
    ctx = logged("ingunn", "2027-01-08 09:00")
    with ctx.database.reading() as session:
        calendar = office_calendar(session)
        from_cards = [
            clocks_until_response(calendar, course, now=ctx.now)
            for course in courses(session, RecordKind.INQUIRY, range(1, 100)).values()
            if course.first_response is not None
        ]
    assert len(from_cards) == 9
    cards = sorted((int(c.working.total_seconds()), int(c.wall.total_seconds())) for c in from_cards)
    assert sorted((wait.working, wait.wall) for wait in press(ctx).waits) == cards
    assert minutes(timedelta(seconds=max(wait.working for wait in press(ctx).waits))) == 60 + 7 * 60 + 2 * 60


@pytest.fixture
def logged(context_for: ContextFor, tmp_path_factory: pytest.TempPathFactory) -> ContextFor:
    logged_quarter(context_for, tmp_path_factory.mktemp("quarter"))
    return context_for


def test_the_boards_press_figures(logged: ContextFor) -> None:
    """S12: 8 of 8 answered, 7 before the deadline, one withdrawn and out of both."""
    times = press(logged("ingunn", "2027-01-08 09:00"))
    assert (times.answered, times.received, times.withdrawn, times.unanswered) == (8, 8, 1, 0)
    assert (times.before_deadline, times.with_deadline) == (7, 8)
    assert times.before_deadline / times.with_deadline == 0.875
    assert (minutes(times.working.median), minutes(times.wall.median)) == (50, 50)  # between 40 and 60
    assert (minutes(times.working.ninetieth), times.working.n) == (300, 8)


def test_the_boards_support_figures(logged: ContextFor) -> None:
    """S12: 38 cases from 29 of 131 member houses = 22,1 %."""
    support = support_quarter(logged("styret", "2027-01-08 09:00"), Q4)
    assert (support.times.received, support.houses_reached, support.member_houses) == (38, 29, 131)
    assert support.by_channel == {"phone": 28, "email": 10}
    assert (support.still_open, support.times.answered) == (0, 38)
    assert (minutes(support.times.working.median), minutes(support.times.wall.median)) == (0, 0)


def test_every_medium_that_asked_is_counted_also_for_questions_taken_back(logged: ContextFor) -> None:
    found = press_quarter(logged("styret", "2027-01-08 09:00"), Q4)
    assert found.by_medium == {"web": 4, "radio": 2, "newspaper": 2, "television": 1}


def test_only_houses_that_were_members_in_the_quarter_are_reached(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    old = add_house(ctx, NewHouse(name="Fjordglimt kulturhus", member_since=date(2020, 1, 1)))
    new = add_house(ctx, NewHouse(name="Åsgard konserthus", member_since=date(2027, 1, 1)))
    outside = add_house(ctx, NewHouse(name="Bølgeblikk kulturhus KF", is_member=False))
    for n, house in enumerate((old, old, new, outside)):
        open_case(
            ctx,
            NewCase(
                organisation_id=house,
                what="TONO?",
                channel=Channel.PHONE,
                answered=False,
                token=f"fire-samtaler-{n:03}",
            ),
        )
    found = support_quarter(ctx, Q4)
    assert (found.houses_reached, found.member_houses, found.still_open) == (1, 1, 4)


def test_a_reader_sees_times_and_no_more(context_for: ContextFor) -> None:
    ctx = context_for("styret")
    assert press(ctx).received == 0


def test_eight_quarters_cost_as_many_questions_as_one(logged: ContextFor) -> None:
    ctx = logged("ingunn", "2027-01-08 09:00")
    counted = []
    for quarters in ([Q4], [Quarter(2025, n) for n in range(1, 5)] + [Quarter(2026, n) for n in range(1, 5)]):
        with asking(ctx.database) as asked:
            response_times(ctx, Source.PRESS, quarters)
        counted.append(len(asked))
    assert counted[0] == counted[1]
