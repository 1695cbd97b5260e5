"""Saker and one case in the browser: S1 goes on, an unknown caller gets a house, two people work on one case."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from sqlalchemy import delete

from crm.cases.cards import CaseCard, CaseStatus
from crm.cases.case_commands import hand_over_case
from crm.cases.case_forms import HandedOver
from crm.cases.case_queries import case_card
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from db.models.cases import Message, Pause, SupportCase
from tests.browser.office import PHONE, Office, settled

TONO = "Teller det kommunale driftstilskuddet når TONO-tariffen endres i 2027?"


@pytest.fixture(autouse=True)
def _nothing_left_of_the_test_before(office: Office) -> None:
    """One office serves all of this file, and fifty rows of one test would push another's case to the second page."""
    with office.database.writing() as session:
        for table in (Message, Pause, SupportCase):
            session.execute(delete(table))


def logged(office: Office, what: str, **more: object) -> int:
    new = NewCase.checked(**({"what": what, "answered": False, "token": secrets.token_urlsafe(24)} | more))
    return open_case(office.context(), new)


def stored(office: Office, case: int) -> CaseCard:
    return case_card(office.context(), case)


def to_cases(page: Page, query: str = "") -> None:
    page.goto(f"/saker{query}")
    expect(page.get_by_role("heading", name="Saker")).to_be_visible()
    settled(page)


def rows(page: Page) -> Locator:
    return page.locator("[class*=st-key-rows-case]").get_by_role("radio")


def row(page: Page, text: str) -> Locator:
    return rows(page).filter(has_text=text)


def to_case(page: Page, case: int) -> None:
    page.goto(f"/sak?id={case}")
    expect(page.get_by_role("heading", name="Korrespondanse")).to_be_visible()
    settled(page)


def unfolded(page: Page, title: str) -> None:
    page.get_by_text(title, exact=True).click()
    settled(page)


def fits(page: Page) -> bool:
    """Nothing stands beside the screen."""
    return bool(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"))


def test_s1_goes_on_at_1340_ingunn_answers_by_mail_and_closes(office: Office) -> None:
    """From the list by the keyboard, and with a double click on the way out: 218 minutes, one message."""
    office.it_is("2026-11-24 10:02")
    case = logged(
        office, TONO, organisation_id=office.houses["Fjordglimt kulturhus"], person_id=office.people["Kjærsti Øyen"]
    )
    office.it_is("2026-11-24 13:40")
    with office.at_desk() as page:
        to_cases(page)
        waiting = row(page, TONO)
        expect(waiting).to_contain_text("Fjordglimt kulturhus, Kjærsti Øyen")
        expect(waiting).to_contain_text("ubesvart")
        expect(waiting).to_contain_text("3 t 38 min arbeidstid, 3 t 38 min kalendertid")
        waiting.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Fjordglimt kulturhus")).to_be_visible()
        expect(page).to_have_url(re.compile(rf"/sak\?id={case}$"))
        expect(page.get_by_text("Telefon 40 61 23 45")).to_be_visible()
        settled(page)
        page.get_by_role("radiogroup", name="Kanal").first.get_by_text("e-post").click()
        settled(page)
        page.get_by_role("textbox", name="Tekst").fill("Ja, driftstilskuddet teller med.")
        page.get_by_role("button", name="Lagre og lukk").dblclick()
        expect(page.get_by_text("lukket", exact=True)).to_be_visible()
        expect(page.locator("[class*=st-key-message-]")).to_contain_text("Ja, driftstilskuddet teller med.")
        expect(page.get_by_role("textbox", name="Tekst")).to_have_value("")
        expect(page.locator(f".st-key-case-clocks-{case}").get_by_text("3 t 38 min")).to_have_count(2)
        settled(page)
    card = stored(office, case)
    assert int(card.response.working.total_seconds()) == 218 * 60
    assert (card.status, len(card.messages)) == (CaseStatus.CLOSED, 1)


def test_an_unknown_caller_is_tied_to_asgard_and_the_case_stands_on_its_page(office: Office) -> None:
    office.it_is("2026-11-24 10:03")
    case = logged(office, "Spør om leiekontrakt for lag", who="21 23 45 67")
    office.it_is("2026-11-24 14:00")
    with office.at_desk("bjørn_ærlend") as page:
        to_cases(page)
        expect(row(page, "leiekontrakt")).to_contain_text("21 23 45 67")
        row(page, "leiekontrakt").click()
        expect(page.get_by_role("heading", name="21 23 45 67")).to_be_visible()
        unfolded(page, "Knytt til hus")
        page.get_by_role("textbox", name="Hus, person eller telefon").press_sequentially("åsgard", delay=60)
        expect(page.get_by_text("Åsgard konserthus, Ås")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Knytt til", exact=True).click()
        expect(page.get_by_role("heading", name="Åsgard konserthus")).to_be_visible()
        expect(page.get_by_text("Innringer: 21 23 45 67")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Åpne Åsgard konserthus").click()
        expect(page.get_by_text("Spør om leiekontrakt for lag").first).to_be_visible()
    house = stored(office, case).house
    assert house is not None
    assert house.id == office.houses["Åsgard konserthus"]


def test_the_second_of_two_keeps_what_she_typed_and_sees_what_he_did(office: Office) -> None:
    office.it_is("2026-11-24 11:00")
    case = logged(office, "Om scenelys")
    with office.at_desk() as page:
        to_case(page, case)
        unfolded(page, "Rett opplysningene")
        page.get_by_role("textbox", name="Hva det gjelder").fill("Om scenelys og brannkrav på Bølgeblikk")
        page.get_by_role("textbox", name="Hva det gjelder").blur()
        settled(page)
        wiik = office.context("bjørn_ærlend")
        hand_over_case(wiik, case, HandedOver(version=1, user_id=wiik.user_id))
        page.get_by_role("button", name="Lagre endringene").click()
        expect(page.get_by_text("Noen andre lagret før deg")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("24.11.2026 11:00: Bjørn-Ærlend Wiik tok over saken")
        expect(page.get_by_role("textbox", name="Hva det gjelder")).to_have_value(
            "Om scenelys og brannkrav på Bølgeblikk"
        )
        assert stored(office, case).what == "Om scenelys"
        settled(page)
        page.get_by_role("button", name="Lagre endringene").click()
        expect(page.get_by_text("Noen andre lagret før deg")).to_be_hidden()
        settled(page)
    card = stored(office, case)
    assert (card.what, card.responsible.name) == ("Om scenelys og brannkrav på Bølgeblikk", "Bjørn-Ærlend Wiik")


def test_another_cases_values_never_stand_in_a_form(office: Office) -> None:
    """From one case to the next and back in the same session: each form shows its own, and what was typed is still there."""
    office.it_is("2026-11-24 11:05")
    first, second = logged(office, "Om billettsystem"), logged(office, "Om garderobe")
    with office.at_desk() as page:
        to_cases(page)
        row(page, "billettsystem").click()
        expect(page.get_by_role("heading", name="Korrespondanse")).to_be_visible()
        unfolded(page, "Rett opplysningene")
        what = page.get_by_role("textbox", name="Hva det gjelder")
        what.fill("Om billettsystem og mva")
        page.get_by_role("textbox", name="Tekst").fill("Hei, halvferdig svar")
        page.get_by_role("textbox", name="Tekst").blur()
        settled(page)
        page.get_by_role("button", name="Til saker").click()
        row(page, "garderobe").click()
        expect(page.get_by_text("Om garderobe").first).to_be_visible()
        settled(page)
        unfolded(page, "Rett opplysningene")
        expect(what).to_have_value("Om garderobe")
        expect(page.get_by_role("textbox", name="Tekst")).to_have_value("")
        page.get_by_role("button", name="Lagre endringene").click()
        settled(page)
        page.get_by_role("button", name="Til saker").click()
        row(page, "billettsystem").click()
        unfolded(page, "Rett opplysningene")
        expect(what).to_have_value("Om billettsystem og mva")
        expect(page.get_by_role("textbox", name="Tekst")).to_have_value("Hei, halvferdig svar")
    assert (stored(office, first).what, stored(office, second).what) == ("Om billettsystem", "Om garderobe")


def test_waiting_closing_and_opening_again_with_a_double_click_each(office: Office) -> None:
    office.it_is("2026-11-25 09:00")
    case = logged(office, "Om utleiepriser")
    office.it_is("2026-11-25 10:00")
    with office.at_desk() as page:
        to_case(page, case)
        for press, then in (
            ("Vent på dem", "Vi venter på dem siden i dag 10:00."),
            ("Slutt å vente", "ubesvart"),
            ("Lukk saken", "Lukket i dag 10:00."),
            ("Gjenåpne saken", "ubesvart"),
        ):
            page.get_by_role("button", name=press).dblclick()
            expect(page.get_by_text(then, exact=True)).to_be_visible()
            settled(page)
            expect(page.get_by_role("alert")).to_have_count(0)
    card = stored(office, case)
    assert (card.status, len(card.pauses)) == (CaseStatus.UNANSWERED, 2)


def test_filters_stand_in_the_address_and_come_back_with_back(office: Office) -> None:
    office.it_is("2026-11-26 09:00")
    closed = logged(office, "Om akustikk i storsalen", answered=True)
    logged(office, "Om akustikk i lillesalen")
    with office.at_desk() as page:
        to_cases(page)
        expect(row(page, "lillesalen")).to_have_count(1)
        expect(row(page, "storsalen")).to_have_count(0)
        page.get_by_text("Lukkede", exact=True).click()
        expect(row(page, "storsalen")).to_have_count(1)
        expect(page).to_have_url(re.compile(r"\?status=closed$"))
        page.get_by_role("textbox", name="Søk").fill("AKUSTIKK")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"status=closed&q=AKUSTIKK$"))
        expect(rows(page)).to_have_count(1)
        settled(page)
        rows(page).click()
        expect(page).to_have_url(re.compile(rf"/sak\?id={closed}$"))
        expect(page.get_by_role("heading", name="Korrespondanse")).to_be_visible()
        settled(page)
        page.go_back()
        expect(page).to_have_url(re.compile(r"/saker\?status=closed&q=AKUSTIKK$"))
        expect(row(page, "storsalen")).to_have_count(1)
        expect(page.get_by_role("textbox", name="Søk")).to_have_value("AKUSTIKK")
        settled(page)
        page.reload()
        expect(rows(page)).to_have_count(1)
        expect(page.get_by_role("textbox", name="Søk")).to_have_value("AKUSTIKK")


def test_a_row_opens_its_case_also_when_the_clocks_in_it_have_moved_on(office: Office) -> None:
    """The list was drawn at 09:00 and lay on the screen while a colleague logged another call and an hour went by."""
    office.it_is("2026-11-27 09:00")
    case = logged(office, "Om parkett i foajeen")
    with office.at_desk() as page:
        to_cases(page)
        office.it_is("2026-11-27 10:07")
        logged(office, "Om noe helt annet")
        row(page, "parkett").click()
        expect(page).to_have_url(re.compile(rf"/sak\?id={case}$"))
        expect(page.get_by_text("Om parkett i foajeen").first).to_be_visible()


def test_older_and_newer_pages_by_the_address(office: Office) -> None:
    office.it_is("2026-12-01 09:00")
    for number in range(60):
        logged(office, f"Kø nummer {number:02}")
    with office.at_desk() as page:
        to_cases(page, "?q=kø")
        expect(rows(page)).to_have_count(50)
        expect(page.get_by_text("60 åpne saker, de nyeste først")).to_be_visible()
        page.get_by_role("button", name="Eldre saker").click()
        expect(rows(page)).to_have_count(10)
        expect(row(page, "nummer 09")).to_have_count(1)
        expect(page).to_have_url(re.compile(r"etter=\d+"))
        page.get_by_role("button", name="Nyere saker").click()
        expect(rows(page)).to_have_count(50)
        expect(row(page, "nummer 59")).to_have_count(1)


def test_tab_stops_once_at_the_list_and_arrows_walk_in_it_without_opening(office: Office) -> None:
    office.it_is("2026-12-01 09:30")
    for number in range(51):
        logged(office, f"Rad nummer {number:02}")
    with office.at_desk() as page:
        to_cases(page, "?q=rad")
        rows(page).first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        expect(rows(page).nth(2)).to_be_focused()
        expect(page.get_by_role("heading", name="Saker")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Eldre saker")).to_be_focused()


def test_on_a_phone_nothing_stands_beside_the_screen(office: Office) -> None:
    office.it_is("2026-12-01 10:00")
    case = logged(office, "Om " + "et langt ord som " * 20 + "https://eksempel.example/" + "sti/" * 30)
    phone: ViewportSize = {"width": PHONE["width"], "height": PHONE["height"]}
    with office.at_desk(viewport=phone) as page:
        to_cases(page)
        assert fits(page)
        for sideways in rows(page).all()[:5]:
            assert sideways.evaluate("row => row.scrollWidth <= row.clientWidth + 1")
        to_case(page, case)
        assert fits(page)
        for title in (
            "Det skjedde tidligere",
            "Knytt til hus",
            "Overlat til en kollega",
            "Rett opplysningene",
            "Hva som er gjort",
        ):
            unfolded(page, title)
        assert fits(page)
