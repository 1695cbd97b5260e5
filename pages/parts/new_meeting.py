"""A meeting logged in seconds: which body, when, who was there, and one of two buttons."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import local, shown_moment, t
from crm.networks.cards import BodyLine
from crm.networks.commands import log_meeting
from crm.networks.forms import Mark, NewMeeting
from crm.networks.queries import meeting_card
from crm.networks.words import AttendanceStatus
from crm.users.queries import list_colleagues
from pages.parts import networks_reasons as networks_reasons
from pages.parts.moments import FIRST_DAY, LAST_DAY
from pages.parts.network_words import meeting_title
from pages.parts.plain import escaped
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

TOKEN, SAVED = "new-meeting-token", "new-meeting-saved"
ATTENDED, APOLOGIES = AttendanceStatus.ATTENDED, AttendanceStatus.APOLOGIES


def show_saved_meeting(ctx: Context) -> None:
    """What was saved last in this session, with the way to it, until the screen is left or another is saved."""
    meeting_id = st.session_state.get(SAVED)
    if meeting_id is None:
        return
    with saying_errors():
        meeting = meeting_card(ctx, meeting_id)
        when = shown_moment(meeting.starts_at, now=ctx.now)
        st.success(
            escaped(t("Lagret: {title}, {when}.", title=meeting_title(meeting), when=when)), icon=":material/check:"
        )
        if st.button(t("Åpne møtet"), key=f"open-saved-{meeting_id}"):
            del st.session_state[SAVED]
            go("meeting", id=meeting_id)


@st.fragment
def ask_new_meeting(bodies: Sequence[BodyLine]) -> None:
    """What was typed stays when the saving is refused. A saved form gets a new token, and with it empty fields."""
    ctx = context()
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(24))
    body = _ask_body(bodies, token)
    details = _ask_when_and_where(ctx, token)
    marks = _ask_who(ctx, body, token)
    with st.container(horizontal=True):
        is_held = st.button(t("Lagre som holdt"), type="primary", key=f"held-{token}")
        is_planned = st.button(t("Lagre som planlagt"), key=f"planned-{token}")
    if not (is_held or is_planned):
        return
    with saying_errors():
        # The preset "møtt" means nothing about a meeting still to come; who has said no beforehand does.
        told = marks if is_held else [mark for mark in marks if mark.status == APOLOGIES]
        new = NewMeeting.checked(body_id=body.id, is_held=is_held, marks=tuple(told), token=token, **details)
        st.session_state[SAVED] = log_meeting(ctx, new)
        del st.session_state[TOKEN]
        st.rerun()


def _ask_body(bodies: Sequence[BodyLine], token: str) -> BodyLine:
    if len(bodies) == 1:
        return bodies[0]
    by_id = {body.id: body for body in bodies}
    chosen = st.pills(
        t("Organ"),
        list(by_id),
        default=bodies[0].id,
        required=True,
        format_func=lambda body_id: escaped(by_id[body_id].name),
        key=f"new-body-{token}",
    )
    return by_id[chosen or bodies[0].id]


def _ask_when_and_where(ctx: Context, token: str) -> dict[str, object]:
    now = local(ctx.now)
    day, starts, where = st.columns([1, 1, 2], vertical_alignment="bottom")
    return {
        "day": day.date_input(
            t("Dato"),
            value=now.date(),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD.MM.YYYY",
            key=f"new-day-{token}",
        ),
        "starts": starts.time_input(
            t("Klokkeslett"), value=now.time().replace(minute=0, second=0, microsecond=0), key=f"new-starts-{token}"
        ),
        "place": where.text_input(t("Sted"), key=f"new-place-{token}", persist_state="session") or "",
        "is_digital": st.toggle(t("Digitalt møte"), key=f"new-digital-{token}"),
    }


def _ask_who(ctx: Context, body: BodyLine, token: str) -> list[Mark]:
    """Those with a seat first. Whoever types is taken to have been there when the seat is theirs; one click undoes it."""
    seated = {seat.user_id: seat.name for seat in body.seats}
    names = seated | {one.id: one.name for one in list_colleagues(ctx)}
    mine = [ctx.user_id] if ctx.user_id in seated else []

    def ask(label: str, default: list[int], key: str) -> list[int]:
        return st.pills(
            label,
            list(names),
            selection_mode="multi",
            default=default,
            format_func=lambda user_id: escaped(names[user_id]),
            key=f"{key}-{body.id}-{token}",
        )

    there = ask(t("Hvem av oss møtte?"), mine, "new-attended")
    away = ask(t("Hvem meldte forfall?"), [], "new-apologies")
    return [Mark(user_id=user_id, status=ATTENDED) for user_id in there] + [
        Mark(user_id=user_id, status=APOLOGIES) for user_id in away
    ]
