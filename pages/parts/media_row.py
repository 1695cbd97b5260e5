"""One inquiry in the list: the deadline first, then who and what, both clocks, and the way to answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.media.queries import InquiryRow
from crm.media.rules import InquiryStatus
from crm.permissions import Permission
from pages.parts.clocks import clocks_text
from pages.parts.media_answer import answer_button, ask_answer, is_answering
from pages.parts.media_words import asker, deadline_badge, medium_name, status_badge
from pages.parts.plain import escaped
from pages.parts.tags import tag_badges
from streamlit_config.navigation import go

OWED = (InquiryStatus.UNANSWERED, InquiryStatus.HELD_OFF, InquiryStatus.WAITING)


def show_row(ctx: Context, row: InquiryRow, tags: Sequence[str]) -> None:
    with st.container(border=True, key=f"inquiry-{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"inquiry-line-{row.id}"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"{deadline_badge(row, ctx.now)} {status_badge(row)} {tag_badges(tags)}".rstrip())
                if st.button(f"**{escaped(_title(row))}**", key=f"open-inquiry-{row.id}", type="tertiary", wrap=True):
                    go("inquiry", id=row.id)
                below = f"{clocks_text(row.clocks)} · {escaped(row.responsible)}"
                st.markdown(f"{escaped(row.question)}  \n:small[:gray[{below}]]")
            if row.status in OWED and ctx.may(Permission.LOG_MEDIA):
                answer_button(ctx, row.id)
        if is_answering(row.id):
            ask_answer(row.id)


def _title(row: InquiryRow) -> str:
    if row.medium is None:
        return asker(row)
    return t("{who} ({medium})", who=asker(row), medium=medium_name(row.medium).lower())
