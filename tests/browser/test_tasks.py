"""Tasks from the keyboard, and the part of a record's screen that stays open while it is used."""

from __future__ import annotations

from base64 import b64decode

from playwright.sync_api import expect

from tests.browser.office import PHONE, Office, settled
from tests.records import case

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")


def test_two_tasks_are_written_and_one_is_ticked_without_the_mouse(office: Office) -> None:
    with office.at_desk() as page:
        page.goto("/oppgaver")
        settled(page)
        field = page.get_by_label("Ny oppgave")
        expect(field).to_be_focused()
        page.keyboard.type("Ring Fjordglimt")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Ring Fjordglimt")).to_be_visible()
        expect(field).to_have_value("")
        expect(field).to_be_focused()
        page.keyboard.type("Send faktura")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")  # from i dag
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Send faktura · i morgen")).to_be_visible()
        page.get_by_role("checkbox", name="Gjort: Ring Fjordglimt").focus()
        page.keyboard.press("Space")
        expect(page.get_by_text("Gjort: Ring Fjordglimt").first).to_be_visible()
        expect(page.get_by_role("button", name="Ring Fjordglimt")).to_have_count(0)


def test_the_part_stays_open_when_its_title_begins_to_count(office: Office) -> None:
    record = case(office.context())
    with office.at_desk(viewport=PHONE) as page:
        page.goto(f"/sak?id={record.id}")
        settled(page)
        page.get_by_text("Oppgaver · Merkelapper · Vedlegg", exact=True).click()
        tags = page.get_by_role("combobox", name="Merkelapper")
        expect(tags).to_be_visible()
        settled(page)
        tags.click()
        page.keyboard.type("Turné")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Oppgaver · Merkelapper (1) · Vedlegg", exact=True)).to_be_visible()
        expect(tags).to_be_visible()
        poster = {"name": "plakat.png", "mimeType": "image/png", "buffer": PNG}
        page.locator('input[type="file"]').set_input_files(poster)
        expect(page.get_by_role("link", name="plakat.png")).to_be_visible()
        settled(page)
        with page.expect_popup() as tab:
            page.get_by_role("link", name="plakat.png").click()
        assert "/kulturcrm/vedlegg/" in tab.value.url
        tab.value.close()
        page.get_by_label("Ny oppgave").fill("Send satsene")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Send satsene")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
