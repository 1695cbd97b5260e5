"""One body's quarter on a screen: what was asked, what was done, and the meetings behind the number."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.i18n import shown_date, t, tn
from crm.networks.cards import BodyQuarter, MeetingLine
from crm.networks.rules import QuarterStatus
from pages.parts.network_words import QUARTER_COLORS, meeting_in_short, quarter_count, quarter_name, quarter_status
from pages.parts.plain import escaped
from streamlit_config.navigation import go


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
        show_meetings(quarter.meetings, place=quarter.quarter.key)


def show_meetings(meetings: Sequence[MeetingLine], *, place: str) -> None:
    """Each is a button that opens it. `place` tells apart the same meeting shown twice on one screen."""
    for meeting in meetings:
        if st.button(escaped(meeting_in_short(meeting)), type="tertiary", key=f"open-{place}-{meeting.id}", wrap=True):
            go("meeting", id=meeting.id)


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
        return t("Ingen holdte møter.")
    return "" if quarter.planned else t("Ingen møter er planlagt.")
