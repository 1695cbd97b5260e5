"""A part that is drawn only while it is open, and stays open when its title changes."""

from __future__ import annotations

from typing import Any

import streamlit as st


def fold(title: str, *, key: str, begins_open: bool = False) -> Any:
    """An expander; ask its `open`. To Streamlit another title is another expander, which would close under the user's hands."""
    place = f"fold-{key}"
    before, began, was_open = st.session_state.get(place, (title, begins_open, begins_open))
    begins = began if before == title else was_open
    drawn = st.expander(title, expanded=begins, key=key, on_change="rerun")
    st.session_state[place] = (title, begins, drawn.open)
    return drawn
