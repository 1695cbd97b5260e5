"""A journalist becomes an adviser, and a committee changes, as it is done and seen in the browser."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from crm.members.commands import add_organisation, add_person_here
from crm.members.forms import NewOrganisation, NewPersonHere
from crm.people.commands import add_person, add_post
from crm.people.forms import NewPerson, NewPost
from crm.people.person_queries import person_card
from crm.people.words import LegalBasis, PostKind
from db.models.organisations import OrganisationKind
from tests.browser.office import PHONE, Office, settled


@pytest.fixture(scope="module")
def torunn(office: Office) -> int:
    paper = NewOrganisation.checked(kind=OrganisationKind.OUTLET, name="Nordlyspressen")
    new = NewPersonHere.checked(name="Torunn Bråten", kind=PostKind.JOURNALIST, phone="406 12 346")
    return add_person_here(office.context(), add_organisation(office.context(), paper), new)


def chosen(page: Page, label: str, option: str) -> None:
    page.wait_for_timeout(300)  # what was typed before is about to be sent, and its answer would close the list
    settled(page)
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def fits(page: Page) -> bool:
    """Nothing stands beside the screen."""
    return bool(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"))


def test_s5_she_stops_here_and_begins_there_in_one_action(office: Office, torunn: int) -> None:
    """Found by her name in the list of persons, moved from her own page; what is refused keeps what was typed."""
    office.it_is("2027-01-04 09:00")
    with office.at_desk() as page:
        page.goto("/personer")
        settled(page)
        page.get_by_label("Søk").fill("torunn")
        page.get_by_role("radio", name="Torunn Bråten").click()
        expect(page.get_by_role("heading", name="Torunn Bråten")).to_be_visible()
        settled(page)
        page.get_by_text("Slutter her / begynner der").click()
        page.get_by_label("Begynner hos").fill("Kulturdepartementet")
        expect(page.get_by_text("Ny: Kulturdepartementet")).to_be_visible()
        settled(page)
        page.get_by_label("Tittel").fill("Rådgiver")
        page.keyboard.press("Tab")
        chosen(page, "Slags stilling", "Rådgiver")
        page.get_by_text("Hørte til her, gammelt fra nå: 40 61 23 46").click()
        settled(page)
        page.get_by_role("button", name="Lagre skiftet").click()
        expect(page.get_by_text("Velg hvorfor vi kan ha opplysningene")).to_be_visible()
        chosen(page, "Hvorfor vi kan ha opplysningene", "Berettiget interesse")
        page.get_by_role("button", name="Lagre skiftet").click()
        expect(page.get_by_text("Begynner 05.01.2027")).to_be_visible()
    before, now = person_card(office.context(), torunn).posts
    assert (before.organisation, before.until) == ("Nordlyspressen", date(2027, 1, 4))
    assert (now.organisation, now.title, now.kind, now.legal_basis, now.since) == (
        "Kulturdepartementet",
        "Rådgiver",
        PostKind.ADVISER,
        LegalBasis.LEGITIMATE_INTEREST,
        date(2027, 1, 5),
    )


def test_s6_who_sits_in_the_committee_on_which_day_on_a_phone(office: Office) -> None:
    ctx = office.context()
    committee = NewOrganisation.checked(kind=OrganisationKind.AUTHORITY, name="Familie- og kulturkomiteen")
    body = add_organisation(ctx, committee)
    elected = {"kind": PostKind.ELECTED, "party": "X-partiet", "party_source": "Stortinget", "organisation_id": body}
    for name, since, until in (
        ("Signe Vågå", date(2025, 10, 14), date(2027, 1, 11)),
        ("Odd Ærø", date(2027, 1, 12), date(2027, 2, 28)),
    ):
        person = add_person(ctx, NewPerson(name=name))
        add_post(ctx, NewPost.checked(person_id=person, since=since, until=until, **elected))
    with office.at_desk(viewport=PHONE) as page:
        for day, name in (("2027-01-11", "Signe Vågå"), ("2027-01-12", "Odd Ærø")):
            page.goto(f"/organisasjon?id={body}&dato={day}")
            settled(page)
            expect(page.get_by_role("radio", name="Folkevalgt · X-partiet")).to_have_count(1)
            expect(page.get_by_role("radio", name=name)).to_be_visible()
            assert fits(page)
        page.get_by_role("radio", name="Odd Ærø").click()
        expect(page.get_by_role("heading", name="Odd Ærø")).to_be_visible()
        settled(page)
        assert fits(page)
