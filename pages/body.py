"""One body: our seats, the rhythm over the years, and its meetings."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.networks.cards import BodyCard, SeatLine
from crm.networks.queries import body_card, body_quarters, list_meetings
from crm.periods import Quarter
from crm.permissions import Permission
from pages.parts.body_quarters import show_meetings, show_quarter
from pages.parts.network_words import body_name, rhythm, seat
from pages.parts.new_meeting import ask_new_meeting, show_saved_meeting
from pages.parts.plain import escaped
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors

ctx = context()

QUARTERS_SHOWN, MEETINGS_AT_A_TIME = 8, 20


def _show(ctx: Context, card: BodyCard) -> None:
    body = card.line
    if st.button(t("Til Nettverk"), type="tertiary", icon=":material/arrow_back:", key="to-networks"):
        go("networks")
    st.title(escaped(body_name(body)))
    st.caption(rhythm(body.cadence, body.minimum))
    if st.button(t("Folk, kontakt og historie"), type="tertiary", icon=":material/group:", key="to-organisation"):
        go("organisation", id=body.id)
    show_saved_meeting(ctx)
    if ctx.may(Permission.LOG_NETWORKS):
        with st.expander(t("Nytt møte"), icon=":material/add:", key=f"new-meeting-{body.id}"):
            ask_new_meeting([body])
    quarters, facts = st.columns([3, 2])
    with quarters:
        _show_quarters(ctx, body.id)
    with facts:
        _show_seats(card)
        _show_rhythms(card)
        if ctx.may(Permission.CHANGE_SETTINGS) and st.button(t("Endre plasser og rytme"), key="to-bodies"):
            go("bodies", id=body.id)
    _show_meetings(ctx, body.id)


def _show_quarters(ctx: Context, body_id: int) -> None:
    st.header(t("Kvartal for kvartal"))
    quarters = [Quarter.at(ctx.now)]
    while len(quarters) < QUARTERS_SHOWN:
        quarters.append(quarters[-1].previous)
    for quarter in body_quarters(ctx, quarters)[body_id]:
        show_quarter(quarter)


def _show_seats(card: BodyCard) -> None:
    st.header(t("Våre plasser"))
    if not card.seats:
        st.text(t("Ingen av oss har plass her."))
    for line in card.seats:
        st.text(f"{seat(line)} {_days(line)}".strip())


def _days(line: SeatLine) -> str:
    if line.since and line.until:
        return t("fra {since} til {until}", since=shown_date(line.since), until=shown_date(line.until))
    if line.until:
        return t("til {until}", until=shown_date(line.until))
    return t("fra {since}", since=shown_date(line.since)) if line.since else ""


def _show_rhythms(card: BodyCard) -> None:
    st.header(t("Forventet rytme"))
    if not card.rhythms:
        st.text(t("Ingen møter er forventet"))
    for _, since, cadence, minimum in card.rhythms:
        st.text(t("Fra {since}: {rhythm}", since=shown_date(since), rhythm=rhythm(cadence, minimum)))


def _show_meetings(ctx: Context, body_id: int) -> None:
    """A page at a time; where the page begins stands in the address."""
    st.header(t("Alle møter"))
    after = st.query_params.get("etter", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else None
    found = list_meetings(ctx, body_id, before=before, limit=MEETINGS_AT_A_TIME + 1)
    show_meetings(found[:MEETINGS_AT_A_TIME], place="all")
    if not found:
        st.text(t("Ingen møter er registrert ennå.") if before is None else t("Ingen eldre møter."))
    with st.container(horizontal=True):
        if before is not None and st.button(t("Til de nyeste"), key="newest"):
            go("body", id=body_id)
        if len(found) > MEETINGS_AT_A_TIME and st.button(t("Vis eldre"), key="older"):
            go("body", id=body_id, etter=found[MEETINGS_AT_A_TIME - 1].id)


with saying_errors():
    _show(ctx, body_card(ctx, record_id()))
