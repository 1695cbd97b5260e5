"""Storing the list, and the reports of this and earlier imports."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import shown_date, shown_moment, t, tn
from crm.transfer.commands import SeenImport, import_members
from crm.transfer.examination import WRITTEN, Outcome
from crm.transfer.queries import BatchRow, Examined, import_batches, import_report
from pages.parts.import_reading import saying_refusals
from pages.parts.import_state import Incoming, forget
from pages.parts.plain import escaped
from streamlit_config.navigation import go


def ask_to_store(ctx: Context, one: Incoming, examined: Examined) -> None:
    """Says what is stored and what is not, then stores it with one press."""
    counts = examined.counts
    new = tn("{n} nytt hus", "{n} nye hus", counts[Outcome.NEW])
    updated = tn("nye opplysninger om {n} hus", "nye opplysninger om {n} hus", counts[Outcome.UPDATED])
    left_out = [
        tn("{n} rad må avgjøres", "{n} rader må avgjøres", counts[Outcome.ASKED]) if counts[Outcome.ASKED] else "",
        tn("{n} rad er avvist", "{n} rader er avvist", counts[Outcome.REJECTED]) if counts[Outcome.REJECTED] else "",
        tn("{n} rad er utelatt", "{n} rader er utelatt", counts[Outcome.SKIPPED]) if counts[Outcome.SKIPPED] else "",
    ]
    if any(left_out):
        st.caption(t("Blir ikke med: {rows}.", rows=", ".join(filter(None, left_out))))
    if not any(counts[outcome] for outcome in WRITTEN):
        st.info(t("Alt i listen er her fra før. Det er ikke noe nytt å lagre."))
        return
    parts = [new] * bool(counts[Outcome.NEW]) + [updated] * bool(counts[Outcome.UPDATED])
    label = t("Lagre {what}", what=t("{one} og {other}", one=parts[0], other=parts[1]) if len(parts) == 2 else parts[0])
    if st.button(label, type="primary", icon=":material/save:", key=f"store-{one.token}"):
        with saying_refusals():
            seen = SeenImport(one.file_name, one.rows, dict(one.choices), examined.fingerprint, one.token)
            with st.spinner(t("Lagrer …")):
                one.batch_id = import_members(ctx, seen)
            st.rerun()


def show_stored(ctx: Context, batch_id: int) -> None:
    st.success(t("Listen er lagret."), icon=":material/check_circle:")
    _offer_report(ctx, batch_id, place="now")
    with st.container(horizontal=True):
        if st.button(t("Til medlemmene"), type="primary", key="imported-to-members"):
            forget()
            go("members")
        if st.button(t("Importer en liste til"), key="import-another"):
            forget()
            st.rerun()


def show_earlier(ctx: Context) -> None:
    batches = import_batches(ctx)
    if not batches:
        return
    st.subheader(t("Tidligere importer"), anchor=False)
    for batch in batches:
        with st.expander(_batch(ctx, batch), key=f"batch-{batch.id}"):
            st.text(
                t(
                    "{rows} rader: {new} nye hus, nye opplysninger om {updated}.",
                    rows=batch.rows,
                    new=batch.new,
                    updated=batch.updated,
                )
            )
            _offer_report(ctx, batch.id, place="earlier")


def _offer_report(ctx: Context, batch_id: int, *, place: str) -> None:
    st.download_button(
        t("Last ned rapporten rad for rad (CSV)"),
        # Made when it is asked for: a rerun of the screen costs no report.
        data=lambda: import_report(ctx, batch_id),
        file_name=f"import-{shown_date(ctx.now).replace('.', '-').replace('/', '-')}-{batch_id}.csv",
        mime="text/csv",
        key=f"report-{place}-{batch_id}",
    )


def _batch(ctx: Context, batch: BatchRow) -> str:
    who = batch.by or t("kommandolinjen")
    return escaped(f"{shown_moment(batch.at, now=ctx.now)} · {batch.file_name} · {who}")
