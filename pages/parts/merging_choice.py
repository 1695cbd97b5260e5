"""Whose value wins: a choice for each field where the two differ, by the arrow keys; equal fields are not asked about."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.members.said import owner_words
from crm.merging.forms import Pick
from crm.merging.queries import FieldPair, SamePerson, SideBySide
from crm.merging.words import FIELDS, likeness_words
from pages.parts.moments import FIRST_DAY
from pages.parts.people_words import languages_words
from pages.parts.plain import escaped


def ask_values(seen: SideBySide, key: str) -> dict[str, Pick]:
    differing = [pair for pair in seen.fields if pair.differs]
    if not differing:
        st.caption(t("Opplysningene er like."))
        return {}
    st.header(t("Hva skal gjelde"), anchor=False)
    return {pair.field: _ask_value(pair, f"{key}-{pair.field}") for pair in differing}


def _ask_value(pair: FieldPair, key: str) -> Pick:
    picks = [Pick.KEPT, Pick.MERGED, *([Pick.BOTH] if pair.preset is Pick.BOTH else [])]
    said = {
        Pick.KEPT: _value(pair, pair.kept),
        Pick.MERGED: _value(pair, pair.merged),
        Pick.BOTH: t("Begge, etter hverandre"),
    }
    return st.radio(
        FIELDS[pair.field](), picks, index=picks.index(pair.preset), format_func=said.__getitem__, key=f"pick-{key}"
    )


def _value(pair: FieldPair, value: str) -> str:
    shown = value
    if pair.field == "owner_form" and value:
        shown = owner_words(value)
    elif pair.field == "languages":
        shown = languages_words(tuple(value.split()))
    return escaped(shown) if shown else t("(tomt)")


def ask_day(ctx: Context, key: str) -> date:
    day = st.date_input(
        t("Én fra og med"),
        value=ctx.today,
        min_value=FIRST_DAY,
        max_value=ctx.today,
        format="DD.MM.YYYY",
        key=f"on-{key}",
        width=220,
        help=t("Det som skjedde før denne dagen, telles fortsatt som to i tallene for den tiden."),
    )
    return day or ctx.today


def ask_persons(seen: SideBySide, key: str) -> tuple[tuple[int, int], ...]:
    """Those ticked, at most once each: whoever is merged cannot be merged again."""
    if not seen.persons:
        return ()
    st.header(t("Samme person begge steder?"), anchor=False)
    chosen: list[tuple[int, int]] = []
    for pair in seen.persons:
        is_free = not {pair.kept_id, pair.merged_id} & {each for other in chosen for each in other}
        if _ask_person(pair, key) and is_free:
            chosen.append((pair.kept_id, pair.merged_id))
    return tuple(chosen)


def _ask_person(pair: SamePerson, key: str) -> bool:
    one, other = _person(pair.kept_name, pair.kept_reach), _person(pair.merged_name, pair.merged_reach)
    # That they work at one house is what is being decided.
    reasons = ", ".join(likeness_words(reason) for reason in pair.likeness.reasons if reason != "workplace")
    with st.container(gap=None):
        ticked = st.checkbox(
            t("{one} er den samme som {other}", one=one, other=other),
            value=pair.likeness.is_sure,
            key=f"same-{key}-{pair.kept_id}-{pair.merged_id}",
        )
        st.caption(reasons)
    return ticked


def _person(name: str, reach: tuple[str, ...]) -> str:
    return escaped(f"{name} ({', '.join(reach)})" if reach else name)
