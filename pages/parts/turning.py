"""The buttons below a list that turn its pages. Where a page begins stands in the address, beside the filters."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t


def turn_pages(following: int | None, preceding: int | None, *, name: str) -> None:
    with st.container(horizontal=True, key=f"{name}-pages"):
        if preceding is not None and st.button(t("Forrige side"), key="preceding"):
            _turn(foran=preceding)
        if following is not None and st.button(t("Neste side"), key="following"):
            _turn(etter=following)


def begin_anew_when_changed(wanted: object, *, name: str) -> None:
    """Before the list is asked for. A page of the old list means nothing in the new one; a link opened fresh keeps its page."""
    key = f"{name}-filter-seen"
    if key in st.session_state and st.session_state[key] != wanted:
        for place in ("etter", "foran"):
            st.query_params.pop(place, None)
    st.session_state[key] = wanted


def _turn(**place: int) -> None:
    for name in ("etter", "foran"):
        st.query_params.pop(name, None)
    st.query_params.update({name: str(record) for name, record in place.items()})
    st.rerun()
