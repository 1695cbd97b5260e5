"""Which persons the list shows. Everything chosen stands in the address, so that a link or a bookmark shows the same."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.selects import PersonFilter, Standing
from crm.people.words import PostKind
from pages.parts.address import number_in_address
from pages.parts.people_words import post_kind_words, standing_words


def ask_filter(ctx: Context) -> PersonFilter:
    """The organisation comes with a link from its own page, as `hos`."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="persons-filter"):
        words = st.text_input(
            t("Søk"),
            placeholder=t("Navn, telefon eller e-post"),
            live="300ms",
            key="sok",
            bind="query-params",
            width=352,
        )
        kinds = {post_kind_words(kind): kind for kind in PostKind}
        kind = st.selectbox(
            t("Slags stilling"),
            list(kinds),
            index=None,
            placeholder=t("Alle slags"),
            key="slag",
            bind="query-params",
            width=184,
        )
        standings = {
            standing_words(standing): standing for standing in (Standing.ANY, Standing.CURRENT, Standing.FORMER)
        }
        standing = st.selectbox(t("Nå eller før"), list(standings), key="naa", bind="query-params", width=248)
    return PersonFilter(
        on=ctx.today,
        words=words or "",
        kind=kinds.get(kind or ""),
        organisation_id=number_in_address("hos"),
        standing=standings.get(standing or "", Standing.ANY),
    )
