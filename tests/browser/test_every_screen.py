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
from streamlit_config.navigation import SCREENS
from tests.bench.servers import served
from tests.browser.accessibility import Finding, bring_axe, findings
from tests.browser.filled_office import address_of, filled_office
from tests.browser.fitting import spills
from tests.browser.foreign_words import foreign_words
from tests.browser.office import DESK, PHONE, Office, noted, settled

BARE = Path(__file__).with_name("bare_widgets.py")
READERS = [key for key, screen in SCREENS.items() if may(Role.READER, screen.permission)]
FOLDED = '[data-testid="stMain"] details:not([open]) > summary'
OPEN_ALL = f"""() => document.querySelectorAll('{FOLDED}').forEach((fold) => fold.click())"""


@dataclass
class Visitor:
    office: Office
    page: Page
    wrong: list[str]

    def goes_to(self, key: str) -> Page:
        self.wrong.clear()
        self.page.set_viewport_size(DESK)
        self.page.goto(address_of(self.office, key))
        drawn(self.page)
        return self.page


@pytest.fixture(scope="module")
def office(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """As in the other files, but with two years behind it."""
    office = filled_office(tmp_path_factory.mktemp("filled"), chrome)
    office.open()
    yield office
    office.kill()
    office.database.close()


@pytest.fixture(scope="module")
def visitor(office: Office) -> Iterator[Callable[[str], Visitor]]:
    """`visitor("ingunn")`: her browser, the same one on every screen."""
    known: dict[str, Visitor] = {}
    with ExitStack() as doors:

        def of(who: str) -> Visitor:
            if who not in known:
                context = doors.enter_context(office.browser_of(who))
                bring_axe(context)
                page = context.new_page()
                known[who] = Visitor(office, page, noted(page, office.url))
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
    page.evaluate(OPEN_ALL)
    drawn(page)
    wrong += spills(page)
    found = findings(page)
    record_property("axe", [f"ours: {finding}" for finding in found])
    wrong += [f"{finding}: {said}" for finding, said in found.items() if finding not in of_streamlit]
    page.set_viewport_size(PHONE)
    drawn(page)
    wrong += spills(page) + foreign_words(page) + visitor.wrong
    wrong += page.get_by_test_id("stException").all_inner_texts()
    assert wrong == []


def drawn(page: Page) -> None:
    """Also the kinds of widgets that Streamlit fetches when one is first needed, and nothing pale from the run before."""
    settled(page)
    expect(page.locator('[data-testid="stSkeleton"], [data-stale="true"]')).to_have_count(0)


def test_what_streamlit_itself_breaks_is_listed(
    of_streamlit: dict[Finding, str], record_property: Callable[[str, object], None]
) -> None:
    record_property("axe", [f"a bare page: {finding}" for finding in of_streamlit])
