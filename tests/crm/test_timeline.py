"""Everything that happened with a house, newest first, from all features."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.errors import NotAllowed
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.networks.body_commands import adopt_bodies
from crm.networks.commands import cancel_meeting, log_meeting
from crm.networks.forms import Cancellation, Mark, NewMeeting
from crm.networks.queries import list_bodies
from crm.networks.words import AttendanceStatus
from crm.people.commands import add_person, add_post, end_post
from crm.people.forms import EndedPost, NewPerson, NewPost
from crm.timeline.queries import happened, last_contact

At = Callable[..., Context]


def called(ctx: Context, house: int | None, what: str, *, answered: bool = False, person: int | None = None) -> None:
    token = f"{house}-{what}"[:40].ljust(20, "x")
    who = {"organisation_id": house, "person_id": person}
    open_case(ctx, NewCase.checked(token=token, what=what, answered=answered, **who))


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))


@pytest.fixture
def asgard(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Åsgard konserthus", municipality_number="3218"))


def test_the_newest_stands_first_and_other_houses_do_not(context_for: At, fjordglimt: int, asgard: int) -> None:
    called(context_for("ingunn", "2026-11-20 09:00"), fjordglimt, "Spør om TONO")
    called(context_for("ingunn", "2026-11-24 10:02"), fjordglimt, "Spør om driftstilskudd")
    called(context_for("ingunn", "2026-11-24 11:00"), asgard, "Spør om lys")
    rows = happened(context_for("ingunn", "2026-11-25 08:00"), organisation_id=fjordglimt).rows
    calls = [row for row in rows if row.kind == "support_case"]
    assert [row.title for row in calls] == ["Spør om driftstilskudd", "Spør om TONO"]
    assert {(row.record, row.by) for row in calls} == {("case", "Ingunn Ås")}


def test_a_long_history_comes_page_by_page_without_loss(context_for: At, fjordglimt: int) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    for number in range(7):
        called(ctx, fjordglimt, f"Sak {number}")  # all in the same moment: the page must still end between two of them
    seen, after = [], None
    while True:
        page = happened(ctx, organisation_id=fjordglimt, record="case", after=after, limit=3)
        seen += [(row.kind, row.record_id, row.at) for row in page.rows]
        if page.following is None:
            break
        after = page.following
    everything = happened(ctx, organisation_id=fjordglimt, record="case", limit=100).rows
    assert seen == [(row.kind, row.record_id, row.at) for row in everything]
    assert len({row.record_id for row in everything}) == 7


def test_only_one_kind_of_record_can_be_asked_for(context_for: At, fjordglimt: int) -> None:
    ctx = context_for()
    called(ctx, fjordglimt, "Spør om TONO")
    assert happened(ctx, organisation_id=fjordglimt, record="meeting").rows == []
    assert {row.record for row in happened(ctx, organisation_id=fjordglimt, record="case").rows} == {"case"}


def test_a_meeting_somebody_from_the_house_was_at_is_part_of_its_history(
    context_for: At, fjordglimt: int, asgard: int
) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    kjaersti = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    before = add_post(ctx, NewPost(person_id=kjaersti, organisation_id=asgard))
    end_post(ctx, before, EndedPost(version=1, until=date(2026, 1, 31)))
    add_post(ctx, NewPost(person_id=kjaersti, organisation_id=fjordglimt, since=date(2026, 2, 1)))
    adopt_bodies(ctx)
    body = list_bodies(ctx)[0].id
    for day, title in ((date(2026, 1, 15), "Januarmøtet"), (date(2026, 11, 12), "Novembermøtet")):
        mark = Mark(person_id=kjaersti, status=AttendanceStatus.ATTENDED)
        new = NewMeeting(
            body_id=body,
            day=day,
            starts=time(9),
            is_held=True,
            marks=(mark,),
            title=title,
            token=f"meeting-{title}".ljust(20, "x"),
        )
        log_meeting(ctx, new)
    assert [row.title for row in happened(ctx, organisation_id=fjordglimt).rows] == ["Novembermøtet"]
    assert [row.title for row in happened(ctx, organisation_id=asgard).rows] == ["Januarmøtet"]
    assert [row.title for row in happened(ctx, person_id=kjaersti).rows] == ["Novembermøtet", "Januarmøtet"]


def test_since_we_last_spoke_leaves_out_what_lies_ahead_or_never_was(context_for: At) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    adopt_bodies(ctx)
    body = list_bodies(ctx)[0].id
    ingunn = Mark(user_id=ctx.user_id, status=AttendanceStatus.ATTENDED)
    for day, is_held in ((date(2026, 9, 3), True), (date(2026, 11, 3), False), (date(2026, 12, 3), False)):
        marks = (ingunn,) if is_held else ()
        new = NewMeeting(
            body_id=body, day=day, starts=time(9), is_held=is_held, marks=marks, token=f"meeting-on-the-{day}"
        )
        meeting = log_meeting(ctx, new)
        if day == date(2026, 11, 3):
            cancel_meeting(ctx, meeting, Cancellation(because="For få kunne."), version=1)
    last = last_contact(ctx, organisation_id=body)
    assert last is not None
    assert (last.kind, last.at.date()) == ("body_meeting", date(2026, 9, 3))
    assert last_contact(ctx, person_id=4711) is None


def test_the_board_does_not_see_what_was_said(context_for: At, fjordglimt: int) -> None:
    with pytest.raises(NotAllowed):
        happened(context_for("styret"), organisation_id=fjordglimt)
