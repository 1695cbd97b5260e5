"""What the pages before Streamlit share: who is at the door, in which language, what they sent, and how they are let in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import ParamSpec, TypeVar
from urllib.parse import parse_qs, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from crm.context import ABSOLUTE_LIMIT, Context, Database
from crm.i18n import LANGUAGES, SOURCE, use_language
from crm.users.sessions import SignedIn, actor_for_session, find_session, sign_out
from streamlit_config.login_html import POLICY
from streamlit_config.safe_settings import is_loopback
from streamlit_config.shell import Clock

SIGN_IN, SIGN_OUT, SET_UP, ONE_TIME_LINK, HEALTH = "/logg-inn", "/logg-ut", "/kom-i-gang", "/lenke", "/healthz"
LANGUAGE_COOKIE = "kulturcrm-language"
LARGEST_FORM = 16 * 1024
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
A_YEAR = 365 * 24 * 3600

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Entrance:
    """`is_secure`: browsers reach us over TLS. `is_proxied`: what a proxy says of the client was asked for and is believed."""

    database: Database
    clock: Clock
    cookie: str
    is_secure: bool
    is_proxied: bool

    def who(self, request: Request) -> SignedIn | None:
        token = request.cookies.get(self.cookie)
        return find_session(self.database, token, self.clock()) if token else None

    def let_in(self, request: Request, token: str, to: str) -> Response:
        """With the new session's cookie. A session this browser had before ends: its tabs are somebody else's now."""
        self.end_session(request)
        response = RedirectResponse(to, status_code=303)
        age = int(ABSOLUTE_LIMIT.total_seconds())
        response.set_cookie(self.cookie, token, max_age=age, httponly=True, samesite="lax", secure=self.is_secure)
        return response

    def end_session(self, request: Request) -> None:
        signed_in = self.who(request)
        actor = actor_for_session(self.database, signed_in.session_id, self.clock()) if signed_in else None
        if actor is not None:
            sign_out(Context(actor, self.database, self.clock()))

    def is_on_this_machine(self, request: Request) -> bool:
        """A proxy nobody told us of makes the whole world look like this machine, but says so in its headers."""
        is_hidden = not self.is_proxied and any(name in request.headers for name in ("x-forwarded-for", "forwarded"))
        return not is_hidden and request.client is not None and is_loopback(request.client.host)


Handler = Callable[[Entrance, Request], Awaitable[Response]]


def route(entrance: Entrance, path: str, handlers: Mapping[str, Handler]) -> Route:
    """Answers in the language of `?lang=`, which is remembered, or of the cookie, or in bokmål."""

    async def answer(request: Request) -> Response:
        handler = handlers.get(request.method)
        if handler is None:
            return PlainTextResponse("405", status_code=405, headers={"Allow": ", ".join(handlers)})
        chosen = request.query_params.get("lang", "")
        use_language(chosen or request.cookies.get(LANGUAGE_COOKIE, SOURCE))
        response = await handler(entrance, request)
        if chosen in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="lax", secure=entrance.is_secure
            )
        return response

    # Every method is ours: what a route does not take goes on to Streamlit, which answers any path with its start page. HEAD too:
    # Starlette would take it for a GET, and a HEAD must not use up a link.
    return Route(path, answer, methods=METHODS)


async def fields_of(request: Request) -> dict[str, str]:
    """What a form sent, the last of several by each name; {} for more than a form can hold."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return {}
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in fields.items()}


def local_path(back: str) -> str:
    """Where somebody was going, when it is a path here; else "/". Browsers read `\\` as `/`, and drop tabs and line ends."""
    parts = urlsplit(back)
    is_path = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and "\\" not in back
    return back if is_path and not parts.scheme and not parts.netloc and parts.path != SIGN_IN else "/"


def html_page(markup: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(markup, status, {"Content-Security-Policy": POLICY, **(headers or {})})


async def in_thread(ask: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
    """Databases and argon2 block; the loop must not."""
    return await to_thread.run_sync(lambda: ask(*args, **kwargs))
