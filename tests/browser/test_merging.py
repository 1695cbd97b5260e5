"""S7 on the screen: two houses laid side by side, made one by the keyboard, and taken back. And a pair that is not the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.members.commands import add_house, add_person_here
from crm.members.forms import NewHouse, NewPersonHere
from crm.members.queries import member_card
from tests.browser.office import PHONE, Office, settled

HOUSE, SCENE = "Lyngmo kulturhus", "Lyngmo Scene og Samfunnshus"


@pytest.fixture(scope="module")
def lyngmo(office: Office) -> tuple[int, int]:
    ctx = office.context()
    house, scene = office.houses[HOUSE], office.houses[SCENE]
    for at, email in ((house, "kari@lyngmo.example"), (scene, "kari@scene.example")):
        add_person_here(ctx, at, NewPersonHere(name="Kari Lyngås", email=email))
        for number in range(2):
            what = f"Spørsmål {number}"
            open_case(ctx, NewCase(token=f"lang-nok-{at}-{number}-token", what=what, organisation_id=at, answered=True))
    return house, scene


def fits(page: Page) -> bool:
    return bool(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"))


def test_two_houses_become_one_and_are_two_again(office: Office, lyngmo: tuple[int, int]) -> None:
    house, scene = lyngmo
    with office.at_desk() as page:
        page.goto(f"/medlem?id={house}")
        settled(page)
        page.get_by_text("Slå sammen med en annen").click()
        page.get_by_label("Hvem er den samme?").press_sequentially("samfunnsh")
        expect(page.get_by_role("radio", name=SCENE)).to_be_checked()
        page.get_by_role("button", name="Legg side ved side").click()
        expect(page.get_by_role("heading", name=SCENE)).to_be_visible()
        expect(page.get_by_text("2 saker, 1 person")).to_have_count(2)
        expect(page.get_by_role("checkbox", name="Kari Lyngås")).to_be_checked()
        # The arrow keys choose whose name it is to be.
        names = page.get_by_role("radiogroup", name="Navn")
        names.get_by_role("radio", name=HOUSE).focus()
        page.keyboard.press("ArrowDown")
        expect(names.get_by_role("radio", name=SCENE)).to_be_checked()
        page.keyboard.press("ArrowUp")
        settled(page)
        page.get_by_role("button", name="Slå sammen", exact=False).last.click()
        expect(page.get_by_text(f"Het før: {SCENE}")).to_be_visible()
        settled(page)
    card = member_card(office.context(), house)
    assert [person.name for person in card.people] == ["Kari Lyngås"]
    assert member_card(office.context(), scene).id == house

    with office.at_desk("bjørn_ærlend", viewport=PHONE) as page:
        page.goto("/duplikater")
        settled(page)
        expect(page.get_by_text(f"{SCENE} ble slått inn i {HOUSE}")).to_be_visible()
        assert fits(page)
        page.get_by_role("button", name="Ta tilbake").click()
        expect(page.get_by_text("Tatt tilbake")).to_be_visible()
    assert member_card(office.context(), scene).name == SCENE


def test_a_pair_that_is_not_the_same_is_not_asked_about_again(office: Office, lyngmo: tuple[int, int]) -> None:
    add_house(office.context(), NewHouse.checked(name="Aasgard Konserthus AS"))
    with office.at_desk() as page:
        page.goto("/duplikater")
        settled(page)
        expect(page.get_by_text("Trolig den samme: samme navn")).to_be_visible()
        page.get_by_role("button", name="Ikke den samme").first.click()
        expect(page.get_by_text("Ingen ligner på hverandre nå.")).to_be_visible()
