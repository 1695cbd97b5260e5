"""The pages behind one-time links: the first administrator, and choosing a password."""

from __future__ import annotations

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crm.errors import InvalidForm, Refused
from crm.i18n import language, t
from crm.users.forms import ChosenPassword, FirstAdministrator
from crm.users.links import LinkPurpose, OpenLink, find_link
from crm.users.rules import SHORTEST_PASSWORD
from crm.users.sign_in import choose_password, make_first_administrator, sign_in_by_link
from crm.users.texts import REASONS
from streamlit_config.entrance import ONE_TIME_LINK, SET_UP, SIGN_IN, Entrance, fields_of, html_page, in_thread, route
from streamlit_config.login_html import Field, Sheet, form, link, page, paragraph


def link_routes(entrance: Entrance) -> list[Route]:
    return [
        route(entrance, SET_UP, {"GET": show_set_up, "POST": take_set_up}),
        route(entrance, ONE_TIME_LINK, {"GET": follow_link, "POST": take_password}),
    ]


async def show_set_up(entrance: Entrance, request: Request) -> Response:
    token = request.query_params.get("nokkel", "")
    if not entrance.is_on_this_machine(request):
        return _only_here()
    found = await in_thread(find_link, entrance.database, token, entrance.clock())
    if found is None or found.purpose != LinkPurpose.SET_UP:
        return _dead_link()
    return html_page(_set_up_page(token, {}, {}))


async def take_set_up(entrance: Entrance, request: Request) -> Response:
    typed = await fields_of(request)
    token = typed.get("nokkel", "")
    if not entrance.is_on_this_machine(request):
        return _only_here()
    try:
        new = FirstAdministrator.checked(
            name=typed.get("navn", ""), email=typed.get("epost", ""), language=language(), **_passwords(typed)
        )
        session_token = await in_thread(
            make_first_administrator, entrance.database, entrance.clock(), token=token, form=new
        )
    except InvalidForm as error:
        return html_page(_set_up_page(token, typed, error.problems), 422)
    except Refused:
        return _dead_link()
    return await in_thread(entrance.let_in, request, session_token, "/")


async def follow_link(entrance: Entrance, request: Request) -> Response:
    """Signs in at once, or asks for a password. A browser that only fetches ahead of a click uses nothing up."""
    token = request.query_params.get("nokkel", "")
    found = await in_thread(find_link, entrance.database, token, entrance.clock())
    if found is None or found.purpose == LinkPurpose.SET_UP:
        return _dead_link()
    if found.purpose == LinkPurpose.CHOOSE_PASSWORD:
        return html_page(_password_page(token, found, {}))
    if "prefetch" in request.headers.get("sec-purpose", "") or "prefetch" in request.headers.get("purpose", ""):
        return Response(status_code=503)
    try:
        session_token = await in_thread(sign_in_by_link, entrance.database, entrance.clock(), token=token)
    except Refused:
        return _dead_link()
    return await in_thread(entrance.let_in, request, session_token, "/")


async def take_password(entrance: Entrance, request: Request) -> Response:
    typed = await fields_of(request)
    token = typed.get("nokkel", "")
    found = await in_thread(find_link, entrance.database, token, entrance.clock())
    if found is None or found.purpose != LinkPurpose.CHOOSE_PASSWORD:
        return _dead_link()
    try:
        chosen = ChosenPassword.checked(email=found.email, **_passwords(typed))
        session_token = await in_thread(choose_password, entrance.database, entrance.clock(), token=token, form=chosen)
    except InvalidForm as error:
        return html_page(_password_page(token, found, error.problems), 422)
    except Refused:
        return _dead_link()
    return await in_thread(entrance.let_in, request, session_token, "/")


def _passwords(typed: dict[str, str]) -> dict[str, SecretStr]:
    return {"password": SecretStr(typed.get("passord", "")), "again": SecretStr(typed.get("gjenta", ""))}


def _set_up_page(token: str, typed: dict[str, str], problems: dict[str, str]) -> str:
    fields = (
        Field("navn", t("Navnet ditt"), "text", "name", typed.get("navn", ""), problem=_said(problems, "name")),
        Field(
            "epost", t("E-postadresse"), "email", "username", typed.get("epost", ""), problem=_said(problems, "email")
        ),
        *_password_fields(problems),
    )
    sheet = Sheet(SET_UP, t("Lag administrator"), fields, {"nokkel": token})
    content = paragraph(t("Du er den første her og blir administrator. Siden kan du invitere de andre.")) + form(sheet)
    return page(t("Kom i gang"), content, here=SET_UP, query={"nokkel": token})


def _password_page(token: str, found: OpenLink, problems: dict[str, str]) -> str:
    fields = (
        Field("epost", t("E-postadresse"), "email", "username", found.email, is_fixed=True),
        *_password_fields(problems),
    )
    sheet = Sheet(ONE_TIME_LINK, t("Lagre og logg inn"), fields, {"nokkel": token})
    content = paragraph(t("Hei, {name}. Velg passordet du vil logge inn med.", name=found.name)) + form(sheet)
    return page(t("Velg passord"), content, here=ONE_TIME_LINK, query={"nokkel": token})


def _password_fields(problems: dict[str, str]) -> tuple[Field, Field]:
    length = t("Minst {n} tegn. Tre eller fire ord du husker, er bedre enn tall og tegn.", n=SHORTEST_PASSWORD)
    problem = _said(problems, "password")
    return (
        Field("passord", t("Passord"), "password", "new-password", help="" if problem else length, problem=problem),
        Field("gjenta", t("Gjenta passordet"), "password", "new-password", problem=_said(problems, "again")),
    )


def _said(problems: dict[str, str], field: str) -> str:
    return REASONS[problems[field]]() if field in problems else ""


def _dead_link() -> Response:
    content = paragraph(t("Be en administrator om en ny lenke.")) + link(SIGN_IN, t("Til innlogging"))
    return html_page(page(REASONS["link_not_valid"](), content, here=SIGN_IN, query={}), 410)


def _only_here() -> Response:
    content = paragraph(
        t("Den første administratoren lages på maskinen der kulturcrm kjører. Åpne lenken i nettleseren der.")
    )
    return html_page(page(t("Ikke herfra"), content, here=SIGN_IN, query={}), 403)
