"""Network bodies: what their rhythm asks of a quarter, and which meetings answer it."""

from __future__ import annotations

from datetime import date, time
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed, NotFound, Refused
from crm.networks import facets
from crm.networks.body_commands import (
    add_body,
    adopt_bodies,
    change_seat,
    give_seat,
    remove_rhythm,
    rename_body,
    set_rhythm,
)
from crm.networks.cards import BodyQuarter
from crm.networks.commands import (
    cancel_meeting,
    change_meeting,
    delete_meeting,
    log_meeting,
    note_attendance,
    restore_meeting,
    write_minutes,
)
from crm.networks.forms import (
    Attendees,
    BodyName,
    Cancellation,
    Mark,
    MeetingDetails,
    Minutes,
    NewBody,
    NewMeeting,
    Rhythm,
    Seat,
)
from crm.networks.queries import (
    body_card,
    body_quarters,
    find_persons,
    list_bodies,
    list_coming,
    list_meetings,
    list_unreported,
    meeting_card,
)
from crm.networks.rules import DatedRhythm, QuarterStatus, judged, rhythm_for
from crm.people.commands import add_person
from crm.people.forms import NewPerson
from crm.periods import Quarter
from db.models.house_keeping import AuditEntry
from db.models.meetings import AttendanceStatus, Cadence, EventOrganiser, EventStatus
from db.models.people import Person
from tests.conftest import ContextFor

pytestmark = pytest.mark.usefixtures("right_last_contacts")

ATTENDED, APOLOGIES, ABSENT = AttendanceStatus.ATTENDED, AttendanceStatus.APOLOGIES, AttendanceStatus.ABSENT
Q4 = Quarter(2026, 4)
tokens = (f"token-of-a-form-{number}" for number in count())


@pytest.fixture
def bodies(ctx: Context) -> dict[str, int]:
    """MIR and Arrangørforum, as the plan names them."""
    adopt_bodies(ctx)
    return {body.name: body.id for body in list_bodies(ctx)}


def a_meeting(ctx: Context, body_id: int, day: str, *marks: Mark, is_held: bool = True, **details: object) -> int:
    form = {"starts": time(10), "token": next(tokens), **details}
    new = NewMeeting.checked(body_id=body_id, day=date.fromisoformat(day), is_held=is_held, marks=marks, **form)
    return log_meeting(ctx, new)


def was_there(ctx: Context) -> Mark:
    return Mark(user_id=ctx.user_id, status=ATTENDED)


def sent_apologies(ctx: Context) -> Mark:
    return Mark(user_id=ctx.user_id, status=APOLOGIES)


def quarter_of(ctx: Context, body_id: int, quarter: Quarter = Q4) -> BodyQuarter:
    return body_quarters(ctx, [quarter])[body_id][0]


def audit_words(ctx: Context) -> list[str]:
    with ctx.database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def last_facts(ctx: Context) -> dict[str, Any]:
    with ctx.database.reading() as session:
        return dict(session.scalars(select(AuditEntry.facts).order_by(AuditEntry.id.desc()).limit(1)).one())


# ---- the plan's bodies


def test_first_start_gives_the_two_bodies_of_the_plan_with_a_quarterly_rhythm(ctx: Context) -> None:
    assert adopt_bodies(ctx) == 2
    found = {body.name: body for body in list_bodies(ctx)}
    assert list(found) == ["Arrangørforum", "MIR"]
    assert found["MIR"].also_called == ("Musikkindustriens næringsråd",)
    assert {(body.cadence, body.minimum) for body in found.values()} == {(Cadence.QUARTERLY, 1)}
    assert body_card(ctx, found["MIR"].id).rhythms[0][1] == date(2023, 1, 1)
    assert audit_words(ctx) == ["body.added", "body.added"]


def test_a_second_start_adds_nothing_even_after_mir_got_another_name(ctx: Context, bodies: dict[str, int]) -> None:
    version = body_card(ctx, bodies["MIR"]).version
    rename_body(ctx, bodies["MIR"], BodyName(name="Musikkrådet"), version=version)
    assert adopt_bodies(ctx) == 0
    assert [body.name for body in list_bodies(ctx)] == ["Arrangørforum", "Musikkrådet"]
    assert "MIR" in body_card(ctx, bodies["MIR"]).line.also_called


# ---- a quarter's count


def test_the_board_report_of_the_fourth_quarter_mir_is_met_and_arrangorforum_is_not(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    """S12: MIR one meeting, Arrangørforum none, one cancelled; asked for on 8 January 2027."""
    in_november = context_for("ingunn", "2026-11-13 09:00")
    a_meeting(in_november, bodies["MIR"], "2026-11-12", was_there(in_november))
    planned = a_meeting(in_november, bodies["Arrangørforum"], "2026-12-03", is_held=False, title="Årets siste")
    cancel_meeting(in_november, planned, Cancellation(because="For få påmeldte"), version=1)

    in_january = context_for("ingunn", "2027-01-08 10:00")
    mir = quarter_of(in_january, bodies["MIR"])
    forum = quarter_of(in_january, bodies["Arrangørforum"])
    assert (mir.done, mir.expected, mir.status) == (1, 1, QuarterStatus.MET)
    assert (forum.done, forum.expected, forum.status) == (0, 1, QuarterStatus.MISSED)
    assert [(meeting.title, meeting.cancelled_because) for meeting in forum.cancelled] == [
        ("Årets siste", "For få påmeldte")
    ]


def test_before_the_quarter_is_over_a_body_without_a_meeting_is_under_way(ctx: Context, bodies: dict[str, int]) -> None:
    assert quarter_of(ctx, bodies["MIR"]).status == QuarterStatus.UNDER_WAY
    assert quarter_of(ctx, bodies["MIR"], Quarter(2026, 3)).status == QuarterStatus.MISSED
    assert quarter_of(ctx, bodies["MIR"], Quarter(2022, 4)).status == QuarterStatus.NOT_EXPECTED


def test_the_debate_days_mir_meeting_gives_the_first_quarter_and_the_other_body_still_shows_none_of_one(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    """S11: Thursday 18 February 2027, both staff present."""
    ingunn, colleague = context_for("ingunn", "2027-02-18 17:00"), context_for("bjørn_ærlend", "2027-02-18 17:00")
    a_meeting(colleague, bodies["MIR"], "2027-02-18", was_there(ingunn), was_there(colleague))
    first = Quarter(2027, 1)
    assert (quarter_of(ingunn, bodies["MIR"], first).done, quarter_of(ingunn, bodies["MIR"], first).expected) == (1, 1)
    forum = quarter_of(ingunn, bodies["Arrangørforum"], first)
    assert (forum.done, forum.expected, forum.status) == (0, 1, QuarterStatus.UNDER_WAY)


def test_apologies_are_kept_but_are_not_attendance(ctx: Context, bodies: dict[str, int]) -> None:
    a_meeting(ctx, bodies["MIR"], "2026-11-12", sent_apologies(ctx))
    mir = quarter_of(ctx, bodies["MIR"])
    assert (mir.done, mir.apologies, mir.status) == (0, 1, QuarterStatus.UNDER_WAY)
    assert [meeting.apologies for meeting in mir.held_without_us] == [("Ingunn Ås",)]


def test_a_meeting_where_only_a_person_from_outside_was_does_not_count(ctx: Context, bodies: dict[str, int]) -> None:
    with ctx.database.writing() as session:
        person = Person(
            name="Torunn Bråten",
            sort_key="1",
            search_key="torunn bråten",
            loose_key="torunn braten",
            created_at=ctx.now,
        )
        session.add(person)
        session.flush()
        outsider = Mark(person_id=person.id, status=ATTENDED)
    a_meeting(ctx, bodies["MIR"], "2026-11-12", outsider)
    assert quarter_of(ctx, bodies["MIR"]).done == 0
    a_meeting(ctx, bodies["MIR"], "2026-11-19", outsider, was_there(ctx))
    assert quarter_of(ctx, bodies["MIR"]).done == 1


def test_a_meeting_belongs_to_the_quarter_of_its_oslo_date(context_for: ContextFor, bodies: dict[str, int]) -> None:
    """Half past midnight on 1 October in Oslo is still 30 September in UTC."""
    ctx = context_for("ingunn", "2026-10-02 09:00")
    a_meeting(ctx, bodies["MIR"], "2026-10-01", was_there(ctx), starts=time(0, 30))
    assert quarter_of(ctx, bodies["MIR"]).done == 1
    assert quarter_of(ctx, bodies["MIR"], Quarter(2026, 3)).done == 0


@pytest.mark.parametrize(
    ("quarter", "days", "expected", "done", "status"),
    [
        # the spring meeting was held in March: met then, and nothing left to ask of the second quarter
        (Quarter(2026, 1), ["2026-03-10"], 0, 1, QuarterStatus.MET),
        (Quarter(2026, 2), ["2026-03-10"], 0, 0, QuarterStatus.NOT_EXPECTED),
        # held in May instead: the first quarter did not have to
        (Quarter(2026, 1), ["2026-05-12"], 0, 0, QuarterStatus.NOT_EXPECTED),
        (Quarter(2026, 2), ["2026-05-12"], 1, 1, QuarterStatus.MET),
        # not held at all: the half-year is missed once, where it ended
        (Quarter(2026, 2), [], 1, 0, QuarterStatus.MISSED),
        # the autumn's is still to come on 24 November
        (Quarter(2026, 3), [], 0, 0, QuarterStatus.NOT_EXPECTED),
        (Quarter(2026, 4), [], 1, 0, QuarterStatus.UNDER_WAY),
    ],
)
def test_a_half_yearly_body_may_meet_in_either_quarter(
    quarter: Quarter, days: list[str], expected: int, done: int, status: QuarterStatus
) -> None:
    rhythm = DatedRhythm(date(2023, 1, 1), Cadence.HALF_YEARLY, 1)
    attended = [date.fromisoformat(day) for day in days]
    verdict = judged(quarter, rhythm, attended, today=date(2026, 11, 24))
    assert (verdict.expected, verdict.done, verdict.status) == (expected, done, status)
    assert verdict.due == date(2026, 6, 30) if quarter.number < 3 else verdict.due == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (["2026-10-05", "2026-11-02", "2026-12-07"], QuarterStatus.MET),
        # three meetings, but none in October
        (["2026-11-02", "2026-11-09", "2026-11-16"], QuarterStatus.MISSED),
        # October done, November not yet: the month is not over
        (["2026-10-05"], QuarterStatus.UNDER_WAY),
    ],
)
def test_a_monthly_body_is_asked_month_by_month(days: list[str], status: QuarterStatus) -> None:
    rhythm = DatedRhythm(date(2023, 1, 1), Cadence.MONTHLY, 1)
    verdict = judged(Q4, rhythm, [date.fromisoformat(day) for day in days], today=date(2026, 11, 24))
    assert (verdict.expected, verdict.status) == (3, status)


def test_a_new_rhythm_judges_from_its_first_whole_quarter_and_never_backwards(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    ctx = context_for("ingunn", "2027-04-01 09:00")
    set_rhythm(ctx, bodies["MIR"], Rhythm(since=date(2026, 10, 1), cadence=Cadence.HALF_YEARLY))
    assert quarter_of(ctx, bodies["MIR"], Quarter(2026, 3)).status == QuarterStatus.MISSED  # still by the quarterly one
    assert quarter_of(ctx, bodies["MIR"], Quarter(2027, 1)).status == QuarterStatus.NOT_EXPECTED
    newest = body_card(ctx, bodies["MIR"]).rhythms[0]
    assert newest[1:] == (date(2026, 10, 1), Cadence.HALF_YEARLY, 1)
    remove_rhythm(ctx, newest[0])
    assert quarter_of(ctx, bodies["MIR"], Quarter(2027, 1)).status == QuarterStatus.MISSED


def test_a_rhythm_that_begins_inside_a_quarter_does_not_ask_for_it() -> None:
    assert rhythm_for([DatedRhythm(date(2026, 10, 2), Cadence.QUARTERLY, 1)], Q4) is None


def test_a_rhythm_of_nought_expects_nothing_and_still_shows_the_meetings(ctx: Context, bodies: dict[str, int]) -> None:
    set_rhythm(ctx, bodies["MIR"], Rhythm(since=date(2026, 1, 1), minimum=0))
    a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    mir = quarter_of(ctx, bodies["MIR"])
    assert (mir.expected, mir.done, mir.status) == (0, 1, QuarterStatus.NOT_EXPECTED)


# ---- one meeting


def test_two_clicks_on_save_are_one_meeting(ctx: Context, bodies: dict[str, int]) -> None:
    first = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx), token="the-same-form-twice")
    second = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx), token="the-same-form-twice")
    assert first == second
    assert quarter_of(ctx, bodies["MIR"]).done == 1


def test_a_meeting_next_week_cannot_have_been_held(ctx: Context, bodies: dict[str, int]) -> None:
    with pytest.raises(InvalidForm) as refused:
        a_meeting(ctx, bodies["MIR"], "2026-12-01", was_there(ctx))
    assert refused.value.problems == {"day": "held_in_future"}


def test_a_planned_meeting_takes_apologies_beforehand_but_nobody_has_attended_it(
    ctx: Context, bodies: dict[str, int]
) -> None:
    planned = a_meeting(ctx, bodies["MIR"], "2026-12-01", sent_apologies(ctx), is_held=False)
    assert meeting_card(ctx, planned).attendees[0].status == APOLOGIES
    with pytest.raises(InvalidForm) as refused:
        note_attendance(ctx, planned, Attendees(marks=(was_there(ctx),), is_held=False), version=1)
    assert refused.value.problems == {"marks": "only_apologies_before"}


def test_a_planned_meeting_whose_hour_has_passed_waits_to_be_told_about(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    before, after = context_for("ingunn", "2026-11-24 09:59"), context_for("ingunn", "2026-11-24 10:00")
    planned = a_meeting(before, bodies["MIR"], "2026-11-24", is_held=False)
    assert [meeting.id for meeting in list_coming(before)] == [planned]
    assert list_unreported(before) == []
    assert list_coming(after) == []
    assert [meeting.id for meeting in list_unreported(after)] == [planned]
    note_attendance(after, planned, Attendees(marks=(was_there(after),), is_held=True), version=1)
    assert list_unreported(after) == []
    assert meeting_card(after, planned).status == EventStatus.HELD
    assert audit_words(after)[-1] == "meeting.held"


def test_attendance_is_noted_for_colleagues_with_a_seat_other_colleagues_and_known_persons(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    ingunn, colleague = context_for("ingunn"), context_for("bjørn_ærlend")
    give_seat(ingunn, bodies["MIR"], Seat(user_id=ingunn.user_id, role="Styremedlem", since=date(2024, 1, 1)))
    add_person(ingunn, NewPerson(name="Signe Vågå"))
    meeting = a_meeting(colleague, bodies["MIR"], "2026-11-12")
    marks = (
        Mark(user_id=ingunn.user_id, status=ABSENT),
        Mark(user_id=colleague.user_id, status=ATTENDED),
        Mark(person_id=find_persons(ingunn, "våg")[0].id, status=ATTENDED),
    )
    note_attendance(colleague, meeting, Attendees(marks=marks, is_held=True), version=1)
    attendees = meeting_card(colleague, meeting).attendees
    assert [(line.name, line.about, line.status, line.has_seat) for line in attendees] == [
        ("Ingunn Ås", "Styremedlem", ABSENT, True),
        ("Bjørn-Ærlend Wiik", "", ATTENDED, False),
        ("Signe Vågå", "", ATTENDED, False),
    ]


def test_the_same_colleague_is_not_marked_twice(ctx: Context, bodies: dict[str, int]) -> None:
    with pytest.raises(InvalidForm) as refused:
        a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx), sent_apologies(ctx))
    assert refused.value.problems == {"marks": "attendee_twice"}


def test_a_cancelled_meeting_takes_no_attendance_until_it_is_on_again(ctx: Context, bodies: dict[str, int]) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    cancel_meeting(ctx, meeting, Cancellation(because="Sykdom"), version=1)
    assert quarter_of(ctx, bodies["MIR"]).done == 0
    with pytest.raises(Refused, match="meeting_cancelled"):
        note_attendance(ctx, meeting, Attendees(marks=(was_there(ctx),), is_held=True), version=2)
    restore_meeting(ctx, meeting, version=2)
    note_attendance(ctx, meeting, Attendees(marks=(was_there(ctx),), is_held=True), version=3)
    assert quarter_of(ctx, bodies["MIR"]).done == 1


def test_a_meeting_has_the_body_and_any_others_as_organisers(ctx: Context, bodies: dict[str, int]) -> None:
    forum = bodies["Arrangørforum"]
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx), organiser_ids=(forum,))
    assert [organiser.name for organiser in meeting_card(ctx, meeting).organisers] == ["Arrangørforum", "MIR"]
    assert quarter_of(ctx, forum).done == 0  # it helped to arrange MIR's meeting; it has not had its own


def test_time_place_and_form_are_corrected_and_the_log_says_what_was_changed(
    ctx: Context, bodies: dict[str, int]
) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    details = MeetingDetails(day=date(2026, 9, 29), starts=time(12), ends=time(14), place="Sentralen", is_digital=True)
    change_meeting(ctx, meeting, details, version=1)
    card = meeting_card(ctx, meeting)
    assert (card.place, card.is_digital, card.title, card.version) == ("Sentralen", True, "MIR", 2)
    assert quarter_of(ctx, bodies["MIR"], Quarter(2026, 3)).done == 1
    assert last_facts(ctx)["changed"]["place"] == ["", "Sentralen"]


def test_minutes_are_kept_and_the_log_has_their_length_only(ctx: Context, bodies: dict[str, int]) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    write_minutes(ctx, meeting, Minutes(text="Vedtak: felles høringssvar."), version=1)
    assert meeting_card(ctx, meeting).minutes == "Vedtak: felles høringssvar."
    assert "Vedtak" not in str(last_facts(ctx))


def test_the_second_of_two_who_edit_a_meeting_is_told_so(ctx: Context, bodies: dict[str, int]) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    write_minutes(ctx, meeting, Minutes(text="Ingunns referat"), version=1)
    with pytest.raises(ChangedMeanwhile):
        write_minutes(ctx, meeting, Minutes(text="Bjørn-Ærlends referat"), version=1)
    with pytest.raises(ChangedMeanwhile):
        note_attendance(ctx, meeting, Attendees(marks=(), is_held=True), version=1)


def test_marks_alone_make_a_new_version_too(ctx: Context, bodies: dict[str, int]) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    note_attendance(ctx, meeting, Attendees(marks=(sent_apologies(ctx),), is_held=True), version=1)
    assert meeting_card(ctx, meeting).version == 2


def test_a_meeting_entered_by_mistake_is_gone_from_every_count(ctx: Context, bodies: dict[str, int]) -> None:
    meeting = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    delete_meeting(ctx, meeting, version=1)
    assert quarter_of(ctx, bodies["MIR"]).meetings == ()
    with pytest.raises(NotFound):
        meeting_card(ctx, meeting)
    with ctx.database.reading() as session:
        assert session.scalars(select(EventOrganiser)).all() == []


def test_meetings_are_listed_newest_first_a_page_at_a_time(ctx: Context, bodies: dict[str, int]) -> None:
    days = ["2026-09-01", "2026-10-01", "2026-10-01", "2026-11-01"]  # two on one day: the id tells them apart
    ids = [a_meeting(ctx, bodies["MIR"], day) for day in days]
    page = list_meetings(ctx, bodies["MIR"], limit=2)
    rest = list_meetings(ctx, bodies["MIR"], before=page[-1].id, limit=2)
    assert [meeting.id for meeting in page + rest] == [ids[3], ids[2], ids[1], ids[0]]


# ---- bodies and seats


def test_a_body_needs_a_name_of_its_own(ctx: Context, bodies: dict[str, int]) -> None:
    rhythm = Rhythm(since=date(2026, 1, 1))
    with pytest.raises(InvalidForm) as empty:
        NewBody.checked(name="  ", rhythm=rhythm)
    assert empty.value.problems == {"name": "body_name_missing"}
    with pytest.raises(InvalidForm) as taken:
        add_body(ctx, NewBody(name="mir", rhythm=rhythm))
    assert taken.value.problems == {"name": "body_name_taken"}
    assert add_body(ctx, NewBody(name="Nordisk kulturhusnettverk", rhythm=rhythm)) not in bodies.values()


def test_a_seat_has_days_and_passes_on(context_for: ContextFor, bodies: dict[str, int]) -> None:
    ingunn, colleague = context_for("ingunn"), context_for("bjørn_ærlend")
    mir = bodies["MIR"]
    seat = give_seat(ingunn, mir, Seat(user_id=ingunn.user_id, since=date(2024, 1, 1)))
    ended = Seat(user_id=ingunn.user_id, since=date(2024, 1, 1), until=date(2026, 10, 31))
    change_seat(ingunn, seat, ended, version=1)
    give_seat(ingunn, mir, Seat(user_id=colleague.user_id, since=date(2026, 11, 1)))
    card = body_card(ingunn, mir)
    assert [(line.name, line.is_current) for line in card.seats] == [("Bjørn-Ærlend Wiik", True), ("Ingunn Ås", False)]
    october = a_meeting(ingunn, mir, "2026-10-15")
    assert [line.name for line in meeting_card(ingunn, october).attendees] == ["Ingunn Ås"]


def test_a_colleague_has_one_seat_at_a_time_in_a_body(ctx: Context, bodies: dict[str, int]) -> None:
    mir = bodies["MIR"]
    give_seat(ctx, mir, Seat(user_id=ctx.user_id, since=date(2024, 1, 1)))
    with pytest.raises(InvalidForm) as refused:
        give_seat(ctx, mir, Seat(user_id=ctx.user_id))
    assert refused.value.problems == {"user_id": "seat_taken"}
    assert give_seat(ctx, bodies["Arrangørforum"], Seat(user_id=ctx.user_id))


def test_a_colleague_logs_meetings_but_does_not_decide_how_many_there_should_be(
    context_for: ContextFor, bodies: dict[str, int]
) -> None:
    colleague = context_for("bjørn_ærlend")
    assert a_meeting(colleague, bodies["MIR"], "2026-11-12", was_there(colleague))
    with pytest.raises(NotAllowed):
        set_rhythm(colleague, bodies["MIR"], Rhythm(since=date(2026, 1, 1), minimum=0))


def test_the_board_sees_the_count_and_none_of_the_words(context_for: ContextFor, bodies: dict[str, int]) -> None:
    ingunn, board = context_for("ingunn"), context_for("styret")
    a_meeting(ingunn, bodies["MIR"], "2026-11-12", was_there(ingunn), title="Om Kari", place="Hos Kari")
    seen = quarter_of(board, bodies["MIR"])
    assert (seen.done, seen.status) == (1, QuarterStatus.MET)
    assert (seen.meetings[0].title, seen.meetings[0].place, seen.meetings[0].attended) == ("", "", ())
    with pytest.raises(NotAllowed):
        meeting_card(board, seen.meetings[0].id)


# ---- facets


def test_only_held_meetings_where_we_were_are_evidence_for_the_plan(ctx: Context, bodies: dict[str, int]) -> None:
    counted = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx))
    a_meeting(ctx, bodies["MIR"], "2026-11-13", sent_apologies(ctx))
    a_meeting(ctx, bodies["MIR"], "2026-12-13", is_held=False)
    cancel_meeting(ctx, a_meeting(ctx, bodies["MIR"], "2026-11-14", was_there(ctx)), Cancellation(), version=1)
    with ctx.database.reading() as session:
        rows = session.execute(facets.evidence()).mappings().all()
    assert [(row["record_id"], row["organisation_id"]) for row in rows] == [(counted, bodies["MIR"])]
    assert {row["kind"] for row in rows} == facets.EVIDENCE_KINDS


def test_planned_meetings_are_deadlines_and_every_meeting_is_a_happening_of_its_organisers(
    ctx: Context, bodies: dict[str, int]
) -> None:
    held = a_meeting(ctx, bodies["MIR"], "2026-11-12", was_there(ctx), organiser_ids=(bodies["Arrangørforum"],))
    planned = a_meeting(ctx, bodies["MIR"], "2026-12-01", is_held=False)
    with ctx.database.reading() as session:
        due = session.execute(facets.deadlines()).mappings().all()
        happened = session.execute(facets.happenings()).mappings().all()
    assert [(row["record_id"], row["kind"]) for row in due] == [(planned, "body_meeting")]
    assert sorted((row["record_id"], row["organisation_id"], row["kind"]) for row in happened) == sorted(
        [
            (held, bodies["MIR"], "body_meeting"),
            (held, bodies["Arrangørforum"], "body_meeting"),
            (planned, bodies["MIR"], "body_meeting_planned"),
        ]
    )
