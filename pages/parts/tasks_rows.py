"""Tasks as rows: a box to tick, and the task itself, which opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.permissions import Permission
from crm.tasks.commands import finish_task, reopen_task
from crm.tasks.queries import TaskLine, task_card
from pages.parts.plain import escaped
from pages.parts.tasks_words import about_words, done_words, due_words, repeats_words
from streamlit_config.navigation import go
from streamlit_config.shell import saying_errors

# Long enough to see that it was the wrong one, short enough not to stand there after lunch.
UNDO_SHOWN = timedelta(minutes=10)


def show_tasks(ctx: Context, lines: Sequence[TaskLine], place: str) -> None:
    """`place` is the list they stand in: what was ticked in it is said there. On a record its own name is left out."""
    for line in lines:
        key = f"{place}-{line.id}-{line.version}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"task-line-{key}"):
            is_done = st.checkbox(
                t("Gjort: {what}", what=escaped(line.what)),
                value=line.done_at is not None,
                key=f"task-done-{key}",
                disabled=not ctx.may(Permission.MARK_RECORDS),
                label_visibility="collapsed",
            )
            with st.container(width="stretch", gap=None):
                if st.button(_label(ctx, line, place), key=f"open-task-{key}", type="tertiary", wrap=True):
                    go("task", id=line.id)
        if is_done != (line.done_at is not None):
            tick(ctx, line, place)


def tick(ctx: Context, line: TaskLine, place: str) -> None:
    """Done, or not done after all."""
    with saying_errors():
        if line.done_at is None:
            following = finish_task(ctx, line.id)
            st.session_state[f"ticked-{place}"] = (line.id, line.what, following, ctx.now)
        else:
            reopen_task(ctx, line.id)
        st.rerun()


def say_ticked(ctx: Context, place: str) -> None:
    """What was ticked last in this list, when it comes again, and the way back."""
    task_id, what, following, at = st.session_state.get(f"ticked-{place}", (None, "", None, ctx.now))
    if task_id is None or ctx.now - at > UNDO_SHOWN:
        return
    said = t("Gjort: {what}", what=escaped(what))
    if following is not None:
        said += f". {t('Neste gang: {day}', day=due_words(ctx, task_card(ctx, following).due))}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"ticked-{place}-{task_id}"):
        with st.container(width="stretch", gap=None):
            st.success(said, icon=":material/check_circle:")
        if st.button(t("Angre"), key=f"untick-{place}-{task_id}"):
            del st.session_state[f"ticked-{place}"]
            with saying_errors():
                reopen_task(ctx, task_id)
            st.rerun()


def _label(ctx: Context, line: TaskLine, place: str) -> str:
    """Markdown of one row."""
    when = due_words(ctx, line.due) if line.done_at is None else done_words(ctx, line)
    color = "red" if line.is_overdue else "gray"
    facts = [
        about_words(line) if place == "tasks" else "",
        repeats_words(line.repeats) if line.repeats else "",
        line.responsible if line.responsible_id != ctx.actor.user_id else "",
    ]
    small = " · ".join([f":{color}[{escaped(when)}]", *(escaped(fact) for fact in facts if fact)])
    return f"{escaped(line.what)} :small[· {small}]"
