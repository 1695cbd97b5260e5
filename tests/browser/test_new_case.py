"""Logging a call with a phone on the shoulder: hands on the keys, no waiting, the right house, nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from crm.drafts.commands import throw_away_draft
from crm.drafts.queries import list_drafts
from db.models.cases import Channel, Message, SupportCase, TimeQuality
from tests.browser.office import PHONE, Office, settled
from tests.conftest import oslo

TONO = "Teller det kommunale driftstilskuddet når TONO endrer satsen i 2027?"
ANSWERED, OPEN, ASIDE = "Control+Enter", "Control+Shift+Enter", "Alt+n"


@dataclass
class Hands:
    """Types as people do and counts what it costs: fields changed, and activations (Enter, shortcuts, clicks). Tab is free."""

    page: Page
    delay: int = 0
    fields: int = 0
    activations: int = 0

    def press(self, keys: str) -> None:
        self.activations += 1
        self.page.keyboard.press(keys)

    def fill(self, text: str) -> None:
        self.fields += 1
        self.page.keyboard.type(text, delay=self.delay)

    def tab(self) -> None:
        self.page.keyboard.press("Tab")


def who(page: Page) -> Locator:
    """The first one: for a moment Streamlit shows the form before, below the new one."""
    return page.get_by_role("textbox", name="Hvem", exact=True).first


def what(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Hva", exact=True).first


def start_a_call(page: Page) -> None:
    page.goto("/ny-henvendelse")
    expect(who(page)).to_be_focused()


def saved(page: Page, sentence: str = "") -> None:
    """The confirmation stands there, with this sentence. The one before stays until the next, so calls on one screen say theirs."""
    expect(
        page.get_by_text(sentence, exact=True) if sentence else page.get_by_text(re.compile("^Lagret på"))
    ).to_be_visible()
    settled(page)


def last_case(office: Office) -> SupportCase:
    with office.database.reading() as session:
        case = session.scalars(select(SupportCase).order_by(SupportCase.id.desc()).limit(1)).one()
        session.expunge(case)
        return case


def no_drafts(office: Office) -> None:
    """What an earlier test left half-written."""
    for draft in list_drafts(office.context()):
        throw_away_draft(office.context(), draft.token)


def count_cases(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SupportCase)) or 0


# what is typed -> the house it must be saved on
CALLS = [
    ("fjordgl", "Fjordglimt kulturhus, Ålesund"),
    ("asgard", "Åsgard konserthus, Ås"),  # without the å
    ("blikk", "Bølgeblikk kulturhus KF, Bodø"),  # inside the name
    ("lyngmo sc", "Lyngmo Scene og Samfunnshus, Alta"),  # one of two that begin alike
    ("21 23 45 60", "Åsgard konserthus, Ås"),  # a known number
]


@pytest.mark.parametrize("delay", [0, 60], ids=["without waits", "60 ms a key"])
@pytest.mark.parametrize("keys", [ANSWERED, OPEN], ids=["answered", "open"])
def test_from_i_dag_to_saved_with_two_fields_and_two_activations(office: Office, delay: int, keys: str) -> None:
    """Twenty in all, each on the right house. Not even the screen is waited for: the keys are pressed one after the other."""
    with office.at_desk() as page:
        page.goto("/")
        for scrap, house in CALLS:
            expect(page.get_by_role("heading", name="I dag", exact=True)).to_be_visible()
            page.locator(".st-key-to-new-case button").wait_for()
            settled(page)
            hands = Hands(page, delay)
            hands.press("n")
            hands.fill(scrap)
            hands.tab()
            hands.fill("TONO" if scrap == "blikk" else "Teller driftstilskuddet?")
            expect(what(page)).to_be_focused()
            hands.press(keys)
            saved(page, f"Lagret på {house}. {'Besvart' if keys == ANSWERED else 'Åpen sak'}.")
            assert (hands.fields, hands.activations) == (2, 2)
            case = last_case(office)
            assert case.what in {"TONO", "Teller driftstilskuddet?"}
            assert (case.closed_at is not None) == (keys == ANSWERED)
            page.get_by_role("link", name="I dag", exact=True).click()


def test_a_member_calls_about_tono_while_another_line_rings(office: Office) -> None:
    """S1, with its minutes."""
    office.it_is("2026-11-24 10:02")
    no_drafts(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("fjordgl")
        page.keyboard.press("Tab")
        page.keyboard.type(TONO)
        page.keyboard.press(OPEN)
        saved(page, "Lagret på Fjordglimt kulturhus, Ålesund. Åpen sak.")
        first = last_case(office)
        assert first.organisation_id == office.houses["Fjordglimt kulturhus"]
        assert (first.what, first.channel) == (TONO, Channel.PHONE)
        assert (first.received_at, first.received_quality) == (oslo("2026-11-24 10:02"), TimeQuality.EXACT)
        assert (first.closed_at, first.responsible_id) == (None, office.users["ingunn"])

        office.it_is("2026-11-24 10:03")
        expect(who(page)).to_be_focused()
        page.keyboard.type("21 23 45 67")
        page.keyboard.press("Tab")
        page.keyboard.type("Vil vite om leie")
        page.get_by_role("link", name="I dag", exact=True).click(delay=100)  # somebody comes in at the door
        expect(page.get_by_role("heading", name="I dag", exact=True)).to_be_visible()
        settled(page)
        page.keyboard.press("n")
        expect(who(page)).to_be_focused()
        expect(who(page)).to_have_value("")
        page.get_by_role("button", name="Fortsett", exact=True).click()
        expect(who(page)).to_have_value("21 23 45 67")
        expect(what(page)).to_have_value("Vil vite om leie")
        what(page).click()
        page.keyboard.press(OPEN)
        saved(page, "Lagret på ukjent innringer (21 23 45 67). Åpen sak.")
        second = last_case(office)
        assert (second.organisation_id, second.caller, second.caller_phone) == (None, "21 23 45 67", "+4721234567")
        assert second.received_at == oslo("2026-11-24 10:03")


def test_tab_goes_from_who_to_what_to_save_with_the_hits_on_the_screen(office: Office) -> None:
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("lyngmo")
        expect(page.get_by_role("radio", name="Lyngmo kulturhus, Alta")).to_be_checked()
        page.keyboard.press("Tab")
        expect(what(page)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Besvart nå")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Lagre som åpen")).to_be_focused()


def test_another_hit_is_chosen_with_the_arrows_and_saved(office: Office) -> None:
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("lyngmo")
        page.get_by_role("radio", name="Lyngmo kulturhus, Alta").focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_text("Lagres på Lyngmo Scene og Samfunnshus, Alta")).to_be_visible()
        what(page).click()
        page.keyboard.type("Leie av sal")
        page.keyboard.press(ANSWERED)
        saved(page, "Lagret på Lyngmo Scene og Samfunnshus, Alta. Besvart.")


def test_a_refused_save_keeps_every_character(office: Office) -> None:
    before = count_cases(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("  Øyvind Åsæther, 21 23 45 68 ")
        page.keyboard.press(ANSWERED)
        expect(page.get_by_text("Skriv med noen ord hva det gjelder")).to_be_visible()
        expect(who(page)).to_have_value("  Øyvind Åsæther, 21 23 45 68 ")
        assert count_cases(office) == before
        page.keyboard.press("Tab")
        page.keyboard.type("Første linje")
        page.keyboard.press("Enter")
        page.keyboard.type("  andre linje")
        page.keyboard.press(ANSWERED)
        saved(page)
        assert last_case(office).what == "Første linje\n  andre linje"


@pytest.mark.parametrize("apart", [0, 250], ids=["at once", "250 ms apart"])
def test_clicking_twice_saves_once(office: Office, apart: int) -> None:
    before = count_cases(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("fjordgl")
        page.keyboard.press("Tab")
        page.keyboard.type("To klikk")
        settled(page)
        box = page.get_by_role("button", name="Besvart nå").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.click(x, y)
        page.wait_for_timeout(apart)
        page.mouse.click(x, y)
        saved(page)
        page.wait_for_timeout(500)
        assert page.get_by_text("Skriv med noen ord").count() == 0
    assert count_cases(office) == before + 1
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).where(Message.case_id == last_case(office).id)) == 1


def test_two_quick_presses_of_the_shortcut_save_once_and_say_nothing_else(office: Office) -> None:
    before = count_cases(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("fjordgl")
        page.keyboard.press("Tab")
        page.keyboard.type("To trykk")
        page.keyboard.press(ANSWERED)
        page.keyboard.press(ANSWERED)
        saved(page)
        page.wait_for_timeout(600)
        assert page.get_by_text("Skriv med noen ord").count() == 0
    assert count_cases(office) == before + 1


def test_undo_gives_the_text_back_and_correction_puts_it_right(office: Office) -> None:
    before = count_cases(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("lyngmo")
        expect(page.get_by_text("Lagres på Lyngmo kulturhus, Alta")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.type("Feil hus")
        page.keyboard.press(ANSWERED)
        saved(page)
        page.get_by_role("button", name="Angre", exact=True).click()
        expect(what(page)).to_have_value("Feil hus")
        expect(who(page)).to_have_value("Lyngmo kulturhus")
        settled(page)
        assert count_cases(office) == before
        what(page).click()
        page.keyboard.press(ANSWERED)
        saved(page, "Lagret på Lyngmo kulturhus, Alta. Besvart.")

        page.get_by_role("button", name="Rett", exact=True).click()
        expect(who(page)).to_be_focused()
        who(page).fill("bølge")
        expect(page.get_by_role("radio", name="Bølgeblikk kulturhus KF, Bodø")).to_be_checked()
        what(page).fill("Riktig hus")
        page.get_by_role("button", name="Lagre rettelsen").click()
        expect(page.get_by_text("Lagret på Bølgeblikk kulturhus KF, Bodø. Besvart.")).to_be_visible()
    case = last_case(office)
    assert (case.organisation_id, case.what) == (office.houses["Bølgeblikk kulturhus KF"], "Riktig hus")
    assert count_cases(office) == before + 1


def test_nothing_of_one_call_stands_in_the_next(office: Office) -> None:
    """Two drafts opened in turn, each with its own words; a fresh one has none."""
    no_drafts(office)
    with office.at_desk() as page:
        start_a_call(page)
        for name, text in (("Åse på Fjordglimt", "Det første"), ("Odd på Lyngmo", "Det andre")):
            page.keyboard.type(name)
            page.keyboard.press("Tab")
            page.keyboard.type(text)
            page.keyboard.press(ASIDE)
            expect(who(page)).to_have_value("")
            expect(what(page)).to_have_value("")
            expect(who(page)).to_be_focused()
            settled(page)
        for name, text in (("Åse på Fjordglimt", "Det første"), ("Odd på Lyngmo", "Det andre")):
            row = page.locator('[class*="st-key-draft-row-"]').filter(has_text=text)
            row.get_by_role("button", name="Fortsett").click()
            expect(who(page)).to_have_value(name)
            expect(what(page)).to_have_value(text)
            settled(page)
        page.get_by_role("button", name=re.compile("^Ny henvendelse")).click()
        expect(who(page)).to_have_value("")
        settled(page)
        for left in (1, 0):
            page.get_by_role("button", name="Kast", exact=True).first.click()
            expect(page.locator('[class*="st-key-draft-row-"]')).to_have_count(left)
            settled(page)
        page.get_by_role("button", name="Angre", exact=True).click()
        expect(page.locator('[class*="st-key-draft-row-"]')).to_have_count(1)
        settled(page)
        page.get_by_role("button", name="Kast", exact=True).click()
        expect(page.locator('[class*="st-key-draft-row-"]')).to_have_count(0)


def test_signing_out_loses_nothing_that_was_typed(office: Office) -> None:
    no_drafts(office)
    with office.at_desk(outage=True) as page:
        start_a_call(page)
        page.keyboard.type("Kari fra Lom")
        page.keyboard.press("Tab")
        page.keyboard.type("Spør om tilskudd til lys")
        settled(page)
        page.get_by_role("button", name="Logg ut").click(delay=100)
        page.wait_for_url("**/logg-inn*")
    (draft,) = list_drafts(office.context())
    assert (draft.fields["who"], draft.fields["what"]) == ("Kari fra Lom", "Spør om tilskudd til lys")
    with office.at_desk() as page:
        start_a_call(page)
        page.get_by_role("button", name="Fortsett", exact=True).click()
        expect(what(page)).to_have_value("Spør om tilskudd til lys")
        what(page).click()
        page.keyboard.press(ANSWERED)
        saved(page, "Lagret på ukjent innringer (Kari fra Lom). Besvart.")


def test_a_session_that_expires_while_one_types_loses_nothing_that_has_left_a_field(office: Office) -> None:
    office.it_is("2026-11-24 10:10")
    no_drafts(office)
    with office.at_desk(outage=True) as page:
        start_a_call(page)
        page.keyboard.type("Mari fra Vågå")
        page.keyboard.press("Tab")
        page.keyboard.type("Ringer om natten")
        expect(page.get_by_text("Lagres på «Mari fra Vågå» som tekst")).to_be_visible()
        page.wait_for_timeout(700)  # a text area sends itself in the first pause of the hands
        office.it_is("2026-11-25 07:30")
        page.keyboard.type(".")
        page.wait_for_url("**/logg-inn*")
    (draft,) = list_drafts(office.context())
    assert (draft.fields["who"], draft.fields["what"]) == ("Mari fra Vågå", "Ringer om natten")
    with office.at_desk() as page:
        page.goto(f"/ny-henvendelse?utkast={draft.token}")
        expect(what(page)).to_have_value("Ringer om natten")
        what(page).click()
        page.keyboard.press(OPEN)
        saved(page)
    assert last_case(office).received_at == oslo("2026-11-24 10:10")


def test_a_restart_in_the_middle_of_typing_keeps_all_of_it(office: Office) -> None:
    office.it_is("2026-11-25 09:00")
    with office.at_desk(outage=True) as page:
        start_a_call(page)
        page.keyboard.type("lyngmo k", delay=30)
        page.keyboard.press("Tab")
        page.keyboard.type("Hva koster det å leie salen, og hvem", delay=30)
        page.wait_for_timeout(700)
        page.keyboard.type(" skal", delay=20)  # these letters never reached the server
        office.kill()
        expect(page.get_by_text("Venter på forbindelse …")).to_be_visible()
        page.wait_for_timeout(1500)
        office.open()
        expect(page.get_by_text("Venter på forbindelse …")).to_be_hidden(timeout=30_000)
        expect(what(page)).to_be_focused()
        expect(who(page)).to_have_value("lyngmo k")
        expect(what(page)).to_have_value("Hva koster det å leie salen, og hvem skal")
        page.keyboard.type(" betale?")
        page.keyboard.press(ANSWERED)
        saved(page, "Lagret på Lyngmo kulturhus, Alta. Besvart.")
    assert last_case(office).what == "Hva koster det å leie salen, og hvem skal betale?"


def test_a_draft_is_there_in_a_new_browser_after_a_restart(office: Office) -> None:
    with office.at_desk(outage=True) as page:
        start_a_call(page)
        page.keyboard.type("lyngmo")
        page.keyboard.press("Tab")
        page.keyboard.type("Skrevet før strømbruddet")
        page.wait_for_timeout(900)
        address = page.url
        office.kill()
    office.open()
    with office.at_desk() as page:
        page.goto(address)
        expect(who(page)).to_have_value("lyngmo")
        expect(what(page)).to_have_value("Skrevet før strømbruddet")
        settled(page)
        what(page).click()
        page.keyboard.press(ANSWERED)
        saved(page)


def test_two_tabs_with_one_address_save_two_calls(office: Office) -> None:
    before = count_cases(office)
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type("fjordgl")
        page.keyboard.press("Tab")
        page.keyboard.type("Fra den ene fanen")
        settled(page)
        page.wait_for_timeout(600)
        other = page.context.new_page()
        page_address = page.url
        other.goto(page_address)
        expect(what(other)).to_have_value("Fra den ene fanen")
        what(page).click()
        page.keyboard.press(ANSWERED)
        saved(page)
        what(other).fill("Fra den andre fanen")
        what(other).blur()
        expect(other).not_to_have_url(page_address)  # it has got a token of its own
        expect(what(other)).to_have_value("Fra den andre fanen")
        settled(other)
        what(other).click()
        other.keyboard.press(ANSWERED)
        saved(other)
    assert count_cases(office) == before + 2


@pytest.mark.parametrize(
    "text", ["![x](http://tracker.example/a.png)", "<img src=x onerror=alert(1)>", "[her](http://tracker.example)"]
)
def test_what_is_typed_stays_text(office: Office, text: str) -> None:
    """The desk itself fails when anything is fetched from elsewhere."""
    with office.at_desk() as page:
        start_a_call(page)
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        page.keyboard.type(text)
        page.keyboard.press(ANSWERED)
        saved(page)
        sentence = page.get_by_text(re.compile("^Lagret på")).inner_text()
        # An invisible sign keeps addresses from becoming links.
        assert sentence.replace("\u2060", "") == f"Lagret på ukjent innringer ({text}). Besvart."
        assert page.locator('[data-testid="stMain"] a[href^="http"]').count() == 0
        assert page.locator("main img, section img").count() == 0


def test_on_a_phone_nothing_is_cut_and_nothing_scrolls_sideways(office: Office) -> None:
    with office.at_desk(viewport=PHONE) as page:
        page.goto("/ny-henvendelse")
        who(page).fill("lyngmo")
        expect(page.get_by_text("Lagres på Lyngmo kulturhus, Alta")).to_be_visible()
        settled(page)
        widths = page.evaluate(
            "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        )
        assert max(widths) <= 390
        what(page).fill("Fra trikken")
        page.get_by_role("button", name="Lagre som åpen").click()
        saved(page, "Lagret på Lyngmo kulturhus, Alta. Åpen sak.")
