"""The quarter looked at. It stands in the address, so that what is seen can be sent to somebody."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from crm.context import Context
from crm.i18n import local, t
from crm.periods import Quarter
from crm.plan.words import quarter_name

QUERY = "kvartal"


def asked_quarter(ctx: Context) -> Quarter:
    """`?kvartal=2026-K4`; the current one when it is missing or nonsense."""
    try:
        return Quarter.parse(st.query_params.get(QUERY, ""))
    except ValueError:
        return Quarter.of(local(ctx.now).date())


def choose_quarter(quarter: Quarter, *, first_year: int, last_year: int) -> None:
    """One back, one forward, within the plan's years."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choose-quarter"):
        _step(t("Forrige"), quarter.previous, icon="chevron_left", may=quarter.previous.year >= first_year)
        st.header(quarter_name(quarter), anchor=False, width="content")
        _step(t("Neste"), quarter.next, icon="chevron_right", may=quarter.next.year <= last_year)


def _step(label: str, quarter: Quarter, *, icon: Literal["chevron_left", "chevron_right"], may: bool) -> None:
    side: Literal["left", "right"] = "left" if icon == "chevron_left" else "right"
    if st.button(
        label,
        icon=f":material/{icon}:",
        icon_position=side,
        disabled=not may,
        help=quarter_name(quarter),
        key=f"quarter-{side}",
        type="tertiary",
    ):
        st.query_params[QUERY] = quarter.key
        st.rerun()
