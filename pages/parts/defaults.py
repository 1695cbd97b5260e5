"""What a choice begins with."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")


def begins_with(key: str, value: Value) -> Value:
    """`value`, the same for as long as the widget with this key stands on the screen.

    A default that follows what was chosen makes Streamlit draw a new widget, and the keyboard's place is lost with the old one.
    """
    remembered = f"default-{key}"
    if key not in st.session_state or remembered not in st.session_state:
        st.session_state[remembered] = value
    begun: Value = st.session_state[remembered]
    return begun
