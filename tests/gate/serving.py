"""A server of the real kind, and clients that speak to it without a browser: raw HTTP, and Streamlit's websocket messages."""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from crm.settings import Settings
from crm.users.commands import added_user
from crm.users.forms import NewUser
from crm.users.passwords import hash_password
from crm.users.sessions import begin_session, find_session
from db.engine import Database
from db.models.users import Role, User
from streamlit_config import asgi, gate
from streamlit_config.listening import listening_socket
from tests.forked import forks

TEST_ENTRY = Path(__file__).with_name("entry_for_tests.py")
PASSWORD = "fire enkle ord her"
STARTS_WITHIN_SECONDS = 30.0
NOBODY = "PLACEHOLDER_AUTH_TOKEN"  # what Streamlit's page sends where it has no token
UNUSED = ssl.SSLContext(
    ssl.PROTOCOL_TLS_CLIENT
)  # all is plain HTTP; else each client reads the world's certificates, 20 ms long


@dataclass(frozen=True)
class Served:
    """A running server and its database."""

    settings: Settings
    database: Database
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def cookie_name(self) -> str:
        return asgi.cookie_name(self.settings)

    def client(self, token: str | None = None, **headers: str) -> httpx.Client:
        """Speaks as a page of ours does (with our Origin), and follows no redirects."""
        cookies = {self.cookie_name: token} if token else {}
        own = {"Origin": self.address, **headers}
        return httpx.Client(base_url=self.address, cookies=cookies, headers=own, timeout=20, verify=UNUSED)

    def add(self, name: str, role: Role = Role.COLLEAGUE, *, password: str | None = None) -> int:
        """A user's id; the address is the name's first word at norskekulturhus.example."""
        email = f"{name.split()[0].lower()}-{os.urandom(4).hex()}@norskekulturhus.example"
        password_hash = hashed(password) if password else None
        with self.database.writing() as session:
            user = added_user(session, NewUser(name=name, email=email, role=role), datetime.now(UTC))
            user.password_hash = password_hash
            return user.id

    def email_of(self, user_id: int) -> str:
        with self.database.reading() as session:
            return session.get_one(User, user_id).email

    def sign_in(self, user_id: int) -> str:
        """A cookie's token, as if the password had been typed now."""
        with self.database.writing() as session:
            return begin_session(session, user_id, datetime.now(UTC))

    def is_live(self, token: str) -> bool:
        return find_session(self.database, token, datetime.now(UTC)) is not None

    def screen(self, token: str | None, page: str = "", query: str = "", **options: Any) -> Screen:
        return Screen(self, token, page=page, query=query, **options)


@dataclass
class Screen:
    """One Streamlit screen over its websocket. `existing` is the id of a screen to be taken over."""

    served: Served
    token: str | None
    page: str = ""
    query: str = ""
    origin: str | None = "ours"
    existing: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    id: str = ""
    page_hash: str = ""
    texts: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    fragment: str = ""

    def __enter__(self) -> Screen:
        headers = dict(self.headers)
        if self.token:
            headers["Cookie"] = f"{self.served.cookie_name}={self.token}"
        self._opening = connect(
            self.served.address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self.served.address if self.origin == "ours" else self.origin,
            subprotocols=["streamlit", NOBODY, *([self.existing] if self.existing else [])],
            additional_headers=headers,
            max_size=None,
        )
        self.socket: ClientConnection = self._opening.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._opening.__exit__(*exception)

    def run(self, click: str = "", *, fragment: bool = False) -> list[str]:
        """Runs the screen, or a fragment of it, with a button pressed; returns the texts it showed."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.page_name, rerun.query_string, rerun.page_script_hash = self.page, self.query, self.page_hash
        if click:
            widget = rerun.widget_states.widgets.add()
            widget.id, widget.trigger_value = self.buttons[click], True
        if fragment:
            rerun.fragment_id = self.fragment
        self.texts.clear()
        self.socket.send(message.SerializeToString())
        while not self._took(self.socket.recv(timeout=20)):
            pass
        return list(self.texts)

    def _took(self, data: bytes | str) -> bool:
        """True when the run is over."""
        message = ForwardMsg()
        message.ParseFromString(bytes(data, "latin-1") if isinstance(data, str) else data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.id = message.new_session.initialize.session_id
            self.page_hash = message.new_session.page_script_hash
        elif kind == "delta":
            self._keep(message)
        return kind == "script_finished"

    def _keep(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text":
            self.texts.append(element.text.body)
        elif kind == "alert":
            self.texts.append(element.alert.body)
        elif kind == "exception":
            self.texts.append(f"exception {element.exception.message}")
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id
            self.fragment = message.delta.fragment_id or self.fragment
        elif kind == "download_button":
            self.media.append(element.download_button.url)


@cache
def hashed(password: str) -> str:
    return hash_password(password)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    database_url: str, folder: Path, *, entry: Path = TEST_ENTRY, check_every: float = 60.0, **own: Any
) -> Iterator[Served]:
    settings = Settings(**({"port": free_port()} | own), headless=True, data_folder=folder, database_url=database_url)
    log = folder / f"server-{settings.port}.log"
    process = forks.Process(target=run_server, args=(settings, entry, check_every, log), daemon=True)
    process.start()
    database = Database(database_url)
    try:
        _wait_for(settings.port, process, log)
        yield Served(settings, database, log)
    finally:
        database.close()
        process.terminate()
        process.join(10)
        if process.is_alive():
            process.kill()


def run_server(settings: Settings, entry: Path, check_every: float, log: Path) -> None:
    """What `serve` does after its checks, with a screen of the tests' own."""
    with log.open("w", encoding="utf-8") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    gate.CHECK_EVERY_SECONDS = check_every
    with listening_socket(settings) as listener:
        app = asgi.build_app(settings, Database(settings.url), entry=entry)
        uvicorn.Server(asgi.server_config(settings, app)).run(sockets=[listener])


def _wait_for(port: int, process: Any, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    with httpx.Client(timeout=5, verify=UNUSED) as asking:
        while time.monotonic() < until and process.is_alive():
            try:
                if asking.get(f"http://127.0.0.1:{port}/healthz").text == "ok":
                    return
            except httpx.TransportError:
                time.sleep(0.02)
    raise RuntimeError("the server did not start:\n" + (log.read_text("utf-8") if log.exists() else "no log"))
