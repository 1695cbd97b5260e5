"""Saker: members' calls and mails, newest first, a page at a time."""

from __future__ import annotations

import streamlit as st

from crm.cases.cards import CasePage
from crm.cases.case_queries import list_cases
from crm.cases.selects import COUNTED_TO, Standing
from crm.i18n import shown_number, t, tn
from pages.parts.address import number_in_address
from pages.parts.cases_filters import ask_filter, forget_filters, forget_page, is_narrowed
from pages.parts.cases_rows import show_cases
from pages.parts.rows import open_chosen_row
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    open_chosen_row("case")
    st.title(t("Saker"), anchor=False)
    wanted = ask_filter(ctx)
    page = list_cases(ctx, wanted, after=number_in_address("etter"), before=number_in_address("for"))
    st.caption(_count(page, wanted.standing))
    if page.lines:
        show_cases(ctx, page.lines)
        _turn_pages(page)
    else:
        _say_there_are_none()


def _count(page: CasePage, standing: Standing) -> str:
    n = page.total
    if n > COUNTED_TO:
        return t("Mer enn {n} saker, de nyeste først", n=shown_number(COUNTED_TO))
    if standing is Standing.OPEN:
        return tn("{n} åpen sak, de nyeste først", "{n} åpne saker, de nyeste først", n)
    if standing is Standing.CLOSED:
        return tn("{n} lukket sak, de nyeste først", "{n} lukkede saker, de nyeste først", n)
    return tn("{n} sak, de nyeste først", "{n} saker, de nyeste først", n)


def _turn_pages(page: CasePage) -> None:
    with st.container(horizontal=True, key="case-pages"):
        if page.preceding is not None and st.button(t("Nyere saker"), key=f"newer-{page.preceding}"):
            _turn("for", page.preceding)
        if page.following is not None and st.button(t("Eldre saker"), key=f"older-{page.following}"):
            _turn("etter", page.following)


def _turn(name: str, case_id: int) -> None:
    forget_page()
    st.query_params[name] = str(case_id)
    st.rerun()


def _say_there_are_none() -> None:
    if number_in_address("etter") is not None or number_in_address("for") is not None:
        st.info(t("Det er ingen flere saker i denne retningen."))
        if st.button(t("Til de nyeste"), key="case-newest"):
            forget_page()
            st.rerun()
    elif is_narrowed():
        st.info(t("Ingen saker passer med filtrene."))
        if st.button(t("Fjern filtrene"), key="case-no-filters"):
            forget_filters()
            st.rerun()
    else:
        st.info(t("Ingen åpne saker. Når et medlem ringer: trykk «Ny henvendelse»."))
        if st.button(t("Vis alle saker"), key="case-show-all"):
            forget_filters(standing=Standing.ALL)
            st.rerun()


main()
