"""Putting a task right, or doing away with it."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.tasks.commands import change_task, delete_task
from crm.tasks.forms import LONGEST, ChangedTask
from crm.tasks.queries import TaskLine
from crm.users.queries import list_colleagues
from pages.parts import tasks_reasons as tasks_reasons
from pages.parts.members_fields import ask_day
from pages.parts.tasks_words import ask_repeats
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors


@st.fragment
def edit_task(line: TaskLine) -> None:
    ctx = context()
    key = f"{line.id}-{line.version}"
    what = st.text_input(t("Hva"), value=line.what, max_chars=LONGEST, key=f"task-what-{key}")
    due = ask_day(t("Frist"), key=f"task-due-{key}", value=line.due)
    names = {one.id: one.name for one in list_colleagues(ctx)} | {line.responsible_id: line.responsible}
    responsible_id = st.selectbox(
        t("Ansvarlig"),
        list(names),
        index=list(names).index(line.responsible_id),
        format_func=names.__getitem__,
        key=f"task-whose-{key}",
    )
    repeats = ask_repeats(line.repeats, key=f"task-repeats-{key}")
    with st.container(horizontal=True, key=f"task-ways-{key}"), saying_errors():
        if st.button(t("Lagre endringene"), type="primary", key=f"task-save-{key}"):
            changed = ChangedTask.checked(
                what=what or "",
                due=due,
                responsible_id=responsible_id,
                repeats=repeats,
                version=line.version,
            )
            change_task(ctx, line.id, changed)
            st.rerun()
        if st.button(t("Slett oppgaven"), type="tertiary", key=f"task-delete-{key}"):
            delete_task(ctx, line.id, version=line.version)
            go("tasks")
