"""From a house's or a person's own page: choose the other one that is the same."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.merging.duplicate_queries import Lookalike, find_other_organisations, find_other_persons
from pages.parts.merging_words import KINDS, PERSONS
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context


def offer_merge(record_id: int, *, is_person: bool = False) -> None:
    with st.expander(t("Slå sammen med en annen"), icon=":material/merge:", key=f"merge-with-{record_id}"):
        _choose_other(record_id, is_person=is_person)


@st.fragment
def _choose_other(record_id: int, *, is_person: bool) -> None:
    ctx = context()
    key = f"{'person' if is_person else 'organisation'}-{record_id}"
    typed = st.text_input(t("Hvem er den samme?"), key=f"other-{key}", live="150ms") or ""
    look = find_other_persons if is_person else find_other_organisations
    found = {one.id: one for one in look(ctx, record_id, typed)}
    if not found:
        if typed.strip():
            st.caption(t("Ingen passer med dette."))
        return
    chosen = st.radio(
        t("Velg den andre"), list(found), format_func=lambda each: _words(found[each]), key=f"hits-{key}-{typed}"
    )
    if st.button(t("Legg side ved side"), key=f"beside-{key}"):
        go("merge", id=record_id, med=chosen, slag=PERSONS if is_person else KINDS[0])


def _words(one: Lookalike) -> str:
    return escaped(f"{one.name}, {one.where}" if one.where else one.name)
