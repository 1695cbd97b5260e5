"""The inquiry saved just now, and the ways back: put it right, or take it back."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.errors import NotFound
from crm.i18n import shown_moment, t
from crm.media.commands import take_back_inquiry
from crm.media.queries import InquiryCard, inquiry_card
from crm.media.rules import InquiryStatus
from pages.parts.drafts import PARAMETER
from pages.parts.media_deadline import outside_hours_text
from pages.parts.media_words import asker
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import saying_errors

SAVED = "saved-inquiry"


def show_saved_inquiry(ctx: Context) -> None:
    """Stays until the next one is saved or another screen is opened."""
    card = _card(ctx)
    if card is None:
        return
    with st.container(key=f"saved-inquiry-{card.id}"):
        st.success(_sentence(ctx, card), icon=":material/check_circle:")
        if card.deadline_is_outside_hours and card.row.deadline_at is not None and not card.row.is_closed:
            st.warning(outside_hours_text(card.row.deadline_at), icon=":material/schedule:")
        with st.container(horizontal=True, key=f"saved-inquiry-ways-{card.id}"):
            if st.button(t("Rett"), key=f"correct-inquiry-{card.id}"):
                go("inquiry", id=card.id, rett=1)
            if st.button(t("Angre"), key=f"undo-inquiry-{card.id}"):
                _undo(ctx, card.id)
            if st.button(t("Åpne henvendelsen"), key=f"show-inquiry-{card.id}", type="tertiary"):
                go("inquiry", id=card.id)


def _card(ctx: Context) -> InquiryCard | None:
    inquiry_id = st.session_state.get(SAVED)
    if inquiry_id is None:
        return None
    try:
        return inquiry_card(ctx, inquiry_id)
    except NotFound:
        return None


def _sentence(ctx: Context, card: InquiryCard) -> str:
    name = escaped(asker(card.row))
    if card.row.status is InquiryStatus.ANSWERED:
        return t("Lagret på **{name}**. Besvart.", name=name)
    if card.row.deadline_at is None:
        return t("Lagret på **{name}**. Ingen frist.", name=name)
    moment = escaped(shown_moment(card.row.deadline_at, now=ctx.now))
    return t("Lagret på **{name}**. Frist {moment}.", name=name, moment=moment)


def _undo(ctx: Context, inquiry_id: int) -> None:
    with saying_errors():
        token = take_back_inquiry(ctx, inquiry_id)
        st.session_state.pop(SAVED, None)
        go("new_inquiry", **{PARAMETER: token})
