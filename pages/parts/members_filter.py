"""Which members the list shows. Everything chosen stands in the address, so that a link or a bookmark shows the same."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.places import counties, county_number
from crm.members.selects import MemberFilter, Standing
from crm.members.words import OrganisationKind
from crm.records import Kind
from crm.tags.queries import tags_in_use
from pages.parts.members_words import kind_words, standing_words

_SEEN = "members-filter-seen"


def ask_filter(ctx: Context) -> MemberFilter:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="members-filter"):
        words = st.text_input(
            t("Søk"),
            placeholder=t("Navn, sted, nummer eller person"),
            live="300ms",
            key="sok",
            bind="query-params",
            width=352,
        )
        county = st.selectbox(
            t("Fylke"),
            [county.name for county in counties()],
            index=None,
            placeholder=t("Alle fylker"),
            key="fylke",
            bind="query-params",
            width=168,
        )
        kinds = {kind_words(kind): kind for kind in (OrganisationKind.HOUSE, OrganisationKind.SUPPLIER)}
        kind = st.selectbox(
            t("Type"), list(kinds), index=None, placeholder=t("Alle typer"), key="type", bind="query-params", width=168
        )
        standings = {standing_words(standing): standing for standing in Standing}
        standing = st.selectbox(t("Medlemskap"), list(standings), key="medlemskap", bind="query-params", width=168)
        tags = {tag.name: tag.id for tag in tags_in_use(ctx, Kind.ORGANISATION)}
        tag = _ask_tag(list(tags)) if tags else None
        on = st.date_input(
            t("Per dato"), value=ctx.today, format="DD.MM.YYYY", key="per", bind="query-params", width=168
        )
    return MemberFilter(
        on=on if isinstance(on, date) else ctx.today,
        words=words or "",
        county=county_number(county) if county else None,
        kind=kinds.get(kind or ""),
        standing=standings.get(standing or "", Standing.MEMBER),
        tag_id=tags.get(tag or ""),
    )


def _ask_tag(names: list[str]) -> str | None:
    placeholder = t("Alle merkelapper")
    return st.selectbox(
        t("Merkelapp"), names, index=None, placeholder=placeholder, key="merkelapp", bind="query-params", width=168
    )


def is_narrowed(wanted: MemberFilter, ctx: Context) -> bool:
    return wanted != MemberFilter(on=ctx.today)


def forget_place_when_changed(wanted: MemberFilter) -> None:
    """A page of the old list means nothing in the new one. A link opened fresh keeps its page."""
    seen = st.session_state.get(_SEEN)
    if seen is not None and seen != wanted:
        for name in ("etter", "foran"):
            st.query_params.pop(name, None)
    st.session_state[_SEEN] = wanted


def asked_place(name: str) -> int | None:
    typed = st.query_params.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None
