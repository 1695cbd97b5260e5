"""Who works at a house, and how to reach them: those who do now first, those who did as past."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.commands import add_person_here
from crm.members.forms import NewPersonHere
from crm.members.queries import MemberCard, PersonLine
from crm.permissions import Permission
from pages.parts.members_facts import show_contact
from pages.parts.members_reach import edit_person
from pages.parts.members_words import period_words
from streamlit_config.shell import context, saying_errors

_ADDED = "people-added"


def show_people(ctx: Context, card: MemberCard) -> None:
    st.subheader(t("Folk"), anchor=False)
    if not card.people:
        st.text(t("Ingen er lagt inn ennå."))
    for person in card.people:
        _show_person(ctx, person)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Legg til en person"), icon=":material/person_add:", key=f"new-person-{card.id}"):
            ask_new_person(card.id)


def _show_person(ctx: Context, person: PersonLine) -> None:
    with st.container(border=True, gap="xsmall", key=f"person-{person.post_id}"):
        st.text(f"{person.name}, {person.title}" if person.title else person.name)
        if person.is_old:
            st.caption(t("Tidligere: {period}", period=period_words(person.since, person.until)))
        for contact in person.contacts:
            show_contact(contact)
        if ctx.may(Permission.KEEP_MEMBERS):
            edit_person(person)


@st.fragment
def ask_new_person(organisation_id: int) -> None:
    ctx = context()
    key = f"person-here-{organisation_id}-{st.session_state.get(_ADDED, 0)}"
    name = st.text_input(t("Navn"), key=f"{key}-name")
    title = st.text_input(t("Tittel"), key=f"{key}-title")
    phone = st.text_input(t("Telefon"), key=f"{key}-phone")
    email = st.text_input(t("E-post"), key=f"{key}-email")
    if st.button(t("Legg til personen"), type="primary", key=f"{key}-add"):
        with saying_errors():
            new = NewPersonHere.checked(name=name or "", title=title or "", phone=phone or "", email=email or "")
            add_person_here(ctx, organisation_id, new)
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()
