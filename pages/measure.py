"""One line of the plan: its own words, how we read them, and the records behind its number."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.errors import NotFound
from crm.i18n import t
from crm.permissions import Permission
from crm.plan.cards import MeasureProgress, PlanProgress
from crm.plan.rules import Status
from pages.parts.plain import escaped
from pages.parts.plan_data import figures_of_quarter, plan_of_quarter
from pages.parts.plan_measure import show_numbers, show_reference
from pages.parts.plan_quarter import asked_quarter, choose_quarter
from pages.parts.plan_reading import revise_in_place, show_reading, show_words
from pages.parts.plan_records import show_records
from streamlit_config.navigation import go
from streamlit_config.shell import context

ctx = context()


def show(ctx: Context) -> None:
    quarter = asked_quarter(ctx)
    try:
        plan = plan_of_quarter(ctx, quarter)
    except NotFound:
        go("plan")
    measure = plan.measure(st.query_params.get("kode", ""))
    if measure is None:
        go("plan", kvartal=quarter.key)
    _show_head(plan, measure)
    with st.container(border=True, gap="xsmall"):
        show_numbers(measure, quarter, figures_of_quarter(ctx, quarter))
    if measure.status is not Status.NOT_RECORDABLE and measure.reading is not None:
        show_records(ctx, measure, quarter)
    show_words(measure, plan.corrections)
    show_reading(measure)
    if measure.reading is not None and ctx.may(Permission.CHANGE_SETTINGS):
        revise_in_place(ctx, measure, measure.reading)


def _show_head(plan: PlanProgress, measure: MeasureProgress) -> None:
    goal = next(goal for goal in plan.goals if goal.code == measure.goal_code)
    label = t("Mål {number}: {name}", number=goal.code.removeprefix("M"), name=goal.name[:1].upper() + goal.name[1:])
    if st.button(label, icon=":material/arrow_back:", type="tertiary", key="to-plan"):
        go("plan", maal=goal.code, kvartal=plan.quarter.key)
    st.title(t("Tiltak {code}", code=measure.code), anchor=False)
    st.header(escaped(measure.shown_text), anchor=False)
    show_reference(measure, plan.quarter)
    choose_quarter(plan.quarter, first_year=plan.first_year, last_year=plan.last_year)


show(ctx)
