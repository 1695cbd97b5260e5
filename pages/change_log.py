"""Who did what and when. What is asked for stands in the address; the oldest pages are as quick as the newest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from crm.change_log.areas import Area
from crm.change_log.queries import AT_A_TIME, Entry, Narrowed, list_actors, list_entries
from crm.context import Context
from crm.i18n import local, sentence, shown_date, t
from pages.parts.address import choose_in_address
from pages.parts.log_words import area_name, entry_lines
from pages.parts.moments import FIRST_DAY, LAST_DAY
from streamlit_config.shell import context, saying_errors

ctx = context()

AFTER, SEEN = "etter", "change-log-narrowed"


def ask_narrowed(ctx: Context) -> Narrowed:
    areas = {area.value: area_name(area) for area in Area}
    people = {str(one.id): one.name for one in list_actors(ctx)}
    first, second, third, fourth = st.columns([2, 2, 1.5, 1.5])
    area = choose_in_address("logg-hva", t("Hva"), areas, everything=t("Alt"), key="log-area", place=first)
    person = choose_in_address("logg-hvem", t("Hvem"), people, everything=t("Alle"), key="log-actor", place=second)
    since = third.date_input(
        t("Fra og med"),
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD.MM.YYYY",
        key="logg-fra",
        bind="query-params",
    )
    until = fourth.date_input(
        t("Til og med"),
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD.MM.YYYY",
        key="logg-til",
        bind="query-params",
    )
    return Narrowed(Area(area) if area else None, int(person) if person else None, since, until)


def asked_after(narrowed: Narrowed) -> int | None:
    """The last entry of the page before; the newest again whenever something else is asked for."""
    if st.session_state.get(SEEN, narrowed) != narrowed:
        st.query_params.pop(AFTER, None)
    st.session_state[SEEN] = narrowed
    typed = st.query_params.get(AFTER, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None


def show(entries: Sequence[Entry]) -> None:
    for day, of_day in groupby(entries, key=lambda entry: local(entry.at).date()):
        st.markdown(f"**{sentence(shown_date(day, style='long'))}**")
        st.markdown("\n\n".join(entry_lines(entry) for entry in of_day))


st.title(t("Endringslogg"))
with saying_errors():
    narrowed = ask_narrowed(ctx)
    after = asked_after(narrowed)
    found = list_entries(ctx, narrowed, before=after, limit=AT_A_TIME + 1)
    if not found:
        st.info(t("Ingenting er ført i loggen for dette utvalget."))
    show(found[:AT_A_TIME])
    with st.container(horizontal=True):
        if after is not None and st.button(t("Til de nyeste"), key="log-newest"):
            st.query_params.pop(AFTER, None)
            st.rerun()
        if len(found) > AT_A_TIME and st.button(t("Vis eldre"), key="log-older"):
            st.query_params[AFTER] = str(found[AT_A_TIME - 1].id)
            st.rerun()
