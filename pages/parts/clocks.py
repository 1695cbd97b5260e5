"""The two clocks. No screen shows one of them alone: 0 minutes of working time can be 19 hours of somebody's day."""

from __future__ import annotations

import streamlit as st

from crm.correspondence.rules import Clocks, TimeQuality
from crm.i18n import shown_duration, shown_working_time, t


def clocks_text(clocks: Clocks) -> str:
    """`0 min arbeidstid, 19 t 20 min kalendertid`, for a list row; plain words, nothing typed by anybody."""
    both = t(
        "{working} arbeidstid, {wall} kalendertid",
        working=shown_working_time(clocks.working),
        wall=shown_duration(clocks.wall),
    )
    return ", ".join([both, *_remarks(clocks)])


def show_clocks(title: str, clocks: Clocks, *, key: str | None = None) -> None:
    """Side by side under what they measure, on a phone too, so that neither is read as the whole answer."""
    st.caption(" · ".join([title, *_remarks(clocks)]))
    with st.container(horizontal=True, gap="medium", key=key):
        st.metric(t("Arbeidstid"), shown_working_time(clocks.working), width="content")
        st.metric(t("Kalendertid"), shown_duration(clocks.wall), width="content")


def _remarks(clocks: Clocks) -> list[str]:
    remarks = []
    if clocks.waiting:
        remarks.append(t("arbeidstiden står mens vi venter"))
    elif clocks.running:
        remarks.append(t("går fortsatt"))
    if clocks.quality is TimeQuality.RECONSTRUCTED:
        remarks.append(t("tid satt i ettertid"))
    return remarks
