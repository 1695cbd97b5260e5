"""The rows of a selection: each opens its record, or several are chosen for something to be done with them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.i18n import shown_date, shown_number, t, tn
from crm.selections.columns import Cell
from crm.selections.queries import COUNTED_TO, SelectedPage, SelectedRow
from crm.selections.wanted import Wanted
from crm.selections.words import ListedKind
from pages.parts.rows import row_label, show_rows
from pages.parts.selection_filter import forget_place

OPENS = {ListedKind.ORGANISATION: "member", ListedKind.PERSON: "person"}


def show_selected(wanted: Wanted, page: SelectedPage, *, has_name: bool) -> list[int]:
    """The ids that are chosen, on this page and on those looked at before it."""
    if not page.rows:
        st.text(t("Ingen passer med dette."))
        return []
    chooses = st.toggle(t("Velg rader"), key=f"chooses-{wanted.kind}")
    labels = {row.id: _label(row, has_name=has_name) for row in page.rows}
    if not chooses:
        show_rows(t("Utvalget"), labels, opens=OPENS[wanted.kind])
        chosen = []
    else:
        chosen = _choose(wanted, labels)
    _turn_pages(page)
    return chosen


def count_words(page: SelectedPage) -> str:
    if page.total > COUNTED_TO:
        return t("Mer enn {n} treff", n=shown_number(COUNTED_TO))
    return tn("{n} treff", "{n} treff", page.total)


def _choose(wanted: Wanted, labels: dict[int, str]) -> list[int]:
    """Remembered for as long as the same selection is looked at."""
    place = f"chosen-{wanted.in_address()}"
    before: set[int] = st.session_state.get(place, set())
    here = st.pills(
        t("Utvalget"),
        list(labels),
        selection_mode="multi",
        default=[row for row in labels if row in before],
        format_func=labels.__getitem__,
        key=f"rows-chosen-{hash(place)}-{next(iter(labels))}",
        label_visibility="collapsed",
        width="stretch",
    )
    chosen = (before - set(labels)) | set(here)
    st.session_state[place] = chosen
    return sorted(chosen)


def _label(row: SelectedRow, *, has_name: bool) -> str:
    cells = row.cells[1:] if has_name else row.cells
    return row_label(row.name, "", [_shown(cell) for cell in cells], number=row.id)


def _shown(cell: Cell) -> str:
    return shown_date(cell) if isinstance(cell, date) else cell or ""


def _turn_pages(page: SelectedPage) -> None:
    with st.container(horizontal=True, key="selection-pages"):
        for name, label, place in (
            ("foran", t("Forrige side"), page.preceding),
            ("etter", t("Neste side"), page.following),
        ):
            if place is not None and st.button(label, key=f"turn-{name}-{place}"):
                forget_place()
                st.query_params[name] = str(place)
                st.rerun()
