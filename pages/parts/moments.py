"""Asking for a moment on the office's wall clock, and how far any field for a day reaches."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from crm.i18n import OFFICE_ZONE, local

# Said in each field: unsaid, Streamlit takes ten years to either side, and an address beyond that for no day at all.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def ask_moment(label: str, *, key: str, value: datetime | None = None, help: str | None = None) -> datetime | None:  # noqa: A002 - Streamlit's word
    """An aware moment, or None when the field is empty."""
    shown = None if value is None else local(value).replace(tzinfo=None, second=0, microsecond=0)
    typed = st.datetime_input(
        label,
        value=shown,
        min_value=datetime.combine(FIRST_DAY, time.min),
        max_value=datetime.combine(LAST_DAY, time.max),
        key=key,
        help=help,
        format="DD.MM.YYYY",
        step=timedelta(minutes=1),
        width=280,
    )
    return None if typed is None else on_the_wall(typed)


def on_the_wall(typed: datetime) -> datetime:
    """What a clock in Oslo showed, as an instant. The hour that comes twice in October is taken the first time."""
    return typed.replace(tzinfo=OFFICE_ZONE)
