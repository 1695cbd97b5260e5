"""Who a case is about, and the plain facts of it."""

from __future__ import annotations

import streamlit as st

from crm.cases.cards import CaseCard
from crm.correspondence.rules import TimeQuality
from crm.i18n import shown_moment, t
from pages.parts.cases_words import STATUS_COLORS, case_channel, status_name
from pages.parts.clocks import show_clocks
from pages.parts.plain import escaped
from streamlit_config.navigation import go


def show_who(card: CaseCard) -> None:
    """The status, the house as a way to its screen, the person, and the number to ring back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"case-who-{card.id}"):
        st.badge(status_name(card.status), color=STATUS_COLORS[card.status])
        if card.person is not None and st.button(
            escaped(card.person.name), icon=":material/person:", key=f"case-person-{card.id}", type="tertiary"
        ):
            go("person", id=card.person.id)
        if card.phone:
            st.text(t("Telefon {phone}", phone=card.phone), width="content")
        if card.caller and (card.house is not None or card.person is not None):
            st.text(t("Innringer: {caller}", caller=card.caller), width="content")
        if card.house is not None and st.button(
            t("Åpne {house}", house=escaped(card.house.name)), key=f"case-house-{card.id}", type="tertiary"
        ):
            go("member", id=card.house.id)


def show_both_clocks(card: CaseCard) -> None:
    """To the first response; and to the answer, when "we ring you back" or more came before it."""
    with st.container(border=True, key=f"case-clocks-{card.id}"):
        show_clocks(t("Til første svar"), card.response)
        if card.answer is not None and card.answer.wall != card.response.wall:
            show_clocks(t("Til siste svar"), card.answer)


def show_facts(card: CaseCard) -> None:
    moment = shown_moment(card.received.at)
    if card.received.quality is TimeQuality.RECONSTRUCTED:
        moment = t("{moment} (anslått)", moment=moment)
    st.text(t("Mottatt: {moment}", moment=moment))
    st.text(t("Kanal: {channel}", channel=case_channel(card.channel)))
    st.text(t("Tema: {topic}", topic=card.topic.name if card.topic else t("uten tema")))
    st.text(t("Ansvarlig: {name}", name=card.responsible.name))
    for pause in card.pauses:
        if pause.ended_at is not None:
            st.caption(
                t(
                    "Klokken sto fra {start} til {end}",
                    start=shown_moment(pause.started_at),
                    end=shown_moment(pause.ended_at),
                )
            )
