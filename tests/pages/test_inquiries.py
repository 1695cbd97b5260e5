"""The press screens, driven as a colleague would: the list and its filters, the card, and what a role may do there."""

from __future__ import annotations

from datetime import datetime

import pytest

from crm.context import Context
from crm.media.commands import answer_inquiry, open_inquiry
from crm.media.forms import Answer, NewInquiry
from crm.media.queries import InquiryFilter, InquiryState, inquiry_card, list_inquiries
from crm.media.rules import InquiryStatus, Medium, Outcome
from crm.users.commands import set_language
from tests.conftest import ContextFor, oslo
from tests.pages.driving import button, field, opened, shown, signed_in, words


def asked(ctx: Context, question: str, **typed: object) -> int:
    usual = {"journalist": "Torunn Bråten", "outlet": "Nordlyspressen", "medium": Medium.RADIO}
    return open_inquiry(ctx, NewInquiry.checked(question=question, token=question[:43], **{**usual, **typed}))


def test_the_list_shows_the_nearest_deadline_first_and_both_clocks(context_for: ContextFor) -> None:
    asked(context_for(at="2026-11-27 15:00"), "Neste uke", deadline_at=oslo("2026-11-30 14:00"))
    asked(context_for(at="2026-11-27 16:20"), "Før lørdag", deadline_at=oslo("2026-11-28 12:00"))
    said = words(opened(signed_in(context_for(at="2026-11-28 12:01")), "inquiries"))
    assert said.index("Før lørdag") < said.index("Neste uke")
    assert "Frist passert ubesvart" in said
    assert "0 min arbeidstid, 19 t 41 min kalendertid, går fortsatt" in said


def test_working_time_is_said_in_hours_since_a_working_day_has_no_24(context_for: ContextFor) -> None:
    asked(context_for(at="2026-09-01 10:00"), "Fra tredje kvartal")
    said = words(opened(signed_in(context_for(at="2026-11-24 10:00")), "inquiries"))
    assert "480 t arbeidstid, 84 d 1 t kalendertid" in said


def test_the_filters_stand_in_the_address_and_are_read_from_it(context_for: ContextFor) -> None:
    asked(context_for(at="2026-09-01 10:00"), "Fra tredje kvartal")
    ctx = context_for(at="2026-11-24 10:02")
    asked(ctx, "Fra nettet", medium=Medium.WEB, outlet="Kulturmagasinet")
    app = opened(signed_in(ctx), "inquiries", kvartal="2026-K3")
    assert "Fra tredje kvartal" in words(app)
    assert "Fra nettet" not in words(app)
    field(app, "selectbox", "Kvartal").set_value("2026-K4")
    said = words(shown(app.run()))
    assert ("Fra nettet" in said, "Fra tredje kvartal" in said) == (True, False)
    field(app, "selectbox", "Medium").set_value("radio")
    assert "Ingen ubesvarte henvendelser passer." in words(shown(app.run()))
    assert (app.query_params["kvartal"], app.query_params["medium"]) == ("2026-K4", "radio")


@pytest.mark.parametrize(
    "query",
    [
        {"kvartal": "2026-K9"},  # a year has four
        {"medium": "røyksignal"},
        {"redaksjon": "0 OR 1=1"},
        {"etter": "1~i går~x"},
        {"vis": "noe annet"},
    ],
)
def test_an_address_somebody_made_up_shows_the_list_as_it_begins(ctx: Context, query: dict[str, str]) -> None:
    asked(ctx, "Den eneste")
    assert "Den eneste" in words(opened(signed_in(ctx), "inquiries", **query))


def test_fifty_at_a_time_and_the_rest_on_the_next_page(ctx: Context) -> None:
    for number in range(53):
        asked(ctx, f"Spørsmål nummer {number:02}")
    app = opened(signed_in(ctx), "inquiries")
    assert "Spørsmål nummer 49" in words(app)
    assert "Spørsmål nummer 50" not in words(app)
    button(app, "Neste side").click()
    said = words(shown(app.run()))
    assert ("Spørsmål nummer 49" in said, "Spørsmål nummer 50" in said, "Spørsmål nummer 52" in said) == (
        False,
        True,
        True,
    )
    button(app, "Til begynnelsen").click()
    assert "Spørsmål nummer 00" in words(shown(app.run()))


def test_an_empty_list_says_what_to_do(ctx: Context) -> None:
    assert "Når en journalist ringer: «Ny mediehenvendelse», øverst." in words(opened(signed_in(ctx), "inquiries"))
    assert "Ta bort ett av dem." in words(opened(signed_in(ctx), "inquiries", vis="besvart", medium="podcast"))


def test_answered_from_the_row_it_leaves_the_list_and_says_so(context_for: ContextFor) -> None:
    inquiry = asked(context_for(at="2026-11-24 09:00"), "Kutt i kommunene")
    ctx = context_for(at="2026-11-24 10:02")
    app = opened(signed_in(ctx), "inquiries")
    button(app, "Besvart nå").click()
    shown(app.run())
    field(app, "button_group", "Hva ble det? (kan fylles ut senere)").set_value(Outcome.QUOTED)
    button(app, "Lagre svaret").click()
    said = words(shown(app.run()))
    assert "Svaret til **Torunn Bråten, Nordlyspressen** er lagret." in said
    assert "Kutt i kommunene" not in said
    card = inquiry_card(ctx, inquiry)
    assert (card.row.status, card.row.outcome, card.closed_at) == (InquiryStatus.ANSWERED, Outcome.QUOTED, ctx.now)


def test_the_time_of_the_answer_can_be_corrected_but_not_to_before_the_question(context_for: ContextFor) -> None:
    inquiry = asked(context_for(at="2026-11-24 09:00"), "Kutt i kommunene")
    ctx = context_for(at="2026-11-24 10:02")
    app = opened(signed_in(ctx), "inquiry", id=inquiry)
    button(app, "Besvart nå").click()
    shown(app.run())
    at = field(app, "datetime_input", "Besvart (kan rettes)")
    assert at.value == datetime(2026, 11, 24, 10, 2)  # noqa: DTZ001 - the widget's own wall clock
    at.set_value(datetime(2026, 11, 24, 8, 0))  # noqa: DTZ001 - the same
    button(app, "Lagre svaret").click()
    assert "Svaret kan ikke være gitt før henvendelsen kom." in words(shown(app.run()))
    field(app, "datetime_input", "Besvart (kan rettes)").set_value(datetime(2026, 11, 24, 9, 40))  # noqa: DTZ001 - the same
    button(app, "Lagre svaret").click()
    shown(app.run())
    assert inquiry_card(ctx, inquiry).row.clocks.working.total_seconds() == 40 * 60


def test_a_promise_to_ring_back_then_waiting_then_closing_without_an_answer(context_for: ContextFor) -> None:
    inquiry = asked(context_for(at="2026-11-24 09:00"), "Kutt i kommunene")
    ctx = context_for(at="2026-11-24 10:02")
    app = opened(signed_in(ctx), "inquiry", id=inquiry)
    button(app, "Vi ringer tilbake").click()
    assert "Vi skal ringe tilbake" in words(shown(app.run()))
    button(app, "Vent på journalisten").click()
    assert "Vi venter på journalisten siden i dag 10:02." in words(shown(app.run()))
    button(app, "Slutt å vente").click()
    shown(app.run())
    button(app, "Lukk").click()
    shown(app.run())
    button(app, "Lukk henvendelsen").click()
    assert "Lukket uten svar" in words(shown(app.run()))
    button(app, "Gjenåpne").click()
    assert "Lukket uten svar" not in words(shown(app.run()))


def test_handing_over_on_the_card(context_for: ContextFor) -> None:
    ctx = context_for()
    inquiry = asked(ctx, "Kutt i kommunene")
    colleague = context_for("bjørn_ærlend").user_id
    app = opened(signed_in(ctx), "inquiry", id=inquiry)
    field(app, "selectbox", "Ansvarlig").set_value(colleague)
    shown(app.run())
    assert inquiry_card(ctx, inquiry).responsible_id == colleague


def test_logged_from_the_form_with_a_new_journalist_and_a_deadline_outside_hours(context_for: ContextFor) -> None:
    ctx = context_for("bjørn_ærlend", "2026-11-27 16:25")
    app = opened(signed_in(ctx), "new_inquiry")
    field(app, "text_input", "Journalist").set_value("Torunn Bråten")
    field(app, "text_input", "Redaksjon").set_value("Nordlyspressen")
    field(app, "text_area", "Hva spør de om?").set_value("Kommentar til kutt")
    field(app, "button_group", "Frist").set_value("2026-11-28T11:00:00+00:00")
    said = words(shown(app.run()))
    assert "Lagres på **Torunn Bråten, Nordlyspressen** (ny journalist, ny redaksjon)" in said
    assert "Fristen lørdag 28. november kl. 12:00 er utenfor kontortid." in said
    button(app, "Lagre som åpen").click()
    assert "Lagret på **Torunn Bråten, Nordlyspressen**. Frist i morgen 12:00." in words(shown(app.run()))
    (row,) = list_inquiries(ctx, InquiryFilter()).rows
    assert (row.journalist, row.deadline_at, row.responsible) == (
        "Torunn Bråten",
        oslo("2026-11-28 12:00"),
        "Bjørn-Ærlend Wiik",
    )


def test_an_inquiry_that_is_not_there_says_so(ctx: Context) -> None:
    assert "Denne finnes ikke lenger" in words(opened(signed_in(ctx), "inquiry", id=4711))


def test_in_english(ctx: Context) -> None:
    set_language(ctx, "en")
    asked(ctx, "Kutt i kommunene")
    said = words(opened(signed_in(ctx), "inquiries"))
    assert "0 min working time, 0 min calendar time, still running" in said


def test_answered_ones_are_found_under_besvarte(ctx: Context) -> None:
    answer_inquiry(ctx, asked(ctx, "Kutt i kommunene"), Answer(outcome=Outcome.DECLINED))
    assert "Avslått" in words(opened(signed_in(ctx), "inquiries", vis="besvart"))
    assert list_inquiries(ctx, InquiryFilter(state=InquiryState.OPEN)).rows == ()
