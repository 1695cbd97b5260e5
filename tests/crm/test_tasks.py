"""Tasks: whose, by which day, when they come again, and where they are seen."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from crm.agenda.queries import what_waits
from crm.cases.commands import undo_case
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.media.commands import take_back_inquiry
from crm.members.selects import MemberFilter
from crm.networks.commands import delete_meeting
from crm.records import Kind, Record
from crm.tasks.commands import add_task, change_task, delete_task, finish_task, reopen_task
from crm.tasks.forms import ChangedTask, NewTask
from crm.tasks.queries import Place, TaskFilter, TaskLine, Whose, list_tasks, task_card, tasks_on
from crm.tasks.rules import anchor_of, day_of, end_of, next_due, quick_days
from crm.timeline.member_queries import list_members
from db.models.house_keeping import AuditEntry
from db.models.tasks import Repeats, Task
from tests.conftest import ContextFor, oslo
from tests.records import case, house, one_of_each, person

TODAY = date(2026, 11, 24)  # a Tuesday


def add(ctx: Context, what: str = "Ring Fjordglimt", **more: Any) -> int:
    return add_task(ctx, NewTask.checked(what=what, token=secrets.token_urlsafe(24), **more))


def listed(ctx: Context, whose: Whose = Whose.MINE, **more: Any) -> list[str]:
    return [line.what for line in list_tasks(ctx, TaskFilter(whose, **more)).rows]


def changed(line: TaskLine, **more: Any) -> ChangedTask:
    same = {
        "what": line.what,
        "due": line.due,
        "repeats": line.repeats,
        "responsible_id": line.responsible_id,
        "version": line.version,
    }
    return ChangedTask.checked(**(same | more))


# ---- when it comes again

AGAIN = [
    # repeats, due, the day it is done, next
    (Repeats.DAILY, "2026-11-24", "2026-11-24", "2026-11-25"),
    (Repeats.DAILY, "2026-11-27", "2026-11-27", "2026-11-30"),  # Friday: the office is closed on Saturday
    (Repeats.DAILY, "2027-03-24", "2027-03-24", "2027-03-30"),  # Easter: Wednesday before, Tuesday after
    (Repeats.DAILY, "2027-04-30", "2027-04-30", "2027-05-03"),  # 1 May is a Saturday
    (Repeats.WEEKLY, "2026-11-24", "2026-11-24", "2026-12-01"),
    (Repeats.WEEKLY, "2027-05-10", "2027-05-10", "2027-05-17"),  # a week is a week, on the seventeenth of May too
    (Repeats.MONTHLY, "2026-11-24", "2026-11-24", "2026-12-24"),
    (Repeats.MONTHLY, "2026-12-15", "2026-12-15", "2027-01-15"),
    (Repeats.MONTHLY, "2027-01-31", "2027-01-31", "2027-02-28"),  # the month's last day stays the last
    (Repeats.MONTHLY, "2027-02-28", "2027-02-28", "2027-03-31"),
    (Repeats.MONTHLY, "2027-04-30", "2027-04-30", "2027-05-31"),
    (Repeats.MONTHLY, "2028-01-31", "2028-01-31", "2028-02-29"),  # leap year
    (Repeats.QUARTERLY, "2026-11-30", "2026-11-30", "2027-02-28"),
    (Repeats.QUARTERLY, "2026-11-15", "2026-11-15", "2027-02-15"),
    (Repeats.YEARLY, "2027-03-01", "2027-03-01", "2028-03-01"),
    (Repeats.YEARLY, "2028-02-29", "2028-02-29", "2029-02-28"),
    (Repeats.WEEKLY, "2026-11-24", "2026-11-20", "2026-12-01"),  # early: from the day it was due all the same
    (Repeats.WEEKLY, "2026-11-03", "2026-11-24", "2026-11-24"),  # three weeks late: those missed are passed over
    (Repeats.MONTHLY, "2026-08-31", "2026-11-24", "2026-11-30"),
]


@pytest.mark.parametrize(("repeats", "due", "done", "expected"), AGAIN)
def test_it_comes_again_from_the_day_it_was_due(
    repeats: Repeats, due: str, done: str, expected: str, context_for: ContextFor
) -> None:
    ctx = context_for(at=f"{done} 09:00")
    following = finish_task(ctx, add(ctx, due=date.fromisoformat(due), repeats=repeats))
    assert following is not None
    assert task_card(ctx, following).due == date.fromisoformat(expected)


def test_the_thirtieth_of_each_month_survives_february(ctx: Context) -> None:
    due, seen = date(2026, 12, 30), []
    for _ in range(3):
        due = next_due(due, Repeats.MONTHLY, anchor=30, today=TODAY, is_open=lambda _: True)
        seen.append(due)
    assert seen == [date(2027, 1, 30), date(2027, 2, 28), date(2027, 3, 30)]


def test_an_office_that_never_opens_gets_its_daily_task_all_the_same() -> None:
    tomorrow = next_due(TODAY, Repeats.DAILY, anchor=24, today=TODAY, is_open=lambda _: False)
    assert tomorrow == date(2026, 11, 25)


def test_days_and_instants_agree_when_the_clocks_change() -> None:
    for number in range(400):
        day = date(2026, 1, 1) + timedelta(days=number)
        assert day_of(end_of(day)) == day
    assert end_of(date(2026, 3, 29)) - end_of(date(2026, 3, 28)) == timedelta(days=1)  # on the wall
    assert anchor_of(date(2027, 2, 28)) == 31


def test_the_days_one_click_away() -> None:
    days = quick_days(TODAY)
    assert (days.today, days.tomorrow, days.next_week) == (TODAY, date(2026, 11, 25), date(2026, 11, 30))
    assert quick_days(date(2026, 11, 30)).next_week == date(2026, 12, 7)  # on a Monday it is the next one
    assert quick_days(date(2026, 11, 29)).next_week == date(2026, 11, 30)


# ---- adding and changing


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({"what": "  "}, {"what": "task_missing"}),
        ({"what": "a" * 501}, {"what": "task_long"}),
        ({"due": date(206, 11, 24)}, {"due": "task_year"}),
        ({"repeats": Repeats.WEEKLY}, {"": "task_repeats_from"}),
    ],
)
def test_what_is_no_task_is_refused(typed: dict[str, Any], reasons: dict[str, str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        NewTask.checked(**({"what": "Ring Fjordglimt", "token": secrets.token_urlsafe(24)} | typed))
    assert refused.value.problems == reasons


def test_two_clicks_are_one_task(ctx: Context) -> None:
    new = NewTask(what="Ring Fjordglimt", token=secrets.token_urlsafe(24))
    assert add_task(ctx, new) == add_task(ctx, new)
    assert listed(ctx) == ["Ring Fjordglimt"]


def test_the_board_gets_no_tasks(context_for: ContextFor) -> None:
    with pytest.raises(InvalidForm) as refused:
        add(context_for(), responsible_id=context_for("styret").user_id)
    assert refused.value.problems == {"responsible_id": "colleague_gone"}


def test_a_change_is_noted_without_its_words_and_the_second_saver_is_told(context_for: ContextFor) -> None:
    ctx, bjorn = context_for(), context_for("bjørn_ærlend").user_id
    task = task_card(ctx, add(ctx, due=TODAY))
    change_task(ctx, task.id, changed(task, what="Ring Åsgard", responsible_id=bjorn, due=None))
    with ctx.database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "task.changed")).one()
    assert facts == {
        "changed": {"due": ["2026-11-24", None], "responsible_id": [ctx.user_id, bjorn]},
        "fields": ["what"],
    }
    with pytest.raises(ChangedMeanwhile):
        change_task(ctx, task.id, changed(task, what="Ring Lyngmo"))
    assert listed(context_for("bjørn_ærlend")) == ["Ring Åsgard"]


def test_moved_to_another_day_it_is_counted_from_that_day(context_for: ContextFor) -> None:
    ctx = context_for(at="2027-01-20 09:00")
    task = task_card(ctx, add(ctx, due=date(2027, 1, 31), repeats=Repeats.MONTHLY))
    change_task(ctx, task.id, changed(task, what="Moms"))
    change_task(ctx, task.id, changed(task_card(ctx, task.id), due=date(2027, 1, 30)))
    february = finish_task(ctx, task.id)
    assert february is not None
    march = finish_task(ctx, february)
    assert march is not None
    assert [task_card(ctx, one).due for one in (february, march)] == [date(2027, 2, 28), date(2027, 3, 30)]


# ---- done and undone


def test_done_twice_makes_one_next_task_and_undone_it_is_gone(ctx: Context) -> None:
    fjordglimt = house(ctx)
    task = add(ctx, due=TODAY, repeats=Repeats.WEEKLY, record=fjordglimt)
    following = finish_task(ctx, task)
    assert finish_task(ctx, task) == following
    on_house = tasks_on(ctx, fjordglimt)
    assert ([line.id for line in on_house.open], len(on_house.done)) == ([following], 1)
    reopen_task(ctx, task)
    reopen_task(ctx, task)
    on_house = tasks_on(ctx, fjordglimt)
    assert ([line.id for line in on_house.open], len(on_house.done)) == ([task], 0)


def test_a_next_task_somebody_has_changed_stays(ctx: Context) -> None:
    task = add(ctx, due=TODAY, repeats=Repeats.WEEKLY)
    following = finish_task(ctx, task)
    assert following is not None
    change_task(ctx, following, changed(task_card(ctx, following), what="Ring Fjordglimt om scenelys"))
    reopen_task(ctx, task)
    assert listed(ctx) == ["Ring Fjordglimt", "Ring Fjordglimt om scenelys"]
    delete_task(ctx, task, version=task_card(ctx, task).version)
    assert listed(ctx) == ["Ring Fjordglimt om scenelys"]


def test_a_task_is_deleted_when_it_was_a_mistake(ctx: Context) -> None:
    task = add(ctx)
    delete_task(ctx, task, version=1)
    with pytest.raises(NotFound):
        task_card(ctx, task)


# ---- the list


def test_mine_everybodys_and_done(context_for: ContextFor) -> None:
    ingunn, bjorn = context_for(), context_for("bjørn_ærlend")
    add(ingunn, "uten dag")
    add(ingunn, "i morgen", due=TODAY + timedelta(days=1))
    add(ingunn, "i går", due=TODAY - timedelta(days=1))
    add(ingunn, "Bjørns", due=TODAY, responsible_id=bjorn.user_id)
    done = add(ingunn, "gjort")
    finish_task(bjorn, done)
    assert listed(ingunn) == ["i går", "i morgen", "uten dag"]
    assert listed(ingunn, Whose.ALL) == ["i går", "Bjørns", "i morgen", "uten dag"]
    assert listed(ingunn, Whose.ALL, responsible_id=bjorn.user_id) == ["Bjørns"]
    assert listed(bjorn, Whose.DONE) == ["gjort"]
    assert task_card(ingunn, done).done_by == "Bjørn-Ærlend Wiik"
    overdue = [line.is_overdue for line in list_tasks(ingunn, TaskFilter(Whose.ALL)).rows]
    assert overdue == [True, False, False, False]


def test_a_task_is_due_until_the_end_of_its_day(context_for: ContextFor) -> None:
    task = add(context_for(), due=TODAY)
    assert not task_card(context_for(at="2026-11-24 23:59"), task).is_overdue
    assert task_card(context_for(at="2026-11-25 00:00"), task).is_overdue


@pytest.mark.parametrize("whose", list(Whose))
def test_page_by_page_each_task_comes_once(whose: Whose, context_for: ContextFor) -> None:
    ctx = context_for()
    days = (None, TODAY, TODAY, None, TODAY - timedelta(days=3), TODAY + timedelta(days=9), None)
    ids = [add(ctx, due=day) for day in days]
    if whose is Whose.DONE:
        for number, task in enumerate(ids):
            finish_task(context_for(at=oslo("2026-11-24 10:02") + timedelta(minutes=number // 2)), task)
    seen: list[int] = []
    place: Place | None = None
    for _ in ids:
        page = list_tasks(ctx, TaskFilter(whose), after=place, limit=2)
        seen += [line.id for line in page.rows]
        place = Place.parse(page.following.key) if page.following else None
        if place is None:
            break
    whole = [line.id for line in list_tasks(ctx, TaskFilter(whose)).rows]
    assert seen == whole
    assert sorted(seen) == sorted(ids)


@pytest.mark.parametrize("word", ["", "~", "x~1", "2026-11-24~1", "2026-11-24T00:00~1", "~" + "9" * 19, "~1~2"])
def test_a_made_up_place_is_none(word: str) -> None:
    with pytest.raises(ValueError):
        Place.parse(word)


# ---- on records, and where they are seen


def test_a_task_says_what_it_is_about(ctx: Context) -> None:
    records = one_of_each(ctx)
    lines = [task_card(ctx, add(ctx, record=record)) for record in [*records, None]]
    assert [line.record for line in lines] == [*records, None]
    assert [line.about for line in lines] == ["Fjordglimt kulturhus", "Kjærsti Øyen", "", "", "Kulturalliansen", ""]
    assert [[line.what for line in tasks_on(ctx, record).open] for record in records] == [["Ring Fjordglimt"]] * 5


def test_my_pile_today_is_mine_and_overdue_first(context_for: ContextFor) -> None:
    ingunn, bjorn = context_for(), context_for("bjørn_ærlend")
    fjordglimt = house(ingunn)
    add(ingunn, "Send faktura", record=fjordglimt)
    late = add(ingunn, "Ring styret", due=TODAY - timedelta(days=4))
    add(ingunn, "Lag nyhetsbrev", due=TODAY, responsible_id=bjorn.user_id)
    pile = what_waits(ingunn).tasks
    assert [row.title for row in pile.shown] == ["Ring styret", "Fjordglimt kulturhus: Send faktura"]
    assert {row.record for row in pile.shown} == {"task"}
    assert [row.title for row in what_waits(bjorn).tasks.shown] == ["Lag nyhetsbrev"]
    finish_task(bjorn, late)
    assert what_waits(ingunn).tasks.count == 1


def test_a_task_done_is_no_contact_with_the_house(ctx: Context) -> None:
    fjordglimt = house(ctx)
    finish_task(ctx, add(ctx, record=fjordglimt))
    (row,) = list_members(ctx, MemberFilter(on=ctx.today)).rows
    assert (row.id, row.contact) == (fjordglimt.id, None)


def test_a_record_somebody_hung_a_task_on_is_no_slip_to_be_undone(ctx: Context) -> None:
    _, _, call, inquiry, meeting = records = one_of_each(ctx)
    for record in records:
        add(ctx, record=record)
    for undo in (
        lambda: undo_case(ctx, call.id),
        lambda: take_back_inquiry(ctx, inquiry.id),
        lambda: delete_meeting(ctx, meeting.id, version=1),
    ):
        with pytest.raises(Refused):
            undo()


def test_a_record_that_is_gone_gets_no_task(ctx: Context) -> None:
    with pytest.raises(NotFound):
        add(ctx, record=Record(Kind.PERSON, 999))


def test_the_database_holds_that_a_task_is_on_one_record_at_most(ctx: Context) -> None:
    task, call, who = add(ctx), case(ctx), person(ctx)
    for wrong in ({"case_id": call.id, "person_id": who.id}, {"done_at": ctx.now}):
        with pytest.raises(IntegrityError), ctx.database.writing() as session:
            session.execute(update(Task).where(Task.id == task).values(wrong))
