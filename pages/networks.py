"""The bodies we sit in, quarter by quarter; a meeting is logged here in seconds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import local, t, tn
from crm.networks.cards import BodyLine, BodyQuarter
from crm.networks.queries import body_quarters, list_bodies, list_coming, list_unreported
from crm.periods import Quarter
from crm.permissions import Permission
from pages.parts.address import follow_address, tell_address
from pages.parts.body_quarters import show_meetings, show_quarter
from pages.parts.network_words import body_name, quarter_name, rhythm, seat
from pages.parts.new_meeting import ask_new_meeting, show_saved_meeting
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context

ctx = context()

FIRST_QUARTER = Quarter(2023, 1)
AT_A_TIME = 4


def show(ctx: Context) -> None:
    st.title(t("Nettverk"))
    bodies = list_bodies(ctx)
    if not bodies:
        _say_there_are_none(ctx)
        return
    show_saved_meeting(ctx)
    if ctx.may(Permission.LOG_NETWORKS):
        with st.expander(t("Nytt møte"), icon=":material/add:", key="new-meeting"):
            ask_new_meeting(bodies)
    _show_waiting(ctx)
    quarters = _ask_quarters(ctx)
    counted = body_quarters(ctx, quarters)
    for row in range(0, len(bodies), 2):
        for column, body in zip(st.columns(2), bodies[row : row + 2], strict=False):
            with column.container(border=True):
                _show_body(body, counted[body.id])


def _say_there_are_none(ctx: Context) -> None:
    st.info(t("Ingen organer er lagt inn ennå. Et organ er et nettverk vi sitter i, som MIR eller Arrangørforum."))
    if ctx.may(Permission.CHANGE_SETTINGS) and st.button(t("Legg til et organ"), type="primary"):
        go("bodies")


def _show_waiting(ctx: Context) -> None:
    unreported, coming = list_unreported(ctx), list_coming(ctx)
    if unreported:
        with st.container(border=True, key="unreported-meetings"):
            st.markdown(f"**{t('Ble disse møtene holdt?')}**")
            show_meetings(unreported, place="unreported", names_body=True)
    if coming:
        with st.container(border=True, key="coming-meetings"):
            st.markdown(f"**{t('Kommende møter')}**")
            show_meetings(coming, place="coming", names_body=True)


def _ask_quarters(ctx: Context) -> list[Quarter]:
    """The chosen quarter and those before it, newest first. The choice stands in the address."""
    current = Quarter.at(ctx.now)
    known = [current]
    while known[-1] > FIRST_QUARTER and local(ctx.now).date() >= FIRST_QUARTER.starts:
        known.append(known[-1].previous)
    names = {quarter.key: quarter_name(quarter) for quarter in known}
    key = "networks-quarter"
    follow_address("kvartal", key=key, read=lambda word: word if word in names else current.key)
    chosen = st.selectbox(t("Kvartal"), list(names), format_func=names.__getitem__, key=key, width=260)
    tell_address("kvartal", "" if chosen == current.key else chosen, key=key)
    last = list(names).index(chosen)
    return known[last : last + AT_A_TIME]


def _show_body(body: BodyLine, quarters: Sequence[BodyQuarter]) -> None:
    st.header(escaped(body_name(body)))
    st.caption(rhythm(body.cadence, body.minimum))
    names = ", ".join(seat(line) for line in body.seats)
    if names:
        st.text(tn("Vår plass: {names}", "Våre plasser: {names}", len(body.seats), names=names))
    else:
        st.text(t("Ingen av oss har plass her."))
    for quarter in quarters:
        show_quarter(quarter)
    if st.button(t("Åpne {body}", body=escaped(body.name)), key=f"open-body-{body.id}"):
        go("body", id=body.id)


show(ctx)
