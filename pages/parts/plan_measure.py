"""One line of the plan with its numbers, on the plan's page and at the top of its own."""

from __future__ import annotations

import streamlit as st

from crm.i18n import shown_number, t
from crm.periods import Quarter
from crm.plan.cards import MeasureProgress
from crm.plan.evidence_words import evidence_word
from crm.plan.rules import MonthVerdict, Status
from crm.plan.words import done, expected, month_name, part_done, remark, status_word
from crm.reports.figures import QuarterFigures, figure_lines
from pages.parts.plain import escaped
from pages.parts.plan_signs import SIGNS
from streamlit_config.navigation import go


def show_measure(measure: MeasureProgress, quarter: Quarter, figures: QuarterFigures) -> None:
    """The plan's words to the left, what is done to the right; on a telephone one under the other."""
    with st.container(border=True, key=f"measure-{measure.code}"):
        words, numbers = st.columns([5, 4], gap="medium")  # shell.css sets what stands in them close together
        with words:
            st.markdown(f":gray[{escaped(measure.code)}] &nbsp; **{escaped(measure.shown_text)}**")
            st.caption("  \n".join(escaped(line) for line in _when_and_who(measure)))
            show_reference(measure, quarter)
        with numbers:
            show_numbers(measure, quarter, figures)
            _show_way_on(measure, quarter)


def show_numbers(measure: MeasureProgress, quarter: Quarter, figures: QuarterFigures) -> None:
    show_status(measure.status)
    if measure.reading is None:
        st.caption(t("Ingen lesning gjaldt i dette kvartalet."))
        return
    said = [t("Forventet: {expected}", expected=expected(measure.reading.rule, quarter)), remark(measure.verdict)]
    st.caption("  \n".join(escaped(line) for line in said if line))
    if measure.status is Status.NOT_RECORDABLE:
        return
    lines = [*figure_lines(measure, figures), *_silence(measure), *_not_yet(measure)]
    shown = [*_months(measure), *_parts(measure), *(escaped(line) for line in lines)]
    if shown:
        st.markdown("  \n".join(shown))


def show_status(status: Status) -> None:
    icon, color = SIGNS[status]
    st.badge(status_word(status), icon=icon, color=color)


def _when_and_who(measure: MeasureProgress) -> list[str]:
    who = measure.reading.rule.responsible if measure.reading else ()
    lines = [t("Når: {when}", when=" · ".join(measure.shown_when))]
    return [*lines, t("Ansvar: {who}", who=", ".join(who))] if who else lines


def _show_way_on(measure: MeasureProgress, quarter: Quarter) -> None:
    """The number itself opens its records."""
    is_counted = measure.status is not Status.NOT_RECORDABLE and measure.reading is not None
    label = f"**{escaped(done(measure))}**" if is_counted else t("Les mer")
    icon = ":material/arrow_forward:"
    if st.button(label, icon=icon, icon_position="right", key=f"open-{measure.code}", type="tertiary", wrap=True):
        go("measure", kode=measure.code, kvartal=quarter.key)


def _not_yet(measure: MeasureProgress) -> list[str]:
    missing = ", ".join(evidence_word(kind) for kind in measure.not_offered)
    return [t("Kan ikke registreres ennå: {kinds}", kinds=missing)] if missing else []


def _months(measure: MeasureProgress) -> list[str]:
    return [" ".join(_month(month) for month in measure.verdict.months)] if measure.verdict.months else []


def _month(month: MonthVerdict) -> str:
    counted = "" if month.status in (Status.UPCOMING, Status.NOT_APPLICABLE) else f" {shown_number(month.done)}"
    return f"{escaped(month_name(month.month.number))}{counted} {_badge(month.status)}"


def _parts(measure: MeasureProgress) -> list[str]:
    return [f"{_badge(part.status)} {escaped(part_done(part))}" for part in measure.parts]


def _badge(status: Status) -> str:
    icon, color = SIGNS[status]
    return f":{color}-badge[{icon} {status_word(status)}]"


def _silence(measure: MeasureProgress) -> list[str]:
    limit = measure.reading.rule.target.quiet_days if measure.reading else None
    if measure.silence is None or limit is None:
        return []
    said = t("Lengste stille periode: {n} dager", n=shown_number(measure.silence))
    return [said + " · " + t("høyst {n} er appens forslag, ikke planens", n=shown_number(limit))]


def show_reference(measure: MeasureProgress, quarter: Quarter) -> None:
    """ "Se side 4" is a page of the paper; here it is the goal itself."""
    goal = measure.refers_to
    if goal and st.button(t("Se mål {n}", n=goal.removeprefix("M")), key=f"refers-{measure.code}", type="tertiary"):
        go("plan", maal=goal, kvartal=quarter.key)
