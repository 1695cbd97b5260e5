"""The members on the map, as a colleague sees them: by mouse, by keys, and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from crm.members.commands import add_house
from crm.members.forms import NewHouse
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
