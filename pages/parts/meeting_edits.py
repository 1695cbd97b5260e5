"""What is changed about a meeting besides who was there: minutes, time and place, cancelled or not, gone."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import local, t
from crm.networks.cards import MeetingCard
from crm.networks.commands import cancel_meeting, change_meeting, delete_meeting, restore_meeting, write_minutes
from crm.networks.forms import Cancellation, MeetingDetails, Minutes
from crm.networks.queries import list_possible_organisers
from crm.networks.words import EventStatus
from pages.parts import networks_reasons as networks_reasons
from pages.parts.moments import FIRST_DAY, LAST_DAY
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

_SAVED = "saved-minutes"  # of which meeting, kept for the session


@st.fragment
def ask_minutes(meeting: MeetingCard) -> None:
    """No form: what has left the field survives a change of screen."""
    ctx = context()
    text = st.text_area(
        t("Referat"),
        value=meeting.minutes,
        height=220,
        key=_named("minutes", meeting),
        persist_state="session",
        label_visibility="collapsed",
    )
    if st.button(t("Lagre referat"), key=_named("save-minutes", meeting)):
        with saying_errors():
            write_minutes(ctx, meeting.id, Minutes.checked(text=text or ""), version=meeting.version)
            st.session_state[_SAVED] = meeting.id
            st.rerun()
    elif st.session_state.get(_SAVED) == meeting.id and text == meeting.minutes:
        st.caption(t("Referatet er lagret."))


def ask_details(ctx: Context, meeting: MeetingCard) -> None:
    starts, ends = local(meeting.starts_at), meeting.ends_at and local(meeting.ends_at)
    left, middle, right = st.columns(3)
    typed = {
        "day": left.date_input(
            t("Dato"),
            value=starts.date(),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key=_named("day", meeting),
        ),
        "starts": middle.time_input(t("Fra"), value=starts.time(), key=_named("starts", meeting)),
        "ends": right.time_input(t("Til (kan stå tomt)"), value=ends and ends.time(), key=_named("ends", meeting)),
        "title": st.text_input(
            t("Tittel"), value="" if meeting.title == meeting.body else meeting.title, key=_named("title", meeting)
        ),
        "place": st.text_input(t("Sted"), value=meeting.place, key=_named("place", meeting)),
        "is_digital": st.toggle(t("Digitalt møte"), value=meeting.is_digital, key=_named("digital", meeting)),
        "organiser_ids": _ask_organisers(ctx, meeting),
    }
    if st.button(t("Lagre endringene"), type="primary", key=_named("save-details", meeting)):
        with saying_errors():
            change_meeting(ctx, meeting.id, MeetingDetails.checked(**typed), version=meeting.version)
            st.rerun()


def _ask_organisers(ctx: Context, meeting: MeetingCard) -> tuple[int, ...]:
    names = {one.id: one.name for one in (*list_possible_organisers(ctx), *meeting.organisers)}
    names.pop(meeting.body_id, None)
    if not names:
        return ()
    chosen = st.multiselect(
        t("Andre arrangører"),
        list(names),
        default=[one.id for one in meeting.organisers if one.id != meeting.body_id],
        format_func=names.__getitem__,
        placeholder=t("Velg"),
        key=_named("organisers", meeting),
    )
    return tuple(chosen)


def ask_cancelling(ctx: Context, meeting: MeetingCard) -> None:
    because = st.text_input(t("Hvorfor ble det avlyst?"), key=_named("because", meeting))
    st.caption(t("Et avlyst møte vises i oversikten, men teller ikke. Registrert oppmøte fjernes."))
    if st.button(t("Avlys møtet"), type="primary", key=_named("cancel", meeting)):
        with saying_errors():
            cancel_meeting(ctx, meeting.id, Cancellation.checked(because=because or ""), version=meeting.version)
            st.rerun()


def ask_restoring(ctx: Context, meeting: MeetingCard) -> None:
    if st.button(t("Møtet blir holdt likevel"), key=_named("restore", meeting)):
        with saying_errors():
            restore_meeting(ctx, meeting.id, version=meeting.version)
            st.rerun()


def ask_deleting(ctx: Context, meeting: MeetingCard) -> None:
    """For mistakes only: a meeting that did not take place is cancelled, and stays to be seen."""
    st.caption(t("Slett bare møter som er ført opp ved en feil. Et møte som ikke ble noe av, avlyses i stedet."))
    if st.button(t("Slett møtet for godt"), key=_named("delete", meeting)):
        with saying_errors():
            delete_meeting(ctx, meeting.id, version=meeting.version)
            go("networks")


def is_cancelled(meeting: MeetingCard) -> bool:
    return meeting.status == EventStatus.CANCELLED


def _named(what: str, meeting: MeetingCard) -> str:
    """With record and version, or another meeting's values would stay in the fields."""
    return f"meeting-{what}-{meeting.id}-{meeting.version}"
