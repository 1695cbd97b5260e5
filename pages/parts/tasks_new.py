"""A new task: one field and Enter; the day is one click, all else is folded away."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.records import Record
from crm.tasks.commands import add_task
from crm.tasks.forms import LONGEST, NewTask
from crm.tasks.queries import Repeats
from crm.tasks.rules import quick_days
from crm.users.queries import list_colleagues
from pages.parts import tasks_reasons as tasks_reasons
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.tasks_words import ask_repeats
from streamlit_config.shell import saying_errors


def ask_new_task(ctx: Context, record: Record | None = None) -> None:
    """Another form after each save: a refused one keeps what was typed, and Enter pressed twice is one task.

    On the tasks' own screen the field has the focus from the start, on a record's once somebody has added a task there.
    """
    place = f"new-task-{record.kind}-{record.id}" if record else "new-task"
    key = f"{place}-{st.session_state.setdefault(place, secrets.token_urlsafe(24))}"
    has_focus = record is None or st.session_state.get(f"{place}-added", False)
    with st.form(key, border=False), saying_errors():
        with st.container(key=f"{'focus' if has_focus else 'field'}-{key}"):
            what = st.text_input(
                t("Ny oppgave"), placeholder=t("Hva skal gjøres?"), max_chars=LONGEST, key=f"what-{key}"
            )
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"when-{key}"):
            near = _ask_near_day(ctx, key)
            is_sent = st.form_submit_button(t("Legg til"), key=f"add-{key}")
        with st.expander(t("Annen dato, en kollega, gjentas"), key=f"more-{key}"):
            day, responsible_id, repeats = _ask_more(ctx, key)
        if is_sent:
            new = NewTask.checked(
                what=what or "",
                due=day or near,
                responsible_id=responsible_id,
                repeats=repeats,
                record=record,
                token=st.session_state[place],
            )
            add_task(ctx, new)
            del st.session_state[place]
            st.session_state[f"{place}-added"] = True
            st.rerun()


def _ask_near_day(ctx: Context, key: str) -> date | None:
    days = quick_days(ctx.today)
    names = {days.today: t("i dag"), days.tomorrow: t("i morgen"), days.next_week: t("neste uke")}
    return st.pills(t("Frist"), list(names), format_func=names.__getitem__, key=f"due-{key}", wrap=True)


def _ask_more(ctx: Context, key: str) -> tuple[date | None, int, Repeats | None]:
    """A date that is written goes before a day that is clicked."""
    names = {ctx.user_id: ctx.actor.name} | {one.id: one.name for one in list_colleagues(ctx)}
    day = st.date_input(
        t("Annen dato"), value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD.MM.YYYY", key=f"day-{key}"
    )
    responsible_id = st.selectbox(t("Ansvarlig"), list(names), format_func=names.__getitem__, key=f"whose-{key}")
    return day if isinstance(day, date) else None, responsible_id, ask_repeats(None, key=f"repeats-{key}")
