"""Somebody we know already, found while the name is typed. Nobody is made new here."""

from __future__ import annotations

from hashlib import blake2s

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.queries import CallerHit, find_callers
from pages.parts.caller_search import named
from pages.parts.plain import escaped


def choose_known(ctx: Context, typed: str, *, key: str) -> CallerHit | None:
    """The best hit unless another is chosen. The choice's key holds what was typed: each other text begins with its own best."""
    hits = {hit.key: hit for hit in find_callers(ctx, typed)}
    if not hits:
        if typed.strip():
            st.caption(t("Ingen vi kjenner heter det."))
        return None
    chosen = st.radio(
        t("Hvem er det?"),
        list(hits),
        format_func=lambda hit: escaped(named(hits[hit])),
        key=f"{key}-hits-{blake2s(typed.encode(), digest_size=6).hexdigest()}",
    )
    return hits.get(chosen or "")
