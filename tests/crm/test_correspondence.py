"""What stops the clock when a house or a journalist writes, and what the two clocks then say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from crm.context import Context
from crm.correspondence import queries, steps
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.queries import RecordKind
from crm.correspondence.rules import (
    Clocks,
    Course,
    Moment,
    Stop,
    TimeQuality,
    clocks,
    clocks_until_answer,
    clocks_until_response,
    settled,
)
from crm.errors import Refused
from crm.office.queries import calendar_from, office_calendar
from crm.permissions import Permission
from crm.working_time import CalendarError, norwegian_calendar
from db.models.cases import Channel, Message, MessageChannel, Pause, PauseReason, SupportCase
from db.models.house_keeping import Setting
from tests.asking import asking
from tests.conftest import ContextFor, oslo

OFFICE = norwegian_calendar()


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def a_case(ctx: Context, received: str, *, what: str = "Teller driftstilskuddet med i TONO-grunnlaget?") -> int:
    with ctx.write(Permission.LOG_CASES) as session:
        case = SupportCase(
            what=what,
            channel=Channel.EMAIL,
            received_at=oslo(received),
            received_quality=TimeQuality.EXACT,
            responsible_id=ctx.user_id,
            created_at=ctx.now,
        )
        session.add(case)
        session.flush()
        return case.id


def say(ctx: Context, case_id: int, kind: MessageKind, *, at: str | None = None, **typed: object) -> Message:
    new = NewMessage.checked(kind=kind, at=oslo(at) if at else None, **typed)
    with ctx.write(Permission.LOG_CASES) as session:
        return steps.add_message(session, ctx, steps.record_to_change(session, SupportCase, case_id), new)


def do(ctx: Context, case_id: int, step: str, *, at: str | None = None) -> object:
    with ctx.write(Permission.LOG_CASES) as session:
        record = steps.record_to_change(session, SupportCase, case_id)
        return getattr(steps, step)(session, ctx, record, at=oslo(at) if at else None)


def correct_receipt(ctx: Context, case_id: int, at: str) -> None:
    with ctx.write(Permission.LOG_CASES) as session:
        steps.change_received(session, ctx, steps.record_to_change(session, SupportCase, case_id), oslo(at))


def course(ctx: Context, case_id: int) -> Course:
    with ctx.read(Permission.SEE_RECORDS) as session:
        return queries.course_of(session, RecordKind.CASE, case_id)


def response(ctx: Context, case_id: int) -> Clocks:
    return clocks_until_response(OFFICE, course(ctx, case_id), now=ctx.now)


@pytest.mark.parametrize(
    ("kind", "stopped"),
    [
        (MessageKind.REPLY, True),  # the first public reply by a person
        (MessageKind.HOLDING, True),  # "vi ringer tilbake" is a human word too
        (MessageKind.AUTOREPLY, False),  # a machine answered
        (MessageKind.NOTE, False),  # a note to ourselves
        (MessageKind.INCOMING, False),  # they wrote again; they still wait
    ],
)
def test_only_a_human_word_to_the_other_side_stops_the_clock(
    context_for: ContextFor, kind: MessageKind, stopped: bool
) -> None:
    ctx = context_for(at="2026-11-24 12:00")
    case = a_case(ctx, "2026-11-24 10:02")
    say(ctx, case, kind, at="2026-11-24 11:02", text="Vi ser på saken.")
    pair = response(ctx, case)
    assert pair.running is not stopped
    assert pair.working == minutes(60 if stopped else 118)


def test_the_select_and_the_rule_agree_on_what_stops_the_clock(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    cases = {kind: a_case(ctx, "2026-11-24 10:02") for kind in MessageKind}
    for kind, case in cases.items():
        say(ctx, case, kind, at="2026-11-24 11:00", text="Hei")
    with ctx.read(Permission.SEE_RECORDS) as session:
        responded = queries.first_responses(RecordKind.CASE)
        answered = queries.first_answers(RecordKind.CASE)
        found = dict(session.execute(select(responded.c.record_id, responded.c.at)).all())
        assert found == {cases[kind]: oslo("2026-11-24 11:00") for kind in (MessageKind.REPLY, MessageKind.HOLDING)}
        assert list(session.scalars(select(answered.c.record_id))) == [cases[MessageKind.REPLY]]
        marked = session.scalars(select(SupportCase.id).where(queries.is_answered(RecordKind.CASE)))
        assert list(marked) == [cases[MessageKind.REPLY]]


def test_a_call_answered_in_the_call_took_no_minutes_and_that_is_a_value(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 10:02")
    case = a_case(ctx, "2026-11-24 10:02")
    say(ctx, case, MessageKind.REPLY)
    do(ctx, case, "close")
    assert response(context_for(at="2026-11-26 09:00"), case) == Clocks(minutes(0), minutes(0), running=False)


def test_a_second_reply_does_not_move_the_first_response_but_is_the_answer(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 10:30")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 14:00")
    assert response(ctx, case).working == minutes(30)
    answer = clocks_until_answer(OFFICE, course(ctx, case), now=ctx.now)
    assert answer is not None
    assert answer.working == minutes(240)


def test_a_reply_entered_late_but_given_first_becomes_the_first_response(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY)
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 10:20")
    pair = response(ctx, case)
    assert (pair.working, pair.quality) == (minutes(20), TimeQuality.RECONSTRUCTED)


def test_their_second_mail_neither_stops_nor_restarts_the_clock(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.INCOMING, at="2026-11-24 12:00", text="Rakk dere å se på det?")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 13:00")
    assert response(ctx, case).working == minutes(180)


def test_replying_and_waiting_in_the_same_save_keeps_the_response(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 11:00")
    case = a_case(ctx, "2026-11-24 10:00")
    with ctx.write(Permission.LOG_CASES) as session:
        record = steps.record_to_change(session, SupportCase, case)
        steps.start_waiting(session, ctx, record)
        steps.add_message(session, ctx, record, NewMessage(kind=MessageKind.REPLY, text="Send oss vedtaket."))
    assert response(context_for(at="2026-11-25 15:00"), case) == Clocks(minutes(60), minutes(60), running=False)


def test_closing_without_an_answer_ends_the_clocks_and_says_that_nobody_answered(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 14:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "close")
    later = context_for(at="2026-12-01 14:00")
    assert course(later, case).first_response is None
    assert course(later, case).last_answer is None
    assert response(later, case) == Clocks(minutes(240), minutes(240), running=False)


def test_a_late_answer_stays_late_after_closing(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-27 09:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY)
    do(ctx, case, "close")
    # Tuesday 6 h, Wednesday and Thursday 8 h each, Friday 1 h.
    assert response(context_for(at="2027-03-01 09:00"), case).working == minutes(23 * 60)


def test_waiting_for_the_house_is_left_out_of_working_time_but_not_of_the_calendar(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "start_waiting", at="2026-11-24 11:00")
    do(ctx, case, "stop_waiting", at="2026-11-24 13:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 14:00")
    pair = response(ctx, case)
    assert (pair.working, pair.wall) == (minutes(120), minutes(240))


def test_while_we_wait_the_working_clock_stands_still(context_for: ContextFor) -> None:
    case = a_case(context_for(), "2026-11-24 10:00")
    do(context_for(at="2026-11-24 11:00"), case, "start_waiting")
    pair = response(context_for(at="2026-11-24 15:00"), case)
    assert pair == Clocks(minutes(60), minutes(300), running=True, waiting=True)


def test_what_they_write_ends_the_waiting(context_for: ContextFor) -> None:
    case = a_case(context_for(), "2026-11-24 10:00")
    do(context_for(at="2026-11-24 11:00"), case, "start_waiting")
    say(context_for(at="2026-11-24 13:00"), case, MessageKind.INCOMING, text="Her er vedtaket.")
    ctx = context_for(at="2026-11-24 15:00")
    assert course(ctx, case).waiting_since is None
    assert response(ctx, case) == Clocks(minutes(180), minutes(300), running=True)


def test_a_mail_found_afterwards_shortens_the_waiting_it_came_in(context_for: ContextFor) -> None:
    case = a_case(context_for(), "2026-11-24 10:00")
    do(context_for(at="2026-11-24 11:00"), case, "start_waiting")
    do(context_for(at="2026-11-24 14:00"), case, "stop_waiting")
    ctx = context_for(at="2026-11-24 15:00")
    say(ctx, case, MessageKind.INCOMING, at="2026-11-24 12:00", text="Lå i søppelposten.")
    assert response(ctx, case).working == minutes(240)


def test_our_own_reminder_does_not_end_the_waiting(context_for: ContextFor) -> None:
    case = a_case(context_for(), "2026-11-24 10:00")
    do(context_for(at="2026-11-24 11:00"), case, "start_waiting")
    say(context_for(at="2026-11-24 13:00"), case, MessageKind.REPLY, text="Purrer på vedtaket.")
    assert course(context_for(at="2026-11-24 15:00"), case).waiting_since == oslo("2026-11-24 11:00")


def test_closed_and_opened_again_the_closed_time_is_a_pause(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-25 12:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "close", at="2026-11-24 12:00")
    do(ctx, case, "reopen", at="2026-11-25 09:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-25 10:00")
    pair = response(ctx, case)
    assert (pair.working, pair.wall) == (minutes(180), minutes(24 * 60))


def test_closing_ends_the_waiting(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "start_waiting", at="2026-11-24 11:00")
    do(ctx, case, "close", at="2026-11-24 12:00")
    (pause,) = course(ctx, case).stops
    assert pause.ended_at == oslo("2026-11-24 12:00")


@pytest.mark.parametrize(
    ("kind", "at", "code"),
    [
        (MessageKind.REPLY, "2026-11-24 09:00", "answered_before_received"),  # answered before anybody asked
        (MessageKind.INCOMING, "2026-11-24 09:00", "message_before_received"),  # then that was when it came in
        (MessageKind.REPLY, "2026-11-24 15:01", "moment_in_future"),  # a promise is no answer
        (MessageKind.NOTE, None, "text_missing"),  # a note without words
    ],
)
def test_a_message_that_cannot_be_right_is_refused(
    context_for: ContextFor, kind: MessageKind, at: str | None, code: str
) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    with pytest.raises(Refused) as refused:
        say(ctx, case, kind, at=at)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("before", "step", "at", "code"),
    [
        ([], "stop_waiting", None, "not_waiting"),
        ([], "reopen", None, "not_closed"),
        (["start_waiting"], "start_waiting", None, "already_waiting"),
        (["close"], "close", None, "already_closed"),
        (["close"], "start_waiting", None, "record_closed"),
        ([], "close", "2026-11-24 09:59", "closed_before_received"),
        ([], "close", "2026-11-24 15:30", "moment_in_future"),
        (["start_waiting"], "stop_waiting", "2026-11-24 14:59", "waiting_ends_before_start"),
        (["close"], "reopen", "2026-11-24 14:59", "reopened_before_closed"),
    ],
)
def test_a_step_out_of_order_is_refused(
    context_for: ContextFor, before: list[str], step: str, at: str | None, code: str
) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    for earlier in before:
        do(ctx, case, earlier)
    with pytest.raises(Refused) as refused:
        do(ctx, case, step, at=at)
    assert refused.value.code == code


def test_on_a_closed_case_notes_and_forgotten_replies_may_be_added_but_nothing_after_the_closing(
    context_for: ContextFor,
) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "close", at="2026-11-24 14:00")
    say(ctx, case, MessageKind.NOTE, text="Saken er nevnt i styret.")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 13:00")
    assert response(ctx, case).working == minutes(180)
    with pytest.raises(Refused) as refused:
        say(ctx, case, MessageKind.REPLY)
    assert refused.value.code == "record_closed"


def test_a_case_is_not_closed_before_what_was_last_said(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 13:00")
    with pytest.raises(Refused) as refused:
        do(ctx, case, "close", at="2026-11-24 12:00")
    assert refused.value.code == "closed_before_last_message"


def test_a_reply_sent_twice_with_one_token_is_one_reply(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    first = say(ctx, case, MessageKind.REPLY, token="t-1", text="Ja, det teller.")
    again = say(ctx, case, MessageKind.REPLY, token="t-1", text="Ja, det teller.")
    assert first.id == again.id
    with ctx.read(Permission.SEE_RECORDS) as session:
        assert len(queries.messages_of(session, RecordKind.CASE, case)) == 1


def test_a_moment_set_back_is_reconstructed_and_a_minute_shown_means_the_moment_behind_it() -> None:
    now = oslo("2026-11-24 10:09:40")
    opened = oslo("2026-11-24 10:02:15")
    assert settled(None, now) == Moment(now)
    assert settled(None, now, opened_at=opened) == Moment(opened)
    assert settled(oslo("2026-11-24 10:05"), now) == Moment(oslo("2026-11-24 10:05"))  # written down at once
    assert settled(oslo("2026-11-24 10:09"), now) == Moment(now)
    assert settled(oslo("2026-11-24 10:02"), now, opened_at=opened) == Moment(opened)
    assert settled(oslo("2026-11-24 09:30"), now) == Moment(oslo("2026-11-24 09:30"), TimeQuality.RECONSTRUCTED)
    # Received 10:02:15, "answered 10:02": not before it was received, but within the same minute.
    assert settled(oslo("2026-11-24 10:02"), now, not_before=opened) == Moment(opened, TimeQuality.RECONSTRUCTED)


def test_the_receipt_can_be_corrected_but_not_past_the_first_message(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 12:00")
    correct_receipt(ctx, case, "2026-11-24 09:00")
    assert response(ctx, case) == Clocks(minutes(180), minutes(180), running=False, quality=TimeQuality.RECONSTRUCTED)
    with pytest.raises(Refused) as refused:
        correct_receipt(ctx, case, "2026-11-24 12:30")
    assert refused.value.code == "answered_before_received"


def test_the_calendar_clock_counts_the_hour_the_clock_change_gives() -> None:
    received = Moment(oslo("2026-10-23 15:00"))
    pair = clocks(OFFICE, received, response=Moment(oslo("2026-10-26 09:00")), now=oslo("2026-10-26 09:00"))
    assert (pair.working, pair.wall) == (minutes(120), timedelta(hours=67))


def test_pauses_that_overlap_or_begin_after_the_response_are_not_subtracted_twice() -> None:
    stops = [
        Stop(PauseReason.WAITING, oslo("2026-11-23 10:00"), oslo("2026-11-23 11:00")),
        Stop(PauseReason.CLOSED, oslo("2026-11-23 10:30"), oslo("2026-11-23 11:15")),
        Stop(PauseReason.WAITING, oslo("2026-11-23 13:00"), None),  # after the answer: changes nothing
    ]
    response = Moment(oslo("2026-11-23 12:00"))
    pair = clocks(
        OFFICE, Moment(oslo("2026-11-23 10:00")), response=response, stops=stops, now=oslo("2026-11-23 15:00")
    )
    assert (pair.working, pair.wall) == (minutes(45), minutes(120))


def test_a_thousand_cases_cost_as_many_selects_as_one(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    first = a_case(ctx, "2026-11-24 10:00")
    say(ctx, first, MessageKind.REPLY, at="2026-11-24 11:00")
    with ctx.write(Permission.LOG_CASES) as session:
        session.add_all(_case(ctx, number) for number in range(1000))
    with ctx.read(Permission.SEE_RECORDS) as session:
        with asking(ctx.database) as few:
            queries.courses(session, RecordKind.CASE, [first])
        with asking(ctx.database) as many:
            found = queries.courses(session, RecordKind.CASE, select(SupportCase.id))
    assert len(few) == len(many) == 3
    assert len(found) == 1001
    assert found[first].first_response == Moment(oslo("2026-11-24 11:00"), TimeQuality.RECONSTRUCTED)


def _case(ctx: Context, number: int) -> SupportCase:
    at: datetime = ctx.now - minutes(number)
    quality = TimeQuality.EXACT
    return SupportCase(
        what=f"Spørsmål {number}",
        channel=Channel.PHONE,
        received_at=at,
        received_quality=quality,
        responsible_id=ctx.user_id,
        created_at=at,
    )


def test_messages_are_shown_oldest_first_with_who_wrote_them(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    say(ctx, case, MessageKind.REPLY, at="2026-11-24 13:00", channel=MessageChannel.EMAIL, text="Ja.")
    say(ctx, case, MessageKind.NOTE, at="2026-11-24 11:00", text="Spør TONO.")
    with ctx.read(Permission.SEE_RECORDS) as session:
        shown = queries.messages_of(session, RecordKind.CASE, case)
    assert [(message.text, message.channel, message.user_name) for message in shown] == [
        ("Spør TONO.", MessageChannel.NOTE, "Ingunn Ås"),
        ("Ja.", MessageChannel.EMAIL, "Ingunn Ås"),
    ]


def test_an_edited_calendar_takes_effect_at_once(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        assert office_calendar(session).is_open(oslo("2026-11-24 15:30"))
        assert not office_calendar(session).is_open(oslo("2026-12-24 13:00"))
        session.add(Setting(key="office_hours", value={"weekly": {"1": [["09:00", "15:00"]]}, "half_days": {}}))
        session.flush()
        assert not office_calendar(session).is_open(oslo("2026-11-24 15:30"))
        session.get_one(Setting, "office_hours").value = {"exceptions": {"2026-11-24": []}}
        session.flush()
        assert not office_calendar(session).is_open(oslo("2026-11-24 10:00"))
        assert office_calendar(session).is_open(oslo("2026-11-25 10:00"))


def test_a_calendar_that_is_never_open_is_refused() -> None:
    with pytest.raises(CalendarError):
        calendar_from({"weekly": {}})


def test_one_record_has_each_pause_and_each_message(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 15:00")
    case = a_case(ctx, "2026-11-24 10:00")
    do(ctx, case, "start_waiting", at="2026-11-24 11:00")
    with ctx.read(Permission.SEE_RECORDS) as session:
        (pause,) = queries.pauses_of(session, RecordKind.CASE, case)
        assert (pause.reason, pause.started_at, pause.ended_at) == (PauseReason.WAITING, oslo("2026-11-24 11:00"), None)
        assert session.scalars(select(Pause.case_id)).all() == [case]
        waiting = session.scalars(select(SupportCase.id).where(queries.is_waiting(RecordKind.CASE))).all()
        assert waiting == [case]
