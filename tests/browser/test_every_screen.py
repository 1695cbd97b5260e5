"""Every screen there is, seen as a browser sees it: nothing from elsewhere, nothing broken, nothing foreign, nothing too wide, and
readable to those who do not see it.

The screens are those of the menu's own list. What axe-core finds on a bare Streamlit page with the same widgets is Streamlit's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from crm.permissions import Role, may
from crm.users.commands import set_language
from streamlit_config.navigation import SCREENS
from tests.bench.servers import served
from tests.browser.accessibility import Finding, bring_axe, findings
from tests.browser.filled_office import address_of, filled_office
from tests.browser.fitting import spills
from tests.browser.foreign_words import left_in_norwegian, streamlits, words_on, written_in
from tests.browser.office import DESK, PHONE, Office, Watch, settled
from tests.browser.walking import choose_language, drawn, go_to, open_all_folds

BARE = Path(__file__).with_name("bare_widgets.py")
ITS_LABEL = """(radio) => radio.closest("label").querySelector("p").textContent"""
# One new house, one whose municipality there are two of, one without a name.
LIST = "Navn;E-post;Kommune\nNyhus;post@nyhus.example;3114\nVåler hus;;Våler\n;uten.navn@hus.example;\n".encode(
    "cp1252"
)
READERS = [key for key, screen in SCREENS.items() if may(Role.READER, screen.permission)]


@dataclass
class Visitor:
    office: Office
    who: str
    page: Page
    watch: Watch
    data: set[str]
    is_in_english: bool = False

    def goes_to(self, key: str) -> Page:
        """In Norwegian. Within the document, except at first and when the screen before was not looked at to the end."""
        self.page.set_viewport_size(DESK)
        set_language(self.office.context(self.who), "nb")
        address = address_of(self.office, key)
        if self.is_in_english:
            self.watch.wrong.clear()
            go_to(self.page, address, language="nb")
        else:
            self.page.goto(
                "about:blank"
            )  # what the screen before still says, such as that its server is gone, is not this one's
            self.watch.wrong.clear()
            self.page.goto(address)
            drawn(self.page)
        self.is_in_english = False
        open_all_folds(self.page)
        return self.page

    def turns_to_english(self) -> None:
        choose_language(self.page, "en", "English")
        open_all_folds(self.page)
        self.is_in_english = True


@pytest.fixture(scope="module")
def office(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """As in the other files, but with two years behind it."""
    office = filled_office(tmp_path_factory.mktemp("filled"), chrome)
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="module")
def visitor(office: Office) -> Iterator[Callable[[str], Visitor]]:
    """`visitor("ingunn")`: her browser, the same one on every screen."""
    known: dict[str, Visitor] = {}
    data = written_in(office.database)
    with ExitStack() as doors:

        def of(who: str) -> Visitor:
            if who not in known:
                context = doors.enter_context(office.browser_of(who))
                bring_axe(context)
                page = context.new_page()
                known[who] = Visitor(office, who, page, Watch(office.url), data)
                known[who].watch.follow(page)
            return known[who]

        yield of


@pytest.fixture(scope="module")
def of_streamlit(chrome: Browser) -> dict[Finding, str]:
    """What axe-core finds where nothing is ours."""
    with served("bare", str(BARE)) as bare:
        context = chrome.new_context(locale="nb-NO", viewport=DESK)
        bring_axe(context)
        page = context.new_page()
        page.goto(bare.url)
        drawn(page)
        found = findings(page)
        context.close()
    # Except colours: those of our theme are ours, on the bare page too.
    return {finding: said for finding, said in found.items() if finding.rule != "color-contrast"}


@pytest.mark.parametrize("key", SCREENS)
def test_the_administrators_screen(
    key: str,
    visitor: Callable[[str], Visitor],
    of_streamlit: dict[Finding, str],
    record_property: Callable[[str, object], None],
) -> None:
    look_at(visitor("ingunn"), key, of_streamlit, record_property)


@pytest.mark.parametrize("key", READERS)
def test_the_readers_screen(
    key: str,
    visitor: Callable[[str], Visitor],
    of_streamlit: dict[Finding, str],
    record_property: Callable[[str, object], None],
) -> None:
    look_at(visitor("styret"), key, of_streamlit, record_property)


def look_at(
    visitor: Visitor, key: str, of_streamlit: dict[Finding, str], record_property: Callable[[str, object], None]
) -> None:
    page = visitor.goes_to(key)
    address = urlsplit(address_of(visitor.office, key)).path
    wrong = [] if urlsplit(page.url).path == address else [f"sent on to {page.url}"]
    wrong += spills(page)
    found = findings(page)
    record_property("axe", [f"ours: {finding}" for finding in found])
    wrong += [f"{finding}: {said}" for finding, said in found.items() if finding not in of_streamlit]
    page.set_viewport_size(PHONE)
    drawn(page)
    norwegian = words_on(page)
    wrong += spills(page) + streamlits(norwegian)
    assert left_in_norwegian(norwegian, norwegian, visitor.data), "a screen in Norwegian says nothing in Norwegian"
    visitor.turns_to_english()
    wrong += [f"in English: {spill}" for spill in spills(page)]
    wrong += [f"in English: {text}" for text in left_in_norwegian(words_on(page), norwegian, visitor.data)]
    wrong += visitor.watch.wrong + page.get_by_test_id("stException").all_inner_texts()
    assert wrong == []


def the_list_is_looked_through(page: Page) -> None:
    page.locator('input[type="file"]').set_input_files({"name": "hus.csv", "mimeType": "text/csv", "buffer": LIST})
    expect(page.get_by_text("Blir ikke med: 1 rad må avgjøres, 1 rad er avvist.")).to_be_visible()


def the_list_is_stored(page: Page) -> None:
    the_list_is_looked_through(page)
    settled(page)
    page.get_by_role("button", name="Lagre 1 nytt hus").click()
    expect(page.get_by_text("Listen er lagret.")).to_be_visible()


def response_times_of_support(page: Page) -> None:
    page.get_by_role("radio", name="Medlemsstøtte").click()
    page.wait_for_url("**/svartid?om=support*")


def the_call_is_saved_and_corrected(page: Page) -> None:
    half_written = page.url
    page.get_by_role("button", name="Ny henvendelse").click()
    page.wait_for_url(lambda url: url != half_written)
    drawn(page)
    page.get_by_role("textbox", name="Hva").fill("Gjelder tariffen fra nyttår?")
    page.get_by_role("button", name="Besvart nå").click()
    page.get_by_role("button", name="Rett", exact=True).click()
    expect(page.get_by_role("button", name="Lagre rettelsen")).to_be_visible()


def asked_how_it_ended(page: Page) -> None:
    page.get_by_role("button", name="Lukk", exact=True).click()
    expect(page.get_by_text("Utfall", exact=True)).to_be_visible()


def chosen_for_a_selection(what: str, then: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.get_by_role("radio", name=what).click()
        expect(page.get_by_role("button", name=then)).to_be_visible()

    return choose


BEHIND_A_PRESS = {
    "a list is looked through": ("import_list", the_list_is_looked_through),
    "a list is stored": ("import_list", the_list_is_stored),
    "a call that was saved is put right": ("new_case", the_call_is_saved_and_corrected),
    "how an inquiry ended": ("inquiry", asked_how_it_ended),
    "response times of support": ("response_times", response_times_of_support),
    "a selection goes out": ("selection", chosen_for_a_selection("Eksporter", "Last ned")),
    "a selection gets a tag": ("selection", chosen_for_a_selection("Sett en merkelapp", "Sett merkelappen")),
    "a selection gets a task": ("selection", chosen_for_a_selection("Lag en oppgave på hver", "Lag oppgavene")),
}


@pytest.mark.parametrize(("key", "press"), BEHIND_A_PRESS.values(), ids=BEHIND_A_PRESS)
def test_what_a_press_brings(
    key: str,
    press: Callable[[Page], None],
    visitor: Callable[[str], Visitor],
    of_streamlit: dict[Finding, str],
    record_property: Callable[[str, object], None],
) -> None:
    ingunn = visitor("ingunn")
    page = ingunn.goes_to(key)
    press(page)
    drawn(page)
    ingunn.data.update(written_in(ingunn.office.database))  # what it stored, other screens show
    found = findings(page)
    record_property("axe", [f"ours: {finding}" for finding in found])
    wrong = spills(page) + [f"{finding}: {said}" for finding, said in found.items() if finding not in of_streamlit]
    page.set_viewport_size(PHONE)
    drawn(page)
    wrong += spills(page) + streamlits(words_on(page)) + ingunn.watch.wrong
    assert wrong == []


def test_who_was_taken_for_the_caller_stays_so_in_the_other_language(visitor: Callable[[str], Visitor]) -> None:
    """The browser knows a choice by its words, and those change."""
    ingunn = visitor("ingunn")
    taken = ingunn.goes_to("new_case").locator('[data-testid="stRadio"] input:checked')
    before = taken.evaluate(ITS_LABEL)
    ingunn.turns_to_english()
    assert before == taken.evaluate(ITS_LABEL)
    expect(ingunn.page.get_by_text("Will be saved under")).to_contain_text(before)


def test_what_streamlit_itself_breaks_is_listed(
    of_streamlit: dict[Finding, str], record_property: Callable[[str, object], None]
) -> None:
    record_property("axe", [f"a bare page: {finding}" for finding in of_streamlit])
