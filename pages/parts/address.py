"""A filter that stands in the address: a link brings it along, and what is chosen on the screen changes the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from crm.i18n import t

Value = TypeVar("Value")


def follow_address(name: str, *, key: str, read: Callable[[str], Value]) -> None:
    """Before the widget with that key: where the address says something new, the widget says it too.

    `read` makes the widget's value of the address's word, "" when there is none.
    """
    said = st.query_params.get(name, "")
    if key not in st.session_state or st.session_state.get(_seen(key)) != said:
        st.session_state[key] = read(said)


def tell_address(name: str, word: str, *, key: str) -> bool:
    """After the widget. True when something else was chosen than the address said: whoever turns pages begins anew."""
    said = st.query_params.get(name, "")
    st.session_state[_seen(key)] = word
    if word == said:
        return False
    if word:
        st.query_params[name] = word
    else:
        st.query_params.pop(name, None)
    return True


def choose_in_address(
    name: str, label: str, names: Mapping[str, str], *, everything: str, key: str, width: int = 210, place: Any = st
) -> str:
    """One of the words in `names`, or "" for all of them. The word stands in the address, so that the link means the same in
    another language."""
    follow_address(name, key=key, read=lambda word: word if word in names else "")
    said = {"": everything, **names}
    chosen = place.selectbox(label, list(said), format_func=said.__getitem__, key=key, width=width) or ""
    tell_address(name, chosen, key=key)
    return str(chosen)


def words_in_address(placeholder: str, *, key: str, width: int = 352) -> str:
    """What a list is searched for, while one types."""
    follow_address("sok", key=key, read=lambda word: word[:200])
    typed = st.text_input(t("Søk"), key=key, placeholder=placeholder, max_chars=200, live="300ms", width=width)
    words = (typed or "").strip()
    tell_address("sok", words, key=key)
    return words


def number_in_address(name: str) -> int | None:
    """An id out of the address; None when it is missing, or no number a database could hold."""
    word = st.query_params.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 18 else None


def _seen(key: str) -> str:
    return f"{key}-in-address"
