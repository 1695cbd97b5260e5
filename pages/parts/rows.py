"""A list that opens its records: one element however many rows, one stop for Tab, arrows within, Enter or a click opens.

Fifty buttons cost 13 ms a rerun, fifty rows of one group of choices one; see docs/decisions for what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts.plain import escaped
from streamlit_config.navigation import go


def row_label(title: str, text: str, facts: Sequence[str], *, number: int, badge: str = "") -> str:
    """Markdown of one row: who and what on the first line, the rest small on the second.

    `facts` are shown as they are typed; `badge` is Markdown of our own, such as `:orange-badge[åpen]`. The record's `number`
    makes two rows with the same words two.
    """
    small = " · ".join(escaped(fact) for fact in (*facts, f"#{number}") if fact)
    about = f" · {escaped(text)}" if text else ""
    return f"**{escaped(title)}**{about}  \n{badge} :small[{small}]"


def open_chosen_row(opens: str, *, name: str = "id") -> None:
    """First on the page, before anything is asked: a click on a row costs no list.

    What was clicked is read here by the labels it was drawn with; a moment later the clocks in them have moved on.
    """
    chosen = st.session_state.get(_key(opens))
    if chosen is not None:
        _visits()[opens] = _visits().get(opens, 0) + 1
        go(opens, **{name: chosen})


def show_rows(label: str, rows: Mapping[int, str] | Mapping[str, str], *, opens: str) -> None:
    """`rows`: the label of each record by its id or code, in order. `opens` is the key of the record's screen, such as `case`."""
    st.pills(
        label,
        list(rows),
        format_func=rows.__getitem__,
        key=_key(opens),
        label_visibility="collapsed",
        width="stretch",
    )


def _key(opens: str) -> str:
    """`shell.css` and `shell.js` know a list of rows by this name.

    Another one after each visit, or the row opened last would open again on the way back.
    """
    return f"rows-{opens}-{_visits().get(opens, 0)}"


def _visits() -> dict[str, int]:
    """How often each kind was opened. In one place, since Streamlit takes long to say that something is not in the session."""
    found: dict[str, int] = st.session_state.setdefault("row-visits", {})
    return found
