"""Mediehenvendelser: what we owe journalists an answer to, the nearest deadline first."""

from __future__ import annotations

import streamlit as st

import pages.parts.media_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.i18n import t
from crm.media.queries import InquiryFilter, InquiryState, list_inquiries
from crm.records import Kind
from crm.tags.queries import tags_of_many
from pages.parts.media_answer import show_answered
from pages.parts.media_filters import ask_filters, place_in_address
from pages.parts.media_row import show_row
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    st.title(t("Mediehenvendelser"), anchor=False)
    show_answered(ctx)
    wanted = ask_filters(ctx)
    place = place_in_address()
    page = list_inquiries(ctx, wanted, after=place)
    tags = tags_of_many(ctx, Kind.INQUIRY, [row.id for row in page.rows])
    for row in page.rows:
        show_row(ctx, row, tags.get(row.id, ()))
    if not page.rows:
        st.info(_nothing_here(wanted))
    with st.container(horizontal=True, key="inquiry-pages"):
        if place is not None and st.button(t("Til begynnelsen"), key="first-inquiries"):
            del st.query_params["etter"]
            st.rerun()
        if page.next is not None and st.button(t("Neste side"), key=f"next-inquiries-{page.next.key}"):
            st.query_params["etter"] = page.next.key
            st.rerun()


def _nothing_here(wanted: InquiryFilter) -> str:
    if wanted == InquiryFilter():
        return t("Ingen venter på svar. Når en journalist ringer: «Ny mediehenvendelse», øverst.")
    if wanted.state is InquiryState.OPEN:
        return t("Ingen ubesvarte henvendelser passer. Velg «Alle» for å se de besvarte også.")
    return t("Ingen henvendelser passer med filtrene. Ta bort ett av dem.")


main()
