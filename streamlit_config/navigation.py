"""Where the screens are, in the order a colleague thinks. Holds paths; imports no page."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.permissions import Permission, Role, may

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Screen:
    """A page file, its address, and who may see it. `title` is asked for each run: the language may have changed."""

    file: str
    address: str
    title: Callable[[], str]
    group: str
    permission: Permission
    in_menu: bool = True


def _groups() -> dict[str, str]:
    return {
        "today": t("I dag"),
        "members": t("Medlemmer"),
        "media": t("Media"),
        "networks": t("Nettverk"),
        "plan": t("Planen"),
        "setup": t("Oppsett"),
    }


SEE, FIGURES = Permission.SEE_RECORDS, Permission.SEE_FIGURES

SCREENS: dict[str, Screen] = {
    "today": Screen("today.py", "i-dag", lambda: t("I dag"), "today", FIGURES),
    "new_case": Screen("new_case.py", "ny-henvendelse", lambda: t("Ny henvendelse"), "today", SEE),
    "new_inquiry": Screen("new_inquiry.py", "ny-mediehenvendelse", lambda: t("Ny mediehenvendelse"), "today", SEE),
    "tasks": Screen("tasks.py", "oppgaver", lambda: t("Oppgaver"), "today", SEE),
    "task": Screen("task.py", "oppgave", lambda: t("Oppgave"), "today", SEE, in_menu=False),
    "search": Screen("search.py", "sok", lambda: t("Søk"), "today", SEE),
    "cases": Screen("cases.py", "saker", lambda: t("Saker"), "members", SEE),
    "case": Screen("case.py", "sak", lambda: t("Sak"), "members", SEE, in_menu=False),
    "members": Screen("members.py", "medlemmer", lambda: t("Medlemmer"), "members", SEE),
    "member": Screen("member.py", "medlem", lambda: t("Medlem"), "members", SEE, in_menu=False),
    "selections": Screen("selections.py", "utvalg", lambda: t("Utvalg"), "members", SEE),
    "selection": Screen("selection.py", "utvalget", lambda: t("Utvalget"), "members", SEE, in_menu=False),
    "mailing_lists": Screen("mailing_lists.py", "e-postlister", lambda: t("E-postlister"), "members", SEE),
    "mailing_list": Screen("mailing_list.py", "e-postliste", lambda: t("E-postliste"), "members", SEE, in_menu=False),
    "recipient": Screen("recipient.py", "mottaker", lambda: t("Mottaker"), "members", SEE, in_menu=False),
    "organisations": Screen("organisations.py", "organisasjoner", lambda: t("Organisasjoner"), "members", SEE),
    "organisation": Screen("organisation.py", "organisasjon", lambda: t("Organisasjon"), "members", SEE, in_menu=False),
    "persons": Screen("persons.py", "personer", lambda: t("Personer"), "members", SEE),
    "person": Screen("person.py", "person", lambda: t("Person"), "members", SEE, in_menu=False),
    "duplicates": Screen("duplicates.py", "duplikater", lambda: t("Duplikater"), "members", Permission.KEEP_MEMBERS),
    "merge": Screen(
        "merge.py", "sla-sammen", lambda: t("Slå sammen"), "members", Permission.KEEP_MEMBERS, in_menu=False
    ),
    "import_list": Screen("import_list.py", "import", lambda: t("Import"), "members", SEE),
    "inquiries": Screen("inquiries.py", "mediehenvendelser", lambda: t("Mediehenvendelser"), "media", SEE),
    "inquiry": Screen("inquiry.py", "mediehenvendelse", lambda: t("Mediehenvendelse"), "media", SEE, in_menu=False),
    "networks": Screen("networks.py", "nettverk", lambda: t("Nettverk"), "networks", SEE),
    "body": Screen("body.py", "organ", lambda: t("Organ"), "networks", SEE, in_menu=False),
    "meeting": Screen("meeting.py", "mote", lambda: t("Møte"), "networks", SEE, in_menu=False),
    "plan": Screen("plan.py", "planen", lambda: t("Planen"), "plan", FIGURES),
    "measure": Screen("measure.py", "tiltak", lambda: t("Tiltak"), "plan", FIGURES, in_menu=False),
    "response_times": Screen("response_times.py", "svartid", lambda: t("Svartid"), "plan", FIGURES),
    "account": Screen("account.py", "min-konto", lambda: t("Min konto"), "setup", Permission.OWN_ACCOUNT),
    "users": Screen("users.py", "brukere", lambda: t("Brukere"), "setup", Permission.MANAGE_USERS),
    "office_hours": Screen("office_hours.py", "kontortid", lambda: t("Kontortid"), "setup", Permission.CHANGE_SETTINGS),
    "topics": Screen("topics.py", "temaer", lambda: t("Temaer"), "setup", Permission.CHANGE_SETTINGS),
    "tags": Screen("tags.py", "merkelapper", lambda: t("Merkelapper"), "setup", Permission.CHANGE_SETTINGS),
    "bodies": Screen("bodies.py", "organer", lambda: t("Organer"), "setup", Permission.CHANGE_SETTINGS),
    "change_log": Screen(
        "change_log.py", "endringslogg", lambda: t("Endringslogg"), "setup", Permission.SEE_CHANGE_LOG
    ),
}


def menu(ctx: Context) -> Any:
    """Streamlit's page to run now. A screen the role may not see is not among the addresses at all."""
    pages: dict[str, list[Any]] = {}
    for group, page in _pages(ctx.actor.role, ctx.actor.language):
        pages.setdefault(group, []).append(copy(page))  # Streamlit notes on a page whether it may run now
    return st.navigation(pages, expanded=True)


@cache
def _pages(role: Role, _language: str) -> tuple[tuple[str, Any], ...]:
    """Each page with its group's title. Made once for a role and a language: 22 pages ask the disk 160 questions."""
    groups = _groups()
    seen = [(key, screen) for key, screen in SCREENS.items() if may(role, screen.permission)]
    return tuple((groups[screen.group], _page(key, screen)) for key, screen in seen)


def _page(key: str, screen: Screen) -> Any:
    return st.Page(
        PAGES_FOLDER / screen.file,
        title=screen.title(),
        url_path=screen.address,
        default=key == "today",
        visibility="visible" if screen.in_menu else "hidden",
    )


def go(key: str, **query: str | int) -> NoReturn:
    """To another screen; `go("case", id=12)` opens one record. The only way between screens in the same session."""
    st.switch_page(PAGES_FOLDER / SCREENS[key].file, query_params={name: str(value) for name, value in query.items()})
    raise AssertionError  # switch_page never returns; this tells the type checker


def attachment_address(address: str) -> str:
    """Where a file is fetched, in a tab of its own."""
    return f"/kulturcrm/vedlegg/{address}"


def record_id() -> int:
    """The `?id=` of a record's screen. Sends the reader to *I dag* when it is missing or no number."""
    typed = st.query_params.get("id", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        go("today")
    return int(typed)
