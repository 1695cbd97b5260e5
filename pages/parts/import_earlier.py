"""Earlier imports: what became of each row, and the way to take a whole one back."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.errors import Refused
from crm.i18n import shown_date, shown_moment, t, tn
from crm.transfer.queries import BatchRow, import_batches, import_report
from crm.undo.commands import undo_batch
from crm.undo.rules import Standing
from crm.undo.words import REASONS, refused_words
from pages.parts.downloads import offer_download
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors

_SAID = "import-undone"


def show_earlier(ctx: Context) -> None:
    if st.session_state.pop(_SAID, False):
        st.success(t("Importen er tatt tilbake. Alt er som før den."), icon=":material/check_circle:")
    batches = import_batches(ctx)
    if not batches:
        return
    st.header(t("Tidligere importer"), anchor=False)
    for batch in batches:
        with st.expander(_batch(ctx, batch), key=f"batch-{batch.id}"):
            st.text(_counts(batch))
            with st.container(horizontal=True):
                offer_report(ctx, batch.id, place="earlier")
                is_asked = _ask_undo(batch)
            if is_asked:
                _confirm_undo(ctx, batch)


def _counts(batch: BatchRow) -> str:
    told = [tn("{n} ny", "{n} nye", batch.new)] if batch.new else []
    told += [tn("nye opplysninger om {n}", "nye opplysninger om {n}", batch.updated)] if batch.updated else []
    rows = tn("{n} rad", "{n} rader", batch.rows)
    return f"{rows}: {', '.join(told) or t('ingenting nytt')}."


def _ask_undo(batch: BatchRow) -> bool:
    """Two presses: this first one only asks what would happen."""
    if batch.undo_id is None or batch.standing is not Standing.CAN_BE_UNDONE:
        return False
    if st.session_state.get(_asked(batch)):
        return True
    if st.button(t("Ta tilbake importen"), key=f"undo-{batch.id}"):
        st.session_state[_asked(batch)] = True
        st.rerun()
    return False


def _confirm_undo(ctx: Context, batch: BatchRow) -> None:
    st.warning(t("Alt som ble nytt med importen, blir borte, og det som ble endret, blir som før."))
    with st.container(horizontal=True):
        is_sure = st.button(t("Ja, ta den tilbake"), type="primary", key=f"undo-yes-{batch.id}")
        if st.button(t("Nei, behold den"), key=f"undo-no-{batch.id}"):
            st.session_state.pop(_asked(batch))
            st.rerun()
    if is_sure and batch.undo_id is not None:
        _undo(ctx, batch.undo_id)


def _asked(batch: BatchRow) -> str:
    return f"undo-asked-{batch.id}"


def _undo(ctx: Context, undo_id: int) -> None:
    with saying_errors():
        try:
            undo_batch(ctx, undo_id)
        except Refused as refusal:
            if refusal.code not in REASONS:
                raise
            first, *others = refused_words(refusal)
            st.error(first, icon=":material/error:")
            for line in others:
                st.text(line)
            return
        st.session_state[_SAID] = True
        st.rerun()


def offer_report(ctx: Context, batch_id: int, *, place: str) -> None:
    offer_download(
        t("Last ned rapporten rad for rad (CSV)"),
        lambda: import_report(ctx, batch_id),
        file_name=f"import-{shown_date(ctx.now).replace('.', '-').replace('/', '-')}-{batch_id}.csv",
        mime="text/csv",
        key=f"report-{place}-{batch_id}",
    )


def _batch(ctx: Context, batch: BatchRow) -> str:
    who = batch.by or t("kommandolinjen")
    undone = f" · {t('tatt tilbake')}" if batch.standing is Standing.UNDONE else ""
    return escaped(f"{shown_moment(batch.at, now=ctx.now)} · {batch.file_name} · {who}{undone}")
