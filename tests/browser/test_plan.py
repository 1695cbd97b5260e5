"""The plan as the board reads it, at a desk and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from crm.context import Actor, Context
from tests.browser.office import PHONE, Office, settled
from tests.conftest import STAFF, oslo
from tests.quarter import log_the_quarter


@pytest.fixture(scope="module")
def in_january(office: Office) -> Office:
    """The fourth quarter is logged; it is Friday 8 January 2027."""

    def context_for(who: str = "ingunn", at: str | datetime = "2026-11-24 10:02") -> Context:
        name, role = STAFF[who]
        now = oslo(at) if isinstance(at, str) else at
        return Context(Actor(user_id=office.users[who], name=name, role=role), office.database, now)

    make: Callable[..., Context] = context_for
    log_the_quarter(make)
    office.it_is("2027-01-08 09:00")
    return office


def to_screen(page: Page, name: str) -> None:
    page.goto("/")
    settled(page)
    if page.viewport_size == PHONE:  # the menu closes itself again
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settled(page)


def last_quarter(page: Page) -> None:
    page.get_by_role("button", name="Forrige").click()
    expect(page.get_by_role("heading", name="4. kvartal 2026", exact=True)).to_be_visible()
    settled(page)


def fits(page: Page) -> bool:
    """Nothing stands beside the screen."""
    return bool(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"))


def test_the_board_follows_a_number_to_its_record_and_back(in_january: Office) -> None:
    """From the plan to MIR's meeting in three clicks."""
    with in_january.at_desk() as page:
        to_screen(page, "Planen")
        last_quarter(page)
        networks = page.locator(".st-key-measure-M2-5")
        expect(networks).to_contain_text("Delvis nådd")
        expect(networks).to_contain_text("MIR: 1 av 1 møte")
        expect(networks).to_contain_text("Arrangørforum: 0 av 1 møte · avlyst 2. des.")
        networks.get_by_role("button", name="1 møte").click()
        page.wait_for_url("**/tiltak?kode=M2.5&kvartal=2026-K4")
        settled(page)
        expect(page.get_by_role("heading", name=re.compile("^1 møte i 4"))).to_be_visible()
        page.get_by_role("button", name=re.compile("17.11.2026")).click()
        page.wait_for_url("**/mote?id=*")
        settled(page)
        page.go_back()
        page.wait_for_url("**/tiltak?kode=M2.5&kvartal=2026-K4")
        settled(page)
        expect(page.get_by_role("heading", name=re.compile("^1 møte i 4"))).to_be_visible()


def test_page_4_of_the_paper_is_a_step_to_goal_4(in_january: Office) -> None:
    with in_january.at_desk() as page:
        to_screen(page, "Planen")
        page.get_by_role("button", name="Se mål 4").click()
        settled(page)
        expect(page.get_by_role("heading", name="Mål 4: I media")).to_be_visible()
        expect(page.get_by_role("heading", name="Mål 1: For medlemmene")).to_have_count(0)


@pytest.mark.parametrize("screen", ["Planen", "Svartid"])
def test_on_a_telephone_nothing_stands_outside_the_screen(in_january: Office, screen: str) -> None:
    with in_january.at_desk("styret", viewport=PHONE) as page:
        to_screen(page, screen)
        last_quarter(page)
        assert fits(page)


def test_the_board_sees_the_development_as_charts_with_a_table_beside_them(in_january: Office) -> None:
    with in_january.at_desk("styret") as page:
        to_screen(page, "Svartid")
        last_quarter(page)
        expect(page.get_by_text("Besvart før journalistens frist: 7 av 8 = 87,5 %")).to_be_visible()
        expect(page.locator(".js-plotly-plot")).to_have_count(2)
        expect(page.locator(".js-plotly-plot").first).to_contain_text("Arbeidstid til første svar")
        expect(page.locator("tr", has_text="K4 2026").first).to_have_text(re.compile("8.*50 min / 50 min.*5 t / 5 t"))
        page.get_by_text("Medlemsstøtte", exact=True).click()
        settled(page)
        expect(page.get_by_text("Besvart: 38 av 38 = 100 %")).to_be_visible()
        assert "om=support" in page.url
