"""Two who fill in forms about the same house, and one who goes elsewhere in the middle of it, as it is seen in the browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from crm.members.commands import edit_organisation
from crm.members.forms import ChangedDetails
from crm.members.queries import member_card
from tests.browser.office import Office, settled


def details(page: Page, office: Office, house: int) -> None:
    page.goto(f"/medlem?id={house}")
    settled(page)
    page.get_by_text("Rett opplysningene", exact=True).click()


def test_what_is_typed_is_neither_lost_nor_refused_for_ever(office: Office) -> None:
    """A colleague saves, the house gets a new name, another screen is looked at: the note is there, and the next press saves it."""
    house = office.houses["Lyngmo kulturhus"]
    card = member_card(office.context(), house)
    with office.at_desk() as page:
        details(page, office, house)
        note = page.get_by_label("Merknad")
        note.fill("Ny sal i 2027")
        changed = ChangedDetails.checked(
            org_number=card.org_number,
            municipality_number=card.municipality_number,
            website="https://lyngmo.example",
            version=card.version,
        )
        edit_organisation(office.context("bjørn_ærlend"), house, changed)
        page.get_by_role("button", name="Lagre opplysningene").click(delay=100)
        expect(page.get_by_text("Se over, og lagre en gang til.")).to_contain_text("Nettside: https")
        expect(note).to_have_value("Ny sal i 2027")
        expect(page.get_by_label("Nettside")).to_have_value("https://lyngmo.example")
        settled(page)
        page.get_by_text("Nytt navn", exact=True).click()
        page.get_by_label("Navn", exact=True).last.fill("Lyngmo scene")
        page.get_by_role("button", name="Lagre navnet").click(delay=100)
        expect(page.get_by_role("heading", name="Lyngmo scene")).to_be_visible()
        settled(page)
        expect(note).to_have_value("Ny sal i 2027")
        note.fill("Ny sal i 2028")
        page.get_by_role("link", name="Personer").click(delay=100)
        expect(page.get_by_role("heading", name="Personer")).to_be_visible()
        settled(page)
        page.go_back()
        expect(page.get_by_role("heading", name="Lyngmo scene")).to_be_visible()
        settled(page)
        page.get_by_text("Rett opplysningene", exact=True).click()
        expect(note).to_have_value("Ny sal i 2028")
        page.get_by_role("button", name="Lagre opplysningene").click(delay=100)
        expect(page.get_by_text("Ikke lagret ennå.")).to_be_hidden()
        settled(page)
    after = member_card(office.context(), house)
    assert (after.name, after.website, after.note) == ("Lyngmo scene", "https://lyngmo.example", "Ny sal i 2028")
