"""Adding a house or supplier by hand."""

from __future__ import annotations

import secrets

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.members.words import OrganisationKind
from pages.parts.filling import NEW, begun, forget, offer_to_throw_away
from pages.parts.members_fields import ask_day, ask_details, details_of
from pages.parts.members_words import kind_words
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

_TOKEN = "new-house-token"


def new_house_place() -> str:
    """Of the form; the next house gets another."""
    return f"new-house-{_token()}"


def _token() -> str:
    return str(st.session_state.setdefault(_TOKEN, secrets.token_urlsafe(32)))


@st.fragment
def ask_new_house() -> None:
    """No form: what is typed survives a change of screen. The token makes two clicks one house."""
    ctx = context()
    token = _token()
    original = {"name": "", "kind": OrganisationKind.HOUSE, "is-member": True, "since": None, **details_of()}
    filling = begun(new_house_place(), NEW, original)
    name = st.text_input(t("Navn"), key=filling.key("name"), persist_state="session")
    kind = st.segmented_control(
        t("Type"),
        (OrganisationKind.HOUSE, OrganisationKind.SUPPLIER),
        default=OrganisationKind.HOUSE,
        format_func=kind_words,
        key=filling.key("kind"),
        persist_state="session",
    )
    details = ask_details(filling)
    is_member = st.checkbox(t("Er medlem"), value=True, key=filling.key("is-member"), persist_state="session")
    since = ask_day(t("Medlem siden"), key=filling.key("since"), stays=True) if is_member else None
    if st.button(t("Legg til"), type="primary", key=f"add-house-{token}"):
        with saying_errors():
            new = NewHouse.checked(
                name=name or "",
                kind=kind or OrganisationKind.HOUSE,
                is_member=is_member,
                member_since=since,
                token=token,
                **details,
            )
            added = add_house(ctx, new)
            st.session_state.pop(_TOKEN, None)
            forget(filling)
            go("member", id=added)
    offer_to_throw_away(filling)
