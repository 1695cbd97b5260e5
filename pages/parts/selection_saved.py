"""Saving a selection under a name, changing a saved one, and deleting it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.selections.commands import change_selection, delete_selection, save_selection
from crm.selections.forms import ChangedSelection, NewSelection
from crm.selections.queries import SavedSelection
from crm.selections.wanted import Wanted
from streamlit_config.navigation import go
from streamlit_config.shell import saying_errors

TOKEN = "new-selection-token"
SAVED = "utvalg"


def ask_to_save(ctx: Context, wanted: Wanted, shown: Sequence[str]) -> None:
    token = _token()
    name = st.text_input(
        t("Navn på utvalget"), max_chars=200, key=f"selection-name-{token}", width=420, persist_state="session"
    )
    if st.button(t("Lagre utvalget"), type="primary", key=f"save-selection-{token}"):
        with saying_errors():
            _save(ctx, name or "", wanted, shown, token)


def ask_to_change(ctx: Context, saved: SavedSelection, wanted: Wanted, shown: Sequence[str]) -> None:
    """The name, the conditions and the columns as they stand on the screen now."""
    key = f"selection-{saved.id}-{saved.version}"
    if saved.wanted != wanted or saved.columns != tuple(shown):
        st.caption(t("Endret siden det ble lagret. Lagrer du, endres det for alle."))
    name = st.text_input(t("Navn på utvalget"), value=saved.name, max_chars=200, key=f"{key}-name", width=420)
    with st.container(horizontal=True), saying_errors():
        if st.button(t("Lagre endringene"), type="primary", key=f"{key}-save"):
            changed = ChangedSelection.checked(
                name=name or "", wanted=wanted, columns=tuple(shown), version=saved.version
            )
            change_selection(ctx, saved.id, changed)
            st.rerun()
        if st.button(t("Lagre som et nytt utvalg"), key=f"{key}-anew"):
            _save(ctx, name or "", wanted, shown, _token())
        if st.button(t("Slett utvalget"), key=f"{key}-delete"):
            st.session_state[f"{key}-deleting"] = True
    if f"{key}-deleting" in st.session_state:
        _ask_to_delete(ctx, saved, key)


def _ask_to_delete(ctx: Context, saved: SavedSelection, key: str) -> None:
    """It is everybody's, and its address cannot be had again."""
    with st.container(key=f"{key}-sure"):
        st.warning(t("Slettes for alle, og lenker til det slutter å virke. De som er med, blir der de er."))
        with st.container(horizontal=True), saying_errors():
            if st.button(t("Slett for alle"), type="primary", key=f"{key}-delete-for-all"):
                delete_selection(ctx, saved.id, version=saved.version)
                go("selections")
            if st.button(t("Behold utvalget"), key=f"{key}-keep"):
                del st.session_state[f"{key}-deleting"]
                st.rerun()


def _token() -> str:
    """Of one saving: two clicks make one selection."""
    return str(st.session_state.setdefault(TOKEN, secrets.token_urlsafe(24)))


def _save(ctx: Context, name: str, wanted: Wanted, shown: Sequence[str], token: str) -> NoReturn:
    new = NewSelection.checked(name=name, wanted=wanted, columns=tuple(shown), token=token)
    st.query_params[SAVED] = str(save_selection(ctx, new))
    del st.session_state[TOKEN]
    st.rerun()
    raise AssertionError  # rerun never returns; this tells the type checker
