"""The plan's numbers for a quarter, kept until something is written or the minute is over."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.figures.queries import press_quarter, support_quarter
from crm.periods import Quarter
from crm.plan.cards import PlanProgress
from crm.plan.queries import progress
from crm.reports.figures import QuarterFigures

Key = tuple[str, int, str, int]


def data_key(ctx: Context) -> Key:
    """Kept for all users of the same role: which database, its version, the role, and the minute (an open case grows older)."""
    return ctx.database.url, ctx.data_version(), ctx.actor.role.value, int(ctx.now.timestamp()) // 60


def plan_of_quarter(ctx: Context, quarter: Quarter) -> PlanProgress:
    return _plan(ctx, data_key(ctx), quarter.key)


def figures_of_quarter(ctx: Context, quarter: Quarter) -> QuarterFigures:
    return _figures(ctx, data_key(ctx), quarter.key)


@st.cache_data(show_spinner=False, max_entries=100)
def _plan(_ctx: Context, key: Key, quarter: str) -> PlanProgress:  # noqa: ARG001 - what it is kept under
    return progress(_ctx, Quarter.parse(quarter))


@st.cache_data(show_spinner=False, max_entries=100)
def _figures(_ctx: Context, key: Key, quarter: str) -> QuarterFigures:  # noqa: ARG001 - what it is kept under
    found = Quarter.parse(quarter)
    return QuarterFigures(support_quarter(_ctx, found), press_quarter(_ctx, found))
