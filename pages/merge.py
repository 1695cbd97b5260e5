"""Two side by side: which one stays, whose value wins in each field, and who is the same person at both."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.merging.commands import merge_organisations, merge_persons
from crm.merging.forms import MergedOrganisations, MergedPersons
from crm.merging.queries import SideBySide, organisations_side_by_side, persons_side_by_side
from crm.undo.words import KEPT_DAYS
from pages.parts.merging_choice import ask_day, ask_persons, ask_values
from pages.parts.merging_words import KINDS, PERSONS, follows_words
from pages.parts.plain import escaped
from streamlit_config.navigation import go, record_id
from streamlit_config.shell import context, saying_errors


def main() -> None:
    ctx = context()
    typed = st.query_params.get("med", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        go("duplicates")
    is_person = st.query_params.get("slag") == PERSONS
    if st.button(t("Til duplikatene"), type="tertiary", icon=":material/arrow_back:", key="to-duplicates"):
        go("duplicates")
    st.title(t("Slå sammen"), anchor=False)
    with saying_errors():
        look = persons_side_by_side if is_person else organisations_side_by_side
        _show(ctx, look(ctx, record_id(), int(typed)), is_person=is_person)


def _show(ctx: Context, seen: SideBySide, *, is_person: bool) -> None:
    if seen.kept.id == seen.merged.id:
        st.info(t("Disse to er alt slått sammen."))
        return
    key = f"{seen.kept.id}-{seen.kept.version}-{seen.merged.id}-{seen.merged.version}"
    _show_sides(seen, key, is_person=is_person)
    picks = ask_values(seen, key)
    form: dict[str, Any] = {
        "kept_id": seen.kept.id,
        "kept_version": seen.kept.version,
        "merged_id": seen.merged.id,
        "merged_version": seen.merged.version,
        "picks": picks,
    }
    if not is_person:
        form |= {"on": ask_day(ctx, key), "persons": ask_persons(seen, key)}
    st.caption(t("Kan tas tilbake i {days} dager, på siden Duplikater.", days=KEPT_DAYS))
    if st.button(t("Slå sammen"), type="primary", shortcut="Ctrl+Enter", key=f"merge-{key}"):
        with saying_errors():
            _merge(ctx, form, is_person=is_person)


def _show_sides(seen: SideBySide, key: str, *, is_person: bool) -> None:
    stays, goes = st.columns(2)
    for place, side, said in ((stays, seen.kept, t("Blir stående")), (goes, seen.merged, t("Slås inn i den andre"))):
        with place.container(border=True, gap="small"):
            st.caption(said)
            st.header(escaped(side.name), anchor=False)
            if side.where:
                st.text(side.where)
            st.caption(follows_words(side.follows) or t("ingen historie"))
    if st.button(t("Bytt om"), icon=":material/swap_horiz:", key=f"swap-{key}"):
        go("merge", id=seen.merged.id, med=seen.kept.id, slag=PERSONS if is_person else KINDS[0])


def _merge(ctx: Context, form: dict[str, Any], *, is_person: bool) -> None:
    if is_person:
        merge_persons(ctx, MergedPersons.checked(**form))
    else:
        merge_organisations(ctx, MergedOrganisations.checked(**form))
    go("person" if is_person else "member", id=form["kept_id"])


main()
