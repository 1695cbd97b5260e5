"""When each organisation was last in touch is kept beside the rows, and is right whatever was done (`right_last_contacts`)."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import product

import pytest
from sqlalchemy import select, text

from crm.cases.commands import open_case, undo_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.derived import rebuild
from crm.media.commands import answer_inquiry, open_inquiry
from crm.media.forms import Answer, NewInquiry
from crm.media.rules import Medium
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.networks.body_commands import adopt_bodies
from crm.networks.commands import log_meeting
from crm.networks.forms import Mark, NewMeeting
from crm.networks.queries import list_bodies
from crm.networks.words import AttendanceStatus
from crm.people.commands import add_person, add_post, change_post, remove_post
from crm.people.forms import ChangedPost, NewPerson, NewPost
from crm.timeline.contacts import contacts, lately
from crm.timeline.last_contacts import disagreements, heard_from, last_heard_from, not_heard_from
from db.models.organisations import Organisation
from tests.conftest import ContextFor

pytestmark = pytest.mark.usefixtures("right_last_contacts")

TODAY = date(2026, 11, 24)


def called(ctx: Context, house: int) -> int:
    token = f"{house}-{ctx.now:%Y%m%d%H%M}".ljust(20, "x")
    return open_case(ctx, NewCase.checked(token=token, what="Spør om TONO", organisation_id=house, answered=True))


def last_day(ctx: Context, house: int) -> date | None:
    with ctx.database.reading() as session:
        at = last_heard_from(session, [house], ctx.today).get(house)
    return at.date() if at else None


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))


@pytest.fixture
def kjaersti(ctx: Context, fjordglimt: int) -> int:
    """Employed at Fjordglimt since 2020."""
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    add_post(ctx, NewPost(person_id=person, organisation_id=fjordglimt, since=date(2020, 1, 1)))
    return person


def met(ctx: Context, day: date, person: int) -> int:
    adopt_bodies(ctx)
    marks = (Mark(person_id=person, status=AttendanceStatus.ATTENDED),)
    new = NewMeeting(
        body_id=list_bodies(ctx)[0].id, day=day, starts=time(9), is_held=True, marks=marks, token="once" * 5
    )
    return log_meeting(ctx, new)


def test_a_call_taken_back_leaves_the_one_before_as_the_last(context_for: ContextFor, fjordglimt: int) -> None:
    called(context_for("ingunn", "2026-02-03 09:00"), fjordglimt)
    now = context_for("ingunn", "2026-11-24 10:02")
    latest = called(now, fjordglimt)
    assert last_day(now, fjordglimt) == TODAY
    undo_case(now, latest)
    assert last_day(now, fjordglimt) == date(2026, 2, 3)


def test_a_post_that_began_later_than_was_said_takes_the_meeting_from_the_house(
    ctx: Context, fjordglimt: int, kjaersti: int
) -> None:
    met(ctx, date(2026, 11, 12), kjaersti)
    assert last_day(ctx, fjordglimt) == date(2026, 11, 12)
    change_post(ctx, 1, ChangedPost(since=date(2026, 11, 13), version=1, title="Daglig leder"))
    assert last_day(ctx, fjordglimt) is None


def test_a_post_that_never_was_takes_the_meeting_from_the_house(ctx: Context, fjordglimt: int, kjaersti: int) -> None:
    met(ctx, date(2026, 11, 12), kjaersti)
    remove_post(ctx, 1, version=1)
    assert last_day(ctx, fjordglimt) is None


def test_an_answer_to_a_journalist_is_contact_with_the_outlet(context_for: ContextFor) -> None:
    inquiry = NewInquiry.checked(
        journalist="Torunn Bråten",
        outlet="Nordlyspressen",
        medium=Medium.RADIO,
        question="Hva sier dere?",
        token="x" * 20,
    )
    asked = open_inquiry(context_for("ingunn", "2026-11-20 09:00"), inquiry)
    now = context_for("ingunn", "2026-11-24 10:02")
    with now.database.reading() as session:
        outlet = session.scalars(select(Organisation.id).where(Organisation.name == "Nordlyspressen")).one()
    assert last_day(now, outlet) == date(2026, 11, 20)
    answer_inquiry(now, asked, Answer.checked(text="Vi er bekymret.", token="y" * 20))
    assert last_day(now, outlet) == TODAY


def test_for_any_day_the_same_are_silent_as_when_all_that_happened_is_read(
    context_for: ContextFor, ctx: Context, kjaersti: int
) -> None:
    """Also for a day before the last contact, and where one lies ahead of it."""
    houses = [add_house(ctx, NewHouse.checked(name=f"Hus {number}", org_number=None)) for number in range(4)]
    for house, days in zip(houses, ((3,), (40, 300), (95,), ()), strict=True):
        for ago in days:
            called(context_for("ingunn", ctx.now - timedelta(days=ago)), house)
    met(ctx, TODAY - timedelta(days=60), kjaersti)
    with ctx.database.reading() as session:
        everybody = set(session.scalars(select(Organisation.id)))
        for back, days in product((-5, 0, 2, 3, 40, 41, 94, 95, 200, 400), (1, 30, 90, 365)):
            on = TODAY - timedelta(days=back)
            heard = contacts(lately(on, days=days).holds)
            silent = everybody - set(session.scalars(select(heard.c.organisation_id)))
            said = set(session.scalars(select(Organisation.id).where(not_heard_from(on, days=days))))
            assert said == silent, (on, days)
            if days == 90:
                assert set(heard_from(session, on)) == everybody - silent, on


def test_what_was_written_past_everybody_is_found_and_put_right(ctx: Context, fjordglimt: int) -> None:
    called(ctx, fjordglimt)
    with ctx.database.writing() as session:
        session.execute(text("DELETE FROM last_contacts"))
    assert disagreements(ctx.database) == 1
    rebuild(ctx.database)
    assert disagreements(ctx.database) == 0
    assert last_day(ctx, fjordglimt) == TODAY
