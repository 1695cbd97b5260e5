"""The plan's next dates, each leading to its measure."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import sentence, shown_date, t, tn
from crm.plan.coming import ComingDate, DateKind
from crm.plan.coming_queries import next_dates
from pages.parts.plain import escaped
from pages.parts.rows import show_rows


def show_plan_deadlines(ctx: Context) -> None:
    st.header(t("Planens neste frister"), anchor=False)
    coming = next_dates(ctx)
    if not coming:
        st.caption(t("Planen har ingen frister det neste halvåret."))
        return
    rows = {row.code: _label(row, ctx.today) for row in reversed(coming)}
    show_rows(t("Planens neste frister"), dict(reversed(rows.items())), opens="measure")


def _label(row: ComingDate, today: date) -> str:
    what = escaped(f"{row.about}: {row.unit}" if row.about else sentence(row.unit))
    return f"**{escaped(_when(row, today))}** · {what} :small[{row.code}]"


def _when(row: ComingDate, today: date) -> str:
    if row.kind is DateKind.DEADLINE:
        left = (row.day - today).days
        near = t("i dag") if left == 0 else tn("om {n} dag", "om {n} dager", left)
        return f"{shown_date(row.day, style='brief')}, {near}"
    if row.begins > today:
        return t(
            "{begins}–{ends}", begins=shown_date(row.begins, style="brief"), ends=shown_date(row.day, style="brief")
        )
    return t("innen {day}", day=shown_date(row.day, style="brief"))
