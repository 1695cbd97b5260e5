"""A pile of what waits: a few rows that open their record, and the way to all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from crm.agenda.queries import Pile, Waiting
from crm.i18n import shown_number, t
from pages.parts.plain import escaped
from pages.parts.rows import show_rows
from streamlit_config.navigation import go


def show_pile(
    title: str, pile: Pile, *, opens: str, when: Callable[[Waiting], str], empty: str, everything: str
) -> None:
    """`when` says the time as this pile means it (frist, alder, dato); `everything` is the key of the screen with all."""
    heading = f"{escaped(title)} ({shown_number(pile.count)})" if pile.count else escaped(title)
    st.header(heading, anchor=False)
    if not pile.shown:
        st.caption(empty)
        return
    show_rows(title, {row.record_id: _label(row, when(row)) for row in pile.shown}, opens=opens)
    if pile.count > len(pile.shown) and st.button(t("Vis alle"), key=f"all-{everything}", type="tertiary"):
        go(everything)


@lru_cache(maxsize=1024)  # the first screen says the same twenty rows again and again
def _label(waiting: Waiting, when: str) -> str:
    small = " · ".join(escaped(fact) for fact in (waiting.responsible, f"#{waiting.record_id}") if fact)
    return f"**{escaped(when)}** · {escaped(_shortened(waiting.title))}  \n:small[{small}]"


def _shortened(title: str, at_most: int = 110) -> str:
    return title if len(title) <= at_most else title[: at_most - 1].rstrip() + "…"
