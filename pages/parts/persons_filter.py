"""Which persons the list shows. Everything chosen stands in the address, so that a link or a bookmark shows the same."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.selects import PersonFilter, Standing
from crm.people.words import PostKind, post_kind_words
from crm.records import Kind
from crm.tags.queries import tags_in_use
from pages.parts.address import number_in_address
from pages.parts.people_words import standing_words


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
        tags = {tag.name: tag.id for tag in tags_in_use(ctx, Kind.PERSON)}
        tag = _ask_tag(list(tags)) if tags else None
        standing = st.selectbox(t("Nå eller før"), list(standings), key="naa", bind="query-params", width=248)
    return PersonFilter(
        on=ctx.today,
        words=words or "",
        kind=kinds.get(kind or ""),
        organisation_id=number_in_address("hos"),
        standing=standings.get(standing or "", Standing.ANY),
        tag_id=tags.get(tag or ""),
    )


def _ask_tag(names: list[str]) -> str | None:
    placeholder = t("Alle merkelapper")
    return st.selectbox(
        t("Merkelapp"), names, index=None, placeholder=placeholder, key="merkelapp", bind="query-params", width=184
    )
