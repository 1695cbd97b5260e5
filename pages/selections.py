"""Utvalg: the saved filters, which everybody shares, and the way to a new one."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import sentence, t
from crm.selections.queries import SelectionRow, condition_names, list_selections
from crm.selections.sentences import Names, kind_words, said
from crm.selections.wanted import Wanted, from_stored
from crm.selections.words import ListedKind
from pages.parts.plain import escaped
from pages.parts.rows import open_chosen_row, row_label, show_rows
from streamlit_config.navigation import go
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    open_chosen_row("selection", name="utvalg")
    st.title(t("Utvalg"), anchor=False)
    st.caption(t("Hvem som er med, regnes ut hver gang noen ser på utvalget."))
    names = condition_names(ctx)
    _show_saved(ctx, names)
    with st.container(horizontal=True, key="new-selection"):
        for kind, label in (
            (ListedKind.ORGANISATION, t("Nytt utvalg av organisasjoner")),
            (ListedKind.PERSON, t("Nytt utvalg av personer")),
        ):
            if st.button(label, icon=":material/add:", key=f"new-{kind}"):
                go("selection", **Wanted(kind).in_address())
    st.header(t("Kanskje et av disse?"), anchor=False)
    for place, wanted in enumerate(_proposals()):
        if st.button(
            escaped(said(wanted, names)), type="tertiary", icon=":material/filter_alt:", key=f"open-proposal-{place}"
        ):
            go("selection", **wanted.in_address())


def _show_saved(ctx: Context, names: Names) -> None:
    rows = list_selections(ctx)
    if rows:
        show_rows(t("Utvalg"), {row.id: _label(row, names) for row in rows}, opens="selection")


def _label(row: SelectionRow, names: Names) -> str:
    conditions = said(row.wanted, names) if row.wanted else t("har en betingelse som ikke betyr noe lenger")
    return row_label(row.name, sentence(kind_words(row.kind)), [conditions], number=row.id)


def _proposals() -> list[Wanted]:
    houses, persons = ListedKind.ORGANISATION, ListedKind.PERSON
    members = {"kind": ["house"], "membership": ["member"]}
    return [
        from_stored(houses, members | {"quiet": ["90"]}),
        from_stored(persons, members | {"post": ["employee"], "reached_by": ["email"]}),
        from_stored(persons, {"post": ["journalist"], "reached_by": ["email"]}),
    ]


main()
