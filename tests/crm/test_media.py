"""Journalists who call: S3 and S4 of the working days to the minute, the list by deadline, and how a quarter went."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from crm import facets
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.rules import Clocks, MessageChannel, TimeQuality
from crm.drafts.queries import read_draft
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed, NotFound, Refused
from crm.media.commands import (
    add_message,
    answer_inquiry,
    change_outcome,
    close_inquiry,
    correct_inquiry,
    hand_over_inquiry,
    open_inquiry,
    reopen_inquiry,
    stop_waiting_for_journalist,
    take_back_inquiry,
    wait_for_journalist,
)
from crm.media.forms import Answer, ChangedInquiry, Closing, NewInquiry
from crm.media.queries import (
    InquiryFilter,
    InquiryState,
    Place,
    deadline_is_outside_hours,
    find_journalists,
    find_outlets,
    inquiry_card,
    list_inquiries,
    list_outlets,
    press_quarter,
    quick_deadlines,
)
from crm.media.rules import DeadlineState, InquiryStatus, Medium, Outcome
from crm.periods import Quarter
from crm.permissions import Permission
from db.models.cases import Channel, Inquiry
from db.models.house_keeping import AuditEntry
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactPoint, Person, Post, PostKind
from tests.asking import asking
from tests.conftest import ContextFor, oslo

pytestmark = pytest.mark.usefixtures("right_last_contacts")


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def asked(ctx: Context, *, answer: Answer | None = None, **typed: object) -> int:
    """Torunn Bråten of Nordlyspressen asks about the cuts, unless the test says otherwise."""
    usual = {
        "journalist": "Torunn Bråten",
        "outlet": "Nordlyspressen",
        "medium": Medium.RADIO,
        "question": "Hva sier dere til kuttene i kommunene?",
        "token": f"token-{_next()}",
    }
    return open_inquiry(ctx, NewInquiry.checked(**{**usual, **typed}), answer=answer)


_count = iter(range(1_000_000))


def _next() -> int:
    return next(_count)


def rows(ctx: Context, **wanted: object) -> list[int]:
    return [row.id for row in list_inquiries(ctx, InquiryFilter(**wanted)).rows]


def evidence(ctx: Context, *kinds: str) -> list[tuple[str, datetime]]:
    with ctx.read(Permission.SEE_FIGURES) as session:
        found = facets.evidence(kinds)
        return [(row.kind, row.at) for row in session.execute(select(found.c.kind, found.c.at).order_by(found.c.kind))]


class TestFridayTwentyPastFour:
    """S3: a journalist calls on Friday 16:20 with a deadline on Saturday 12:00."""

    DEADLINE = oslo("2026-11-28 12:00")

    def _logged(self, context_for: ContextFor) -> int:
        ctx = context_for("bjørn_ærlend", "2026-11-27 16:25")
        return asked(ctx, received_at=oslo("2026-11-27 16:20"), deadline_at=self.DEADLINE)

    def test_the_deadline_is_said_to_fall_outside_office_hours(self, context_for: ContextFor) -> None:
        inquiry = self._logged(context_for)
        ctx = context_for("bjørn_ærlend", "2026-11-27 16:25")
        assert deadline_is_outside_hours(ctx, self.DEADLINE)
        assert inquiry_card(ctx, inquiry).deadline_is_outside_hours

    def test_it_is_first_in_the_list(self, context_for: ContextFor) -> None:
        ctx = context_for("bjørn_ærlend", "2026-11-27 15:00")
        later = asked(ctx, deadline_at=oslo("2026-11-30 14:00"))
        without = asked(ctx)
        inquiry = self._logged(context_for)
        assert rows(context_for(at="2026-11-27 16:26")) == [inquiry, later, without]

    def test_the_interview_on_saturday_took_19_h_20_min_and_no_working_time_and_kept_the_deadline(
        self, context_for: ContextFor
    ) -> None:
        inquiry = self._logged(context_for)
        answer_inquiry(context_for(at="2026-11-28 11:40"), inquiry, Answer(outcome=Outcome.INTERVIEW, text="Intervju."))
        ctx = context_for(at="2026-11-30 09:00")
        card = inquiry_card(ctx, inquiry)
        assert card.response == Clocks(minutes(0), minutes(19 * 60 + 20), running=False)
        assert (card.row.status, card.row.deadline) == (InquiryStatus.ANSWERED, DeadlineState.KEPT)
        quarter = press_quarter(ctx, Quarter(2026, 4))
        assert (quarter.counts.answered, quarter.counts.to_answer) == (1, 1)
        assert (quarter.counts.before_deadline, quarter.counts.due) == (1, 1)
        # A median over these shows both: nobody sees 0 minutes without 1160 beside it.
        assert [(pair.working, pair.wall) for pair in quarter.responses] == [(minutes(0), minutes(1160))]

    def test_written_down_on_monday_the_answer_still_counts_from_saturday(self, context_for: ContextFor) -> None:
        inquiry = self._logged(context_for)
        ctx = context_for(at="2026-11-30 08:30")
        answer_inquiry(ctx, inquiry, Answer(at=oslo("2026-11-28 11:40"), outcome=Outcome.INTERVIEW))
        card = inquiry_card(ctx, inquiry)
        assert (card.response.working, card.response.wall) == (minutes(0), minutes(1160))
        assert card.response.quality is TimeQuality.RECONSTRUCTED  # two days after it happened
        assert card.row.deadline is DeadlineState.KEPT
        assert card.closed_at == oslo("2026-11-28 11:40")

    def test_without_an_answer_the_deadline_has_passed_although_the_working_time_is_nothing(
        self, context_for: ContextFor
    ) -> None:
        inquiry = self._logged(context_for)
        assert inquiry_card(context_for(at="2026-11-28 12:00"), inquiry).row.deadline is DeadlineState.AHEAD
        card = inquiry_card(context_for(at="2026-11-28 12:01"), inquiry)
        assert card.row.deadline is DeadlineState.PASSED_UNANSWERED
        assert card.response.working == minutes(0)
        assert card.response.running

    def test_it_counts_as_answered_as_interview_and_for_radio(self, context_for: ContextFor) -> None:
        inquiry = self._logged(context_for)
        answer_inquiry(context_for(at="2026-11-28 11:40"), inquiry, Answer(outcome=Outcome.INTERVIEW))
        ctx = context_for(at="2026-11-30 09:00")
        at = oslo("2026-11-28 11:40")
        assert evidence(ctx, "inquiry_answered", "interview") == [("inquiry_answered", at), ("interview", at)]
        assert evidence(ctx, "inquiry_received_radio") == [("inquiry_received_radio", oslo("2026-11-27 16:20"))]
        assert evidence(ctx, "inquiry_received_television") == []


class TestMondayWithAnAutoreply:
    """S4: an e-mail on Monday 09:00, an autoreply, "we get back to you", and the quote at 14:30."""

    def _written(self, context_for: ContextFor) -> int:
        return asked(
            context_for("bjørn_ærlend", "2026-11-30 09:00"),
            journalist="Åsmund Li",
            outlet="Kulturmagasinet",
            medium=Medium.WEB,
            channel=Channel.EMAIL,
            question="Hvordan går det med husene i distriktene?",
        )

    def test_the_first_human_word_took_110_minutes_and_the_full_answer_330(self, context_for: ContextFor) -> None:
        inquiry = self._written(context_for)
        autoreply = NewMessage(kind=MessageKind.AUTOREPLY, channel=MessageChannel.EMAIL)
        add_message(context_for("bjørn_ærlend", "2026-11-30 09:01"), inquiry, autoreply)
        assert inquiry_card(context_for(at="2026-11-30 09:30"), inquiry).response.running
        add_message(context_for("bjørn_ærlend", "2026-11-30 10:50"), inquiry, NewMessage(kind=MessageKind.HOLDING))
        held = inquiry_card(context_for(at="2026-11-30 11:00"), inquiry)
        assert (held.row.status, held.answer) == (InquiryStatus.HELD_OFF, None)
        quote = Answer(channel=MessageChannel.EMAIL, outcome=Outcome.QUOTED, text="Husene er bygdas storstue.")
        answer_inquiry(context_for("bjørn_ærlend", "2026-11-30 14:30"), inquiry, quote)
        card = inquiry_card(context_for(at="2026-12-07 09:00"), inquiry)
        assert card.response == Clocks(minutes(110), minutes(110), running=False)
        assert card.answer == Clocks(minutes(330), minutes(330), running=False)
        assert [message.user_name for message in card.messages] == ["Bjørn-Ærlend Wiik"] * 3

    def test_we_ring_you_back_is_no_answer_before_the_deadline(self, context_for: ContextFor) -> None:
        inquiry = asked(context_for(at="2026-11-30 09:00"), deadline_at=oslo("2026-11-30 12:00"))
        add_message(context_for(at="2026-11-30 10:50"), inquiry, NewMessage(kind=MessageKind.HOLDING))
        ctx = context_for(at="2026-11-30 12:01")
        assert inquiry_card(ctx, inquiry).row.deadline is DeadlineState.PASSED_UNANSWERED
        assert rows(ctx) == [inquiry]

    def test_no_comment_is_an_answer_and_withdrawn_leaves_the_denominator(self, context_for: ContextFor) -> None:
        ctx = context_for("bjørn_ærlend", "2026-11-30 15:00")
        declined, withdrawn = asked(ctx), asked(ctx)
        close_inquiry(ctx, declined, Closing(outcome=Outcome.DECLINED))
        close_inquiry(ctx, withdrawn, Closing(outcome=Outcome.WITHDRAWN))
        assert inquiry_card(ctx, declined).row.status is InquiryStatus.ANSWERED
        assert inquiry_card(ctx, withdrawn).row.status is InquiryStatus.WITHDRAWN
        counts = press_quarter(ctx, Quarter(2026, 4)).counts
        assert (counts.received, counts.withdrawn, counts.to_answer, counts.answered) == (2, 1, 1, 1)
        assert [kind for kind, _ in evidence(ctx, "inquiry_answered")] == ["inquiry_answered"]
        assert rows(ctx, state=InquiryState.ANSWERED) == [declined]
        assert set(rows(ctx, state=InquiryState.ALL)) == {declined, withdrawn}


def test_a_quarter_of_nine_is_8_of_8_answered_and_7_of_8_before_the_deadline(context_for: ContextFor) -> None:
    """S12: 9 inquiries, 8 answered, 7 of them before the deadline, 1 withdrawn."""
    ctx = context_for(at="2026-12-01 09:00")
    deadline = oslo("2026-12-01 14:00")
    inquiries = [asked(ctx, deadline_at=deadline) for _ in range(9)]
    for inquiry in inquiries[:7]:
        answer_inquiry(context_for(at="2026-12-01 11:00"), inquiry, Answer())
    answer_inquiry(context_for(at="2026-12-01 14:30"), inquiries[7], Answer())
    close_inquiry(context_for(at="2026-12-01 15:00"), inquiries[8], Closing(outcome=Outcome.WITHDRAWN))
    quarter = press_quarter(context_for(at="2027-01-08 09:00"), Quarter(2026, 4))
    counts = quarter.counts
    assert (counts.answered, counts.to_answer, counts.withdrawn) == (8, 8, 1)
    assert (counts.before_deadline, counts.due) == (7, 8)
    assert counts.before_deadline / counts.due == pytest.approx(0.875)
    assert len(quarter.responses) == 8


def test_an_inquiry_belongs_to_the_quarter_it_came_in(context_for: ContextFor) -> None:
    asked(context_for(at="2026-12-31 23:30"))
    asked(context_for(at="2027-01-01 00:10"))
    ctx = context_for(at="2027-01-08 09:00")
    assert press_quarter(ctx, Quarter(2026, 4)).counts.received == 1
    assert press_quarter(ctx, Quarter(2027, 1)).counts.received == 1


def test_a_deadline_still_ahead_is_neither_kept_nor_missed(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-12-01 09:00")
    asked(ctx, deadline_at=oslo("2026-12-01 14:00"))
    assert press_quarter(ctx, Quarter(2026, 4)).counts.due == 0
    assert press_quarter(context_for(at="2026-12-01 14:01"), Quarter(2026, 4)).counts.due == 1


def test_an_unknown_journalist_and_outlet_are_made_with_the_inquiry_and_found_the_next_time(
    context_for: ContextFor,
) -> None:
    ctx = context_for(at="2026-11-27 16:25")
    inquiry = asked(ctx, contact="406 12 345")
    card = inquiry_card(ctx, inquiry)
    assert (card.row.journalist, card.row.outlet, card.contacts) == ("Torunn Bråten", "Nordlyspressen", ("406 12 345",))
    (hit,) = find_journalists(ctx, "braten")
    assert (hit.name, hit.outlet and hit.outlet.name, hit.outlet and hit.outlet.medium) == (
        "Torunn Bråten",
        "Nordlyspressen",
        Medium.RADIO,
    )
    again = asked(ctx, journalist="", outlet="", journalist_id=hit.id)
    assert inquiry_card(ctx, again).row.outlet == "Nordlyspressen"
    with ctx.read(Permission.SEE_RECORDS) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalars(select(Post.kind)).all() == [PostKind.JOURNALIST]
        assert session.scalars(select(Organisation.kind)).all() == [OrganisationKind.OUTLET]
        assert session.scalars(select(ContactPoint.normalised)).all() == ["+4740612345"]


def test_the_same_names_typed_again_are_the_same_journalist_and_outlet(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-27 16:25")
    first = asked(ctx)
    second = asked(ctx, journalist="torunn bråten", outlet="NORDLYSPRESSEN")
    cards = [inquiry_card(ctx, inquiry) for inquiry in (first, second)]
    assert cards[0].journalist_id == cards[1].journalist_id
    assert cards[0].outlet_id == cards[1].outlet_id


def test_a_journalist_who_calls_from_another_outlet_keeps_the_old_inquiry_there(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-27 16:25")
    first = asked(ctx)
    journalist = inquiry_card(ctx, first).journalist_id
    second = asked(context_for(at="2026-11-28 10:00"), journalist="", journalist_id=journalist, outlet="Fjordavisa")
    assert inquiry_card(ctx, first).row.outlet == "Nordlyspressen"
    assert inquiry_card(ctx, second).row.outlet == "Fjordavisa"
    (hit,) = find_journalists(ctx, "torunn")
    assert hit.outlet is not None
    assert hit.outlet.name == "Fjordavisa"
    assert [name for _, name in list_outlets(ctx)] == ["Fjordavisa", "Nordlyspressen"]


def test_somebody_at_a_house_is_no_journalist_and_a_house_no_outlet(context_for: ContextFor) -> None:
    ctx = context_for()
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        keys = {"sort_key": "1", "search_key": "fjordglimt kulturhus", "loose_key": "fjordglimt kulturhus"}
        house = Organisation(kind=OrganisationKind.HOUSE, name="Fjordglimt kulturhus", created_at=ctx.now, **keys)
        keys = {"sort_key": "1", "search_key": "kjærsti øyen", "loose_key": "kjarsti oyen"}
        manager = Person(name="Kjærsti Øyen", created_at=ctx.now, **keys)
        session.add_all([house, manager])
        session.flush()
        session.add(Post(person_id=manager.id, organisation_id=house.id, kind=PostKind.EMPLOYEE))
        house_id = house.id
    assert find_outlets(ctx, "fjordglimt") == []
    assert find_journalists(ctx, "kjærsti") == []
    with pytest.raises(NotFound):
        asked(ctx, outlet="", outlet_id=house_id)


def test_a_caller_without_name_and_outlet_is_logged_and_the_number_kept_as_a_note(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx, journalist="", outlet="", contact="21 23 45 67, en fra radioen")
    card = inquiry_card(ctx, inquiry)
    assert (card.row.journalist, card.row.outlet, card.row.responsible) == ("", "", "Ingunn Ås")
    assert [message.text for message in card.messages] == ["21 23 45 67, en fra radioen"]
    assert card.response.running


def test_saved_twice_with_one_token_is_one_inquiry(context_for: ContextFor) -> None:
    ctx = context_for()
    assert asked(ctx, token="same") == asked(ctx, token="same")
    assert len(rows(ctx)) == 1


def test_another_question_under_the_same_token_is_a_second_tab_and_does_not_vanish(context_for: ContextFor) -> None:
    ctx = context_for()
    asked(ctx, token="same")
    with pytest.raises(Refused) as refused:
        asked(ctx, token="same", question="Hvor mange hus har dere?")
    assert refused.value.code == "token_used"


def test_it_came_when_the_first_word_was_typed_however_late_it_was_saved(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 10:20")
    card = inquiry_card(ctx, asked(ctx, opened_at=oslo("2026-11-24 10:02")))
    assert (card.row.received_at, card.received_quality) == (oslo("2026-11-24 10:02"), TimeQuality.EXACT)


def test_answered_while_on_the_line_takes_no_time_and_closes(context_for: ContextFor) -> None:
    ctx = context_for()
    began = oslo("2026-11-24 09:50")  # the first word was typed then, and saved at 10:02
    inquiry = asked(ctx, answer=Answer(outcome=Outcome.BACKGROUND), opened_at=began)
    card = inquiry_card(context_for(at="2026-11-25 10:00"), inquiry)
    assert card.response == Clocks(minutes(0), minutes(0), running=False)
    assert card.closed_at == began
    assert rows(ctx) == []


@pytest.mark.parametrize(
    ("typed", "error", "code"),
    [
        ({"question": "  "}, InvalidForm, "question_missing"),  # nothing was asked
        ({"received_at": oslo("2026-11-24 11:00")}, Refused, "moment_in_future"),  # not yet
        ({"deadline_at": oslo("2026-11-24 09:00")}, Refused, "deadline_before_received"),  # over before they asked
        ({"deadline_at": oslo("2062-11-24 09:00")}, Refused, "deadline_unlikely"),  # 2062 for 2026
        ({"received_at": oslo("1926-11-24 09:00")}, Refused, "moment_too_long_ago"),  # 1926 for 2026
    ],
)
def test_an_inquiry_that_cannot_be_right_is_refused(
    context_for: ContextFor, typed: dict[str, object], error: type[InvalidForm | Refused], code: str
) -> None:
    ctx = context_for()
    with pytest.raises(error) as refused:
        asked(ctx, **typed)
    problems = refused.value.problems.values() if isinstance(refused.value, InvalidForm) else [refused.value.code]
    assert code in problems
    assert rows(ctx) == []


def test_answered_before_it_was_received_is_refused_and_leaves_it_open(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    with pytest.raises(Refused) as refused:
        answer_inquiry(ctx, inquiry, Answer(at=oslo("2026-11-24 09:00")))
    assert refused.value.code == "answered_before_received"
    assert rows(ctx) == [inquiry]


def test_answering_twice_with_one_token_answers_once(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    for _ in range(2):
        answer_inquiry(ctx, inquiry, Answer(token="answer-1"))
    assert len(inquiry_card(ctx, inquiry).messages) == 1


def test_closed_without_an_answer_stays_in_the_denominator(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx, deadline_at=oslo("2026-11-24 14:00"))
    close_inquiry(ctx, inquiry, Closing())
    later = context_for(at="2026-11-24 14:01")
    assert inquiry_card(later, inquiry).row.status is InquiryStatus.CLOSED_UNANSWERED
    counts = press_quarter(later, Quarter(2026, 4)).counts
    assert (counts.to_answer, counts.answered, counts.due, counts.before_deadline) == (1, 0, 1, 0)


def test_an_outcome_learnt_later_is_put_on_the_closed_inquiry(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx, answer=Answer())
    change_outcome(ctx, inquiry, Outcome.QUOTED)
    assert inquiry_card(ctx, inquiry).row.outcome is Outcome.QUOTED
    unanswered = asked(ctx)
    with pytest.raises(Refused) as refused:
        change_outcome(ctx, unanswered, Outcome.QUOTED)
    assert refused.value.code == "outcome_needs_answer"


def test_a_withdrawn_inquiry_opened_again_is_owed_an_answer(context_for: ContextFor) -> None:
    inquiry = asked(context_for(at="2026-11-24 10:00"))
    close_inquiry(context_for(at="2026-11-24 11:00"), inquiry, Closing(outcome=Outcome.WITHDRAWN))
    reopen_inquiry(context_for(at="2026-11-24 13:00"), inquiry)
    ctx = context_for(at="2026-11-24 14:00")
    card = inquiry_card(ctx, inquiry)
    assert (card.row.status, card.row.outcome) == (InquiryStatus.UNANSWERED, None)
    # One hour before it was closed, one after it was opened again; the calendar saw all four.
    assert card.response == Clocks(minutes(120), minutes(240), running=True)


def test_waiting_for_the_journalist_stops_the_working_clock_but_not_the_deadline(context_for: ContextFor) -> None:
    inquiry = asked(context_for(at="2026-11-24 10:00"), deadline_at=oslo("2026-11-24 12:00"))
    wait_for_journalist(context_for(at="2026-11-24 11:00"), inquiry)
    card = inquiry_card(context_for(at="2026-11-24 13:00"), inquiry)
    assert (card.row.status, card.row.deadline) == (InquiryStatus.WAITING, DeadlineState.PASSED_UNANSWERED)
    assert (card.response.working, card.response.wall) == (minutes(60), minutes(180))
    stop_waiting_for_journalist(context_for(at="2026-11-24 13:00"), inquiry)
    assert inquiry_card(context_for(at="2026-11-24 14:00"), inquiry).response.working == minutes(120)


def test_handing_over_changes_who_is_responsible_but_a_reader_cannot_be(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    hand_over_inquiry(ctx, inquiry, context_for("bjørn_ærlend").user_id)
    assert inquiry_card(ctx, inquiry).row.responsible == "Bjørn-Ærlend Wiik"
    with pytest.raises(NotFound):
        hand_over_inquiry(ctx, inquiry, context_for("styret").user_id)


def test_two_who_correct_the_same_inquiry_do_not_overwrite_each_other(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    card = inquiry_card(ctx, inquiry)
    form = ChangedInquiry(
        outlet_id=card.outlet_id,
        journalist_id=card.journalist_id,
        medium=Medium.TELEVISION,
        question="Hva sier dere til kuttene i kommunene i nord?",
        deadline_at=oslo("2026-11-24 16:00"),
        received_at=card.row.received_at,
        version=card.version,
    )
    correct_inquiry(ctx, inquiry, form)
    changed = inquiry_card(ctx, inquiry)
    assert (changed.row.medium, changed.question) == (
        Medium.TELEVISION,
        "Hva sier dere til kuttene i kommunene i nord?",
    )
    assert changed.received_quality is TimeQuality.EXACT  # the receipt was left as it was
    with pytest.raises(ChangedMeanwhile):
        correct_inquiry(context_for("bjørn_ærlend"), inquiry, form)
    with ctx.read(Permission.SEE_RECORDS) as session:
        facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "inquiry.corrected")).one()
    # Which fields, never the words: what stands in the change log could not be erased.
    assert facts["fields"] == ["deadline_at", "medium", "question"]


def test_taken_back_the_inquiry_and_what_it_made_are_gone(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx, contact="+47 40 61 23 46", deadline_at=oslo("2026-11-24 14:00"))
    token = take_back_inquiry(ctx, inquiry)
    draft = read_draft(ctx, token)
    assert draft is not None
    assert (draft.fields["who"], draft.fields["what"], draft.fields["deadline_at"]) == (
        "Torunn Bråten, Nordlyspressen",
        "Hva sier dere til kuttene i kommunene?",
        "2026-11-24T13:00:00+00:00",
    )
    with ctx.read(Permission.SEE_RECORDS) as session:
        for table in (Inquiry, Organisation, Person, Post, ContactPoint):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.scalars(select(AuditEntry.action)).all() == ["inquiry.opened", "inquiry.taken_back"]


def test_taking_back_leaves_a_journalist_somebody_else_has_used(context_for: ContextFor) -> None:
    ctx = context_for()
    first, second = asked(ctx), asked(ctx)
    take_back_inquiry(ctx, first)
    assert inquiry_card(ctx, second).row.journalist == "Torunn Bråten"


def test_what_has_gone_on_or_is_a_colleagues_is_not_taken_back(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    with pytest.raises(Refused) as refused:
        take_back_inquiry(context_for("bjørn_ærlend"), inquiry)
    assert refused.value.code == "undo_not_yours"
    with pytest.raises(Refused) as refused:
        take_back_inquiry(context_for(at="2026-11-24 10:18"), inquiry)
    assert refused.value.code == "undo_too_late"
    answer_inquiry(ctx, inquiry, Answer())
    with pytest.raises(Refused) as refused:
        take_back_inquiry(ctx, inquiry)
    assert refused.value.code == "inquiry_in_use"


def test_the_list_turns_its_pages_without_losing_or_repeating_anybody(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 12:00")
    with_deadline = [asked(ctx, deadline_at=oslo(f"2026-11-{day} 12:00")) for day in (27, 25, 26)]
    without = [asked(ctx) for _ in range(3)]
    answered = [asked(context_for(at=f"2026-11-24 0{hour}:00"), answer=Answer()) for hour in (8, 9)]
    wanted = InquiryFilter(state=InquiryState.ALL)
    found: list[int] = []
    place = None
    while True:
        page = list_inquiries(ctx, wanted, after=place, limit=3)
        found += [row.id for row in page.rows]
        place = page.next
        if place is None:
            break
        assert type(place).parse(place.key) == place
    assert found == [with_deadline[1], with_deadline[2], with_deadline[0], *without, answered[1], answered[0]]


@pytest.mark.parametrize("key", ["", "1~x~2", "9~2026-11-24T12:00:00+00:00~1", "1~2026-11-24T12:00:00~1", "a~b~c~d"])
def test_a_place_somebody_made_up_in_the_address_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        Place.parse(key)


def test_the_list_can_be_narrowed_by_quarter_medium_and_outlet(context_for: ContextFor) -> None:
    ctx = context_for(at="2027-01-11 12:00")
    radio = asked(context_for(at="2026-12-01 12:00"))
    web = asked(ctx, outlet="Kulturmagasinet", medium=Medium.WEB)
    assert rows(ctx, quarter=Quarter(2026, 4)) == [radio]
    assert rows(ctx, medium=Medium.WEB) == [web]
    assert rows(ctx, outlet_id=inquiry_card(ctx, radio).outlet_id) == [radio]


def test_a_page_of_fifty_costs_no_more_selects_than_a_page_of_one(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 12:00")
    asked(ctx)
    counted = []
    for _ in range(2):
        with asking(ctx.database) as statements:
            page = list_inquiries(ctx, InquiryFilter(), limit=50)
        counted.append((len(page.rows), len(statements)))
        for _ in range(30):
            asked(ctx)
    (few, selects), (many, as_many) = counted
    assert (few, many) == (1, 31)
    assert selects == as_many


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-24 10:02", [(0, 14, True), (0, 16, True), (1, 12, True)]),  # a Tuesday morning
        ("2026-11-24 15:00", [(0, 16, True), (1, 12, True)]),  # 14 is over
        ("2026-11-27 16:25", [(1, 12, False)]),  # Friday after closing: tomorrow is Saturday
        ("2026-12-23 10:00", [(0, 14, True), (0, 16, True), (1, 12, True)]),  # Christmas Eve closes at 12: until then
        ("2026-12-24 10:00", [(0, 14, False), (0, 16, False), (1, 12, False)]),  # nobody is there in the afternoon
    ],
)
def test_the_deadlines_offered_with_one_click(
    context_for: ContextFor, now: str, offered: list[tuple[int, int, bool]]
) -> None:
    choices = quick_deadlines(context_for(at=now))
    assert [(choice.days, choice.hour, choice.is_open) for choice in choices] == offered


def test_what_waits_is_known_to_the_agenda_by_deadline(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 12:00")
    without = asked(ctx)
    urgent = asked(ctx, deadline_at=oslo("2026-11-24 14:00"))
    asked(ctx, answer=Answer())
    with ctx.read(Permission.SEE_RECORDS) as session:
        waiting = facets.deadlines()
        found = session.execute(select(waiting.c.record_id, waiting.c.at, waiting.c.title, waiting.c.kind)).all()
    assert {(row.record_id, row.at) for row in found} == {(without, None), (urgent, oslo("2026-11-24 14:00"))}
    assert {row.title for row in found} == {"Nordlyspressen: Hva sier dere til kuttene i kommunene?"}


def test_the_journalists_timeline_has_the_inquiry_and_the_answer_but_not_our_notes(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx)
    add_message(ctx, inquiry, NewMessage(kind=MessageKind.NOTE, text="Spør styreleder først."))
    answer_inquiry(ctx, inquiry, Answer(text="Vi er bekymret."))
    with ctx.read(Permission.SEE_RECORDS) as session:
        happened = facets.happenings()
        found = session.execute(select(happened).where(happened.c.person_id.is_not(None))).all()
    assert {row.kind for row in found} == {"inquiry_received", "inquiry_message_out"}
    assert "Spør styreleder først." not in {row.title for row in found}


def test_the_board_sees_figures_but_no_inquiry(context_for: ContextFor) -> None:
    inquiry = asked(context_for())
    board = context_for("styret")
    assert press_quarter(board, Quarter(2026, 4)).counts.received == 1
    with pytest.raises(NotAllowed):
        inquiry_card(board, inquiry)
    with pytest.raises(NotAllowed):
        answer_inquiry(board, inquiry, Answer())
