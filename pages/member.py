"""One house: who they are, who works there, and everything that happened with them."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.queries import MemberCard, member_card
from crm.members.words import NameKind
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts.beside import show_beside
from pages.parts.members_case import offer_new_case
from pages.parts.members_edit import edit_house
from pages.parts.members_facts import show_facts
from pages.parts.members_people import show_people
from pages.parts.members_words import kind_words, membership_words
from pages.parts.merging_start import offer_merge
from pages.parts.plain import escaped
from pages.parts.reach import edit_reach
from pages.parts.rows import open_chosen_row
from pages.parts.timeline import open_chosen_happening, show_timeline
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    open_chosen_row("person")
    open_chosen_happening()
    with saying_errors():
        _show(ctx, member_card(ctx, record_id()))


def _show(ctx: Context, card: MemberCard) -> None:
    if st.button(t("Til medlemmene"), type="tertiary", icon=":material/arrow_back:", key="to-members"):
        go("members")
    st.title(escaped(card.name), anchor=False)
    _show_standing(card)
    offer_new_case(ctx, card)
    happened, known = st.columns([3, 2], gap="large")
    with happened:
        show_timeline(ctx, organisation_id=card.id)
    with known:
        show_facts(card)
        show_beside(Record(Kind.ORGANISATION, card.id))
        show_people(ctx, card)
        if ctx.may(Permission.KEEP_MEMBERS):
            edit_reach(card.contacts, organisation_id=card.id)
            edit_house(card)
            offer_merge(card.id)


def _show_standing(card: MemberCard) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="standing"):
        st.badge(kind_words(card.kind), color="gray")
        held = [line for line in card.memberships if line.holds]
        for line in held:
            st.badge(membership_words(line.kind), color="green")
        if not held:
            st.badge(t("Ikke medlem"), color="orange")
        if card.municipality:
            st.text(
                ", ".join(filter(None, (card.municipality, card.county if card.county != card.municipality else None)))
            )
    former = [name.name for name in card.other_names if name.kind == NameKind.FORMER]
    aliases = [name.name for name in card.other_names if name.kind == NameKind.ALIAS]
    if former:
        st.caption(t("Het før: {names}", names=escaped(", ".join(former))))
    if aliases:
        st.caption(t("Kalles også: {names}", names=escaped(", ".join(aliases))))


main()
