"""From screen to screen in one browser, and when a screen is there to be looked at.

"No run is going on" is not enough: one press may take several runs, and between two of them, as before the first, all looks
finished. So each step waits for what only its last run draws.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.office import settled

# As the browser's Back and Forward do it: the document stays, and only the screen is fetched.
GO = """(address) => { history.pushState({}, "", address); dispatchEvent(new PopStateEvent("popstate")); }"""
CHOOSE_LANGUAGE = """(language) =>
  [...document.querySelectorAll('[class*="st-key-language-"] button')].find((it) => it.textContent === language).click()"""
OPEN_CLOSED = """async () => {
  const folds = [...document.querySelectorAll('[data-testid="stMain"] details:not([open]) > summary')];
  for (const fold of folds) {
    fold.click();
    await new Promise(requestAnimationFrame);
  }
  return folds.length > 0;
}"""
UNFILLED = '[data-testid="stMain"] details[open]:not(:has([data-testid="stVerticalBlock"] > *))'


def go_to(page: Page, address: str, *, language: str) -> None:
    """`language` is the reader's from now on, and not the one on the screen: it shows when the other screen has come."""
    page.evaluate(GO, address)
    _is_in(page, language)


def choose_language(page: Page, code: str, name: str) -> None:
    page.evaluate(CHOOSE_LANGUAGE, name)
    _is_in(page, code)


def _is_in(page: Page, code: str) -> None:
    page.locator(f'[class~="st-key-language-{code}"]').wait_for(state="attached")
    drawn(page)


def open_all_folds(page: Page) -> None:
    """One after the other, without waiting, and also those within another. Some are filled only when the server knows that they
    are open, and none of the presses may be lost to the run that the one before began.
    """
    while page.evaluate(OPEN_CLOSED):
        expect(page.locator(UNFILLED)).to_have_count(0)
        settled(page)
    drawn(page)


def drawn(page: Page) -> None:
    """Also the kinds of widgets that Streamlit fetches when one is first needed, and nothing pale from the run before."""
    settled(page)
    expect(page.locator('[data-testid="stSkeleton"], [data-stale="true"]')).to_have_count(0)


def downloaded(page: Page, button: str) -> Path:
    """The file that one press brings. It is made when it is asked for."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())
