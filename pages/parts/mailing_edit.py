"""Changing a mailing list, and putting somebody on it by hand."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.mailing.commands import (
    change_mailing_list,
    put_on_list,
    restore_mailing_list,
    retire_mailing_list,
)
from crm.mailing.forms import ChangedMailingList, Consent, PutOnList
from crm.mailing.queries import MailingListCard
from pages.parts.known_search import choose_known
from pages.parts.mailing_fields import ask_consent, ask_list
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

_ADDED, _SAID = "recipients-added", "recipients-said"


@st.fragment
def edit_list(card: MailingListCard) -> None:
    ctx = context()
    key = f"list-{card.id}-{card.version}"
    details = ask_list(key, card)
    with st.container(horizontal=True), saying_errors():
        if st.button(t("Lagre listen"), type="primary", key=f"{key}-save"):
            change_mailing_list(ctx, card.id, ChangedMailingList.checked(version=card.version, **details))
            st.rerun()
        if card.is_active and st.button(t("Ta ut av bruk"), key=f"{key}-retire"):
            retire_mailing_list(ctx, card.id, version=card.version)
            st.rerun()
        if not card.is_active and st.button(t("Ta i bruk igjen"), key=f"{key}-restore"):
            restore_mailing_list(ctx, card.id, version=card.version)
            st.rerun()


@st.fragment
def add_to_list(list_id: int) -> None:
    """Somebody we know. The consent is asked where there is one; without it they stand on the list and get nothing."""
    ctx = context()
    key = f"add-{list_id}-{st.session_state.get(_ADDED, 0)}"
    _say_put(list_id)
    typed = st.text_input(t("Hvem"), placeholder=t("Navn eller hus"), live="150ms", key=f"{key}-who")
    hit = choose_known(ctx, typed or "", key=key)
    has_consent = st.toggle(t("Har sagt ja"), key=f"{key}-has-consent")
    consent = ask_consent(key, on=ctx.today) if has_consent else None
    if st.button(t("Legg til"), type="primary", disabled=hit is None, key=f"{key}-save") and hit is not None:
        with saying_errors():
            people = (hit.person_id,) if hit.person_id else ()
            houses = (hit.organisation_id,) if hit.organisation_id and not hit.person_id else ()
            yes = Consent.checked(**consent) if consent else None
            result = put_on_list(ctx, list_id, PutOnList(person_ids=people, organisation_ids=houses, consent=yes))
            st.session_state[_SAID] = (list_id, hit.person or hit.house, result)
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()


def _say_put(list_id: int) -> None:
    """Stands until the next one is put on. A toast can be lost in a redraw."""
    said = st.session_state.get(_SAID)
    if said is None or said[0] != list_id:
        return
    _, name, result = said
    if result.unsubscribed:
        st.warning(
            t("{name} er ikke lagt til: har meldt seg av denne listen.", name=escaped(name)), icon=":material/block:"
        )
    elif result.already:
        st.info(t("{name} sto på listen fra før.", name=escaped(name)), icon=":material/info:")
    else:
        st.success(t("{name} er lagt til på listen.", name=escaped(name)), icon=":material/check_circle:")
