"""The screen of one organisation of any kind: who they are, who is there, and everything that happened with them."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.kinship_queries import kinship
from crm.members.queries import MemberCard
from crm.members.words import MEMBER_KINDS, NameKind, OrganisationKind
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts.beside import show_beside
from pages.parts.mailing_beside import show_lists
from pages.parts.members_case import offer_new_case
from pages.parts.members_edit import edit_organisation_card
from pages.parts.members_facts import show_facts
from pages.parts.members_people import show_people
from pages.parts.members_words import kind_words, membership_words
from pages.parts.merging_start import offer_merge
from pages.parts.organisation_kin import edit_kinship, show_kinship
from pages.parts.organisation_names import edit_names, name_words
from pages.parts.people_words import first_reach
from pages.parts.plain import escaped
from pages.parts.reach import edit_reach
from pages.parts.timeline import show_timeline
from streamlit_config.navigation import go


def show_organisation(ctx: Context, card: MemberCard) -> None:
    st.title(escaped(card.name), anchor=False)
    _show_standing(card)
    if reach := first_reach(card.contacts):
        st.text(" · ".join(reach))
    if card.kind in MEMBER_KINDS:
        offer_new_case(ctx, card)
    if card.kind is OrganisationKind.NETWORK_BODY and st.button(t("Rytme, plasser og møter"), key="to-body"):
        go("body", id=card.id)
    happened, known = st.columns([3, 2], gap="large")
    with happened:
        show_timeline(ctx, organisation_id=card.id)
    with known:
        _show_known(ctx, card)


def _show_known(ctx: Context, card: MemberCard) -> None:
    kin = kinship(ctx, card.id)
    show_facts(card)
    show_lists(ctx, organisation_id=card.id)
    show_kinship(kin)
    show_beside(Record(Kind.ORGANISATION, card.id))
    show_people(ctx, card)
    if ctx.may(Permission.KEEP_MEMBERS):
        edit_reach(card.contacts, organisation_id=card.id)
        edit_organisation_card(card)
        edit_names(card)
        edit_kinship(card, kin)
        offer_merge(card.id)


def _show_standing(card: MemberCard) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="standing"):
        st.badge(kind_words(card.kind), color="gray")
        held = [line for line in card.memberships if line.holds]
        for line in held:
            st.badge(membership_words(line.kind), color="green")
        if not held and card.kind in MEMBER_KINDS:
            st.badge(t("Ikke medlem"), color="orange")
        if card.municipality:
            county = card.county if card.county != card.municipality else None
            st.text(", ".join(filter(None, (card.municipality, county))))
    former = [name_words(name) for name in card.other_names if name.kind == NameKind.FORMER]
    aliases = [name_words(name) for name in card.other_names if name.kind == NameKind.ALIAS]
    if former:
        st.caption(t("Het før: {names}", names=escaped(", ".join(former))))
    if aliases:
        st.caption(t("Kalles også: {names}", names=escaped(", ".join(aliases))))
