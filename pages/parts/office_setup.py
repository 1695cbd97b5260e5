"""Changing the office's calendar: the ordinary week, half days, and days that are unlike others."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import time

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.office.commands import add_exception, remove_exception, set_half_days, set_office_hours
from crm.office.forms import HalfDays, NewException, OfficeWeek
from crm.office.hours_queries import OfficeHours, PreviewDay
from crm.working_time import HALF_DAYS, HalfDay
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.office_words import half_day, preview_line, weekday
from streamlit_config.shell import saying_errors

TOKEN = "new-exception-token"
EXAMPLE = "08:00–11:30, 12:00–16:00"


def ask_week(ctx: Context, office: OfficeHours) -> None:
    typed = [
        st.text_input(
            weekday(day), value=hours, placeholder=t("stengt"), key=f"hours-{day}-{office.version}", max_chars=200
        )
        for day, hours in enumerate(office.weekly)
    ]
    if st.button(t("Lagre åpningstidene"), type="primary", key=f"save-week-{office.version}"):
        with saying_errors():
            week = OfficeWeek.checked(hours=tuple(hours or "" for hours in typed))
            set_office_hours(ctx, week, version=office.version)
            st.rerun()


def ask_half_days(ctx: Context, office: OfficeHours) -> None:
    closing: dict[HalfDay, str] = {}
    for day in HalfDay:
        with st.container(horizontal=True, vertical_alignment="center"):
            is_half = st.toggle(half_day(day), value=day in office.half_days, key=f"half-{day}-{office.version}")
            at = time.fromisoformat(office.half_days.get(day, HALF_DAYS[day]))
            chosen = st.time_input(
                t("Stenger {day}", day=half_day(day)),
                value=at,
                key=f"closing-{day}-{office.version}",
                label_visibility="collapsed",
                width=130,
                disabled=not is_half,
            )
        if is_half:
            closing[day] = (chosen or at).strftime("%H:%M")
    if st.button(t("Lagre halve dager"), key=f"save-half-{office.version}"):
        with saying_errors():
            set_half_days(ctx, HalfDays.checked(closing=closing), version=office.version)
            st.rerun()


def ask_exceptions(ctx: Context, office: OfficeHours) -> None:
    for line in office.exceptions:
        with st.container(horizontal=True, vertical_alignment="center", key=f"exception-{line.day}"):
            note = f" · {line.note}" if line.note else ""
            st.text(f"{shown_date(line.day, style='long')}: {line.hours or t('stengt')}{note}", width="stretch")
            if st.button(t("Fjern"), key=f"remove-{line.day}-{office.version}"):
                with saying_errors():
                    remove_exception(ctx, line.day)
                    st.rerun()
    if not office.exceptions:
        st.caption(t("Ingen unntak. Røde dager er allerede stengt; legg inn det som er særskilt for dere."))
    _ask_new_exception(ctx)


def _ask_new_exception(ctx: Context) -> None:
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(9))
    first, second = st.columns(2)
    day = first.date_input(
        t("Dato"), value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD.MM.YYYY", key=f"day-{token}"
    )
    hours = second.text_input(t("Åpent (tomt er stengt)"), placeholder=t("stengt"), key=f"hours-{token}")
    note = st.text_input(t("Hvorfor (kan stå tomt)"), key=f"note-{token}")
    if st.button(t("Legg til unntak"), key=f"add-{token}"):
        with saying_errors():
            add_exception(ctx, NewException.checked(day=day, hours=hours or "", note=note or ""))
            del st.session_state[TOKEN]
            st.rerun()


def show_preview(days: Sequence[PreviewDay]) -> None:
    """Week by week, one line a day; the name of a day that is not like the others stands beside its hours."""
    for monday in range(0, len(days), 7):
        week = days[monday : monday + 7]
        title = t("Uke {number}", number=week[0].day.isocalendar().week)
        st.markdown("  \n".join([f"**{title}**", *(preview_line(day) for day in week)]))
