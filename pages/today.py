"""I dag: what waits for the one who has just sat down."""

from __future__ import annotations

import streamlit as st

from crm.agenda.queries import Waiting, what_waits
from crm.context import Context
from crm.i18n import sentence, shown_date, shown_moment, t
from crm.periods import iso_week
from crm.permissions import Permission
from crm.tasks.rules import day_of
from pages.parts.plan_deadlines import show_plan_deadlines
from pages.parts.rows import open_chosen_row
from pages.parts.tasks_words import due_words
from pages.parts.waiting import show_pile
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    for record in ("case", "inquiry", "meeting", "task"):
        open_chosen_row(record)
    open_chosen_row("measure", name="kode")
    st.title(t("I dag"), anchor=False)
    st.caption(
        t("{day} · uke {week}", day=sentence(shown_date(ctx.now, style="long")), week=iso_week(ctx.today).number)
    )
    # Draws the screen once more, with what colleagues have saved since.
    st.button(t("Oppdater"), icon=":material/refresh:", type="tertiary", key="refresh")
    if not ctx.may(Permission.SEE_RECORDS):
        show_plan_deadlines(ctx)
        return
    waiting = what_waits(ctx)
    work, calendar = st.columns([3, 2], gap="medium")
    with work:
        show_pile(
            t("Mediehenvendelser som venter på svar"),
            waiting.inquiries,
            opens="inquiry",
            when=lambda row: _deadline(ctx, row),
            empty=t("Ingen venter. Når en journalist ringer: «Ny mediehenvendelse», øverst."),
            everything="inquiries",
        )
        show_pile(
            t("Åpne saker, de eldste først"),
            waiting.cases,
            opens="case",
            when=lambda row: t("siden {moment}", moment=_moment(ctx, row)),
            empty=t("Ingen åpne saker. Når et medlem ringer: «Ny henvendelse», øverst."),
            everything="cases",
        )
    with calendar:
        show_pile(
            t("Oppgavene mine"),
            waiting.tasks,
            opens="task",
            when=lambda row: due_words(ctx, day_of(row.at)),
            empty=t("Ingen oppgaver venter."),
            everything="tasks",
        )
        show_pile(
            t("Møter denne uken"),
            waiting.meetings,
            opens="meeting",
            when=lambda row: _moment(ctx, row),
            empty=t("Ingen møter denne uken."),
            everything="networks",
        )
        show_plan_deadlines(ctx)


def _moment(ctx: Context, row: Waiting) -> str:
    return shown_moment(row.at, now=ctx.now) if row.at else ""


def _deadline(ctx: Context, row: Waiting) -> str:
    if row.at is None:
        return t("uten frist")
    moment = _moment(ctx, row)
    return t("frist passert {moment}", moment=moment) if row.at < ctx.now else t("frist {moment}", moment=moment)


main()
