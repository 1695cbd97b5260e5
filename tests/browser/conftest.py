"""Headless Chromium against the real server. One office per test file; a test that needs a bare one says so by its file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from db.engine import Database
from tests.browser.office import Office, free_port, seed
from tests.machine import CHROMIUM_ARGUMENTS, chromium

# Two cores may be busy with the other tests: what counts is that it comes, the bench says how fast.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(str(item.path)).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chrome(playwright_here: Playwright) -> Iterator[Browser]:
    options: dict[str, Any] = {"executable_path": chromium(), "args": CHROMIUM_ARGUMENTS}
    browser = playwright_here.chromium.launch(**options)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def office(chrome: Browser, empty_database_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Open for business on Tuesday 24 November 2026 at 10:02, with the staff, the houses and their people."""
    folder = tmp_path_factory.mktemp("office")
    path = folder / "kulturcrm.db"
    shutil.copy(empty_database_file, path)
    database = Database(f"sqlite:///{path}")
    office = Office(folder, database, free_port(), chrome)
    office.it_is("2026-11-24 10:02")
    seed(office)
    office.open()
    yield office
    office.close()


@pytest.fixture(autouse=True)
def _tried_again_from_the_beginning(request: pytest.FixtureRequest) -> None:
    """What a test has stored before it failed would be in the way of its next try."""
    if "office" in request.fixturenames:
        office: Office = request.getfixturevalue("office")
        if getattr(request.node, "execution_count", 1) > 1:
            office.begin_again()
        else:
            office.remember()
