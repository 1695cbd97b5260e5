"""Which organisation is meant, found while its name is typed, by the name it has or one it had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2s

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.organisation_queries import OrganisationHit, find_organisations
from crm.members.words import OrganisationKind
from pages.parts.members_words import kind_words
from pages.parts.plain import escaped

NEW = 0  # no row has it: what was typed is a new name


@dataclass(frozen=True)
class ChosenOrganisation:
    """`id` None: nothing is chosen, or `name` is of one that is not known yet."""

    id: int | None
    name: str


def choose_organisation(
    ctx: Context,
    label: str,
    *,
    key: str,
    kinds: Collection[OrganisationKind] | None = None,
    may_be_new: bool = False,
) -> ChosenOrganisation:
    """In a fragment. The choice's key holds what was typed: each other text begins with its own best hit."""
    placeholder = t("Skriv litt av navnet")
    typed = (
        st.text_input(label, placeholder=placeholder, live="150ms", key=f"{key}-typed", persist_state="session") or ""
    )
    hits = {hit.id: hit for hit in find_organisations(ctx, typed, kinds=kinds)}
    options = [*hits, *([NEW] if may_be_new and typed.strip() else [])]
    if not options:
        if typed.strip():
            st.caption(t("Ingen organisasjon vi kjenner heter det."))
        return ChosenOrganisation(None, "")
    chosen = st.radio(
        t("Hvilken?"),
        options,
        format_func=lambda option: escaped(_named(hits[option])) if option else t("Ny: {name}", name=escaped(typed)),
        key=f"{key}-hits-{blake2s(typed.encode(), digest_size=6).hexdigest()}",
        label_visibility="collapsed",
    )
    return ChosenOrganisation(chosen or None, typed.strip())


def _named(hit: OrganisationHit) -> str:
    formerly = t("tidligere {name}", name=hit.found_as) if hit.found_as else ""
    return ", ".join(part for part in (hit.name, formerly, hit.place, kind_words(hit.kind)) if part)
