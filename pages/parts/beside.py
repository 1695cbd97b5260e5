"""What hangs on a record of any kind, in one part of its screen. What is asked is drawn only when somebody opens it."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.permissions import Permission
from crm.records import Record
from crm.tags.queries import tags_of
from pages.parts.tags import ask_tags, tag_badges
from streamlit_config.shell import context


@st.fragment
def show_beside(record: Record) -> None:
    ctx = context()
    place = f"{record.kind}-{record.id}"
    tags = tags_of(ctx, record)
    if tags:
        st.markdown(tag_badges(tag.name for tag in tags))
    if not ctx.may(Permission.MARK_RECORDS):
        return
    more = st.expander(t("Merkelapper"), icon=":material/label:", key=f"beside-{place}", on_change="rerun")
    if more.open:
        with more:
            ask_tags(ctx, record, tags)
