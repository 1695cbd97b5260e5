"""Which persons the list shows. Everything chosen stands in the address, so that a link or a bookmark shows the same."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.selects import PersonFilter, Standing
from crm.people.words import PostKind, post_kind_words
from crm.records import Kind
from crm.tags.queries import tags_in_use
from pages.parts.address import choose_in_address, number_in_address, words_in_address
from pages.parts.people_words import standing_words


def ask_filter(ctx: Context) -> PersonFilter:
    """The organisation comes with a link from its own page, as `hos`."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="persons-filter"):
        words = words_in_address(t("Navn, telefon eller e-post"), key="persons-words")
        kind = choose_in_address(
            "slag",
            t("Slags stilling"),
            {one.value: post_kind_words(one) for one in PostKind},
            everything=t("Alle slags"),
            key="persons-kind",
            width=184,
        )
        _ask_tag(ctx)
        standing = choose_in_address(
            "naa",
            t("Nå eller før"),
            {one.value: standing_words(one) for one in (Standing.CURRENT, Standing.FORMER)},
            everything=standing_words(Standing.ANY),
            key="persons-standing",
            width=248,
        )
    return PersonFilter(
        on=ctx.today,
        words=words,
        kind=PostKind(kind) if kind else None,
        organisation_id=number_in_address("hos"),
        standing=Standing(standing) if standing else Standing.ANY,
        tag_id=number_in_address("merkelapp"),
    )


def _ask_tag(ctx: Context) -> None:
    names = {str(tag.id): tag.name for tag in tags_in_use(ctx, Kind.PERSON)}
    if names:
        everything = t("Alle merkelapper")
        choose_in_address("merkelapp", t("Merkelapp"), names, everything=everything, key="persons-tag", width=184)
