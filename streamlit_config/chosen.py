"""What is chosen in a list, when its words change with the language.

The browser holds a choice by its words. Without this it would show, and send back, words that are no longer among the options: the
hit that was taken for a caller would be let go.
"""

from __future__ import annotations

import streamlit as st


def keep_what_is_chosen(*, but: str) -> None:
    """Sets each value anew, so that the next run tells the browser. Buttons and files cannot be set; a yes or no has no words."""
    for key, value in st.session_state.items():
        values = value if isinstance(value, list) else [value]
        if key != but and values and all(isinstance(one, str | int) and not isinstance(one, bool) for one in values):
            st.session_state[key] = value
