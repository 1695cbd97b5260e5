"""The association's office in a test: staff, houses and their people, a server that can be stopped and started, browsers."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
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
from tests.conftest import STAFF, oslo

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
    process: subprocess.Popen[bytes] | None = None
    moment: datetime = field(default_factory=lambda: oslo("2026-11-24 10:02"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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
        log = (self.folder / "server.log").open("ab")
        command = [
            sys.executable,
            "-m",
            "tests.browser.serve",
            str(self.database.path),
            str(self.port),
            str(self.clock),
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        for _ in range(300):
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text("utf-8")[-3000:])
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """As a power cut does it: no goodbye."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def at_desk(
        self, who: str = "ingunn", *, viewport: dict[str, int] | None = None, outage: bool = False
    ) -> Iterator[Page]:
        """A signed-in browser. Leaving the block fails on any request to elsewhere, any console error and any page error.

        `outage`: the test stops the server or ends the session, and the console may say so.
        """
        with self.browser_of(who, viewport=viewport) as context, watched(context, self.url, outage=outage) as page:
            yield page

    @contextmanager
    def browser_of(self, who: str, *, viewport: dict[str, int] | None = None) -> Iterator[BrowserContext]:
        context = self.browser.new_context(
            locale="nb-NO", timezone_id="Europe/Oslo", viewport=viewport or DESK, base_url=self.url
        )
        context.add_cookies([{"name": f"kulturcrm-{self.port}", "value": self.ticket(who), "url": self.url}])
        try:
            yield context
        finally:
            context.close()

    def ticket(self, who: str) -> str:
        """A fresh session's cookie."""
        with self.database.writing() as session:
            return begin_session(session, self.users[who], self.moment)


@contextmanager
def watched(context: BrowserContext, own: str, *, outage: bool = False) -> Iterator[Page]:
    page = context.new_page()
    wrong = noted(page, own, outage=outage)
    yield page
    assert wrong == [], wrong


def noted(page: Page, own: str, *, outage: bool = False) -> list[str]:
    """Fills while the page is used: requests to elsewhere, errors in the console (a policy violation is one), page errors."""
    wrong: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((own, own.replace("http", "ws"), "data:", "blob:")):
            wrong.append(f"request to {request.url}")

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not (outage and any(word in message.text for word in OUTAGE_WORDS)):
            wrong.append(f"console: {message.text}")

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    return wrong


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
