"""Whose turn it is: waiting for the other side, closing and reopening, each at a moment that can be put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from crm.cases.cards import CaseCard
from crm.cases.case_commands import close_case, reopen_case, stop_waiting_for_caller, wait_for_caller
from crm.context import Context
from crm.i18n import shown_moment, t
from pages.parts.moments import ask_moment
from streamlit_config.shell import saying_errors

Step = Callable[..., None]


def ask_next_step(ctx: Context, card: CaseCard) -> None:
    # The pauses belong to what is on the screen as the version does: waiting does not change the case's own row.
    place = f"{card.id}-{card.version}-{len(card.pauses)}-{card.waiting_since is not None}"
    if card.closed_at is not None:
        st.text(t("Lukket {moment}.", moment=shown_moment(card.closed_at, now=ctx.now)))
    elif card.waiting_since is not None:
        st.text(t("Vi venter på dem siden {moment}.", moment=shown_moment(card.waiting_since, now=ctx.now)))
    with st.container(horizontal=True, key=f"case-steps-{place}"):
        pressed = [step for label, step in _steps(card) if st.button(label, key=f"{step.__name__}-{place}")]
    with st.expander(t("Det skjedde tidligere"), key=f"case-when-{place}"):
        at = ask_moment(t("Når (tomt betyr nå)"), key=f"case-at-{place}")
    for step in pressed:
        _take(ctx, card, step, at)


def _steps(card: CaseCard) -> list[tuple[str, Step]]:
    if card.closed_at is not None:
        return [(t("Gjenåpne saken"), reopen_case)]
    waiting = (
        (t("Vent på dem"), wait_for_caller)
        if card.waiting_since is None
        else (t("Slutt å vente"), stop_waiting_for_caller)
    )
    return [waiting, (t("Lukk saken"), close_case)]


def _take(ctx: Context, card: CaseCard, step: Step, at: datetime | None) -> None:
    with saying_errors():
        step(ctx, card.id, at=at)
        st.rerun()
