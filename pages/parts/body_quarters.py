"""One body's quarter on a screen: what was asked, what was done, and the meetings behind the number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from crm.i18n import shown_date, t, tn
from crm.networks.cards import BodyQuarter, MeetingLine
from crm.networks.rules import QuarterStatus
from crm.networks.words import EventStatus
from pages.parts.network_words import (
    EVENT_COLORS,
    QUARTER_COLORS,
    event_status,
    meeting_day,
    meeting_in_short,
    quarter_count,
    quarter_name,
    quarter_status,
)
from pages.parts.plain import escaped
from streamlit_config.navigation import go

VISITS = "meeting-visits"


def show_quarter(quarter: BodyQuarter) -> None:
    """A quarter that was missed says so in words and colour, with what was cancelled."""
    with st.container(key=f"quarter-{quarter.body_id}-{quarter.quarter.key}", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{quarter_name(quarter.quarter)}**", width="content")
            st.badge(quarter_status(quarter.status), color=QUARTER_COLORS[quarter.status])
            st.text(quarter_count(quarter), width="content")
        remark = _remark(quarter)
        if remark:
            st.caption(remark)
        show_meetings(quarter.meetings, place=f"{quarter.body_id}-{quarter.quarter.key}")


def show_meetings(meetings: Sequence[MeetingLine], *, place: str, names_body: bool = False) -> None:
    """Rows that open their meeting. `place` tells apart the same meeting shown twice on one screen."""
    if not meetings:
        return
    labels = _told_apart({meeting.id: _row(meeting, names_body=names_body) for meeting in meetings})
    visits = st.session_state.setdefault(VISITS, 0)
    with st.container(key=f"rows-meetings-{place}"):
        chosen = st.pills(
            t("Møter"),
            list(labels),
            format_func=labels.__getitem__,
            # Another key after each visit, or the row opened last would open again on the way back.
            key=f"meetings-{place}-{visits}",
            label_visibility="collapsed",
            width="stretch",
        )
    if chosen is not None:
        st.session_state[VISITS] = visits + 1
        go("meeting", id=chosen)


def _row(meeting: MeetingLine, *, names_body: bool) -> str:
    """When and what on the first line, who was there on the second."""
    badge = (
        ""
        if meeting.status == EventStatus.HELD
        else f":{EVENT_COLORS[meeting.status]}-badge[{event_status(meeting.status)}] "
    )
    about = [meeting.body] if names_body else []
    about += [meeting.title] if meeting.title not in ("", meeting.body) else []
    first = "".join(f" · {escaped(part)}" for part in about)
    small = escaped(meeting_in_short(meeting))
    return f"**{escaped(meeting_day(meeting))}**{first}  \n{badge}" + (f":small[{small}]" if small else "")


def _told_apart(labels: Mapping[int, str]) -> dict[int, str]:
    """Two rows of the same words would be one choice: those get their numbers."""
    times = Counter(labels.values())
    return {number: f"{label} :small[#{number}]" if times[label] > 1 else label for number, label in labels.items()}


def _remark(quarter: BodyQuarter) -> str:
    """Why nothing counts in a quarter without a meeting; nothing to say about the others."""
    if quarter.done:
        return ""
    if quarter.status == QuarterStatus.NOT_EXPECTED:
        is_later = quarter.due is not None and quarter.due > quarter.quarter.ends
        return t("Forventet innen {day}.", day=shown_date(quarter.due)) if is_later and quarter.due else ""
    without_us = len(quarter.held_without_us)
    if without_us:
        return tn("Ett møte ble holdt uten oss.", "{n} møter ble holdt uten oss.", without_us)
    if quarter.status == QuarterStatus.MISSED:
        return t("Ingen møter ble holdt.")
    return "" if quarter.planned else t("Ingen møter er planlagt.")
