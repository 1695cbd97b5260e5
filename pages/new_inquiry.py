"""Ny mediehenvendelse: which journalist asks what, and until when, while they are still on the line."""

from __future__ import annotations

import streamlit as st

import pages.parts.media_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.permissions import Permission
from pages.parts.drafts import draft_token, show_drafts
from pages.parts.media_capture import capture_inquiry
from pages.parts.media_saved import show_saved_inquiry
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    st.title(t("Ny mediehenvendelse"), anchor=False)
    if not ctx.may(Permission.LOG_MEDIA):
        st.info(t("Rollen din kan lese, men ikke logge henvendelser."))
        return
    show_saved_inquiry(ctx)
    token = draft_token(ctx)
    capture_inquiry(token)
    show_drafts(ctx, but=token)


main()
