"""Søk from the keyboard: one key, a few letters, Enter; down to the others; the way back shows the same again."""

from __future__ import annotations

import re
import secrets

from playwright.sync_api import expect

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from tests.browser.office import PHONE, Office, settled

HOSTILE = "Spør om <b>lys</b> ![x](http://tracker.invalid/x.png) **og** [lyd](http://tracker.invalid) på scenen"


def test_one_key_a_few_letters_and_enter_open_the_house_and_the_way_back_shows_the_hits(office: Office) -> None:
    new = {"answered": False, "organisation_id": office.houses["Fjordglimt kulturhus"]}
    open_case(office.context(), NewCase.checked(what=HOSTILE, token=secrets.token_urlsafe(24), **new))
    with office.at_desk() as page:
        page.goto("/saker")
        page.locator(".st-key-to-search button").wait_for()
        settled(page)
        page.keyboard.press("s")
        page.keyboard.type("fjordgl", delay=30)  # at once, while the screen is being drawn
        expect(page.get_by_label("Søk i alt")).to_have_value("fjordgl")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Fjordglimt kulturhus")).to_be_visible()
        page.go_back()
        expect(page.get_by_label("Søk i alt")).to_have_value("fjordgl")
        expect(page).to_have_url(re.compile(r"/sok\?q=fjordgl$"))
        hits = page.locator(".st-key-search-hits").get_by_role("radio")
        page.get_by_label("Søk i alt").press("ArrowDown")
        expect(hits.nth(0)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(hits.nth(2)).to_be_focused()
        expect(hits.nth(2)).to_contain_text("![x]")  # after the house and Kjærsti, who works there
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Korrespondanse")).to_be_visible()
        page.go_back()
        expect(page.get_by_label("Søk i alt")).to_have_value("fjordgl")
        page.go_back()
        expect(page.get_by_role("heading", name="Saker")).to_be_visible()


def test_on_a_phone_the_hits_fit_beside_nothing(office: Office) -> None:
    with office.at_desk(viewport=PHONE) as page:
        page.goto("/sok?q=lyngmo+samfunnshus")
        hits = page.locator(".st-key-search-hits").get_by_role("radio")
        expect(hits.first).to_contain_text("Lyngmo Scene og Samfunnshus")
        settled(page)
        assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth")
