"""Ny henvendelse under AppTest: one run at a time, so that what was shown when is certain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.drafts.commands import keep_draft
from crm.drafts.queries import DraftKind, list_drafts
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.users.commands import set_language
from db.models.cases import SupportCase, TimeQuality
from tests.conftest import ContextFor, oslo
from tests.crm.test_contact_details import NUMBER
from tests.pages.driving import button, field, opened, signed_in, words

HOUSES = [("Fjordglimt kulturhus", "1508"), ("Lyngmo kulturhus", "5601"), ("Lyngmo Scene og Samfunnshus", "5601")]


@pytest.fixture
def houses(ctx: Context) -> dict[str, int]:
    return {name: add_house(ctx, NewHouse.checked(name=name, municipality_number=place)) for name, place in HOUSES}


@pytest.fixture
def screen(ctx: Context, houses: dict[str, int]) -> AppTest:
    return opened(signed_in(ctx), "new_case")


def typed(screen: AppTest, *, who: str, what: str = "Leie av sal") -> AppTest:
    field(screen, "text_input", "Hvem").set_value(who)
    field(screen, "text_area", "Hva").set_value(what)
    return screen


def address(screen: AppTest) -> str:
    """The token in the address; AppTest gives a list for what it set itself."""
    value = screen.query_params["utkast"]
    return value if isinstance(value, str) else value[0]


def cases(ctx: Context) -> list[SupportCase]:
    with ctx.database.reading() as session:
        found = list(session.scalars(select(SupportCase).order_by(SupportCase.id)))
        session.expunge_all()
        return found


def test_the_first_hit_shown_is_taken_and_named(ctx: Context, screen: AppTest, houses: dict[str, int]) -> None:
    typed(screen, who="lyngmo").run()
    assert "Lagres på **Lyngmo kulturhus, Alta**" in words(screen)
    button(screen, "Besvart nå").click().run()
    assert "Lagret på **Lyngmo kulturhus, Alta**. Besvart." in words(screen)
    assert [case.organisation_id for case in cases(ctx)] == [houses["Lyngmo kulturhus"]]


def test_a_hit_not_yet_shown_is_never_taken_between_several_houses(ctx: Context, screen: AppTest) -> None:
    """Who and save in one breath: nobody can have seen which of the two Lyngmo it would be."""
    typed(screen, who="lyngmo")
    button(screen, "Besvart nå").click().run()
    assert "Flere treff. Trykk én gang til for å lagre på **Lyngmo kulturhus, Alta**, eller velg en annen." in words(
        screen
    )
    assert cases(ctx) == []
    assert "Flere treff." in words(screen.run())  # until something is done about it
    button(screen, "Besvart nå").click().run()
    assert len(cases(ctx)) == 1


def test_a_single_house_is_shown_first_and_then_taken_without_another_key(
    ctx: Context, screen: AppTest, houses: dict[str, int]
) -> None:
    typed(screen, who="fjordgl")
    button(screen, "Lagre som åpen").click().run()
    assert "Lagret på **Fjordglimt kulturhus, Ålesund**. Åpen sak." in words(screen)
    assert [(case.organisation_id, case.closed_at) for case in cases(ctx)] == [(houses["Fjordglimt kulturhus"], None)]


def test_none_of_these_keeps_the_text(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="lyngmo").run()
    hits = field(screen, "radio", "Hvem er det?")
    hits.set_value("").run()
    button(screen, "Besvart nå").click().run()
    (case,) = cases(ctx)
    assert (case.organisation_id, case.caller) == (None, "lyngmo")


def test_another_query_chooses_its_own_first_hit(screen: AppTest, houses: dict[str, int]) -> None:
    typed(screen, who="lyngmo").run()
    field(screen, "radio", "Hvem er det?").set_value(f"{houses['Lyngmo Scene og Samfunnshus']}-0").run()
    assert "Lagres på **Lyngmo Scene og Samfunnshus, Alta**" in words(screen)
    field(screen, "text_input", "Hvem").set_value("fjordgl").run()
    assert "Lagres på **Fjordglimt kulturhus, Ålesund**" in words(screen)


def test_an_empty_call_is_refused_kindly_and_nothing_typed_is_lost(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="Øyvind, 21 23 45 67", what="").run()
    button(screen, "Besvart nå").click().run()
    assert "Skriv med noen ord hva det gjelder, så lagres henvendelsen." in words(screen)
    assert field(screen, "text_input", "Hvem").value == "Øyvind, 21 23 45 67"
    assert cases(ctx) == []


def test_who_may_be_empty(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="").run()
    button(screen, "Besvart nå").click().run()
    assert "Lagret på **ukjent innringer**. Besvart." in words(screen)


def test_a_call_set_back_in_time_says_that_the_time_is_a_guess(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="fjordgl")
    at = oslo("2026-11-24 08:30").replace(tzinfo=None)
    field(screen, "datetime_input", "Mottatt (tomt felt: nå)").set_value(at).run()
    button(screen, "Besvart nå").click().run()
    assert "Mottatt i dag 08:30 (anslått)." in words(screen)
    assert [case.received_quality for case in cases(ctx)] == [TimeQuality.RECONSTRUCTED]


def test_a_call_from_the_future_is_refused(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="fjordgl")
    at = oslo("2026-11-24 12:00").replace(tzinfo=None)
    field(screen, "datetime_input", "Mottatt (tomt felt: nå)").set_value(at).run()
    button(screen, "Besvart nå").click().run()
    assert "Tidspunktet henvendelsen kom inn, er ikke kommet ennå. Rett det." in words(screen)
    assert field(screen, "text_area", "Hva").value == "Leie av sal"


def test_a_national_identity_number_is_warned_about_and_saved(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="fjordgl", what="Hun oppga 40 61 23 45").run()
    assert "fødselsnummer" not in words(screen)
    typed(screen, who="fjordgl", what=f"Hun oppga {NUMBER}").run()
    assert "fødselsnummer" in words(screen)
    button(screen, "Besvart nå").click().run()
    assert len(cases(ctx)) == 1


def test_typing_makes_a_draft_and_emptying_takes_it_away(ctx: Context, screen: AppTest) -> None:
    assert list_drafts(ctx) == []
    typed(screen, who="lyng", what="").run()
    (draft,) = list_drafts(ctx)
    assert draft.fields["who"] == "lyng"
    assert address(screen) == draft.token
    typed(screen, who="", what="").run()
    assert list_drafts(ctx) == []


def test_a_draft_opens_with_all_that_was_typed_and_chosen(ctx: Context, houses: dict[str, int]) -> None:
    kept = {
        "who": "lyngmo",
        "what": "To\nlinjer",
        "choice": f"{houses['Lyngmo Scene og Samfunnshus']}-0",
        "channel": "email",
    }
    keep_draft(ctx, "utkastet-fra-i-gar", kind=DraftKind.CASE, fields=kept)
    screen = opened(signed_in(ctx), "new_case", utkast="utkastet-fra-i-gar")
    assert field(screen, "text_input", "Hvem").value == "lyngmo"
    assert field(screen, "text_area", "Hva").value == "To\nlinjer"
    assert "Lagres på **Lyngmo Scene og Samfunnshus, Alta**" in words(screen)


def test_an_address_under_which_something_was_saved_starts_afresh(ctx: Context, screen: AppTest) -> None:
    """The Back button leads there; what is typed then must not vanish into the old case."""
    typed(screen, who="fjordgl", what="Det første").run()
    old = address(screen)
    button(screen, "Besvart nå").click().run()
    screen.query_params["utkast"] = old
    screen.run()
    assert address(screen) != old
    typed(screen, who="fjordgl", what="Det andre").run()
    button(screen, "Besvart nå").click().run()
    assert [case.what for case in cases(ctx)] == ["Det første", "Det andre"]


def test_text_sent_with_the_click_that_leaves_the_screen_is_kept(ctx: Context, screen: AppTest) -> None:
    typed(screen, who="Kari fra Lom", what="Spør").run()
    field(screen, "text_area", "Hva").set_value("Spør om lys")
    screen.switch_page("../pages/today.py")
    screen.run()
    assert [(draft.fields["who"], draft.fields["what"]) for draft in list_drafts(ctx)] == [
        ("Kari fra Lom", "Spør om lys")
    ]


def test_a_colleagues_draft_does_not_open(ctx: Context, houses: dict[str, int]) -> None:
    colleague = replace(ctx, actor=replace(ctx.actor, user_id=ctx.user_id + 1))
    keep_draft(colleague, "utkastet-til-wiik", kind=DraftKind.CASE, fields={"who": "hemmelig", "what": "hemmelig"})
    screen = opened(signed_in(ctx), "new_case", utkast="utkastet-til-wiik")
    assert field(screen, "text_input", "Hvem").value == ""
    assert "hemmelig" not in words(screen)


def test_the_screen_speaks_english_too(ctx: Context, houses: dict[str, int]) -> None:
    set_language(ctx, "en")
    screen = opened(signed_in(ctx), "new_case")
    field(screen, "text_input", "Who").set_value("fjordgl")
    field(screen, "text_area", "What").set_value("Rent").run()
    button(screen, "Answered now").click().run()
    assert "Saved under **Fjordglimt kulturhus, Ålesund**. Answered." in words(screen)


def test_the_board_cannot_open_the_screen(context_for: ContextFor) -> None:
    app = signed_in(context_for("styret"))
    app.run()
    assert [button.label for button in app.main.button if button.label == "Ny henvendelse"] == []
