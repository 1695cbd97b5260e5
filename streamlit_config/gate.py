"""The gate: nobody reaches Streamlit without a session of ours.

Streamlit gives a script session, metrics, page names and uploads to whoever asks, and takes a session id for proof of identity.
So a pure ASGI middleware stands in front of all of it (Starlette's BaseHTTPMiddleware never sees a websocket). It lets through
our own health, sign-in and link pages and the static files every browser needs; all else needs the cookie of a live session.

The identity goes on in the header X-Kulturcrm-Session, which is taken away from whatever the browser sends and set by us. Streamlit
keeps it (`server.trustedUserHeaders`) and refuses to hand a screen over to a connection that bears another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.users.sessions import SignedIn
from streamlit_config.answer_headers import with_security_headers
from streamlit_config.entrance import HEALTH, ONE_TIME_LINK, SET_UP, SIGN_IN, SIGN_OUT
from streamlit_config.hosts import AllowedHosts, is_same_origin
from streamlit_config.open_sockets import OpenSockets
from streamlit_config.own_things import may_fetch_media, may_touch_upload
from streamlit_config.start_page import static_files

SESSION_HEADER = b"x-kulturcrm-session"
OPEN_PATHS = frozenset({SIGN_IN, SIGN_OUT, SET_UP, ONE_TIME_LINK, HEALTH})
OUR_FILES = "/kulturcrm/static/"
NO_SCREENS = ("/_stcore/", "/media/", "/component/", "/app/static/", "/auth/", "/oauth2callback", "/kulturcrm/")
WEBSOCKET = "/_stcore/stream"
CHECK_EVERY_SECONDS = 60.0
POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class Door:
    """What the gate needs to know. `find` looks a cookie's token up, and blocks: it is called on a worker thread."""

    find: Callable[[str], SignedIn | None]
    screen: Callable[[str], Response]  # Streamlit's start page in a language
    hosts: AllowedHosts
    cookie: str
    sockets: OpenSockets
    home: str  # the first screen's own address; Streamlit knows it as "/" alone


class Gate:
    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, with_security_headers(scope, send))
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        signed_in, answer = await self._decide(scope, Headers(scope=scope))
        await answer(_with_identity(scope, signed_in), receive, send)

    async def _decide(self, scope: Scope, headers: Headers) -> tuple[SignedIn | None, ASGIApp]:
        """Who asks, and who is to answer: a refusal, our own pages, or Streamlit."""
        path, is_reading = scope["path"], scope["method"] in {"GET", "HEAD"}
        if not self.door.hosts.allows(headers.get("host")):
            return None, _refusal(421)
        if not is_reading and not is_same_origin(scope, headers):
            return None, _refusal(403)
        if _is_open(path):
            return None, self.app
        signed_in = await self._who(headers)
        if signed_in is None:
            return None, _shown_the_door(scope, headers)
        if is_reading and path == self.door.home:
            return signed_in, RedirectResponse("/", status_code=303)
        if is_reading and _is_screen(path):
            return signed_in, self.door.screen(signed_in.language)
        return signed_in, self.app if await _is_own(path, signed_in.session_id) else _refusal(403)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the websocket on to Streamlit, or close it before it is accepted, which the browser sees as 403."""
        headers = Headers(scope=scope)
        is_ours = scope["path"] == WEBSOCKET and self.door.hosts.allows(headers.get("host"))
        # Browsers always say where a websocket comes from; what does not say is no browser of ours.
        signed_in = await self._who(headers) if is_ours and is_same_origin(scope, headers) else None
        if signed_in is None:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        watched = _WatchedSocket(self.door, token_in(headers, self.door.cookie), receive, send)
        with self.door.sockets.registered(signed_in.session_id, watched.shut):
            await self.app(_with_identity(scope, signed_in), watched.receive, watched.send)

    async def _who(self, headers: Headers) -> SignedIn | None:
        token = token_in(headers, self.door.cookie)
        return await to_thread.run_sync(self.door.find, token) if token else None


class _WatchedSocket:
    """A websocket that looks its session up again, at most once a minute and only when the browser says something.

    Each read and write of a use-case compares the session row anyway; this also notes that the session is in use, and
    ends the connection of a session that another process has revoked.
    """

    def __init__(self, door: Door, token: str, receive: Receive, send: Send) -> None:
        self._door, self._token, self._receive, self._send = door, token, receive, send
        self._checked_at = monotonic()
        self._is_shut = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive" or monotonic() - self._checked_at < CHECK_EVERY_SECONDS:
            return message
        self._checked_at = monotonic()
        if await to_thread.run_sync(self._door.find, self._token) is not None:
            return message
        await self.shut()
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

    async def send(self, message: Message) -> None:
        if not self._is_shut:
            await self._send(message)

    async def shut(self) -> None:
        if not self._is_shut:
            self._is_shut = True
            await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})


def token_in(headers: Headers, cookie: str) -> str:
    """The cookie's value, or "". Starlette's own parser keeps the last of several; a session cookie is sent once."""
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == cookie), "")


def _with_identity(scope: Scope, signed_in: SignedIn | None) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != SESSION_HEADER]
    if signed_in is not None:
        headers.append((SESSION_HEADER, signed_in.session_id.encode("ascii")))
    return {**scope, "headers": headers}


def _is_open(path: str) -> bool:
    """Streamlit answers an unknown file with its start page: only files that are there are open to all."""
    return path in OPEN_PATHS or path in static_files() or (path.startswith(OUR_FILES) and ".." not in path)


def _is_screen(path: str) -> bool:
    """One word after the slash, as all addresses of screens are; Streamlit's start page finds its files from there only."""
    return "/" not in path[1:] and "." not in path and not path.startswith(NO_SCREENS)


async def _is_own(path: str, session_id: str) -> bool:
    if path.startswith("/media/"):
        return await may_fetch_media(path, session_id)
    return may_touch_upload(path, session_id)


def _shown_the_door(scope: Scope, headers: Headers) -> Response:
    """The sign-in page for a person who follows a link, and a plain 401 for everything a script asks for."""
    wants_page = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
    if not wants_page or not _is_screen(scope["path"]):
        return _refusal(401)
    query = scope["query_string"].decode("latin-1")
    back = scope["path"] + ("?" + query if query else "")
    return RedirectResponse(SIGN_IN + ("" if back == "/" else "?neste=" + quote(back, safe="")), status_code=303)


def _refusal(status: int) -> Response:
    return PlainTextResponse(str(status), status_code=status)
