"""Søk: any record by any scrap of what is written in it, while one types."""

from __future__ import annotations

import streamlit as st

from crm.i18n import t
from crm.search.queries import HitGroup, find_records, is_enough
from pages.parts.address import follow_address, tell_address
from pages.parts.rows import open_chosen_row, show_rows
from pages.parts.search_behind import say_behind
from pages.parts.search_words import hit_label, kind_words
from streamlit_config.shell import context

KEY = "search-words"
LEFT = "search-left"  # what was searched for when a hit was opened


def main() -> None:
    ctx = context()  # noqa: F841 - who may not look stops here; the fragment asks again each time
    st.title(t("Søk"), anchor=False)
    _search()


@st.fragment
def _search() -> None:
    ctx = context()
    for record in kind_words():
        open_chosen_row(record)
    typed = _ask()
    if not is_enough(typed):
        _say_how()
        return
    groups = find_records(ctx, typed)
    with st.container(key="search-hits"):
        for group in groups:
            _show(group)
    if not groups:
        _say_there_are_none(typed)
    say_behind(ctx)


def _ask() -> str:
    if "id" in st.query_params:  # the browser's Back from a record keeps its id and forgets the words
        st.query_params.from_dict({"q": st.session_state.get(LEFT, "")})
    follow_address("q", key=KEY, read=str)
    with st.container(key="focus-search"):
        typed = st.text_input(
            t("Søk i alt"),
            key=KEY,
            live="150ms",
            autocomplete="off",
            placeholder=t("Navn, sted, nummer eller ord fra teksten"),
            label_visibility="collapsed",
        )
    tell_address("q", typed.strip(), key=KEY)
    st.session_state[LEFT] = typed.strip()
    return typed


def _show(group: HitGroup) -> None:
    title = kind_words()[group.record]
    st.caption(t("{kind}, de beste treffene", kind=title) if group.has_more else title)
    show_rows(title, {hit.id: hit_label(hit) for hit in group.hits}, opens=group.record)


def _say_how() -> None:
    st.text(t("Skriv minst to bokstaver eller et nummer. Enter åpner det første treffet, piltastene går til de andre."))
    st.caption(
        t(
            "Navn i vilkårlig rekkefølge, også tidligere navn. Deler av ord: «hus» finner kulturhus. Uten æ, ø og å: «alesund» "
            "finner Ålesund. Telefonnummer og organisasjonsnummer slik du har dem. «#12» er sak eller mediehenvendelse nummer 12."
        )
    )


def _say_there_are_none(typed: str) -> None:
    st.text(t("Ingen treff på «{typed}».", typed=" ".join(typed.split())))
    st.caption(t("Alle ordene må stå i samme post. Prøv med færre ord, eller bare begynnelsen av dem."))


main()
