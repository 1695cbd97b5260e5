"""The numbers of a chart as a table that can be read aloud and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from crm.figures.cards import QuarterTimes
from crm.figures.rules import is_few
from crm.figures.words import share_text
from crm.i18n import shown_duration, shown_number, shown_working_time, t, tn

Column = tuple[str, Callable[[QuarterTimes], str]]


def show_times_table(quarters: Sequence[QuarterTimes]) -> None:
    """Newest first. Both clocks in every cell that measures time; few answers are marked."""
    _show(
        quarters,
        (t("Svar"), _answers),
        (t("Median"), lambda times: _both(times.working.median, times.wall.median)),
        (t("90-persentil"), lambda times: _both(times.working.ninetieth, times.wall.ninetieth)),
    )
    st.caption(
        t(
            "Tidene er arbeidstid / kalendertid. * betyr færre enn fem svar: de er enkelttilfeller og sier lite om helheten."
        )
    )


def show_counts_table(quarters: Sequence[QuarterTimes], *, has_deadlines: bool) -> None:
    columns: list[Column] = [(t("Mottatt"), _received)]
    if has_deadlines:
        columns.append((t("Før fristen"), lambda times: share_text(times.before_deadline, times.with_deadline)))
    _show(quarters, *columns, (t("Uten svar"), lambda times: shown_number(times.unanswered)))


def _show(quarters: Sequence[QuarterTimes], *columns: Column) -> None:
    """Only our own words and numbers stand in it, so Markdown is safe here."""
    head = "| " + " | ".join([t("Kvartal"), *(name for name, _ in columns)]) + " |"
    rule = "|" + "---|" * (len(columns) + 1)
    rows = [
        "| " + " | ".join([_short(times), *(show(times) for _, show in columns)]) + " |" for times in reversed(quarters)
    ]
    st.markdown("\n".join([head, rule, *rows]))


def _short(times: QuarterTimes) -> str:
    """`K4 2026`: a whole table must fit on a telephone."""
    return t("K{number} {year}", number=times.quarter.number, year=times.quarter.year).replace(" ", "\u00a0")


def _received(times: QuarterTimes) -> str:
    """Withdrawn ones stand apart: they are in no other number."""
    n = shown_number(times.received)
    return f"{n} ({tn('+ {n} trukket', '+ {n} trukket', times.withdrawn)})" if times.withdrawn else n


def _answers(times: QuarterTimes) -> str:
    n = len(times.waits)
    return f"{shown_number(n)}\\*" if is_few(n) else shown_number(n)


def _both(working: timedelta | None, wall: timedelta | None) -> str:
    return "–" if working is None or wall is None else f"{shown_working_time(working)} / {shown_duration(wall)}"
