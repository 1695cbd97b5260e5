"""The names an organisation had or also goes by, with their dates: each of them finds it."""

from __future__ import annotations

from datetime import date

import streamlit as st

import pages.parts.members_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.members.forms import ChangedOtherName, OtherName
from crm.members.organisation_commands import add_other_name, change_other_name, remove_other_name
from crm.members.queries import MemberCard, OtherNameLine
from crm.members.words import NameKind
from pages.parts.members_fields import ask_day
from pages.parts.members_words import period_words
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

_ADDED = "names-added"


def name_words(name: OtherNameLine) -> str:
    """`Lyngmo kulturhus (til 01.01.2026)`."""
    period = period_words(name.since, name.until)
    return f"{name.name} ({period})" if period else name.name


def edit_names(card: MemberCard) -> None:
    place = st.expander(t("Andre navn"), icon=":material/history:", key=f"names-{card.id}", on_change="rerun")
    if place.open:
        with place:
            for name in card.other_names:
                _ask_changes(name)
            _ask_new(card.id)


@st.fragment
def _ask_new(organisation_id: int) -> None:
    ctx = context()
    key = f"new-name-{organisation_id}-{st.session_state.get(_ADDED, 0)}"
    typed = _ask_name(key, None)
    if st.button(t("Legg til navnet"), type="primary", key=f"{key}-save"):
        with saying_errors():
            add_other_name(ctx, organisation_id, OtherName.checked(**typed))
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()


@st.fragment
def _ask_changes(name: OtherNameLine) -> None:
    ctx = context()
    key = f"name-{name.id}-{name.version}"
    with st.expander(escaped(name_words(name)), key=f"edit-{key}"):
        typed = _ask_name(key, name)
        with st.container(horizontal=True):
            if st.button(t("Lagre navnet"), key=f"{key}-save"):
                with saying_errors():
                    change_other_name(ctx, name.id, ChangedOtherName.checked(version=name.version, **typed))
                    st.rerun()
            if st.button(t("Det har aldri hett dette"), key=f"{key}-remove"):
                with saying_errors():
                    remove_other_name(ctx, name.id, version=name.version)
                    st.rerun()


def _ask_name(key: str, name: OtherNameLine | None) -> dict[str, str | NameKind | date | None]:
    kinds = {NameKind.FORMER: t("Het før"), NameKind.ALIAS: t("Kalles også")}
    written = st.text_input(
        t("Annet navn"), value=name.name if name else "", key=f"{key}-name", persist_state="session"
    )
    kind = st.segmented_control(
        t("Slags navn"),
        list(kinds),
        default=name.kind if name else NameKind.FORMER,
        format_func=kinds.__getitem__,
        key=f"{key}-kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    since = ask_day(t("Fra (kan stå tomt)"), key=f"{key}-since", value=name.since if name else None, stays=True)
    until = ask_day(t("Til (kan stå tomt)"), key=f"{key}-until", value=name.until if name else None, stays=True)
    return {"name": written or "", "kind": kind or NameKind.ALIAS, "since": since, "until": until}
