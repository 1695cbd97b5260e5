"""What our script beside Streamlit's page does, in a real browser: waiting, focus, words, unsent text, and the way to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect
from sqlalchemy import update

from db.models.users import Role, SignedInSession
from tests.gate.conftest import copied
from tests.gate.serving import PASSWORD, Served, serving

IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
FIELDS = Path(__file__).parents[1] / "gate" / "fields_for_tests.py"
MOVE = """(main) => { main.style.transform = main.style.transform ? "" : "translateY(90px)" }"""
SLIDES_WHEN_PRESSED = """(summary) => {
  summary.click();
  return document.getAnimations().filter((one) => one.effect.target.matches("details")).length;
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, empty_database_file: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("fields")
    with serving(copied(empty_database_file, folder), folder, entry=FIELDS) as server:
        yield server


@pytest.fixture
def jar(chrome: Browser, house: Served) -> Iterator[BrowserContext]:
    """A browser with Kari's cookie. No test may see a policy violation or a request to elsewhere."""
    context = chrome.new_context(locale="nb-NO")
    user = house.add("Kari Nordmann", Role.ADMINISTRATOR, password=PASSWORD)
    context.add_cookies([{"name": house.cookie_name, "value": house.sign_in(user), "url": house.address}])
    violations: list[str] = []
    context.on("console", lambda said: violations.append(said.text) if "Content Security Policy" in said.text else None)
    here = ("http://127.0.0.1:", "data:", "blob:")
    context.on("request", lambda asked: None if asked.url.startswith(here) else violations.append(asked.url))
    yield context
    context.close()
    assert violations == []


def opened(jar: BrowserContext, house: Served, path: str = "/") -> Page:
    page = jar.new_page()
    page.goto(house.address + path)
    page.locator(IDLE).wait_for()
    return page


def test_the_first_field_of_a_capture_screen_has_the_focus(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house)
    expect(page.get_by_label("Hvem")).to_be_focused()
    page.get_by_label("Annet").focus()
    page.get_by_role("button", name="Igjen").press("Enter")  # a rerun of the same screen takes no focus
    page.locator(IDLE).wait_for()
    expect(page.get_by_label("Hvem")).not_to_be_focused()


def test_streamlits_own_words_are_norwegian(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house)
    page.get_by_label("Hvem").press_sequentially("Kari")
    expect(page.get_by_test_id("InputInstructions").first).to_have_text("Trykk Enter for å bruke")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_contain_text("Høyst 10 MB per fil")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_contain_text("Last opp")
    page.get_by_label("Hus").fill("finnes ikke")
    expect(page.get_by_role("listbox")).to_have_text("Ingen treff")


def test_what_colleagues_have_written_is_never_translated(jar: BrowserContext, house: Served) -> None:
    """`Close` as a name of a house is Close."""
    page = opened(jar, house)
    expect(page.get_by_test_id("stText").filter(has_text="Close")).to_have_text("Close")


def test_who_listens_is_given_a_name_as_it_was_written(jar: BrowserContext, house: Served) -> None:
    expect(opened(jar, house).get_by_role("textbox", name="E-post (jobb)", exact=True)).to_be_visible()


def test_english_users_keep_streamlits_words(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house, "/?lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("Hvem").press_sequentially("Kari")
    expect(page.get_by_test_id("InputInstructions").first).to_have_text("Press Enter to apply")


def test_while_the_server_is_away_the_screen_says_so_and_focus_and_text_come_back(
    jar: BrowserContext, tmp_path: Path, empty_database_file: Path
) -> None:
    url = copied(empty_database_file, tmp_path)
    with serving(url, tmp_path, entry=FIELDS) as house:
        port, token = house.settings.port, house.sign_in(house.add("Kari Nordmann"))
        jar.add_cookies([{"name": house.cookie_name, "value": token, "url": house.address}])
        page = jar.new_page()
        page.goto(house.address)
        page.locator(IDLE).wait_for()
        page.get_by_label("Hva").click()
        page.keyboard.type("Ringte om billettsalg")
    notice = page.get_by_role("status").filter(has_text="Venter på forbindelse")
    expect(notice).to_contain_text("Det du har skrevet, er trygt")
    expect(page.get_by_test_id("stDialog")).to_be_hidden()
    with serving(url, tmp_path, entry=FIELDS, port=port):
        expect(notice).to_be_hidden(timeout=30_000)
        page.locator(IDLE).wait_for()
        expect(page.get_by_label("Hva")).to_be_focused()
        expect(page.get_by_label("Hva")).to_have_value("Ringte om billettsalg")


def test_signing_out_in_one_tab_brings_the_others_to_the_sign_in_page(jar: BrowserContext, house: Served) -> None:
    first, second = opened(jar, house, "/?id=7"), opened(jar, house)
    second.get_by_role("button", name="Logg ut").click()
    second.wait_for_url("**/logg-inn?ut=1")
    expect(second.get_by_role("status")).to_have_text("Du er logget ut.")
    first.wait_for_url("**/logg-inn?neste=*", timeout=10_000)
    assert first.url.endswith("/logg-inn?neste=%2F%3Fid%3D7")


@pytest.mark.parametrize("label", ["Hva", "I skjema"])
def test_unsent_text_is_asked_about_before_it_is_thrown_away(jar: BrowserContext, house: Served, label: str) -> None:
    page = opened(jar, house)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label(label).click()
    page.keyboard.type("noe viktig")
    if label == "I skjema":
        page.keyboard.press("Tab")  # text in a form is unsent until the form is
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.close()


def test_sent_text_is_not_asked_about(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house)
    page.on("dialog", lambda dialog: pytest.fail(dialog.type))
    page.get_by_label("Hva").click()
    page.keyboard.type("noe viktig")
    page.keyboard.press("Tab")
    page.get_by_label("I skjema").click()
    page.keyboard.type("noe annet")
    page.get_by_role("button", name="Lagre").click()
    page.locator(IDLE).wait_for()
    page.reload()
    page.locator(IDLE).wait_for()


def test_signing_in_by_keyboard_alone_on_a_narrow_screen(chrome: Browser, house: Served) -> None:
    user = house.add("Ola Nordmann", password=PASSWORD)
    context = chrome.new_context(locale="nb-NO", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(house.address + "/saker?id=3")
    expect(page.get_by_label("E-post")).to_be_focused()
    page.keyboard.type(house.email_of(user))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Enter")
    page.wait_for_url("**/saker?id=3")
    context.close()


def test_a_session_that_ended_under_an_open_screen_leads_to_the_sign_in_page(
    jar: BrowserContext, house: Served
) -> None:
    page = opened(jar, house)
    with house.database.writing() as session:
        session.execute(update(SignedInSession).values(revoked_at=SignedInSession.created_at))
    page.get_by_role("button", name="Igjen").click()
    page.wait_for_url("**/logg-inn*", timeout=10_000)


def test_a_press_counts_though_what_was_pressed_moves_before_it_is_let_go(jar: BrowserContext, house: Served) -> None:
    """A redraw above it does that, at any moment; a hand needs a tenth of a second between down and up."""
    page = opened(jar, house)
    fold = page.locator(".st-key-more")
    pressed_while_all_moves(page, page.get_by_text("Mer", exact=True))
    expect(fold.locator("details")).to_have_attribute("open", "")
    pressed_while_all_moves(page, fold.get_by_role("radio", name="Telefon"))
    expect(fold.get_by_role("radio", name="Telefon")).to_be_checked()
    pressed_while_all_moves(page, fold.get_by_role("button", name="Ferdig"))
    expect(page.get_by_text("Det er ferdig")).to_be_visible()


def pressed_while_all_moves(page: Page, thing: Locator) -> None:
    page.locator(IDLE).wait_for()
    thing.hover()
    page.mouse.down()
    page.get_by_test_id("stMain").evaluate(MOVE)
    page.mouse.up()


def test_a_press_that_the_hand_takes_back_is_none(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house)
    page.get_by_text("Mer", exact=True).hover()
    page.mouse.down()
    page.get_by_text("Close", exact=True).hover()
    page.mouse.up()
    expect(page.locator(".st-key-more details")).not_to_have_attribute("open", "")


def test_a_fold_opens_at_once_and_nothing_slides_away_under_the_hand(jar: BrowserContext, house: Served) -> None:
    page = opened(jar, house)
    assert page.locator(".st-key-more summary").evaluate(SLIDES_WHEN_PRESSED) == 0
    expect(page.get_by_role("button", name="Ferdig")).to_be_visible()
