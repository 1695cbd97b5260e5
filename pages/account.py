"""One's own: language, shortcuts, password, and where one is signed in."""

from __future__ import annotations

import secrets

import streamlit as st

from crm.context import Context
from crm.i18n import LANGUAGES, shown_moment, t, tn
from crm.users.commands import change_own_password, set_language, set_shortcuts
from crm.users.forms import ChangedPassword
from crm.users.session_commands import end_other_sessions
from crm.users.session_queries import list_own_sessions, own_address
from pages.parts import users_reasons as users_reasons
from pages.parts.user_setup import role_name
from streamlit_config.shell import context, saying_errors

ctx = context()

TOKEN, CHANGED = "own-password-token", "own-password-changed"


def ask_language(ctx: Context) -> None:
    chosen = st.segmented_control(
        t("Språk"),
        list(LANGUAGES),
        default=ctx.actor.language,
        required=True,
        format_func=LANGUAGES.__getitem__,
        key=f"own-language-{ctx.actor.language}",
    )
    if chosen and chosen != ctx.actor.language:
        set_language(ctx, chosen)
        st.rerun()


def ask_shortcuts(ctx: Context) -> None:
    before = ctx.actor.single_letter_shortcuts
    chosen = st.toggle(t("Snarveier med én bokstav"), value=before, key=f"own-shortcuts-{before}")
    st.caption(t("N åpner Ny henvendelse, M åpner Ny mediehenvendelse. Slått av: Alt+Shift+N og Alt+Shift+M."))
    if chosen != before:
        set_shortcuts(ctx, single_letters=chosen)
        st.rerun()


def ask_password(ctx: Context) -> None:
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(9))
    current, password, again = (
        st.text_input(label, type="password", autocomplete=kind, key=f"{name}-{token}")
        for label, kind, name in (
            (t("Passordet du har nå"), "current-password", "current"),
            (t("Nytt passord"), "new-password", "password"),
            (t("Nytt passord en gang til"), "new-password", "again"),
        )
    )
    if st.session_state.pop(CHANGED, False):
        st.success(t("Passordet er byttet. Du er logget ut overalt ellers."), icon=":material/check:")
    if st.button(t("Bytt passord"), type="primary", key=f"change-{token}"):
        form = ChangedPassword.checked(
            email=own_address(ctx), current=current or "", password=password or "", again=again or ""
        )
        change_own_password(ctx, form)
        del st.session_state[TOKEN]
        st.session_state[CHANGED] = True
        st.rerun()


def show_sessions(ctx: Context) -> None:
    sessions = list_own_sessions(ctx)
    for one in sessions:
        since = shown_moment(one.created_at, now=ctx.now)
        used = shown_moment(one.last_seen_at, now=ctx.now)
        said = t("Logget inn {since}, sist brukt {used}", since=since, used=used)
        st.text(t("{session} (denne nettleseren)", session=said) if one.is_this else said)
    others = len(sessions) - 1
    if others > 0 and st.button(tn("Logg ut den andre", "Logg ut de {n} andre", others), key="end-others"):
        end_other_sessions(ctx)
        st.rerun()


st.title(t("Min konto"))
with saying_errors():
    st.text(f"{ctx.actor.name} · {own_address(ctx)} · {role_name(ctx.actor.role)}")
    ask_language(ctx)
    ask_shortcuts(ctx)
    st.header(t("Passord"))
    with saying_errors():
        ask_password(ctx)
    st.header(t("Her er du logget inn"))
    show_sessions(ctx)
