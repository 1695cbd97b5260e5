"""One selection: its conditions in plain words, who is in it, and what can be done with them."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import language, t
from crm.permissions import Permission
from crm.selections.columns import COLUMNS, DEFAULT_COLUMNS
from crm.selections.queries import SavedSelection, condition_names, look_up, saved_selection
from crm.selections.sentences import said
from crm.selections.wanted import Wanted, from_address
from crm.selections.words import ListedKind
from pages.parts.address import follow_address, number_in_address, tell_address
from pages.parts.plain import escaped
from pages.parts.rows import open_chosen_row
from pages.parts.selection_actions import ask_what_to_do
from pages.parts.selection_filter import ask_conditions
from pages.parts.selection_rows import OPENS, count_words, show_selected
from pages.parts.selection_saved import SAVED, ask_to_change, ask_to_save
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

SHOWN = "kolonner"


def main() -> None:
    ctx = context()
    for screen in OPENS.values():
        open_chosen_row(screen)
    if st.button(t("Til utvalgene"), type="tertiary", icon=":material/arrow_back:", key="to-selections"):
        go("selections")
    with saying_errors():
        number = number_in_address(SAVED)
        saved = saved_selection(ctx, number) if number is not None else None
        wanted = from_address(st.query_params.to_dict())
        if wanted is None and saved is not None:
            _open_saved(saved)
        if wanted is None:
            go("selections")
        _show(ctx, wanted, saved)


def _open_saved(saved: SavedSelection) -> None:
    """`?utvalg=12` alone is enough of a link; what it means is written out beside it."""
    st.query_params.update({**saved.wanted.in_address(), SHOWN: ",".join(saved.columns)})
    st.rerun()


def _show(ctx: Context, wanted: Wanted, saved: SavedSelection | None) -> None:
    names = condition_names(ctx)
    head = st.container()
    with st.expander(t("Hvem er med"), icon=":material/filter_list:", expanded=not wanted.conditions, key="conditions"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="condition-fields"):
            ask_conditions(wanted, names)
        shown = _ask_columns(wanted.kind)
    wanted = from_address(st.query_params.to_dict()) or wanted
    page = look_up(ctx, wanted, shown, after=number_in_address("etter"), before=number_in_address("foran"))
    with head:
        st.title(escaped(saved.name) if saved else t("Nytt utvalg"), anchor=False)
        st.markdown(f"**{escaped(said(wanted, names))}**")
        st.caption(count_words(page))
    chosen = show_selected(wanted, page, has_name=shown[0] == "name")
    if page.rows:
        with st.expander(t("Gjør noe med utvalget"), icon=":material/checklist:", key="selection-actions"):
            ask_what_to_do(ctx, wanted, shown, saved, chosen)
    if ctx.may(Permission.KEEP_MEMBERS):
        with st.expander(t("Lagre"), icon=":material/bookmark:", key="save-selection"):
            if saved is None:
                ask_to_save(ctx, wanted, shown)
            else:
                ask_to_change(ctx, saved, wanted, shown)


def _ask_columns(kind: ListedKind) -> list[str]:
    known = {column.word: column.heading() for column in COLUMNS[kind]}
    usual = list(DEFAULT_COLUMNS[kind])
    key = f"columns-{kind}-{language()}"  # the browser holds the names that were chosen
    follow_address(SHOWN, key=key, read=lambda word: [one for one in word.split(",") if one in known] or usual)
    chosen = st.multiselect(
        t("Kolonner, i rekkefølge"), list(known), format_func=known.__getitem__, key=key, select_all=False
    )
    shown = chosen or usual
    tell_address(SHOWN, "" if shown == usual else ",".join(shown), key=key)
    return shown


main()
