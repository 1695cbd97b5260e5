"""The members on the map, as a colleague sees them: by mouse, by keys, and on a telephone."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from crm.members.commands import add_house, end_membership
from crm.members.forms import EndedMembership, NewHouse
from crm.members.queries import member_card
from tests.browser.office import PHONE, Office, settled


@pytest.fixture(scope="module", autouse=True)
def drammen(office: Office) -> None:
    add_house(office.context(), NewHouse.checked(name="Kornlageret kulturhus", municipality_number="3301"))


def opened(page: Page, address: str = "/medlemmer") -> None:
    page.goto(address)
    settled(page)
    expect(page.get_by_text("Legg til et hus eller en leverandør")).to_be_visible()  # stands last on the screen
    settled(page)


def tile(page: Page, county: str) -> Locator:
    return page.locator('[class*="st-key-county-map-"]').get_by_role("radio", name=county)


def row(page: Page, name: str) -> Locator:
    return page.locator('[class*="st-key-rows-"]').get_by_role("radio", name=name)


def place(page: Page, county: str) -> tuple[int, int]:
    """Where it lies on the screen, in pixels from the left and from the top."""
    box = tile(page, county).bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


def test_the_map_has_the_shape_of_norway_and_a_county_of_2023_narrows_the_list(office: Office) -> None:
    with office.at_desk() as page:
        opened(page)
        finnmark, troms, nordland, agder, vestland = (
            place(page, county) for county in ("Finnmark", "Troms", "Nordland", "Agder", "Vestland")
        )
        assert vestland[0] < agder[0] < nordland[0] < troms[0] < finnmark[0]
        assert finnmark[1] == troms[1] < nordland[1] < vestland[1] < agder[1]
        page.get_by_role("spinbutton", name="dag").click()
        page.keyboard.type("31122023", delay=20)
        page.keyboard.press("Enter")
        page.wait_for_url("**per=2023-12-31**")
        settled(page)
        tile(page, "Viken").click()
        expect(row(page, "Fjordglimt kulturhus")).to_have_count(0)
        expect(row(page, "Kornlageret kulturhus · Drammen, Viken")).to_be_visible()
        expect(page.get_by_text("Fylkene som de var 31.12.2023.")).to_be_visible()
        page.wait_for_url("**fylke=30**")


def test_a_county_is_chosen_by_keys_and_stays_on_the_way_back(office: Office) -> None:
    with office.at_desk() as page:
        opened(page)
        tile(page, "Troms").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(row(page, "Fjordglimt kulturhus")).to_have_count(0)
        row(page, "Lyngmo kulturhus").click()
        expect(page.get_by_role("heading", name="Lyngmo kulturhus")).to_be_visible()
        page.go_back()
        expect(row(page, "Lyngmo Scene og Samfunnshus")).to_be_visible()
        expect(tile(page, "Finnmark")).to_be_checked()
        expect(row(page, "Fjordglimt kulturhus")).to_have_count(0)


def test_on_a_telephone_nothing_scrolls_sideways(office: Office) -> None:
    with office.at_desk(viewport=PHONE) as page:
        opened(page, "/medlemmer?fylke=15&utvalg=quiet")
        expect(row(page, "Fjordglimt kulturhus")).to_be_visible()
        expect(page.locator(".st-key-county-table")).to_be_hidden()
        main = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        assert max(page.evaluate(f"{main}.map(element => element.scrollWidth)")) <= PHONE["width"]


def test_a_membership_that_did_not_end_after_all_runs_on_when_its_last_day_is_emptied(office: Office) -> None:
    ctx = office.context()
    house = add_house(ctx, NewHouse.checked(name="Vindusruta kulturhus", member_since=date(2021, 1, 1)))
    (line,) = member_card(ctx, house).memberships
    end_membership(ctx, line.id, EndedMembership(since=line.since, until=date(2026, 1, 31), version=line.version))
    with office.at_desk() as page:
        page.goto(f"/medlem?id={house}")
        settled(page)
        folds = page.get_by_test_id("stExpander")
        folds.get_by_text("Medlemskap", exact=True).first.click()
        folds.get_by_text("Medlem 01.01.2021 – 31.01.2026").last.click()
        page.get_by_role("spinbutton", name="år, Siste dag som medlem").click()
        for _ in range(12):
            page.keyboard.press("Backspace")
        page.get_by_role("button", name="Lagre medlemskapet").click()
        expect(folds.get_by_text("Medlem siden 01.01.2021").last).to_be_visible()
