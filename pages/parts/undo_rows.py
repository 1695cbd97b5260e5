"""What can be taken back, and what was: one line each, with the way back while there is one."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.errors import Refused
from crm.i18n import shown_date, shown_moment, t
from crm.undo.commands import undo_batch
from crm.undo.queries import Batch, list_batches
from crm.undo.rules import Standing
from crm.undo.words import BatchKind, batch_words, refused_words
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


def show_batches(ctx: Context, kind: BatchKind) -> None:
    batches = list_batches(ctx, kind, limit=20)
    if not batches:
        return
    st.header(t("Slått sammen"), anchor=False)
    for batch in batches:
        with st.container(key=f"batch-{batch.id}", gap="small"):
            show_batch(ctx, batch)


def show_batch(ctx: Context, batch: Batch) -> None:
    by = batch.by or t("Kommandolinjen")
    said = t("{moment}: {what} ({by})", moment=shown_moment(batch.at, now=ctx.now), what=batch_words(batch), by=by)
    st.markdown(escaped(said))
    if batch.standing is Standing.UNDONE and batch.undone_at is not None:
        st.caption(
            t(
                "Tatt tilbake {moment} av {by}.",
                moment=shown_moment(batch.undone_at, now=ctx.now),
                by=escaped(batch.undone_by or t("Kommandolinjen")),
            )
        )
    elif batch.standing is Standing.TOO_LATE:
        st.caption(t("Kan ikke lenger tas tilbake."))
    elif st.button(t("Ta tilbake"), key=f"undo-{batch.id}", help=t("Til og med {day}", day=shown_date(batch.until))):
        _undo(ctx, batch)


def _undo(ctx: Context, batch: Batch) -> None:
    with saying_errors():
        try:
            undo_batch(ctx, batch.id)
        except Refused as refused:
            reason, *rows = refused_words(refused)
            st.error(f"{reason}  \n" + "  \n".join(f"– {escaped(row)}" for row in rows))
            return
        st.rerun()
