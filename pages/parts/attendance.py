"""Who was at a meeting: one choice per colleague with a seat, and anybody else who is added."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.networks.cards import AttendeeLine, MeetingCard
from crm.networks.commands import note_attendance
from crm.networks.forms import Attendees, Mark
from crm.networks.queries import find_persons
from crm.networks.words import AttendanceStatus, EventStatus
from crm.users.queries import list_colleagues
from pages.parts import networks_reasons as networks_reasons
from pages.parts.network_words import attendance
from pages.parts.plain import escaped
from streamlit_config.shell import context, saying_errors

_MARKS = re.compile(r"[^\w\s'.-]")

Choice = tuple[AttendeeLine, AttendanceStatus | None]


@st.fragment
def ask_attendance(meeting: MeetingCard) -> None:
    """Before the meeting has begun only apologies can be noted; afterwards saving also says that it was held."""
    ctx = context()
    lies_ahead = meeting.starts_at > ctx.now
    words = [AttendanceStatus.APOLOGIES] if lies_ahead else list(AttendanceStatus)
    added = _added(meeting)
    choices = [_ask(line, words, key=_key(meeting, line)) for line in (*meeting.attendees, *added)]
    if not choices:
        st.caption(t("Ingen av oss hadde plass i organet denne dagen. Legg til den som var der."))
    _ask_more(ctx, meeting, [line for line, _ in choices])
    if st.button(_label(meeting, lies_ahead=lies_ahead), type="primary", key=_named("save-marks", meeting)):
        with saying_errors():
            form = Attendees(marks=_marks(choices), is_held=not lies_ahead)
            note_attendance(ctx, meeting.id, form, version=meeting.version)
            added.clear()
            st.rerun()


def _label(meeting: MeetingCard, *, lies_ahead: bool) -> str:
    if lies_ahead:
        return t("Lagre forfall")
    return t("Lagre oppmøte") if meeting.status == EventStatus.HELD else t("Møtet er holdt – lagre oppmøte")


def _ask(line: AttendeeLine, words: Sequence[AttendanceStatus], *, key: str) -> Choice:
    """The name is shown as text. A screen reader is told the label as it stands, backslashes and all, so it gets a bare one."""
    status = line.status if line.status in words else None
    with st.container(gap="xxsmall", key=f"attendee-{key}"):
        st.text(f"{line.name} ({line.about})" if line.about else line.name)
        chosen = st.segmented_control(
            _MARKS.sub("", line.name),
            words,
            default=status,
            format_func=attendance,
            key=key,
            label_visibility="collapsed",
        )
    return line, chosen


def _ask_more(ctx: Context, meeting: MeetingCard, listed: Sequence[AttendeeLine]) -> None:
    with st.expander(t("Legg til flere"), key=_named("more", meeting)):
        for line in _further_colleagues(ctx, listed):
            _offer(meeting, line)
        typed = st.text_input(
            t("Finn en person fra et hus, en redaksjon eller et annet sted"),
            live="150ms",
            key=_named("find-person", meeting),
        )
        there = {line.person_id for line in listed}
        for person in find_persons(ctx, typed or ""):
            if person.id not in there:
                _offer(meeting, AttendeeLine(None, person.id, person.name, person.organisation, None, has_seat=False))


def _further_colleagues(ctx: Context, listed: Sequence[AttendeeLine]) -> list[AttendeeLine]:
    there = {line.user_id for line in listed}
    return [
        AttendeeLine(one.id, None, one.name, "", None, has_seat=False)
        for one in list_colleagues(ctx)
        if one.id not in there
    ]


def _offer(meeting: MeetingCard, line: AttendeeLine) -> None:
    name = f"{line.name} ({line.about})" if line.about else line.name
    if st.button(escaped(name), icon=":material/person_add:", key=f"add-{_key(meeting, line)}"):
        status = AttendanceStatus.APOLOGIES if meeting.starts_at > context().now else AttendanceStatus.ATTENDED
        _added(meeting).append(
            AttendeeLine(line.user_id, line.person_id, line.name, line.about, status, has_seat=False)
        )
        st.rerun()


def _marks(choices: Sequence[Choice]) -> tuple[Mark, ...]:
    return tuple(
        Mark(status=status, user_id=line.user_id, person_id=line.person_id) for line, status in choices if status
    )


def _added(meeting: MeetingCard) -> list[AttendeeLine]:
    """Those added on this screen and not yet saved."""
    added: list[AttendeeLine] = st.session_state.setdefault(_named("added", meeting), [])
    return added


def _key(meeting: MeetingCard, line: AttendeeLine) -> str:
    return _named(f"mark-{line.user_id or 0}-{line.person_id or 0}", meeting)


def _named(what: str, meeting: MeetingCard) -> str:
    """With record and version, or another meeting's values would stay in the fields."""
    return f"{what}-{meeting.id}-{meeting.version}"
