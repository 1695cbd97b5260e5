"""MIR and Arrangørforum through a winter, in the browser."""

from __future__ import annotations

from datetime import date, time

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from crm.networks.body_commands import adopt_bodies, give_seat
from crm.networks.commands import log_meeting
from crm.networks.forms import Mark, NewMeeting, Seat
from crm.networks.queries import body_quarters, list_bodies, meeting_card
from crm.networks.words import AttendanceStatus, EventStatus
from crm.periods import Quarter
from tests.browser.office import PHONE, Office, settled

ITS_KEY = """(element) => [...element.classList].find((name) => name.startsWith("st-key-"))"""


@pytest.fixture(scope="module")
def bodies(office: Office) -> dict[str, int]:
    """The plan's two, where both colleagues have seats."""
    ctx = office.context()
    adopt_bodies(ctx)
    found = {body.name: body.id for body in list_bodies(ctx)}
    for body_id in found.values():
        for who in ("ingunn", "bjørn_ærlend"):
            give_seat(ctx, body_id, Seat(user_id=office.users[who], since=date(2024, 1, 1)))
    return found


def to_networks(page: Page) -> None:
    page.goto("/nettverk")
    expect(page.get_by_role("heading", name="Nettverk", exact=True)).to_be_visible()
    settled(page)


def planned(office: Office, body_id: int, day: str, hour: int = 10) -> int:
    new = NewMeeting(
        body_id=body_id,
        day=date.fromisoformat(day),
        starts=time(hour),
        is_held=False,
        token=f"planned-{body_id}-{day}-{hour}",
    )
    return log_meeting(office.context(), new)


def held(office: Office, body_id: int, day: str) -> int:
    ingunn = Mark(user_id=office.users["ingunn"], status=AttendanceStatus.ATTENDED)
    new = NewMeeting(
        body_id=body_id,
        day=date.fromisoformat(day),
        starts=time(10),
        is_held=True,
        marks=(ingunn,),
        token=f"held-{body_id}-{day}",
    )
    return log_meeting(office.context(), new)


def save_minutes(page: Page) -> None:
    """And until the button stands there for the meeting's next version: the field shows what was typed, stored or not."""
    key = str(page.locator('[class*="st-key-meeting-save-minutes-"]').evaluate(ITS_KEY))
    page.get_by_role("button", name="Lagre referat").click(delay=100)
    expect(page.locator(f".{key}")).to_have_count(0)
    settled(page)


def fits(page: Page) -> bool:
    """Nothing stands beside the screen."""
    return bool(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"))


def test_a_meeting_is_logged_in_three_clicks_and_a_double_click_stores_it_once(
    office: Office, bodies: dict[str, int]
) -> None:
    """On the way back from MIR: open the form, choose MIR, save; the one who types is preset as having been there."""
    office.it_is("2026-08-27 14:10")
    with office.at_desk() as page:
        to_networks(page)
        page.get_by_text("Nytt møte").click()
        body = page.get_by_role("radiogroup", name="Organ")
        expect(body).to_be_visible()
        settled(page)
        body.get_by_text("MIR").click()
        expect(body.get_by_role("radio", name="MIR")).to_be_checked()
        settled(page)
        page.get_by_role("button", name="Lagre som holdt").dblclick()
        expect(page.get_by_text("Lagret: Møte i MIR, i dag 14:00.")).to_be_visible()
        settled(page)
    summer = body_quarters(office.context(), [Quarter(2026, 3)])[bodies["MIR"]][0]
    assert [(meeting.status, meeting.attended) for meeting in summer.meetings] == [(EventStatus.HELD, ("Ingunn Ås",))]


def test_the_board_report_shows_mir_met_and_arrangorforum_missed_with_the_cancelled_meeting_named(
    office: Office, bodies: dict[str, int]
) -> None:
    """S12: MIR met in November, Arrangørforum's meeting in December is called off; in January the quarter is read."""
    office.it_is("2026-11-24 10:02")
    held(office, bodies["MIR"], "2026-11-12")
    meeting = planned(office, bodies["Arrangørforum"], "2026-12-03")
    with office.at_desk("bjørn_ærlend") as page:
        to_networks(page)
        page.locator(".st-key-coming-meetings").get_by_text("Arrangørforum").click()
        expect(page.get_by_role("heading", name="Møte i Arrangørforum")).to_be_visible()
        page.get_by_text("Avlyst?", exact=True).click()
        page.get_by_label("Hvorfor ble det avlyst?").fill("For få påmeldte")
        page.get_by_role("button", name="Avlys møtet").click()
        expect(page.get_by_text("Avlyst fordi: For få påmeldte")).to_be_visible()
    assert meeting_card(office.context(), meeting).status == EventStatus.CANCELLED

    office.it_is("2027-01-08 10:00")
    with office.at_desk() as page:
        to_networks(page)
        mir = page.locator(f".st-key-quarter-{bodies['MIR']}-2026-K4")
        expect(mir).to_contain_text("Nådd")
        expect(mir).to_contain_text("1 av 1 møte")
        forum = page.locator(f".st-key-quarter-{bodies['Arrangørforum']}-2026-K4")
        expect(forum).to_contain_text("Ikke nådd")
        expect(forum).to_contain_text("0 av 1 møte")
        expect(forum).to_contain_text("Avlyst")
        expect(forum).to_contain_text("For få påmeldte")


def test_the_mir_meeting_before_the_debate_counts_once_with_both_of_us_there(
    office: Office, bodies: dict[str, int]
) -> None:
    """S11's meeting: Thursday 18 February 2027. Attendance and minutes are filled in on the meeting's own screen."""
    office.it_is("2027-02-10 09:00")
    meeting = planned(office, bodies["MIR"], "2027-02-18")
    office.it_is("2027-02-18 13:00")
    with office.at_desk() as page:
        to_networks(page)
        page.locator(".st-key-unreported-meetings").get_by_text("MIR").click()
        expect(page.get_by_role("heading", name="Møte i MIR")).to_be_visible()
        settled(page)
        for name in ("Ingunn Ås", "Bjørn-Ærlend Wiik"):
            page.get_by_role("radiogroup", name=name).get_by_text("Møtt", exact=True).click()
        page.get_by_role("button", name="Møtet er holdt – lagre oppmøte").click()
        expect(page.get_by_text("Holdt", exact=True)).to_be_visible()
        settled(page)
        page.get_by_role("textbox", name="Referat").fill("Vedtak: felles høringssvar.")
        save_minutes(page)
        expect(page.get_by_role("textbox", name="Referat")).to_have_value("Vedtak: felles høringssvar.")
    ctx = office.context()
    card = meeting_card(ctx, meeting)
    assert card.minutes == "Vedtak: felles høringssvar."
    assert {line.status for line in card.attendees} == {AttendanceStatus.ATTENDED}
    quarters = body_quarters(ctx, [Quarter(2027, 1)])
    assert [
        (quarters[bodies[name]][0].done, quarters[bodies[name]][0].expected) for name in ("MIR", "Arrangørforum")
    ] == [
        (1, 1),
        (0, 1),
    ]


def test_a_known_person_from_a_house_is_found_and_marked_as_there(office: Office, bodies: dict[str, int]) -> None:
    office.it_is("2027-02-19 09:00")
    meeting = planned(office, bodies["Arrangørforum"], "2027-02-19", 8)
    with office.at_desk() as page:
        to_networks(page)
        page.locator(".st-key-unreported-meetings").get_by_text("Arrangørforum").click()
        settled(page)
        page.get_by_text("Legg til flere").click()
        page.get_by_label("Finn en person").press_sequentially("kjærs", delay=60)
        page.get_by_role("button", name="Kjærsti Øyen (Fjordglimt kulturhus)").click()
        expect(page.get_by_role("radiogroup", name="Kjærsti Øyen")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Møtet er holdt – lagre oppmøte").click()
        expect(page.get_by_text("Holdt", exact=True)).to_be_visible()
    attendees = meeting_card(office.context(), meeting).attendees
    assert [(line.name, line.status) for line in attendees if line.person_id] == [
        ("Kjærsti Øyen", AttendanceStatus.ATTENDED)
    ]


def test_the_second_of_two_who_edit_a_meeting_keeps_what_was_typed(office: Office, bodies: dict[str, int]) -> None:
    office.it_is("2027-02-19 09:30")
    meeting = planned(office, bodies["MIR"], "2027-03-04")
    with office.at_desk("ingunn") as first, office.at_desk("bjørn_ærlend") as second:
        for page in (first, second):
            to_networks(page)
            page.locator(".st-key-coming-meetings").get_by_text("4. mars 2027").click()
            expect(page.get_by_role("heading", name="Møte i MIR")).to_be_visible()
            settled(page)
        first.get_by_role("textbox", name="Referat").fill("Saksliste fra Ingunn")
        save_minutes(first)
        second.get_by_role("textbox", name="Referat").fill("Saksliste fra Bjørn-Ærlend")
        second.get_by_role("button", name="Lagre referat").click(delay=100)
        expect(second.get_by_text("Noen andre lagret en endring før deg.")).to_be_visible()
        expect(second.get_by_role("textbox", name="Referat")).to_have_value("Saksliste fra Bjørn-Ærlend")
    assert meeting_card(office.context(), meeting).minutes == "Saksliste fra Ingunn"


def test_on_a_phone_nothing_stands_beside_the_screen(office: Office, bodies: dict[str, int]) -> None:
    office.it_is("2027-02-19 10:00")
    meeting = planned(office, bodies["MIR"], "2027-03-11")
    with office.at_desk() as page:
        to_networks(page)
        page.set_viewport_size(ViewportSize(width=PHONE["width"], height=PHONE["height"]))
        settled(page)
        assert fits(page)
        page.locator(".st-key-coming-meetings").get_by_text("11. mars 2027").click()
        expect(page.get_by_role("heading", name="Møte i MIR")).to_be_visible()
        settled(page)
        assert fits(page)
        page.get_by_role("button", name="Til MIR").click()
        expect(page.get_by_role("heading", name="MIR (Musikkindustriens næringsråd)")).to_be_visible()
        settled(page)
        assert fits(page)
    assert meeting_card(office.context(), meeting).status == EventStatus.PLANNED
