"""Serving: Streamlit as an ASGI app with our pages beside it and the gate in front of both."""

from __future__ import annotations

import gc
import importlib
import threading
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.web import bootstrap

from crm.context import Database, command_line
from crm.i18n import t
from crm.search.behind import catch_up
from crm.settings import Settings
from crm.users.links import is_empty, open_set_up
from crm.users.passwords import warm_up
from crm.users.sessions import find_session, listening
from streamlit_config.attachments import attachment_route
from streamlit_config.entrance import SET_UP, Entrance
from streamlit_config.gate import Door, Gate
from streamlit_config.listening import listening_socket, send_at_once
from streamlit_config.login_pages import login_routes
from streamlit_config.navigation import SCREENS
from streamlit_config.open_sockets import OpenSockets
from streamlit_config.safe_settings import allowed_hosts, is_loopback, require_safe, speaks_tls
from streamlit_config.script_errors import say_error
from streamlit_config.shell import Clock, install
from streamlit_config.start_page import start_page

HERE = Path(__file__).resolve().parent
ENTRY = HERE / "app.py"
# Imported before the first visitor comes: the screens need them, and what is frozen afterwards is never searched for garbage.
WARM = (
    "numpy",
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "holidays",
    "phonenumbers",
    "babel.dates",
    "babel.numbers",
)
LARGEST_MESSAGE = 16 * 1024 * 1024
PING_EVERY_SECONDS = 20.0
SHUT_DOWN_WITHIN_SECONDS = 3


def _now() -> datetime:
    return datetime.now(UTC)


def serve(settings: Settings, database: Database, *, entrance: str = "/") -> None:
    """Blocks until stopped. `entrance` is the path the browser is opened at; on an empty system it is the set-up page.

    Raises `CannotStart` for unsafe settings and for a port that cannot be had.
    """
    require_safe(settings)
    database.afterwards(catch_up)  # what was left when the power went
    with listening_socket(settings) as listener:
        app = build_app(settings, database)
        click.echo(t("kulturcrm svarer på {address}", address=own_address(settings)))
        if is_empty(database):
            entrance = f"{SET_UP}?nokkel={open_set_up(command_line(database, _now()))}"
            click.echo(t("Her er det ingen brukere ennå. Lag den første administratoren med denne lenken."))
            click.echo(t("Den virker én gang, og bare på denne maskinen:"))
            click.echo(own_address(settings) + entrance)
        click.echo(t("Stopp med Ctrl+C."))
        if not settings.headless:
            # The socket already takes calls: a browser that is quicker than we are waits for its answer.
            threading.Thread(target=webbrowser.open, args=(own_address(settings) + entrance,), daemon=True).start()
        uvicorn.Server(server_config(settings, app)).run(sockets=[listener])


def build_app(settings: Settings, database: Database, *, clock: Clock = _now, entry: Path = ENTRY) -> st.App:
    """The whole web application. Streamlit keeps one of these per process."""
    install(database, clock)
    bootstrap.load_config_options(streamlit_options(settings))
    send_at_once()
    sockets = OpenSockets()
    entrance = Entrance(
        database, clock, cookie_name(settings), is_secure=speaks_tls(settings), is_proxied=settings.behind_proxy
    )
    door = Door(
        find=lambda token: find_session(database, token, clock()),
        screen=start_page,
        hosts=allowed_hosts(settings),
        cookie=entrance.cookie,
        sockets=sockets,
        home=f"/{SCREENS['today'].address}",
    )
    return st.App(
        entry,
        routes=[*login_routes(entrance), attachment_route(entrance)],
        middleware=[Middleware(Gate, door=door)],
        lifespan=partial(_lifespan, sockets),
        on_script_error=say_error,
    )


def streamlit_options(settings: Settings) -> dict[str, Any]:
    """Streamlit's options by dotted name: config.toml, and what follows from our own settings."""
    options = dict(_flattened(tomllib.loads((HERE / "config.toml").read_text("utf-8"))))
    options |= {
        "server.address": settings.address,
        "server.port": settings.port,
        "server.allowedHosts": sorted(allowed_hosts(settings).names),
    }
    return options


def server_config(settings: Settings, app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses hold one-time keys and record numbers
        server_header=False,
        # Only a proxy that was said to be there is believed; else anybody could call himself this machine.
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=PING_EVERY_SECONDS,
        ws_ping_timeout=PING_EVERY_SECONDS,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SHUT_DOWN_WITHIN_SECONDS,
        lifespan="on",
    )


def cookie_name(settings: Settings) -> str:
    """Browsers keep one jar per host, not per port: beside each other, the demonstration and the real one need two names."""
    return "__Host-kulturcrm" if speaks_tls(settings) else f"kulturcrm-{settings.port}"


def own_address(settings: Settings) -> str:
    """What to type in a browser on this machine, or for the first of the names we were told."""
    if settings.behind_proxy:
        return f"https://{settings.allowed_hosts[0]}"
    scheme = "https" if settings.tls_certificate else "http"
    host = settings.address if is_loopback(settings.address) else settings.allowed_hosts[0]
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"


@asynccontextmanager
async def _lifespan(sockets: OpenSockets, _: st.App) -> AsyncIterator[None]:
    for name in WARM:
        importlib.import_module(name)
    threading.Thread(target=warm_up, daemon=True).start()
    gc.collect()
    gc.freeze()
    with listening(sockets.close):
        yield


def _flattened(options: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{above}{name}.")
        else:
            yield above + name, value
