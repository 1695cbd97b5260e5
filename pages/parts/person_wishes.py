"""How somebody does not want to be contacted, since when and why. It stands where nobody who is about to ring can miss it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.people.commands import allow_contact, change_no_contact, stop_contact
from crm.people.forms import ChangedNoContact, NoContact
from crm.people.person_queries import NoContactLine, PersonCard
from crm.people.words import ContactChannel
from pages.parts.members_fields import ask_day
from pages.parts.people_words import channel_words, wish_words
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors


def show_wishes(wishes: Sequence[NoContactLine]) -> None:
    for wish in wishes:
        st.error(f"**{channel_words(wish.channel)}** · {escaped(wish_words(wish))}", icon=":material/block:")


def edit_wishes(card: PersonCard) -> None:
    place = st.expander(t("Vil ikke kontaktes"), icon=":material/block:", key=f"wishes-{card.id}", on_change="rerun")
    if place.open:
        with place:
            for wish in card.no_contact:
                _ask_changes(wish)
            _ask_new(card)


@st.fragment
def _ask_new(card: PersonCard) -> None:
    ctx = context()
    taken = {wish.channel for wish in card.no_contact}
    free = [channel for channel in ContactChannel if channel not in taken]
    if not free:
        return
    key = f"wish-{card.id}-{len(taken)}-{free[0]}"
    channel = st.selectbox(
        t("Nytt ønske"), free, format_func=channel_words, key=f"{key}-channel", persist_state="session"
    )
    since = ask_day(t("Siden"), key=f"{key}-since", value=ctx.today)
    reason = st.text_input(t("Hvorfor, eller hvordan vi vet det"), key=f"{key}-reason", persist_state="session")
    if st.button(t("Noter ønsket"), type="primary", key=f"{key}-save"):
        with saying_errors():
            stop_contact(
                ctx, card.id, NoContact.checked(channel=channel, since=since or ctx.today, reason=reason or "")
            )
            st.rerun()


@st.fragment
def _ask_changes(wish: NoContactLine) -> None:
    ctx = context()
    key = f"wish-{wish.id}-{wish.version}"
    st.markdown(f"**{channel_words(wish.channel)}**")
    since = ask_day(t("Siden"), key=f"{key}-since", value=wish.since)
    reason = st.text_input(
        t("Hvorfor, eller hvordan vi vet det"), value=wish.reason, key=f"{key}-reason", persist_state="session"
    )
    with st.container(horizontal=True):
        if st.button(t("Lagre ønsket"), key=f"{key}-save"):
            with saying_errors():
                typed = {"channel": wish.channel, "since": since or wish.since, "reason": reason or ""}
                change_no_contact(ctx, wish.id, ChangedNoContact.checked(version=wish.version, **typed))
                st.rerun()
        if st.button(t("Kan kontaktes igjen"), key=f"{key}-allow"):
            with saying_errors():
                allow_contact(ctx, wish.id, version=wish.version)
                st.rerun()
