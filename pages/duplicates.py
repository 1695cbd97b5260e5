"""Duplikater: two that may be one, with why we think so. Nothing is merged here without a choice."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.merging.commands import keep_organisations_apart, keep_persons_apart
from crm.merging.duplicate_queries import Duplicate, Duplicates, Lookalike, duplicate_organisations, duplicate_persons
from crm.merging.words import likeness_words
from crm.undo.commands import forget_old_batches
from crm.undo.words import BatchKind
from pages.parts.address import follow_address, tell_address
from pages.parts.merging_words import KINDS, PERSONS, kind_words
from pages.parts.plain import escaped
from pages.parts.undo_rows import show_batches
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

KIND = "duplicates-kind"


def main() -> None:
    ctx = context()
    st.title(t("Duplikater"), anchor=False)
    st.caption(t("To oppføringer som kan være den samme. Ingenting slås sammen uten at noen velger det."))
    follow_address("kind", key=KIND, read=lambda word: word if word in KINDS else KINDS[0])
    kind = st.segmented_control(t("Hva"), KINDS, required=True, format_func=kind_words, key=KIND)
    tell_address("kind", "" if kind == KINDS[0] else kind or "", key=KIND)
    with saying_errors():
        is_person = kind == PERSONS
        found = duplicate_persons(ctx) if is_person else duplicate_organisations(ctx)
        _show(ctx, found, is_person=is_person)
        forget_old_batches(ctx)
        show_batches(ctx, BatchKind.MERGE)


def _show(ctx: Context, found: Duplicates, *, is_person: bool) -> None:
    if not found.pairs:
        st.info(t("Ingen ligner på hverandre nå."), icon=":material/check:")
    for pair in found.pairs:
        with st.container(border=True, key=f"pair-{pair.one.id}-{pair.other.id}"):
            _show_pair(ctx, pair, is_person=is_person)
    if found.more:
        st.caption(t("Det er flere. De kommer når disse er avgjort."))


def _show_pair(ctx: Context, pair: Duplicate, *, is_person: bool) -> None:
    one, other = st.columns(2)
    _name(one, pair.one)
    _name(other, pair.other)
    reasons = ", ".join(likeness_words(reason) for reason in pair.likeness.reasons)
    is_sure = pair.likeness.is_sure
    st.caption(
        t("Trolig den samme: {reasons}", reasons=reasons) if is_sure else t("Kanskje: {reasons}", reasons=reasons)
    )
    ids, key = (pair.one.id, pair.other.id), f"{pair.one.id}-{pair.other.id}"
    with st.container(horizontal=True, key=f"ways-{key}"):
        if st.button(t("Slå sammen …"), key=f"merge-{key}"):
            go("merge", id=ids[0], med=ids[1], slag=PERSONS if is_person else KINDS[0])
        if st.button(t("Ikke den samme"), key=f"apart-{key}", type="tertiary"):
            (keep_persons_apart if is_person else keep_organisations_apart)(ctx, *ids)
            st.rerun()


def _name(place: st.delta_generator.DeltaGenerator, shown: Lookalike) -> None:
    with place.container(gap=None):
        st.markdown(f"**{escaped(shown.name)}**")
        st.caption(escaped(shown.where) or t("sted ikke oppgitt"))


main()
