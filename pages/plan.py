"""The whole plan in its own words, and how far each line of it has come in one quarter."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from crm.context import Context
from crm.errors import NotFound
from crm.i18n import shown_moment, t, tn
from crm.plan.cards import GoalProgress, PlanProgress
from crm.plan.rules import Status
from crm.plan.words import status_word
from crm.reports.figures import QuarterFigures
from pages.parts.plain import escaped
from pages.parts.plan_data import figures_of_quarter, plan_of_quarter
from pages.parts.plan_measure import show_measure
from pages.parts.plan_quarter import asked_quarter, choose_quarter
from pages.parts.plan_signs import SIGNS
from streamlit_config.shell import context

ctx = context()


def show(ctx: Context) -> None:
    st.title(t("Planen"), anchor=False)
    quarter = asked_quarter(ctx)
    try:
        plan = plan_of_quarter(ctx, quarter)
    except NotFound:
        _say_there_is_none()
        return
    st.caption(escaped(f"{plan.title} · «{plan.motto}»"))
    choose_quarter(quarter, first_year=plan.first_year, last_year=plan.last_year)
    _show_summary(plan)
    chosen = _ask_goal(plan)
    figures = figures_of_quarter(ctx, quarter)
    for goal in plan.goals:
        if chosen in ("", goal.code):
            _show_goal(goal, plan, figures)
    _show_notes(plan)


def _say_there_is_none() -> None:
    st.info(t("Handlingsplanen er ikke tatt inn ennå. Det skjer når en administrator starter systemet første gang."))


def _show_summary(plan: PlanProgress) -> None:
    """How many measures stand where, and how much was recorded, each record once."""
    counted = Counter(measure.status for measure in plan.measures)
    with st.container(horizontal=True, gap="small", key="plan-summary"):
        for status in Status:
            if counted[status]:
                icon, color = SIGNS[status]
                st.badge(f"{counted[status]} {status_word(status).lower()}", icon=icon, color=color)
    records = tn("{n} registrering teller i kvartalet", "{n} registreringer teller i kvartalet", plan.records)
    once = t("hver er regnet én gang, også når den teller for flere tiltak")
    st.caption(f"{records}; {once}. {t('Lest {moment}.', moment=shown_moment(plan.read_at))}")


def _ask_goal(plan: PlanProgress) -> str:
    """One goal or, "", all of them; in the address like the quarter."""
    names = {"": t("Hele planen")} | {goal.code: _goal_name(goal) for goal in plan.goals}
    asked = st.query_params.get("maal", "")
    chosen = st.segmented_control(
        t("Mål"),
        list(names),
        default=asked if asked in names else "",
        format_func=names.__getitem__,
        key=f"goal-{asked}",
        label_visibility="collapsed",
    )
    if chosen is not None and chosen != asked and (asked in names):
        st.query_params["maal"] = chosen
        st.rerun()
    return asked if asked in names else ""


def _goal_name(goal: GoalProgress) -> str:
    return f"{goal.code.removeprefix('M')} {goal.name[:1].upper()}{goal.name[1:]}"


def _show_goal(goal: GoalProgress, plan: PlanProgress, figures: QuarterFigures) -> None:
    number, _, name = _goal_name(goal).partition(" ")
    st.header(t("Mål {number}: {name}", number=number, name=name), anchor=goal.code.lower(), divider="gray")
    if goal.subtitle:
        st.markdown(f"*{escaped(goal.subtitle)}*")
    st.markdown("\n".join(f"- {escaped(words)}" for words in goal.sub_goals))
    if goal.heading:
        st.subheader(escaped(goal.heading), anchor=False)
    for measure in goal.measures:
        show_measure(measure, plan.quarter, figures)


def _show_notes(plan: PlanProgress) -> None:
    with st.expander(t("Om gjengivelsen av planen"), icon=":material/info:"):
        for note in plan.notes:
            st.markdown(f"**{escaped(note.about)}.** {escaped(note.text)}")
        st.markdown(f"**{t('Rettede skrivefeil.')}** {t('Planens egne ord er bevart; disse er rettet i visningen:')}")
        corrections = (
            f"- «{escaped(c.words)}» → «{escaped(c.corrected)}» ({escaped(c.where)})" for c in plan.corrections
        )
        st.markdown("\n".join(corrections))


show(ctx)
