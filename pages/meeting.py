"""One meeting of a body: who was there, the minutes, and what is to be corrected."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.networks.cards import MeetingCard
from crm.networks.queries import meeting_card
from crm.permissions import Permission
from crm.records import Kind, Record
from pages.parts.attendance import ask_attendance
from pages.parts.beside import show_beside
from pages.parts.meeting_edits import (
    ask_cancelling,
    ask_deleting,
    ask_details,
    ask_minutes,
    ask_restoring,
    is_cancelled,
)
from pages.parts.network_words import EVENT_COLORS, attendance, event_status, meeting_title, meeting_when
from pages.parts.plain import escaped
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors

ctx = context()


def _show(ctx: Context, meeting: MeetingCard) -> None:
    if st.button(
        t("Til {body}", body=escaped(meeting.body)), type="tertiary", icon=":material/arrow_back:", key="to-body"
    ):
        go("body", id=meeting.body_id)
    st.title(escaped(meeting_title(meeting)))
    _show_facts(meeting)
    show_beside(Record(Kind.MEETING, meeting.id))
    if not ctx.may(Permission.LOG_NETWORKS):
        _show_attendance(meeting)
        st.text(meeting.minutes)
        return
    if is_cancelled(meeting):
        ask_restoring(ctx, meeting)
    else:
        st.header(t("Oppmøte"))
        ask_attendance(meeting)
    st.header(t("Referat"))
    ask_minutes(meeting)
    _show_corrections(ctx, meeting)


def _show_facts(meeting: MeetingCard) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(event_status(meeting.status), color=EVENT_COLORS[meeting.status])
        st.text(meeting_when(meeting), width="content")
    if meeting.cancelled_because:
        st.text(t("Avlyst fordi: {reason}", reason=meeting.cancelled_because))
    where = [meeting.place, t("digitalt") if meeting.is_digital else ""]
    if any(where):
        st.text(t("Sted: {place}", place=", ".join(part for part in where if part)))
    if len(meeting.organisers) > 1:
        st.text(t("Arrangører: {names}", names=", ".join(one.name for one in meeting.organisers)))


def _show_attendance(meeting: MeetingCard) -> None:
    for line in meeting.attendees:
        if line.status:
            st.text(f"{line.name}: {attendance(line.status)}")


def _show_corrections(ctx: Context, meeting: MeetingCard) -> None:
    with st.expander(t("Endre tid og sted"), key=f"details-{meeting.id}"):
        ask_details(ctx, meeting)
    if not is_cancelled(meeting):
        with st.expander(t("Avlyst?"), key=f"cancelling-{meeting.id}"):
            ask_cancelling(ctx, meeting)
    with st.expander(t("Ført opp ved en feil?"), key=f"deleting-{meeting.id}"):
        ask_deleting(ctx, meeting)


with saying_errors():
    _show(ctx, meeting_card(ctx, record_id()))
