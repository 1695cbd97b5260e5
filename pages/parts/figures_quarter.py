"""One quarter's waiting: both clocks, how many answers, and what is left out of them."""

from __future__ import annotations

import streamlit as st

from crm.figures.cards import QuarterTimes, Source
from crm.figures.words import few_text, share_text
from crm.i18n import shown_duration, shown_number, shown_working_time, t, tn


def show_quarter(times: QuarterTimes, source: Source, *, exact_only: bool) -> None:
    if not times.received and not times.withdrawn:
        st.info(t("Ingenting kom inn i dette kvartalet."))
        return
    working, wall = times.working, times.wall
    with st.container(horizontal=True, gap="small", key="quarter-figures"):
        if working.median is not None and wall.median is not None:
            st.metric(t("Median, arbeidstid"), shown_working_time(working.median), width="content")
            st.metric(t("Median, kalendertid"), shown_duration(wall.median), width="content")
        if working.ninetieth is not None and wall.ninetieth is not None:
            st.metric(t("90-persentil, arbeidstid"), shown_working_time(working.ninetieth), width="content")
            st.metric(t("90-persentil, kalendertid"), shown_duration(wall.ninetieth), width="content")
        st.metric(t("Første svar (n)"), shown_number(len(times.waits)), width="content")
    few = few_text(times)
    if few:
        st.warning(few, icon=":material/info:")
    st.markdown("  \n".join(_counts(times, source, exact_only=exact_only)))


def _counts(times: QuarterTimes, source: Source, *, exact_only: bool) -> list[str]:
    lines = [t("Besvart: {share}", share=share_text(times.answered, times.received))]
    if source is Source.PRESS:
        lines.append(
            t("Besvart før journalistens frist: {share}", share=share_text(times.before_deadline, times.with_deadline))
        )
    if times.unanswered:
        lines.append(
            tn(
                "{n} er ikke besvart ennå, og er ikke med i tidene.",
                "{n} er ikke besvart ennå, og er ikke med i tidene.",
                times.unanswered,
            )
        )
    if times.withdrawn:
        lines.append(
            tn("{n} ble trukket, og er ikke regnet med.", "{n} ble trukket, og er ikke regnet med.", times.withdrawn)
        )
    if times.reconstructed:
        left_out = tn(
            "{n} tid er satt i ettertid og utelatt.", "{n} tider er satt i ettertid og utelatt.", times.reconstructed
        )
        counted = tn("{n} av tidene er satt i ettertid.", "{n} av tidene er satt i ettertid.", times.reconstructed)
        lines.append(left_out if exact_only else counted)
    return lines


def say_how_it_is_counted() -> None:
    with st.expander(t("Slik regner vi"), icon=":material/info:"):
        st.markdown(
            t(
                "Klokken går fra henvendelsen kom til det første svaret et menneske ga. Autosvar og egne notater stopper den ikke."
            )
        )
        st.markdown(
            t("Arbeidstid er kontortiden uten helligdager og uten tiden vi ventet på dem. Kalendertid er all tid.")
        )
        st.markdown(
            t(
                "Medianen er tiden midt i rekken. 90-persentilen er den korteste tiden som minst 90 av 100 ble besvart innen "
                "(nærmeste rang), altså alltid en ventetid noen faktisk hadde."
            )
        )
        st.markdown(t("En henvendelse hører til kvartalet den kom inn i, også når den ble besvart senere."))
