"""The records behind a measure's number, each a step from its own screen."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.periods import Quarter
from crm.permissions import Permission
from crm.plan.cards import MeasureProgress, RecordRow
from crm.plan.evidence_words import evidence_word
from crm.plan.queries import records_behind
from crm.plan.words import done, quarter_name
from pages.parts.plain import escaped
from streamlit_config.navigation import SCREENS, go

OLDER = "eldre"  # where the next page of the list begins, in the address


def show_records(ctx: Context, measure: MeasureProgress, quarter: Quarter) -> None:
    before = st.query_params.get(OLDER)
    page = records_behind(ctx, measure.code, quarter, before=before)
    st.header(t("{counted} i {quarter}", counted=done(measure), quarter=quarter_name(quarter)), anchor=False)
    if not page.rows:
        st.caption(t("Ingenting er registrert i dette kvartalet."))
    for row in page.rows:
        _show_row(ctx, row)
    with st.container(horizontal=True):
        if before and st.button(t("Til de nyeste"), key="newest-records"):
            go("measure", kode=measure.code, kvartal=quarter.key)
        if page.before and st.button(t("Vis eldre"), key=f"older-{page.before}"):
            go("measure", kode=measure.code, kvartal=quarter.key, eldre=page.before)


def _show_row(ctx: Context, row: RecordRow) -> None:
    """A reader of figures sees that it was, when, and what it counts for; not what it was about."""
    # A meeting without a title of its own bears the body's name.
    what = " · ".join(dict.fromkeys(part for part in (row.organisation, _first_words(row.title)) if part)) or _kinds(
        row
    )
    key = f"{row.record}-{row.record_id}"
    with st.container(key=f"record-{key}", gap="xxsmall"):
        said = f"{shown_date(row.at)} · {what}"
        if not ctx.may(Permission.SEE_RECORDS) or row.record not in SCREENS:
            st.text(said)
        elif st.button(escaped(said), key=f"open-{key}", type="tertiary", wrap=True):
            go(row.record, id=row.record_id)
        st.caption(escaped(_counts_for(row)))


def _kinds(row: RecordRow) -> str:
    words = ", ".join(evidence_word(kind) for kind in row.kinds)
    return words[:1].upper() + words[1:]


def _counts_for(row: RecordRow) -> str:
    others = t("teller også for {codes}", codes=", ".join(row.also_counts_for)) if row.also_counts_for else ""
    return " · ".join(part for part in (_kinds(row), others) if part)


def _first_words(title: str, at_most: int = 90) -> str:
    line = " ".join(title.split())
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"
