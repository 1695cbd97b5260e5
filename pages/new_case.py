"""Ny henvendelse: who called, and what about, while they are still on the phone."""

from __future__ import annotations

import streamlit as st

import pages.parts.cases_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.cases.queries import list_topic_choices
from crm.i18n import t
from crm.permissions import Permission
from pages.parts.capture import capture
from pages.parts.drafts import PARAMETER, draft_token, show_drafts
from pages.parts.just_saved import show_correction
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    st.title(t("Ny henvendelse"), anchor=False)
    if not ctx.may(Permission.LOG_CASES):
        st.info(t("Rollen din kan lese, men ikke logge henvendelser."))
        return
    is_correcting = show_correction(ctx, has_just_come=PARAMETER not in st.query_params)
    token = draft_token(ctx)
    if not is_correcting:
        capture({topic.id: topic.name for topic in list_topic_choices(ctx)})
    show_drafts(ctx, but=token)


main()
