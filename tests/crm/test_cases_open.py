"""A member calls: what is saved, when it counts from, and that clicking twice saves once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.queries import list_topic_choices, saved_case
from crm.cases.rules import received
from crm.context import Context
from crm.drafts.commands import keep_draft
from crm.drafts.queries import DraftKind, list_drafts
from crm.errors import InvalidForm, NotAllowed, Refused
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from db.models.cases import Author, Channel, Direction, Message, MessageChannel, SupportCase, TimeQuality, Topic
from db.models.house_keeping import AuditEntry
from tests.conftest import ContextFor, oslo

pytestmark = pytest.mark.usefixtures("right_last_contacts")

TONO = "Teller det kommunale driftstilskuddet når TONO endrer satsen i 2027?"
TOKEN = "fjordglimt-ringer-om-tono"


def a_call(**other: Any) -> NewCase:
    typed = {"token": TOKEN, "who": "fjordgl", "what": TONO, "answered": False}
    return NewCase.checked(**(typed | other))


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))


def case_of(ctx: Context, case_id: int) -> SupportCase:
    with ctx.database.reading() as session:
        case = session.get_one(SupportCase, case_id)
        session.expunge(case)
        return case


def messages_of(ctx: Context, case_id: int) -> list[Message]:
    with ctx.database.reading() as session:
        messages = list(session.scalars(select(Message).where(Message.case_id == case_id)))
        session.expunge_all()
        return messages


def test_a_call_from_fjordglimt_is_left_open_with_its_clock_running(ctx: Context, fjordglimt: int) -> None:
    case = case_of(ctx, open_case(ctx, a_call(organisation_id=fjordglimt)))
    assert case.organisation_id == fjordglimt
    assert case.caller == ""  # the scrap that found the house is not kept beside it
    assert case.what == TONO
    assert case.channel is Channel.PHONE
    assert case.received_at == oslo("2026-11-24 10:02")
    assert case.received_quality is TimeQuality.EXACT
    assert case.closed_at is None
    assert case.responsible_id == ctx.user_id
    assert messages_of(ctx, case.id) == []


def test_a_call_answered_in_the_call_took_no_time_and_is_closed(ctx: Context, fjordglimt: int) -> None:
    case = case_of(ctx, open_case(ctx, a_call(organisation_id=fjordglimt, answered=True)))
    assert case.closed_at == case.received_at == oslo("2026-11-24 10:02")
    (answer,) = messages_of(ctx, case.id)
    assert (answer.direction, answer.author, answer.channel) == (Direction.OUTBOUND, Author.HUMAN, MessageChannel.PHONE)
    assert answer.at == case.received_at
    assert not answer.is_holding


def test_a_mail_answered_at_once_was_answered_by_mail(ctx: Context, fjordglimt: int) -> None:
    case_id = open_case(ctx, a_call(organisation_id=fjordglimt, answered=True, channel="email"))
    assert [answer.channel for answer in messages_of(ctx, case_id)] == [MessageChannel.EMAIL]


def test_an_unknown_number_is_kept_as_text_and_as_a_number(ctx: Context) -> None:
    case = case_of(ctx, open_case(ctx, a_call(who="21 23 45 67, en dame om leie")))
    assert case.organisation_id is None
    assert case.caller == "21 23 45 67, en dame om leie"
    assert case.caller_phone == "+4721234567"


def test_nobody_and_something_is_enough(ctx: Context) -> None:
    case = case_of(ctx, open_case(ctx, a_call(who="   ", what="Spør om åpningstider")))
    assert (case.caller, case.caller_phone, case.organisation_id) == ("", None, None)


@pytest.mark.parametrize("what", ["", "   ", "\n\n"])
def test_a_call_about_nothing_is_refused_with_a_reason(what: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        a_call(what=what)
    assert set(refused.value.problems.values()) == {"what_missing"}


def test_a_house_that_is_gone_is_refused_by_name_of_the_field(ctx: Context) -> None:
    with pytest.raises(InvalidForm) as refused:
        open_case(ctx, a_call(organisation_id=4711, topic_id=4712))
    assert refused.value.problems == {"organisation_id": "house_gone", "topic_id": "topic_gone"}


# opened, typed into "mottatt", now -> stored moment and quality
RECEIVED = [
    # Nothing typed and no draft: the moment of saving.
    (None, None, "10:02", "10:02", TimeQuality.EXACT),
    # The first word was typed at 10:02 and the save came at 10:20: the call came at 10:02, and we know it.
    ("10:02", None, "10:20", "10:02", TimeQuality.EXACT),
    # Set back by a few minutes while writing: nobody has forgotten that.
    (None, "10:00", "10:05", "10:00", TimeQuality.EXACT),
    # Six minutes and more: from memory.
    (None, "09:59", "10:05", "09:59", TimeQuality.RECONSTRUCTED),
    ("10:02", "08:30", "10:05", "08:30", TimeQuality.RECONSTRUCTED),
    # The field shows the minute the draft began; choosing it changes nothing.
    ("10:02", "10:02", "11:30", "10:02", TimeQuality.EXACT),
]


@pytest.mark.parametrize(("opened", "typed", "now", "stored", "quality"), RECEIVED)
def test_a_call_set_back_in_time_is_reconstructed(
    opened: str | None, typed: str | None, now: str, stored: str, quality: TimeQuality
) -> None:
    def at(clock: str | None) -> datetime | None:
        return oslo(f"2026-11-24 {clock}") if clock else None

    found = received(at(typed), opened_at=at(opened), now=oslo(f"2026-11-24 {now}"))
    assert (found.at, found.quality) == (at(stored), quality)


def test_a_call_from_tomorrow_or_from_another_century_is_refused(ctx: Context) -> None:
    with pytest.raises(Refused, match="received_in_future"):
        open_case(ctx, a_call(received_at=ctx.now + timedelta(hours=1)))
    with pytest.raises(Refused, match="received_too_long_ago"):
        open_case(ctx, a_call(received_at=oslo("0206-11-24 10:02")))


def test_clicking_twice_saves_once(ctx: Context, fjordglimt: int) -> None:
    call = a_call(organisation_id=fjordglimt, answered=True)
    with ThreadPoolExecutor(8) as clicks:
        saved = set(clicks.map(lambda _: open_case(ctx, call), range(16)))
    assert len(saved) == 1
    with ctx.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SupportCase)) == 1
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_another_text_under_a_used_token_is_another_tab_and_must_not_vanish(ctx: Context) -> None:
    open_case(ctx, a_call())
    with pytest.raises(Refused, match="token_used"):
        open_case(ctx, a_call(what="Noe helt annet"))


def test_the_saved_call_leaves_no_draft_and_the_other_drafts_stay(ctx: Context) -> None:
    keep_draft(ctx, TOKEN, kind=DraftKind.CASE, fields={"who": "fjordgl", "what": TONO})
    keep_draft(ctx, "the-second-call", kind=DraftKind.CASE, fields={"who": "lyngmo"})
    open_case(ctx, a_call())
    assert [draft.fields["who"] for draft in list_drafts(ctx)] == ["lyngmo"]


def test_the_change_log_has_the_facts_and_never_the_text(ctx: Context, fjordglimt: int) -> None:
    case_id = open_case(ctx, a_call(organisation_id=fjordglimt, answered=True))
    with ctx.database.reading() as session:
        columns = select(AuditEntry.subject_id, AuditEntry.facts)
        subject_id, facts = session.execute(columns.where(AuditEntry.action == "case.opened")).one()
    assert subject_id == str(case_id)
    assert facts == {
        "organisation_id": fjordglimt,
        "person_id": None,
        "channel": "phone",
        "topic_id": None,
        "answered": True,
    }


def test_the_board_logs_no_calls(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        open_case(context_for("styret"), a_call())


def test_only_topics_in_use_are_offered(ctx: Context) -> None:
    with ctx.database.writing() as session:
        session.add_all(
            [
                Topic(name="TONO", sort_key="2"),
                Topic(name="Drift", sort_key="1"),
                Topic(name="Utgått", sort_key="0", is_active=False),
            ]
        )
    assert [topic.name for topic in list_topic_choices(ctx)] == ["Drift", "TONO"]


def test_the_confirmation_knows_what_was_saved(ctx: Context, fjordglimt: int) -> None:
    saved = saved_case(ctx, open_case(ctx, a_call(organisation_id=fjordglimt, answered=True)))
    assert saved is not None
    assert (saved.organisation_id, saved.is_answered, saved.what) == (fjordglimt, True, TONO)
    assert saved_case(ctx, 4711) is None
