"""Taking away what was entered by mistake, as another thing than what is over or old."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t


def is_to_be_removed(question: str, *, key: str) -> bool:
    """Two presses: the first only asks. `question` is Markdown; `key` holds the record's id and version."""
    asked = f"{key}-remove-asked"
    if not st.session_state.get(asked):
        if st.button(t("Fjern – var aldri riktig"), type="tertiary", icon=":material/delete:", key=f"{key}-remove"):
            st.session_state[asked] = True
            st.rerun()
        return False
    st.warning(question)
    with st.container(horizontal=True):
        is_sure = st.button(t("Ja, fjern"), type="primary", key=f"{key}-remove-yes")
        if st.button(t("Nei, behold"), key=f"{key}-remove-no"):
            del st.session_state[asked]
            st.rerun()
    return is_sure
