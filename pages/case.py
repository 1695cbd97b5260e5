"""One case: who, what, both clocks, its correspondence, and what to do next."""

from __future__ import annotations

import streamlit as st

from crm.cases.cards import CaseCard
from crm.cases.case_commands import add_message, answer_and_close
from crm.cases.case_queries import case_card, case_history
from crm.context import Context
from crm.i18n import t
from crm.people.person_queries import wishes_of
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts import cases_reasons as cases_reasons
from pages.parts.beside import show_beside
from pages.parts.case_changes import ask_changes, ask_hand_over, ask_house
from pages.parts.case_facts import show_both_clocks, show_facts, show_who
from pages.parts.case_forms import catch_up
from pages.parts.case_history import show_history
from pages.parts.case_steps import ask_next_step
from pages.parts.cases_words import card_title
from pages.parts.correspondence import ask_message, show_messages
from pages.parts.person_wishes import show_wishes
from pages.parts.plain import escaped
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors

ctx = context()


def _show(ctx: Context, card: CaseCard) -> None:
    if st.button(t("Til saker"), type="tertiary", icon=":material/arrow_back:", key="to-cases"):
        go("cases", **st.session_state.get("cases-address", {}))
    st.title(escaped(card_title(card)), anchor=False)
    show_who(card)
    if card.person is not None:
        show_wishes(wishes_of(ctx, card.person.id))
    story, side = st.columns([3, 2], gap="large")
    with story:
        st.text(card.what)
        show_both_clocks(card)
        _show_correspondence(ctx, card)
    with side:
        _show_side(ctx, card)
    catch_up(card)


def _show_correspondence(ctx: Context, card: CaseCard) -> None:
    st.header(t("Korrespondanse"), anchor=False)
    show_messages(card.messages)
    if ctx.may(Permission.LOG_CASES):
        with st.container(border=True, key=f"case-message-{card.id}"):
            ask_message(
                key=f"case-{card.id}",
                add=lambda new: add_message(ctx, card.id, new),
                finish=None if card.closed_at is not None else lambda new: answer_and_close(ctx, card.id, new),
                closed=card.closed_at is not None,
            )


def _show_side(ctx: Context, card: CaseCard) -> None:
    show_facts(card)
    show_beside(Record(Kind.CASE, card.id))
    if ctx.may(Permission.LOG_CASES):
        ask_next_step(ctx, card)
        is_unknown = card.house is None and card.person is None
        with st.expander(t("Knytt til hus") if is_unknown else t("Knytt til et annet hus"), key=f"case-tie-{card.id}"):
            ask_house(card)
        with st.expander(t("Overlat til en kollega"), key=f"case-give-{card.id}"):
            ask_hand_over(ctx, card)
        with st.expander(t("Rett opplysningene"), key=f"case-change-{card.id}"):
            ask_changes(ctx, card)
    with st.expander(t("Hva som er gjort"), key=f"case-log-{card.id}"):
        show_history(case_history(ctx, card.id))


with saying_errors():
    _show(ctx, case_card(ctx, record_id()))
