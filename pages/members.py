"""Medlemmer: every house and supplier on a map and in a list, found by any scrap, with what they last were in touch about."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, shown_number, t, tn
from crm.permissions import Permission
from crm.timeline.member_cards import MemberFigures, MemberPage
from crm.timeline.member_queries import COUNTED_TO, list_members, member_figures
from pages.parts.address import number_in_address
from pages.parts.filling import say_unsaved
from pages.parts.folds import fold
from pages.parts.members_filter import (
    FILTERS,
    PAGING,
    Asked,
    ask_choice,
    ask_filter,
    ask_order,
    forget,
    forget_place_when_changed,
    is_narrowed,
)
from pages.parts.members_map import show_map, show_table
from pages.parts.members_new import ask_new_house, new_house_place
from pages.parts.members_rows import show_members
from pages.parts.rows import open_chosen_row
from streamlit_config.navigation import go
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    open_chosen_row("member")
    st.title(t("Medlemmer"), anchor=False)
    asked = ask_filter(ctx)
    figures = member_figures(ctx, asked.filter.on, asked.by)
    asked = ask_choice(asked, figures)
    st.caption(_counted(asked, figures))
    norway, members = st.columns([5, 6], gap="medium")
    with norway:
        show_map(asked, figures)
        show_table(figures)
    with members:
        _show_list(ctx, ask_order(asked))
    if ctx.may(Permission.KEEP_MEMBERS):
        title = t("Legg til et hus eller en leverandør")
        say_unsaved({new_house_place(): title})
        adding = fold(title, key="new-house")
        if adding.open:  # its list of 357 municipalities is not sent before somebody wants it
            with adding:
                ask_new_house()


def _counted(asked: Asked, figures: MemberFigures) -> str:
    houses = tn("{n} hus", "{n} hus", figures.houses.members)
    suppliers = tn("{n} leverandør", "{n} leverandører", figures.suppliers.members)
    return t(
        "Medlemmer per {day}: {houses} og {suppliers}.",
        day=shown_date(asked.filter.on),
        houses=houses,
        suppliers=suppliers,
    )


def _show_list(ctx: Context, asked: Asked) -> None:
    forget_place_when_changed()
    after, before = number_in_address("etter"), number_in_address("foran")
    page = list_members(ctx, asked.filter, quiet=asked.quiet, order=asked.order, after=after, before=before)
    if page.rows:
        st.caption(_found(page))
        show_members(ctx, page.rows, asked)
        _turn_pages(page)
    elif is_narrowed():
        st.text(t("Ingen passer med dette."))
        if st.button(t("Vis alle medlemmer"), key="no-filter"):
            forget(*FILTERS)
            st.rerun()
    else:
        _invite_to_import(ctx)


def _found(page: MemberPage) -> str:
    if page.total > COUNTED_TO:
        return t("Mer enn {n} treff", n=shown_number(COUNTED_TO))
    return tn("{n} treff", "{n} treff", page.total)


def _turn_pages(page: MemberPage) -> None:
    with st.container(horizontal=True, key="members-pages"):
        if page.preceding is not None and st.button(t("Forrige side"), key="preceding"):
            _turn("foran", page.preceding)
        if page.following is not None and st.button(t("Neste side"), key="following"):
            _turn("etter", page.following)


def _turn(name: str, member: int) -> None:
    """Keeps the filters, which stand in the address too."""
    for place in PAGING:
        st.query_params.pop(place, None)
    st.query_params[name] = str(member)
    st.rerun()


def _invite_to_import(ctx: Context) -> None:
    st.info(
        t("Her kommer medlemshusene. Har dere en medlemsliste i Excel eller CSV, leses den inn på et par minutter.")
    )
    if ctx.may(Permission.KEEP_MEMBERS) and st.button(t("Importer medlemslisten"), type="primary", key="to-import"):
        go("import_list")


main()
