"""Who is it? The hits for what is typed, and which of them is taken. For calls and for press inquiries alike.

The hits stand apart from the field: a form places them after its last field, so that Tab goes from who to what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.people.queries import CallerHit, find_callers
from pages.parts.plain import escaped

NOBODY = ""  # the choice to keep what was typed as text


@dataclass(frozen=True)
class ChosenCaller:
    """`hit` None: nobody we know. `were_shown`: these hits stood on the screen before whatever was pressed in this run.

    `is_plain`: all hits are of one house, so the first of them cannot be mistaken for another.
    """

    hit: CallerHit | None
    were_shown: bool
    is_plain: bool

    @property
    def key(self) -> str:
        return self.hit.key if self.hit else NOBODY


def choose_caller(
    ctx: Context,
    typed: str,
    *,
    token: str,
    chosen: str | None = None,
    search: Callable[[Context, str], list[CallerHit]] = find_callers,
) -> ChosenCaller:
    """The hits as a choice with the best one taken, unless `chosen` (a hit's key, or NOBODY) is among them.

    The choice's key holds the query: with each other query the first hit is the chosen one again.
    """
    shown = _shown(token, typed)
    hits = shown if shown is not None else search(ctx, typed) if typed.strip() else []
    st.session_state[f"shown-{token}"] = (typed, hits)
    if not hits:
        return ChosenCaller(None, were_shown=True, is_plain=True)
    by_key = {hit.key: hit for hit in hits}
    options = [*by_key, NOBODY]
    taken = st.radio(
        t("Hvem er det?"),
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda key: escaped(named(by_key[key])) if key else t("Ingen av disse"),
        captions=[*(escaped(hit.phone) for hit in hits), escaped(t("«{typed}» lagres som tekst", typed=typed.strip()))],
        key=_choice_key(token, typed),
    )
    houses = {hit.organisation_id for hit in hits}
    is_plain = len(houses) == 1 and hits[0].organisation_id is not None
    return ChosenCaller(by_key.get(taken or NOBODY), were_shown=shown is not None, is_plain=is_plain)


def caller_shown(typed: str, *, token: str) -> ChosenCaller | None:
    """Who is chosen on the screen as it was last drawn; None when the hits for what is typed now did not stand there."""
    hits = _shown(token, typed)
    if hits is None:
        return None
    taken = st.session_state.get(_choice_key(token, typed), NOBODY)
    return ChosenCaller(next((hit for hit in hits if hit.key == taken), None), were_shown=True, is_plain=True)


def _shown(token: str, typed: str) -> list[CallerHit] | None:
    """What was found is not asked for again while the same words stand in the field."""
    words, hits = st.session_state.get(f"shown-{token}", (None, []))
    return hits if words == typed else None


def _choice_key(token: str, typed: str) -> str:
    return f"hits-{token}-{blake2s(typed.encode(), digest_size=6).hexdigest()}"


def named(hit: CallerHit) -> str:
    """`Kjærsti Øyen, Fjordglimt kulturhus, Ålesund`, with what there is."""
    return ", ".join(part for part in (hit.person, hit.house, hit.place) if part)
