"""Oppgaver: mine, everybody's, and what is done. The first field takes a new one."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.permissions import Permission
from crm.tasks.queries import Place, TaskFilter, TaskPage, Whose, list_tasks
from crm.users.queries import list_colleagues
from pages.parts.address import follow_address, number_in_address, tell_address
from pages.parts.tasks_new import ask_new_task
from pages.parts.tasks_rows import say_ticked, show_tasks
from streamlit_config.shell import context

WORDS = {"": Whose.MINE, "alle": Whose.ALL, "gjort": Whose.DONE}


def main() -> None:
    ctx = context()
    st.title(t("Oppgaver"), anchor=False)
    if ctx.may(Permission.MARK_RECORDS):
        ask_new_task(ctx)
    wanted = _ask_filter(ctx)
    say_ticked(ctx, "tasks")
    page = list_tasks(ctx, wanted, after=_asked_place())
    show_tasks(ctx, page.rows, "tasks")
    if not page.rows:
        st.info(_nothing_here(wanted))
    _turn_pages(page)


def _ask_filter(ctx: Context) -> TaskFilter:
    names = {"": t("Mine"), "alle": t("Alle"), "gjort": t("Gjort")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="task-filters"):
        follow_address("vis", key="tasks-whose", read=lambda word: word if word in names else "")
        chosen = st.segmented_control(
            t("Vis"), list(names), format_func=names.__getitem__, required=True, key="tasks-whose"
        )
        is_new = tell_address("vis", chosen or "", key="tasks-whose")
        whose = WORDS[chosen or ""]
        responsible_id = None if whose is Whose.MINE else _ask_responsible(ctx)
    if is_new:
        st.query_params.pop("etter", None)
    return TaskFilter(whose, responsible_id)


def _ask_responsible(ctx: Context) -> int | None:
    names = {"": t("Alle"), **{str(one.id): one.name for one in list_colleagues(ctx)}}
    key = "tasks-responsible"
    follow_address("ansvarlig", key=key, read=lambda word: word if word in names else "")
    chosen = st.selectbox(t("Ansvarlig"), list(names), format_func=names.__getitem__, key=key, width=220) or ""
    if tell_address("ansvarlig", chosen, key=key):
        st.query_params.pop("etter", None)
    return number_in_address("ansvarlig")


def _asked_place() -> Place | None:
    try:
        return Place.parse(st.query_params["etter"])
    except (KeyError, ValueError):
        return None


def _nothing_here(wanted: TaskFilter) -> str:
    if _asked_place() is not None:
        return t("Det er ingen flere oppgaver.")
    if wanted.whose is Whose.DONE:
        return t("Ingen oppgaver er gjort ennå.")
    return t("Ingen oppgaver venter. Skriv en i feltet over og trykk Enter.")


def _turn_pages(page: TaskPage) -> None:
    with st.container(horizontal=True, key="task-pages"):
        if _asked_place() is not None and st.button(t("Til begynnelsen"), key="first-tasks"):
            del st.query_params["etter"]
            st.rerun()
        if page.following is not None and st.button(t("Neste side"), key=f"next-tasks-{page.following.key}"):
            st.query_params["etter"] = page.following.key
            st.rerun()


main()
