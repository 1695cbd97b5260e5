"""Besvart nå: stops the clock at a time that can be corrected. In the list's row and on the card."""

from __future__ import annotations

import secrets
from datetime import timedelta

import streamlit as st

from crm.context import Context
from crm.correspondence.rules import MessageChannel
from crm.i18n import t
from crm.media.commands import answer_inquiry
from crm.media.forms import Answer
from crm.media.queries import inquiry_card
from crm.media.rules import Outcome
from pages.parts.correspondence import channel_name
from pages.parts.media_words import asker, outcome_name
from pages.parts.moments import ask_moment
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

# Which inquiry the form is open for; one form at a time.
ANSWERING = "answering-inquiry"
CLOSING = "closing-inquiry"
ANSWERED = "answered-inquiry"
SAID_FOR = timedelta(minutes=2)
CHANNELS = [MessageChannel.PHONE, MessageChannel.EMAIL, MessageChannel.MEETING, MessageChannel.OTHER]
OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.WITHDRAWN]


def answer_button(ctx: Context, inquiry_id: int, *, primary: bool = False, shortcut: str | None = None) -> None:
    """Opens the form under the inquiry. The moment of this click is what the time begins with."""
    kind = "primary" if primary else "secondary"
    if st.button(t("Besvart nå"), key=f"answer-{inquiry_id}", type=kind, shortcut=shortcut):  # type: ignore[arg-type] # its literals, chosen by a condition
        st.session_state.pop(CLOSING, None)
        st.session_state[ANSWERING] = {"id": inquiry_id, "at": ctx.now, "token": secrets.token_urlsafe(24)}


def is_answering(inquiry_id: int) -> bool:
    return bool(st.session_state.get(ANSWERING, {}).get("id") == inquiry_id)


@st.fragment
def ask_answer(inquiry_id: int) -> None:
    ctx = context()
    begun = st.session_state.get(ANSWERING)
    if begun is None or begun["id"] != inquiry_id:
        return
    token = begun["token"]
    with st.container(border=True, key=f"answer-form-{inquiry_id}"):
        at = ask_moment(t("Besvart (kan rettes)"), key=f"answered-at-{token}", value=begun["at"])
        outcome = st.pills(
            t("Hva ble det? (kan fylles ut senere)"), OUTCOMES, format_func=outcome_name, key=f"answer-outcome-{token}"
        )
        channel = st.segmented_control(
            t("Kanal"),
            CHANNELS,
            default=MessageChannel.PHONE,
            format_func=channel_name,
            required=True,
            wrap=True,
            key=f"answer-channel-{token}",
        )
        with st.container(key=f"live-answer-{token}"):
            text = st.text_area(t("Hva vi svarte (valgfritt)"), key=f"answer-text-{token}", height=90)
        closes = st.checkbox(t("Lukk henvendelsen"), value=True, key=f"answer-closes-{token}")
        with st.container(horizontal=True):
            save = st.button(t("Lagre svaret"), type="primary", key=f"save-answer-{token}", shortcut="Ctrl+Enter")
            leave = st.button(t("Avbryt"), type="tertiary", key=f"leave-answer-{token}")
        if save:
            with saying_errors():
                answer = Answer.checked(
                    at=at,
                    outcome=outcome,
                    channel=channel or MessageChannel.PHONE,
                    text=text or "",
                    closes=closes,
                    token=token,
                )
                answer_inquiry(ctx, inquiry_id, answer)
                st.session_state[ANSWERED] = {"id": inquiry_id, "at": ctx.now}
                _done()
        if leave:
            _done()


def show_answered(ctx: Context) -> None:
    """In a list the answered one has left its place: this says that it was stored, and opens it again."""
    answered = st.session_state.get(ANSWERED)
    if answered is None or ctx.now - answered["at"] > SAID_FOR:
        return
    with st.container(key=f"answered-{answered['id']}"):
        name = escaped(asker(inquiry_card(ctx, answered["id"]).row))
        st.success(t("Svaret til **{name}** er lagret.", name=name), icon=":material/check_circle:")
        if st.button(t("Åpne henvendelsen"), key=f"open-answered-{answered['id']}"):
            go("inquiry", id=answered["id"])


def _done() -> None:
    st.session_state.pop(ANSWERING, None)
    st.rerun()
