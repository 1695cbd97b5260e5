"""The settings that give speed and keep data in: held here, because each of them is one line that a hand could take away."""

from __future__ import annotations

import json
import re
import socket
import threading
import tomllib
from typing import Any

import httpx
import pytest
import uvicorn
from streamlit import config
from streamlit.runtime import runtime
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from crm.settings import Settings
from streamlit_config.asgi import HERE, server_config, streamlit_options
from streamlit_config.listening import listening_socket, send_at_once
from streamlit_config.safe_settings import CannotStart
from tests.gate.serving import Served, free_port

WANTED = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "global.developmentMode": False,
    "runner.fastReruns": False,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 10,
    "server.runOnSave": False,
    "server.trustedUserHeaders": {"X-Kulturcrm-Session": "session"},
}


def test_the_running_server_has_them(served: Served) -> None:
    query = "&".join(f"option={name}" for name in WANTED)
    with served.screen(served.sign_in(served.add("Kari Nordmann")), query=query) as screen:
        texts = screen.run()
    (options,) = (json.loads(text.removeprefix("options ")) for text in texts if text.startswith("options "))
    assert options == WANTED


def test_what_was_imported_at_start_is_never_searched_for_garbage_again(served: Served) -> None:
    with served.screen(served.sign_in(served.add("Kari Nordmann"))) as screen:
        assert "frozen true" in screen.run()


def test_every_option_is_one_streamlit_knows() -> None:
    assert streamlit_options(Settings()).keys() <= config._config_options_template.keys()


def test_it_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    assert streamlit_options(Settings(port=8600))["server.address"] == "127.0.0.1"
    assert streamlit_options(Settings(port=8600))["server.port"] == 8600


def test_small_answers_are_not_held_back() -> None:
    """TCP_NODELAY on the accepted connection itself: without it each rerun waited 40 ms."""
    accepted: list[int] = []

    class Noticing(HttpToolsProtocol):
        def connection_made(self, transport: Any) -> None:
            connection = transport.get_extra_info("socket")
            accepted.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            super().connection_made(transport)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    settings = Settings(port=free_port())
    ready = server_config(settings, app)
    ready.http, ready.lifespan = Noticing, "off"
    server = uvicorn.Server(ready)
    with listening_socket(settings) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert httpx.get(f"http://127.0.0.1:{settings.port}/", timeout=20).status_code == 204
        finally:
            server.should_exit = True
            thread.join(10)
    assert len(accepted) == 1
    assert accepted[0] != 0


def test_what_is_drawn_is_sent_without_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The constant is Streamlit's own: a version that calls it otherwise, or asks it elsewhere, fails here."""
    monkeypatch.setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", 0.005)
    send_at_once()
    assert runtime.MESSAGE_FLUSH_INTERVAL_SECS == 0
    assert "MESSAGE_FLUSH_INTERVAL_SECS" in runtime.Runtime._loop_coroutine.__code__.co_names


def test_a_program_without_our_socket_would_stall() -> None:
    """The control: Streamlit's own way of making the socket, with the protocol number left out."""
    plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with plain, listening_socket(Settings(port=free_port())) as ours:
        assert plain.proto == 0
        assert ours.proto == socket.IPPROTO_TCP


def test_an_address_the_machine_does_not_have() -> None:
    with pytest.raises(CannotStart, match=r"Maskinen har ikke adressen 203\.0\.113\.7"):
        listening_socket(Settings(address="203.0.113.7", port=free_port()))


def test_the_sign_in_page_wears_the_colours_of_the_theme() -> None:
    theme = tomllib.loads((HERE / "config.toml").read_text("utf-8"))["theme"]
    style = (HERE / "static" / "login.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", style))
    assert colours["stage"] == theme["primaryColor"]
    assert colours["paper"] == theme["backgroundColor"]
    assert colours["wood"] == theme["secondaryBackgroundColor"]
    assert colours["ink"] == theme["textColor"]
    assert colours["wrong"] == theme["redColor"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("textColor", 7.0),
        ("primaryColor", 4.5),
        ("linkColor", 4.5),
        ("redColor", 4.5),
        ("orangeColor", 4.5),
        ("yellowColor", 4.5),
        ("greenColor", 4.5),
        ("violetColor", 4.5),
        ("grayColor", 4.5),
        ("borderColor", 3.0),  # the edge of a field
    ],
)
def test_the_theme_can_be_read(name: str, least: float) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11, against both backgrounds for text and the paper for edges."""
    theme = tomllib.loads((HERE / "config.toml").read_text("utf-8"))["theme"]
    grounds = ["backgroundColor"] if name == "borderColor" else ["backgroundColor", "secondaryBackgroundColor"]
    for ground in grounds:
        lighter, darker = sorted((luminance(theme[name]), luminance(theme[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= least
