"""A pile of what waits: a few rows that open their record, and the way to all of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from crm.agenda.queries import Pile, Waiting
from crm.i18n import t
from pages.parts.plain import escaped
from streamlit_config.navigation import go


def show_pile(title: str, pile: Pile, *, when: Callable[[Waiting], str], empty: str, everything: str) -> None:
    """`when` says the time as this pile means it (frist, alder, dato); `everything` is the key of the screen with all."""
    with st.container(border=True):
        heading = f"{escaped(title)} ({pile.count})" if pile.count else escaped(title)
        st.subheader(heading, anchor=False)
        if not pile.shown:
            st.caption(empty)
        for waiting in pile.shown:
            _show(waiting, when(waiting))
        if pile.count > len(pile.shown) and st.button(t("Vis alle"), key=f"all-{everything}", type="tertiary"):
            go(everything)


def _show(waiting: Waiting, when: str) -> None:
    label = f"**{escaped(when)}** · {escaped(_shortened(waiting.title))}"
    if waiting.responsible:
        label += f" · :gray[{escaped(waiting.responsible)}]"
    if st.button(label, key=f"open-{waiting.record}-{waiting.record_id}", type="tertiary", width="content", wrap=True):
        go(waiting.record, id=waiting.record_id)


def _shortened(title: str, at_most: int = 90) -> str:
    return title if len(title) <= at_most else title[: at_most - 1].rstrip() + "…"
