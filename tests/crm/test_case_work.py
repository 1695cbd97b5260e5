"""What happens with a call after it was written down: answering, waiting, closing, handing over, tying it to a house."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.cases.cards import CaseStatus
from crm.cases.case_commands import (
    add_message,
    answer_and_close,
    change_case,
    close_case,
    hand_over_case,
    reopen_case,
    stop_waiting_for_caller,
    tie_caller,
    wait_for_caller,
)
from crm.cases.case_forms import ChangedCase, HandedOver, TiedCaller
from crm.cases.case_queries import case_card, case_history, filter_choices, list_cases
from crm.cases.commands import correct_case, open_case
from crm.cases.forms import CorrectedCase, NewCase
from crm.cases.selects import CaseFilter, Standing
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.correspondence.rules import MessageChannel, TimeQuality
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed, NotFound, Refused
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.names import sort_key
from crm.people.commands import add_contact_point, add_person
from crm.people.forms import NewContactPoint, NewPerson
from crm.periods import Quarter
from crm.timeline.queries import happened
from db.models.cases import Channel, Topic
from db.models.house_keeping import AuditEntry
from db.models.people import ContactKind
from tests.asking import asking
from tests.conftest import ContextFor, oslo

pytestmark = pytest.mark.usefixtures("right_last_contacts")

QUESTION = "Teller det kommunale driftstilskuddet når TONO-tariffen endres i 2027?"


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(
        ctx, NewHouse.checked(name="Fjordglimt kulturhus", org_number="310000019", municipality_number="1508")
    )


@pytest.fixture
def asgard(ctx: Context) -> int:
    return add_house(
        ctx, NewHouse.checked(name="Åsgard konserthus", org_number="310000027", municipality_number="3218")
    )


def logged(ctx: Context, what: str = QUESTION, *, answered: bool = False, **more: object) -> int:
    return open_case(ctx, NewCase.checked(what=what, answered=answered, token=secrets.token_urlsafe(24), **more))


def reply(**more: object) -> NewMessage:
    return NewMessage.checked(kind=MessageKind.REPLY, channel=MessageChannel.EMAIL, **more)


def minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def topic(ctx: Context, name: str) -> int:
    with ctx.database.writing() as session:
        row = Topic(name=name, sort_key=sort_key(name), is_active=True)
        session.add(row)
        session.flush()
        return row.id


def changed(ctx: Context, case_id: int, **other: object) -> ChangedCase:
    """The form of that case as it stands, with something else in some of the fields."""
    card = case_card(ctx, case_id)
    stands: dict[str, object] = {
        "version": card.version,
        "what": card.what,
        "topic_id": card.topic.id if card.topic else None,
        "channel": card.channel,
        "received_at": card.received.at,
    }
    return ChangedCase.checked(**(stands | other))


# ---- S1 goes on ---------------------------------------------------------------------------------------------------------------


def test_ingunn_answers_fjordglimt_by_mail_at_1340_and_closes(context_for: ContextFor, fjordglimt: int) -> None:
    case = logged(context_for("ingunn", "2026-11-24 10:02"), organisation_id=fjordglimt)
    then = context_for("ingunn", "2026-11-24 13:40")

    answer_and_close(then, case, reply(text="Ja, driftstilskuddet teller med."))

    card = case_card(context_for("ingunn", "2026-11-24 15:00"), case)
    assert minutes(card.response.working) == 218
    assert minutes(card.response.wall) == 218
    assert (card.status, card.closed_at, card.response.running) == (CaseStatus.CLOSED, oslo("2026-11-24 13:40"), False)
    assert [message.text for message in card.messages] == ["Ja, driftstilskuddet teller med."]


def test_an_answer_given_at_1340_and_written_down_at_1500_counts_from_1340_as_a_guess(
    context_for: ContextFor, fjordglimt: int
) -> None:
    case = logged(context_for("ingunn", "2026-11-24 10:02"), organisation_id=fjordglimt)
    answer_and_close(context_for("ingunn", "2026-11-24 15:00"), case, reply(at=oslo("2026-11-24 13:40")))
    card = case_card(context_for("ingunn", "2026-11-24 15:00"), case)
    assert (minutes(card.response.working), card.response.quality) == (218, TimeQuality.RECONSTRUCTED)
    assert card.closed_at == oslo("2026-11-24 13:40")


def test_a_caller_nobody_knows_has_nobody_elses_number(ctx: Context) -> None:
    kjersti = add_person(ctx, NewPerson(name="Kjersti Øyen"))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 345", person_id=kjersti))
    assert case_card(ctx, logged(ctx)).phone == ""
    assert case_card(ctx, logged(ctx, person_id=kjersti)).phone == "40 61 23 45"


def test_the_unknown_callers_case_is_tied_to_asgard_and_its_history_follows(
    context_for: ContextFor, asgard: int
) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:03")
    case = logged(ctx, "Spør om leiekontrakt for lag", who="21 23 45 67")
    add_message(ctx, case, reply(text="Vi sender malen."))
    assert [line.caller for line in list_cases(ctx, CaseFilter()).lines] == ["21 23 45 67"]
    assert happened(ctx, organisation_id=asgard).rows == []

    later = context_for("bjørn_ærlend", "2026-11-25 09:00")
    tie_caller(later, case, TiedCaller(version=case_card(later, case).version, organisation_id=asgard))

    card = case_card(later, case)
    assert card.house is not None
    assert card.house.name == "Åsgard konserthus"
    assert (card.caller, card.phone) == ("21 23 45 67", "21 23 45 67")  # what was known then stays
    assert [message.text for message in card.messages] == ["Vi sender malen."]
    assert [event.record_id for event in happened(later, organisation_id=asgard).rows] == [case]
    assert [line.house for line in list_cases(later, CaseFilter(organisation_id=asgard)).lines] == ["Åsgard konserthus"]


# ---- answering, waiting, closing ----------------------------------------------------------------------------------------------


def test_clicking_twice_on_a_reply_stores_one_message_and_one_line_in_the_log(ctx: Context) -> None:
    case = logged(ctx)
    twice = reply(text="Ja.", token=secrets.token_urlsafe(24))
    add_message(ctx, case, twice)
    add_message(ctx, case, twice)
    answer_and_close(ctx, case, twice)
    card = case_card(ctx, case)
    assert len(card.messages) == 1
    assert card.closed_at is None
    assert [line.action for line in case_history(ctx, case)] == ["case.message_added", "case.opened"]


def test_waiting_for_the_house_stops_working_time_and_not_the_calendar(context_for: ContextFor) -> None:
    case = logged(context_for("ingunn", "2026-11-24 09:00"))
    wait_for_caller(context_for("ingunn", "2026-11-24 10:00"), case)
    card = case_card(context_for("ingunn", "2026-11-24 12:00"), case)
    assert (card.status, card.waiting_since) == (CaseStatus.WAITING, oslo("2026-11-24 10:00"))
    assert (minutes(card.response.working), minutes(card.response.wall)) == (60, 180)

    stop_waiting_for_caller(context_for("ingunn", "2026-11-24 12:00"), case)
    add_message(context_for("ingunn", "2026-11-24 12:30"), case, reply())
    card = case_card(context_for("ingunn", "2026-11-24 14:00"), case)
    assert (minutes(card.response.working), minutes(card.response.wall)) == (90, 210)
    assert [(pause.started_at, pause.ended_at) for pause in card.pauses] == [
        (oslo("2026-11-24 10:00"), oslo("2026-11-24 12:00"))
    ]


def test_what_they_write_ends_our_waiting(context_for: ContextFor) -> None:
    case = logged(context_for("ingunn", "2026-11-24 09:00"))
    wait_for_caller(context_for("ingunn", "2026-11-24 10:00"), case)
    incoming = NewMessage.checked(kind=MessageKind.INCOMING, channel=MessageChannel.EMAIL, text="Her er kontrakten.")
    add_message(context_for("ingunn", "2026-11-24 11:00"), case, incoming)
    assert case_card(context_for("ingunn", "2026-11-24 12:00"), case).status is CaseStatus.UNANSWERED


def test_the_time_a_case_was_closed_is_a_pause_when_it_is_opened_again(context_for: ContextFor) -> None:
    case = logged(context_for("ingunn", "2026-11-24 09:00"))
    close_case(context_for("ingunn", "2026-11-24 10:00"), case)
    assert minutes(case_card(context_for("ingunn", "2026-11-24 15:00"), case).response.working) == 60
    reopen_case(context_for("ingunn", "2026-11-24 15:00"), case)
    card = case_card(context_for("ingunn", "2026-11-24 15:30"), case)
    assert (card.status, minutes(card.response.working)) == (CaseStatus.UNANSWERED, 90)


def test_an_autoreply_answers_nobody(ctx: Context) -> None:
    case = logged(ctx)
    add_message(ctx, case, NewMessage.checked(kind=MessageKind.AUTOREPLY, channel=MessageChannel.EMAIL))
    card = case_card(ctx, case)
    assert (card.status, card.response.running) == (CaseStatus.UNANSWERED, True)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-24 14:00", "moment_in_future"),  # it is 13:40
        ("2026-11-24 09:00", "answered_before_received"),  # it came at 10:02
    ],
)
def test_an_answer_is_neither_given_tomorrow_nor_before_the_question(
    context_for: ContextFor, at: str, code: str
) -> None:
    case = logged(context_for("ingunn", "2026-11-24 10:02"))
    with pytest.raises(Refused) as refused:
        answer_and_close(context_for("ingunn", "2026-11-24 13:40"), case, reply(at=oslo(at)))
    assert refused.value.code == code
    card = case_card(context_for("ingunn", "2026-11-24 13:40"), case)
    assert (card.messages, card.closed_at) == ((), None)


def test_a_closed_case_takes_notes_and_no_new_answer(context_for: ContextFor) -> None:
    case = logged(context_for("ingunn", "2026-11-24 10:02"), answered=True)
    later = context_for("ingunn", "2026-11-24 13:40")
    add_message(later, case, NewMessage.checked(kind=MessageKind.NOTE, text="Kom tilbake til dette på årsmøtet."))
    with pytest.raises(Refused, match="record_closed"):
        add_message(later, case, reply())


# ---- two people, one case -----------------------------------------------------------------------------------------------------


def test_the_second_of_two_who_change_a_case_is_told_what_the_first_did(context_for: ContextFor) -> None:
    ingunn, wiik = context_for("ingunn", "2026-11-24 10:02"), context_for("bjørn_ærlend", "2026-11-24 10:05")
    tono = topic(ingunn, "TONO")
    case = logged(ingunn)
    ingunns = changed(ingunn, case, what="Om TONO 2027")
    change_case(wiik, case, changed(wiik, case, topic_id=tono))
    hand_over_case(wiik, case, HandedOver(version=2, user_id=wiik.user_id))

    with pytest.raises(ChangedMeanwhile) as refused:
        change_case(ingunn, case, ingunns)

    assert refused.value.facts["by"] == "Bjørn-Ærlend Wiik"
    missed = refused.value.facts["changes"]
    assert [(event.action, event.facts["changed"]) for event in missed] == [  # type: ignore[attr-defined]
        ("case.handed_over", {"responsible_id": ["Ingunn Ås", "Bjørn-Ærlend Wiik"]}),
        ("case.changed", {"topic_id": ["", "TONO"]}),
    ]
    assert case_card(ingunn, case).what == QUESTION


def test_a_correction_on_the_capture_screen_counts_as_somebody_elses_change(
    context_for: ContextFor, fjordglimt: int
) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    case = logged(ctx)
    stale = changed(ctx, case, what="Om TONO 2027")
    correct_case(ctx, case, CorrectedCase.checked(version=1, what="Om TONO", organisation_id=fjordglimt))
    with pytest.raises(ChangedMeanwhile) as refused:
        change_case(ctx, case, stale)
    assert [event.action for event in refused.value.facts["changes"]] == ["case.corrected"]  # type: ignore[attr-defined]


def test_a_reply_and_a_change_do_not_stand_in_each_others_way(context_for: ContextFor) -> None:
    ingunn, wiik = context_for("ingunn"), context_for("bjørn_ærlend")
    case = logged(ingunn)
    form = changed(ingunn, case, what="Om TONO 2027")
    add_message(wiik, case, reply())
    change_case(ingunn, case, form)
    assert case_card(ingunn, case).what == "Om TONO 2027"


def test_tying_or_giving_twice_changes_once(ctx: Context, context_for: ContextFor, fjordglimt: int) -> None:
    case = logged(ctx, who="en dame fra Ålesund")
    wiik = context_for("bjørn_ærlend").user_id
    for _ in range(2):
        tie_caller(ctx, case, TiedCaller(version=1, organisation_id=fjordglimt))
    for _ in range(2):
        hand_over_case(ctx, case, HandedOver(version=2, user_id=wiik))
    assert [event.action for event in case_history(ctx, case)] == ["case.handed_over", "case.tied", "case.opened"]
    assert case_card(ctx, case).responsible.name == "Bjørn-Ærlend Wiik"


# ---- putting it right ---------------------------------------------------------------------------------------------------------


def test_a_received_time_set_back_is_a_guess_and_the_log_has_both(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-11-24 10:02")
    case = logged(ctx)
    change_case(ctx, case, changed(ctx, case, received_at=oslo("2026-11-24 08:30")))
    card = case_card(ctx, case)
    assert (card.received.at, card.received.quality) == (oslo("2026-11-24 08:30"), TimeQuality.RECONSTRUCTED)
    latest = case_history(ctx, case)[0]
    assert set(latest.facts["changed"]) == {"received_at", "received_quality"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("received_at", "code"),
    [
        ("2026-11-24 13:00", "moment_in_future"),
        ("2026-11-24 10:30", "answered_before_received"),  # answered at 10:20
        ("0226-11-24 10:00", "received_too_long_ago"),  # a digit short
    ],
)
def test_a_received_time_that_cannot_be_is_refused(context_for: ContextFor, received_at: str, code: str) -> None:
    case = logged(context_for("ingunn", "2026-11-24 10:02"))
    add_message(context_for("ingunn", "2026-11-24 10:20"), case, reply())
    ctx = context_for("ingunn", "2026-11-24 11:00")
    with pytest.raises(Refused) as refused:
        change_case(ctx, case, changed(ctx, case, received_at=oslo(received_at)))
    assert refused.value.code == code


def test_the_change_log_never_has_what_was_said(ctx: Context) -> None:
    case = logged(ctx, "Kjærsti har vært sykmeldt")
    change_case(ctx, case, changed(ctx, case, what="Vikar for daglig leder", channel=Channel.EMAIL))
    add_message(ctx, case, reply(text="Kjærsti er tilbake i januar"))
    with ctx.database.reading() as session:
        facts = str(session.scalars(select(AuditEntry.facts).where(AuditEntry.subject_kind == "support_cases")).all())
    assert "fields" in facts
    assert not [word for word in ("Kjærsti", "sykmeldt", "Vikar") if word in facts]


def test_saving_a_form_in_which_nothing_was_changed_writes_nothing(ctx: Context) -> None:
    case = logged(ctx)
    change_case(ctx, case, changed(ctx, case))
    assert (case_card(ctx, case).version, len(case_history(ctx, case))) == (1, 1)


def test_a_case_is_given_to_colleagues_only(ctx: Context, context_for: ContextFor) -> None:
    case = logged(ctx)
    for user_id in (context_for("styret").user_id, 999):  # who may only read; who is not there
        with pytest.raises(NotFound):
            hand_over_case(ctx, case, HandedOver(version=1, user_id=user_id))


def test_a_case_is_tied_to_somebody_who_exists(ctx: Context) -> None:
    case = logged(ctx)
    for chosen, code in (
        ({}, "nobody_chosen"),
        ({"organisation_id": 999}, "house_gone"),
        ({"person_id": 999}, "person_gone"),
    ):
        with pytest.raises(InvalidForm) as refused:
            tie_caller(ctx, case, TiedCaller(version=1, **chosen))
        assert list(refused.value.problems.values()) == [code]


def test_the_board_sees_no_cases(context_for: ContextFor) -> None:
    case = logged(context_for())
    for look in (
        lambda ctx: list_cases(ctx, CaseFilter()),
        lambda ctx: case_card(ctx, case),
        lambda ctx: case_history(ctx, case),
    ):
        with pytest.raises(NotAllowed):
            look(context_for("styret"))


# ---- the list -----------------------------------------------------------------------------------------------------------------


def test_the_list_is_newest_first_and_turns_both_ways_without_losing_or_repeating_one(context_for: ContextFor) -> None:
    """Some came in the same minute: the page's edge lies among them."""
    ids = [logged(context_for("ingunn", f"2026-11-24 10:{number // 3:02}"), f"Sak {number}") for number in range(11)]
    ctx = context_for("ingunn", "2026-11-24 12:00")
    seen, after = [], None
    while True:
        page = list_cases(ctx, CaseFilter(), after=after, limit=4)
        seen.append([line.id for line in page.lines])
        if page.following is None:
            break
        after = page.following
    assert [case for page in seen for case in page] == ids[::-1]
    assert [len(page) for page in seen] == [4, 4, 3]
    back = list_cases(ctx, CaseFilter(), before=seen[2][0], limit=4)
    assert [line.id for line in back.lines] == seen[1]
    first = list_cases(ctx, CaseFilter(), before=seen[1][0], limit=4)
    assert ([line.id for line in first.lines], first.preceding) == (seen[0], None)


def test_each_filter_finds_its_own_cases(context_for: ContextFor, fjordglimt: int, asgard: int) -> None:
    ctx = context_for("ingunn", "2026-09-30 12:00")
    tono = topic(ctx, "TONO")
    kjaersti = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    old = logged(ctx, "Billettsystem og mva", organisation_id=asgard, answered=True)
    wiik = context_for("bjørn_ærlend", "2026-11-24 10:02")
    mail = logged(wiik, QUESTION, organisation_id=fjordglimt, person_id=kjaersti, topic_id=tono, channel=Channel.EMAIL)
    unknown = logged(ctx, "Scenelys", who="Hallgeir, 21 23 45 67")
    every = {"standing": Standing.ALL}
    table: list[tuple[dict[str, object], list[int]]] = [
        ({}, [mail, unknown]),  # the open ones
        ({"standing": Standing.CLOSED}, [old]),
        (every, [mail, unknown, old]),
        (every | {"topic_id": tono}, [mail]),
        (every | {"channel": Channel.EMAIL}, [mail]),
        (every | {"responsible_id": wiik.user_id}, [mail]),
        (every | {"organisation_id": asgard}, [old]),
        (every | {"quarter": Quarter(2026, 3)}, [unknown, old]),
        (every | {"words": "TONO-avgift"}, []),  # avgift stands nowhere
        (every | {"words": "tono TARIFF"}, [mail]),  # each word, large or small, also inside a longer one
        (every | {"words": "ås"}, [old]),  # short and Norwegian: meant to the letter, so not the "as" in other words
        (every | {"words": "asgard"}, [old]),  # whoever lacks the letter finds the house all the same
        (every | {"words": "kjærsti tono"}, [mail]),  # the person's name, and a word of the text
        (every | {"words": "hallgeir"}, [unknown]),
        (every | {"words": "+47 21234567"}, [unknown]),  # the number in another notation
        (every | {"words": "100 % \" ' * ( AND"}, []),  # what a search must survive
    ]
    for wanted, expected in table:
        page = list_cases(wiik, CaseFilter(**wanted))  # type: ignore[arg-type]
        assert [line.id for line in page.lines] == expected, wanted
        assert page.total == len(expected)


def test_a_corrected_text_is_found_by_its_new_words_only(ctx: Context) -> None:
    case = logged(ctx, "Scenelys")
    change_case(ctx, case, changed(ctx, case, what="Brannkrav"))
    assert [line.id for line in list_cases(ctx, CaseFilter(words="brann")).lines] == [case]
    assert list_cases(ctx, CaseFilter(words="scenelys")).lines == ()


def test_a_page_costs_the_same_number_of_selects_however_many_rows(ctx: Context, fjordglimt: int) -> None:
    def selects() -> int:
        with asking(ctx.database) as asked:
            list_cases(ctx, CaseFilter())
        return sum(1 for statement in asked if statement.lstrip().upper().startswith("SELECT"))

    logged(ctx, organisation_id=fjordglimt)
    with_one = selects()
    for number in range(20):
        logged(ctx, f"Sak {number}", organisation_id=fjordglimt)
    assert selects() == with_one <= 9
    assert selects() == 2  # may this user see it, and has anybody saved anything since


def test_the_filters_offer_topics_no_longer_in_use_and_nobody_who_only_reads(
    ctx: Context, context_for: ContextFor
) -> None:
    tono = topic(ctx, "TONO")
    with ctx.database.writing() as session:
        session.get_one(Topic, tono).is_active = False
    choices = filter_choices(ctx)
    assert [choice.name for choice in choices.topics] == ["TONO"]
    assert [choice.name for choice in choices.colleagues] == ["Bjørn-Ærlend Wiik", "Ingunn Ås"]
    assert choices.oldest is None
