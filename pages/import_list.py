"""Import: a list of organisations or persons from a file, looked at row by row before anything is stored."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_number, t
from crm.permissions import Permission
from crm.transfer.columns import has_names
from crm.transfer.file_words import refusal_words
from crm.transfer.limits import LARGEST_FILE, MOST_ROWS
from pages.parts.import_columns import ask_columns, ask_subject
from pages.parts.import_done import ask_to_store, show_stored
from pages.parts.import_earlier import show_earlier
from pages.parts.import_reading import ask_reading, saying_refusals, show_reading
from pages.parts.import_report import show_report
from pages.parts.import_state import Incoming, begin, examine, forget, incoming, read
from streamlit_config.shell import context


def main() -> None:
    ctx = context()
    st.title(t("Import"), anchor=False)
    if not ctx.may(Permission.KEEP_MEMBERS):
        st.info(t("Rollen din kan ikke importere medlemmer og personer."))
        return
    one = incoming()
    if one is None:
        _ask_file()
        show_earlier(ctx)
    elif one.batch_id is not None:
        show_stored(ctx, one.batch_id, one.subject)
    else:
        with saying_refusals():
            _look_through(ctx, one)


def _ask_file() -> None:
    st.text(
        t(
            "Velg en liste over medlemmer, andre organisasjoner eller personer: CSV, Excel (.xlsx), LibreOffice (.ods), "
            "vCard (.vcf) eller en kalenderfil med deltakere (.ics). Ingenting lagres før du har sett hva som skjer med hver rad."
        )
    )
    limits = {"size": LARGEST_FILE // 1024 // 1024, "rows": shown_number(MOST_ROWS)}
    st.caption(t("Høyst {size} MB og {rows} rader. Hele importen kan tas tilbake i 30 dager.", **limits))
    uploaded = st.file_uploader(t("Fil"), key="list-file")
    if uploaded is not None:
        begin(uploaded.name, uploaded.getvalue())
        st.rerun()


def _look_through(ctx: Context, one: Incoming) -> None:
    if st.button(t("Velg en annen fil"), type="tertiary", icon=":material/arrow_back:", key=f"other-{one.token}"):
        forget()
        st.rerun()
    if one.table is None and one.refusal is None:
        with st.spinner(t("Leser filen …")):
            read(ctx, one, one.read_as)
    wanted = ask_reading(one)
    if wanted != one.read_as:
        with st.spinner(t("Leser filen …")):
            read(ctx, one, wanted)
        st.rerun()
    if one.refusal is not None:
        st.error(refusal_words(one.refusal.code, one.refusal.facts), icon=":material/error:")
    if one.table is None:
        return
    show_reading(one, one.table)
    ask_subject(ctx, one)
    used = len(one.meanings) - one.meanings.count(None)
    label = t("Hva kolonnene betyr ({used} av {all} brukes)", used=used, all=len(one.meanings))
    needs_help = not has_names(one.meanings, one.subject)
    with st.expander(label, key=f"columns-{one.token}-{one.subject.value}", expanded=needs_help):
        ask_columns(ctx, one, one.table)
    with st.empty():
        examined = examine(ctx, one, lambda done: st.progress(done, t("Leser radene og sammenligner med det vi har …")))
    st.header(t("Hva som skjer med hver rad"), anchor=False)
    ask_to_store(ctx, one, examined)
    show_report(one, examined)


main()
