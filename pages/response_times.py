"""Svartid: how long press and members waited for the first human answer, quarter by quarter. Never by colleague."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.figures.cards import Source
from crm.i18n import t
from crm.periods import Quarter
from pages.parts.figures_data import QUARTERS_SHOWN, charts_up_to, times_up_to
from pages.parts.figures_quarter import say_how_it_is_counted, show_quarter
from pages.parts.figures_table import show_counts_table, show_times_table
from pages.parts.plan_quarter import asked_quarter, choose_quarter
from streamlit_config.shell import context

ctx = context()


def show(ctx: Context) -> None:
    st.title(t("Svartid"), anchor=False)
    quarter = asked_quarter(ctx)
    source = _ask_source()
    choose_quarter(quarter, first_year=2000, last_year=Quarter.at(ctx.now).year)
    exact_only = _ask_exactness()
    times = times_up_to(ctx, source, quarter, exact_only=exact_only)
    show_quarter(times[-1], source, exact_only=exact_only)
    st.header(t("Utvikling over {n} kvartaler", n=QUARTERS_SHOWN), anchor=False)
    show_times_table(times)
    show_counts_table(times, has_deadlines=source is Source.PRESS)
    say_how_it_is_counted()
    _show_charts(ctx, source, quarter, exact_only=exact_only)


def _ask_source() -> Source:
    """In the address, so that what is seen can be sent to somebody."""
    names = {Source.PRESS.value: t("Presse"), Source.SUPPORT.value: t("Medlemsstøtte")}
    asked = st.query_params.get("om", Source.PRESS.value)
    asked = asked if asked in names else Source.PRESS.value
    chosen = st.segmented_control(
        t("Hvem som ventet"),
        list(names),
        default=asked,
        format_func=names.__getitem__,
        key=f"source-{asked}",
        label_visibility="collapsed",
        required=True,
    )
    if chosen and chosen != asked:
        st.query_params["om"] = chosen
        st.rerun()
    return Source(asked)


def _ask_exactness() -> bool:
    asked = st.query_params.get("tider") == "eksakte"
    help_text = t("Tider som er satt i ettertid, er ofte anslag.")
    chosen = st.toggle(t("Utelat tider satt i ettertid"), value=asked, key=f"exact-{asked}", help=help_text)
    if chosen != asked:
        st.query_params["tider"] = "eksakte" if chosen else "alle"
        st.rerun()
    return asked


def _show_charts(ctx: Context, source: Source, quarter: Quarter, *, exact_only: bool) -> None:
    """Last, because a chart is what the browser waits longest for. The table above says the same in numbers."""
    for column, chart in zip(st.columns(2), charts_up_to(ctx, source, quarter, exact_only=exact_only), strict=True):
        alt = t("{title}, per kvartal. Tallene står i tabellen over.", title=chart["layout"]["title"]["text"])
        column.plotly_chart(
            chart, config={"displayModeBar": False}, key=f"chart-{chart['layout']['title']['text']}", alt=alt
        )


show(ctx)
