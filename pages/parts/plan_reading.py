"""The plan's own words, our reading of them, and changing the reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.plan.cards import MeasureProgress, ReadingCard
from crm.plan.commands import revise_reading
from crm.plan.evidence_words import evidence_word
from crm.plan.forms import Cadence, NewReading, Rule
from crm.plan.source import Correction
from crm.plan.words import cadence_word, month_name
from pages.parts import plan_reasons as plan_reasons
from pages.parts.moments import LAST_DAY
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


def show_words(measure: MeasureProgress, corrections: Sequence[Correction]) -> None:
    """Letter for letter; what was put right in the screens is named beside it."""
    st.header(t("Planens egne ord"), anchor=False)
    st.markdown(f"> {escaped(measure.text)}")
    lines = [t("Når skjer det: {words}", words=" · ".join(measure.when))]
    if measure.responsible_words:
        lines.append(t("Ansvar: {who}", who=" · ".join(measure.responsible_words)))
    if measure.sub_goal:
        lines.append(t("Delmål: {words}", words=measure.sub_goal))
    letters = "\n".join((measure.text, *measure.when, *measure.responsible_words))
    misprints = [f"«{c.words}» → «{c.corrected}»" for c in corrections if c.words in letters]
    if misprints:
        lines.append(t("Rettet i visningen: {misprints}", misprints=", ".join(misprints)))
    st.caption("  \n".join(escaped(line) for line in lines))


def show_reading(measure: MeasureProgress) -> None:
    if measure.reading is None:
        return
    rule = measure.reading.rule
    st.header(t("Slik leser vi det"), anchor=False)
    st.markdown(escaped(rule.reasoning))
    counts = ", ".join(evidence_word(kind) for kind in rule.evidence)
    lines = [t("Rytme: {rhythm}", rhythm=cadence_word(rule.cadence)), t("Det som teller: {kinds}", kinds=counts)]
    lines += [f"{arena.name}: {arena.note}" for arena in rule.arenas]
    if rule.target.exception_months:
        months = ", ".join(month_name(number) for number in rule.target.exception_months)
        lines.append(t("Unntak: {months}", months=months))
    lines.append(t("Lesningen gjelder fra {day}.", day=shown_date(measure.reading.since)))
    st.caption("  \n".join(escaped(line) for line in lines))


def revise_in_place(ctx: Context, measure: MeasureProgress, reading: ReadingCard) -> None:
    """For an administrator. What was judged before the chosen day stays judged as it was."""
    key = f"{reading.id}-{reading.version}"
    with st.expander(t("Endre lesningen"), icon=":material/edit:", key=f"revise-{key}"), st.form(f"reading-{key}"):
        typed = _ask(reading.rule, key)
        typed["since"] = st.date_input(
            t("Gjelder fra"),
            value=reading.since,
            format="DD.MM.YYYY",
            key=f"since-{key}",
            min_value=reading.since,
            max_value=LAST_DAY,
        )
        if st.form_submit_button(t("Lagre lesningen"), type="primary"):
            with saying_errors():
                revised = NewReading.checked(**_unchanged(reading.rule), **typed)
                revise_reading(ctx, measure.code, revised, based_on=reading.id, version=reading.version)
                st.rerun()


def _ask(rule: Rule, key: str) -> dict[str, Any]:
    """The fields people change; kinds of evidence, windows and occasions stay as they are."""
    typed: dict[str, Any] = {}
    if rule.minimum is not None:
        least, most = st.columns(2)
        typed["minimum"] = least.number_input(t("Minst"), 1, 1000, rule.minimum, key=f"minimum-{key}")
        typed["maximum"] = most.number_input(
            t("Høyst (tomt: ingen grense)"), 1, 1000, rule.maximum, key=f"maximum-{key}"
        )
    target = rule.target.model_dump()
    if rule.cadence is Cadence.MONTHLY:
        target["exception_months"] = st.multiselect(
            t("Unntaksmåneder"), range(1, 13), rule.target.exception_months, format_func=month_name, key=f"months-{key}"
        )
    who = st.text_input(t("Ansvar (flere skilles med komma)"), ", ".join(rule.responsible), key=f"who-{key}")
    reasoning = st.text_area(t("Begrunnelse"), rule.reasoning, key=f"reasoning-{key}", height=160)
    names = tuple(name.strip() for name in who.split(",") if name.strip())
    return {**typed, "target": target, "responsible": names, "reasoning": reasoning}


def _unchanged(rule: Rule) -> dict[str, Any]:
    fields = {"cadence", "unit", "units", "windows", "arenas", "evidence"}
    kept = {field: getattr(rule, field) for field in fields}
    return kept if rule.minimum is not None else kept | {"minimum": None, "maximum": None}
