"""One task: what, by when, whose, how often; and the way to what it is about."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, t
from crm.permissions import Permission
from crm.tasks.queries import TaskLine, task_card
from pages.parts.plain import escaped
from pages.parts.tasks_edit import edit_task
from pages.parts.tasks_rows import say_ticked, tick
from pages.parts.tasks_words import about_words, due_words, repeats_words
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    if st.button(t("Til oppgavene"), type="tertiary", icon=":material/arrow_back:", key="to-tasks"):
        go("tasks")
    with saying_errors():
        _show(ctx, task_card(ctx, record_id()))


def _show(ctx: Context, line: TaskLine) -> None:
    st.title(escaped(line.what), anchor=False)
    say_ticked(ctx, f"task-{line.id}")
    _show_facts(ctx, line)
    if not ctx.may(Permission.MARK_RECORDS):
        return
    label = t("Gjort") if line.done_at is None else t("Ikke gjort likevel")
    if st.button(label, type="primary" if line.done_at is None else "secondary", key=f"tick-{line.id}-{line.version}"):
        tick(ctx, line, f"task-{line.id}")
    with st.expander(t("Rett oppgaven"), key=f"edit-task-{line.id}"):
        edit_task(line)


def _show_facts(ctx: Context, line: TaskLine) -> None:
    if line.record is not None and st.button(
        t("Åpne {record}", record=escaped(about_words(line))), type="tertiary", key=f"task-record-{line.id}"
    ):
        go(line.record.kind, id=line.record.id)
    if line.due is not None:
        st.text(t("Frist: {day}", day=shown_date(line.due, style="long")))
        if line.is_overdue:
            st.badge(due_words(ctx, line.due), color="red")
    else:
        st.text(t("Uten frist"))
    st.text(t("Ansvarlig: {name}", name=line.responsible))
    if line.repeats is not None:
        st.text(t("Gjentas: {how}", how=repeats_words(line.repeats)))
    if line.done_at is not None:
        st.text(t("Gjort {day} av {name}", day=shown_date(line.done_at, style="long"), name=line.done_by))


main()
