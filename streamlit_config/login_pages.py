"""Signing in and out, and the plain routes beside Streamlit's."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from crm.errors import Refused
from crm.i18n import t, tn
from crm.users.links import is_empty
from crm.users.sign_in import sign_in
from crm.users.texts import REASONS
from streamlit_config.entrance import (
    HEALTH,
    SIGN_IN,
    SIGN_OUT,
    Entrance,
    fields_of,
    html_page,
    in_thread,
    local_path,
    route,
)
from streamlit_config.link_pages import link_routes
from streamlit_config.login_html import Field, Sheet, form, notice, page, paragraph

STATIC = Path(__file__).resolve().parent / "static"


def login_routes(entrance: Entrance) -> list[BaseRoute]:
    return [
        route(entrance, SIGN_IN, {"GET": show_sign_in, "POST": take_sign_in}),
        route(entrance, SIGN_OUT, {"POST": take_sign_out}),
        *link_routes(entrance),
        route(entrance, HEALTH, {"GET": say_healthy}),
        route(entrance, "/kulturcrm/session", {"GET": say_signed_in}),
        Mount("/kulturcrm/static", StaticFiles(directory=STATIC)),
    ]


async def show_sign_in(entrance: Entrance, request: Request) -> Response:
    back = local_path(request.query_params.get("neste", "/"))
    if await in_thread(entrance.who, request) is not None:
        return RedirectResponse(back, status_code=303)
    if await in_thread(is_empty, entrance.database):
        return _not_set_up()
    said = t("Du er logget ut.") if "ut" in request.query_params else ""
    return html_page(_sign_in_page(back=back, said=said))


async def take_sign_in(entrance: Entrance, request: Request) -> Response:
    fields = await fields_of(request)
    email, back = fields.get("epost", "").strip(), local_path(fields.get("neste", "/"))
    password = SecretStr(fields.get("passord", ""))
    address = request.client.host if request.client else ""
    try:
        token = await in_thread(
            sign_in, entrance.database, entrance.clock(), email=email, password=password, address=address
        )
    except Refused as refused:
        return _not_let_in(refused, email=email, back=back)
    return await in_thread(entrance.let_in, request, token, back)


async def take_sign_out(entrance: Entrance, request: Request) -> Response:
    """A POST from a page of ours (the gate has checked Origin), so no link, picture or prefetch signs anybody out."""
    await in_thread(entrance.end_session, request)
    response = RedirectResponse(f"{SIGN_IN}?ut=1", status_code=303)
    response.delete_cookie(entrance.cookie, httponly=True, samesite="lax", secure=entrance.is_secure)
    return response


async def say_healthy(entrance: Entrance, _: Request) -> Response:
    """For whoever keeps the service running: the server answers, and so does its database."""
    await in_thread(is_empty, entrance.database)
    return PlainTextResponse("ok")


async def say_signed_in(_: Entrance, __: Request) -> Response:
    """For shell.js: got this far means that the gate knows the session; without one it says 401."""
    return Response(status_code=204)


def _not_let_in(refused: Refused, *, email: str, back: str) -> Response:
    if refused.code != "wait":
        return html_page(_sign_in_page(back=back, email=email, problem=REASONS[refused.code]()), 401)
    seconds = int(str(refused.facts["seconds"]))
    problem = tn(
        "For mange forsøk. Vent ett sekund og prøv igjen.",
        "For mange forsøk. Vent {n} sekunder og prøv igjen.",
        seconds,
    )
    return html_page(_sign_in_page(back=back, email=email, problem=problem), 429, {"Retry-After": str(seconds)})


def _sign_in_page(*, back: str, email: str = "", problem: str = "", said: str = "") -> str:
    fields = (
        Field("epost", t("E-postadresse"), "email", "username", value=email),
        Field("passord", t("Passord"), "password", "current-password"),
    )
    hidden = {} if back == "/" else {"neste": back}
    sheet = Sheet(SIGN_IN, t("Logg inn"), fields, hidden, problem=problem)
    forgotten = paragraph(t("Glemt passordet? Be en administrator om en ny lenke."))
    content = (notice(said) if said else "") + form(sheet) + forgotten
    return page(t("Logg inn"), content, here=SIGN_IN, query=hidden)


def _not_set_up() -> Response:
    content = (
        paragraph(t("Her er det ingen brukere ennå."))
        + paragraph(t("Da kulturcrm startet, ble det skrevet ut en lenke i terminalen. Åpne den på denne maskinen."))
        + paragraph(t("Er lenken for gammel, stopp kulturcrm og start på nytt. Da kommer det en ny."))
    )
    return html_page(page(t("Kom i gang"), content, here=SIGN_IN, query={}))
