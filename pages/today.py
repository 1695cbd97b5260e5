"""I dag: what waits for the one who has just sat down."""

from __future__ import annotations

import streamlit as st

from crm.agenda.queries import Waiting, what_waits
from crm.i18n import local, shown_date, shown_moment, t
from crm.periods import iso_week
from crm.permissions import Permission
from pages.parts.plan_deadlines import show_plan_deadlines
from pages.parts.waiting import show_pile
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    st.title(t("I dag"), anchor=False)
    st.caption(
        t(
            "{day} · uke {week}",
            day=shown_date(ctx.now, style="long").capitalize(),
            week=iso_week(local(ctx.now).date()).number,
        )
    )
    if ctx.may(Permission.SEE_RECORDS):
        waiting = what_waits(ctx)

        def deadline(row: Waiting) -> str:
            if row.at is None:
                return t("uten frist")
            said = shown_moment(row.at, now=ctx.now)
            return t("frist passert {moment}", moment=said) if row.at < ctx.now else t("frist {moment}", moment=said)

        show_pile(
            t("Mediehenvendelser som venter på svar"),
            waiting.inquiries,
            when=deadline,
            empty=t("Ingen venter. Når en journalist ringer: trykk M."),
            everything="inquiries",
        )
        show_pile(
            t("Åpne saker, de eldste først"),
            waiting.cases,
            when=lambda row: t("siden {moment}", moment=shown_moment(row.at, now=ctx.now)),
            empty=t("Ingen åpne saker. Når et medlem ringer: trykk N."),
            everything="cases",
        )
        show_pile(
            t("Møter denne uken"),
            waiting.meetings,
            when=lambda row: shown_moment(row.at, now=ctx.now),
            empty=t("Ingen møter denne uken."),
            everything="networks",
        )
    show_plan_deadlines(ctx)


main()
