"""The figures of waiting and their charts, kept until something is written or the minute is over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.figures.cards import QuarterTimes, Source
from crm.figures.queries import response_times
from crm.i18n import language, t
from crm.periods import Quarter
from pages.parts.charts import Chart, Clock, waiting_chart
from pages.parts.plan_data import Key, data_key

QUARTERS_SHOWN = 8  # two years: the same quarter a year before is on the chart


def times_up_to(ctx: Context, source: Source, quarter: Quarter, *, exact_only: bool) -> tuple[QuarterTimes, ...]:
    """The quarter and the seven before it, the oldest first."""
    return _times(ctx, data_key(ctx), source.value, quarter.key, exact_only)


def charts_up_to(ctx: Context, source: Source, quarter: Quarter, *, exact_only: bool) -> Sequence[Chart]:
    """One for each clock, always both."""
    return _charts(ctx, data_key(ctx), language(), source.value, quarter.key, exact_only)


@st.cache_data(show_spinner=False, max_entries=100)
def _times(_ctx: Context, key: Key, source: str, quarter: str, exact_only: bool) -> tuple[QuarterTimes, ...]:  # noqa: ARG001 - what it is kept under
    last = Quarter.parse(quarter)
    quarters = [last]
    while len(quarters) < QUARTERS_SHOWN:
        quarters.insert(0, quarters[0].previous)
    return response_times(_ctx, Source(source), quarters, exact_only=exact_only)


@st.cache_data(show_spinner=False, max_entries=100)
def _charts(_ctx: Context, key: Key, said_in: str, source: str, quarter: str, exact_only: bool) -> list[Chart]:  # noqa: ARG001 - what it is kept under
    times = _times(_ctx, key, source, quarter, exact_only)
    return [
        waiting_chart(times, clock=Clock.WORKING, title=t("Arbeidstid til første svar")),
        waiting_chart(times, clock=Clock.WALL, title=t("Kalendertid til første svar")),
    ]
