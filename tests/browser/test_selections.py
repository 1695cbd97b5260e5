"""A selection in a real browser: rows chosen from the keyboard, a file that comes out through the gate, and a phone."""

from __future__ import annotations

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from crm.change_log.queries import Narrowed, list_entries
from tests.browser.office import PHONE, Office, settled
from tests.browser.walking import downloaded

LYNGMO = "/utvalget?hvem=organisasjoner&type=house&medlemskap=member&fylke=56"


def test_two_houses_are_chosen_with_the_keyboard_and_leave_as_a_workbook(office: Office) -> None:
    with office.at_desk("bjørn_ærlend") as page:
        page.goto("/utvalget?hvem=organisasjoner")
        settled(page)
        page.get_by_text("Velg rader", exact=True).click()
        rows = page.locator("[class*=st-key-rows-chosen] button")
        expect(rows).to_have_count(5)
        rows.first.focus()
        for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
            page.keyboard.press(key)
        settled(page)
        page.get_by_text("Gjør noe med utvalget").click()
        expect(page.get_by_text("2 valgte rader")).to_be_visible()
        page.get_by_role("radio", name="Eksporter").click()
        expect(page.get_by_text("2 er med.")).to_be_visible()
        settled(page)
        book = CalamineWorkbook.from_path(downloaded(page, "Last ned"))
    names = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert names == ["Navn", "Bølgeblikk kulturhus KF", "Lyngmo kulturhus"]
    latest = list_entries(office.context(), Narrowed(), limit=1)[0]
    assert (latest.action, latest.actor, latest.facts["rows"]) == ("export.made", "Bjørn-Ærlend Wiik", 2)


def test_a_link_to_a_selection_opens_on_a_phone_and_its_rows_open_the_houses(office: Office) -> None:
    with office.at_desk(viewport=PHONE) as page:
        page.goto(LYNGMO)
        settled(page)
        expect(page.get_by_text("Medlemshus i Finnmark")).to_be_visible()
        page.get_by_text("Hvem er med").click()
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        page.locator("[class*=st-key-rows-member] button").first.click()
        expect(page.get_by_role("heading", name="Lyngmo kulturhus")).to_be_visible()
