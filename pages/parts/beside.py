"""What hangs on a record of any kind, in one part of its screen. What is asked is drawn only when somebody opens it."""

from __future__ import annotations

import streamlit as st

from crm.attachments.queries import attachments_of
from crm.i18n import shown_number, t
from crm.permissions import Permission
from crm.records import Record
from crm.tags.queries import tags_of
from crm.tasks.queries import tasks_on
from pages.parts.attachments import show_attachments
from pages.parts.folds import fold
from pages.parts.plain import escaped
from pages.parts.tags import ask_tags, tag_badges
from pages.parts.tasks_new import ask_new_task
from pages.parts.tasks_rows import say_ticked, show_tasks
from pages.parts.tasks_words import done_words
from streamlit_config.shell import context


@st.fragment
def show_beside(record: Record) -> None:
    """Open from the start where there is something to do or to read."""
    ctx = context()
    place = f"{record.kind}-{record.id}"
    tags, tasks, files = tags_of(ctx, record), tasks_on(ctx, record), attachments_of(ctx, record)
    if tags:
        st.markdown(tag_badges(tag.name for tag in tags))
    if not ctx.may(Permission.MARK_RECORDS):
        return
    counts = ((t("Oppgaver"), len(tasks.open)), (t("Merkelapper"), len(tags)), (t("Vedlegg"), len(files)))
    title = " · ".join(_counted(name, n) for name, n in counts)
    more = fold(title, key=f"beside-{place}", begins_open=bool(tasks.open or files))
    if not more.open:
        return
    with more:
        say_ticked(ctx, place)
        show_tasks(ctx, tasks.open, place)
        if tasks.done:
            st.caption("  \n".join(escaped(f"{line.what} · {done_words(ctx, line)}") for line in tasks.done))
        ask_new_task(ctx, record)
        ask_tags(ctx, record, tags)
        show_attachments(ctx, record, files)


def _counted(name: str, n: int) -> str:
    return f"{name} ({shown_number(n)})" if n else name
