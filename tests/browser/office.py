"""The association's office in a test: staff, houses and their people, a server that can be stopped and started, browsers."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from crm.context import Actor, Context
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.people.commands import add_contact_point, add_person, add_post
from crm.people.forms import NewContactPoint, NewPerson, NewPost
from crm.users.sessions import begin_session
from db.engine import Database
from db.models.people import ContactKind, PostKind
from db.models.users import User
from tests.browser.serve import serve
from tests.conftest import STAFF, oslo
from tests.forked import forks

ROOT = Path(__file__).resolve().parents[2]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'

# name, organisation number, municipality, phone of the house
HOUSES = [
    ("Fjordglimt kulturhus", "310000019", "1508", None),
    ("Åsgard konserthus", "310000027", "3218", "+47 21 23 45 60"),
    ("Bølgeblikk kulturhus KF", "310000035", "1804", "+47 21 23 45 61"),
    ("Lyngmo kulturhus", "310000043", "5601", None),
    ("Lyngmo Scene og Samfunnshus", "310000051", "5601", None),
]
# What Chromium and Streamlit say in the console when the server is away or has shut the door.
OUTAGE_WORDS = (
    "ERR_",
    "WebSocket",
    "backMessage when disconnected",
    "_stcore/health",
    "server is not responding",
    "status of 401",
)


@dataclass
class Office:
    folder: Path
    database: Database
    port: int
    browser: Browser
    users: dict[str, int] = field(default_factory=dict)
    houses: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    process: BaseProcess | None = None
    left: list[Page] = field(default_factory=list)  # browsers that nobody sits at
    moment: datetime = field(default_factory=lambda: oslo("2026-11-24 10:02"))
    moment_remembered: datetime = field(default_factory=lambda: oslo("2026-11-24 10:02"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def remembered(self) -> Path:
        return self.folder / "remembered.db"

    @property
    def clock(self) -> Path:
        return self.folder / "now"

    def it_is(self, moment: str) -> None:
        """`it_is("2026-11-24 10:02")` on the office's wall. The clock stands still until it is set again."""
        self.moment = oslo(moment)
        later = self.clock.with_suffix(".later")
        later.write_text(self.moment.isoformat(), encoding="utf-8")
        later.replace(self.clock)

    def context(self, who: str = "ingunn") -> Context:
        name, role = STAFF[who]
        return Context(Actor(user_id=self.users[who], name=name, role=role), self.database, self.moment)

    def open(self) -> None:
        """Starts the server and waits until it answers."""
        log = self.folder / "server.log"
        self.process = forks.Process(target=serve, args=(self.database.path, self.port, self.clock, log), daemon=True)
        self.process.start()
        for _ in range(1500):
            if not self.process.is_alive():
                raise RuntimeError(log.read_text("utf-8")[-3000:])
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """As a power cut does it: no goodbye."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None

    def remember(self) -> None:
        """All that is stored, and what time it is."""
        with (
            closing(sqlite3.connect(str(self.database.path))) as now,
            closing(sqlite3.connect(self.remembered)) as kept,
        ):
            now.backup(kept)
        self.moment_remembered = self.moment

    def begin_again(self) -> None:
        """As it was remembered, with a new server and new browsers."""
        self.kill()
        for page in self.left:
            page.context.close()
        self.left.clear()
        self.database.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.database.path}{ending}").unlink(missing_ok=True)
        shutil.copy(self.remembered, str(self.database.path))
        self.moment = self.moment_remembered
        self.it_is(f"{self.moment:%Y-%m-%d %H:%M}")
        self.open()

    def close(self) -> None:
        self.kill()
        for page in self.left:
            page.context.close()
        self.database.close()

    @contextmanager
    def at_desk(
        self, who: str = "ingunn", *, viewport: dict[str, int] | None = None, outage: bool = False
    ) -> Iterator[Page]:
        """A signed-in browser. Leaving the block fails on any request to elsewhere, any console error and any page error.

        `outage`: the test stops the server or ends the session, and the console may say so. The browser is as good as new: who sat
        there before has left nothing but the program's files, without which the first screen takes it a second of processor time.
        """
        page = self.left.pop() if self.left else self.new_browser().new_page()
        page.set_viewport_size(viewport or DESK)  # type: ignore[arg-type]
        self.sign_in(page.context, who)
        watch = Watch(self.url, outage=outage)
        watch.follow(page)
        try:
            yield page
        except BaseException:
            page.context.close()
            raise
        watch.leave(page)
        if outage:
            page.context.close()
        else:
            self.left.append(emptied(page))
        assert watch.wrong == [], watch.wrong

    @contextmanager
    def browser_of(self, who: str) -> Iterator[BrowserContext]:
        context = self.new_browser()
        self.sign_in(context, who)
        try:
            yield context
        finally:
            context.close()

    def new_browser(self) -> BrowserContext:
        return self.browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", viewport=DESK, base_url=self.url)

    def sign_in(self, context: BrowserContext, who: str) -> None:
        context.add_cookies([{"name": f"kulturcrm-{self.port}", "value": self.ticket(who), "url": self.url}])

    def ticket(self, who: str) -> str:
        """A fresh session's token."""
        with self.database.writing() as session:
            return begin_session(session, self.users[who], self.moment)


def emptied(page: Page) -> Page:
    """Its other tabs closed, and nothing remembered."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    page.once("dialog", lambda asked: asked.accept())  # whether what was not sent may go
    page.goto("about:blank")
    page.context.clear_cookies()
    return page


@dataclass
class Watch:
    """What a page must not do: ask elsewhere, complain in the console (a policy violation is told there), or break."""

    own: str
    outage: bool = False
    wrong: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", self._see_request)
        page.on("console", self._see_console)
        page.on("pageerror", self._see_error)

    def leave(self, page: Page) -> None:
        page.remove_listener("request", self._see_request)
        page.remove_listener("console", self._see_console)
        page.remove_listener("pageerror", self._see_error)

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.own, self.own.replace("http", "ws"), "data:", "blob:")):
            self.wrong.append(f"request to {request.url}")

    def _see_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (self.outage and any(word in message.text for word in OUTAGE_WORDS)):
            self.wrong.append(f"console: {message.text}")

    def _see_error(self, error: Exception) -> None:
        self.wrong.append(f"page error: {error}")


def settled(page: Page) -> None:
    """Until the screen is there and the last run is through."""
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    page.locator(IDLE).wait_for()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seed(office: Office) -> None:
    """The staff, five houses of the scenarios, and Kjærsti at Fjordglimt."""
    with office.database.writing() as session:
        for key, (name, role) in STAFF.items():
            email = f"{key.replace('ø', 'o').replace('æ', 'ae')}@norskekulturhus.example"
            user = User(name=name, email=email, email_key=email, role=role, created_at=datetime(2023, 1, 1, tzinfo=UTC))
            session.add(user)
            session.flush()
            office.users[key] = user.id
    ctx = office.context()
    for name, number, municipality, phone in HOUSES:
        house = NewHouse.checked(name=name, org_number=number, municipality_number=municipality)
        office.houses[name] = add_house(ctx, house)
        if phone:
            point = NewContactPoint(kind=ContactKind.PHONE, raw=phone, organisation_id=office.houses[name])
            add_contact_point(ctx, point)
    _add_kjaersti(ctx, office)


def _add_kjaersti(ctx: Context, office: Office) -> None:
    person = office.people["Kjærsti Øyen"] = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    house = office.houses["Fjordglimt kulturhus"]
    add_post(ctx, NewPost(person_id=person, organisation_id=house, title="Daglig leder", kind=PostKind.EMPLOYEE))
    add_contact_point(ctx, NewContactPoint(kind=ContactKind.PHONE, raw="406 12 345", person_id=person))


MakeOffice = Callable[[], Office]
