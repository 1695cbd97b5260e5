"""Storing the list, and what can be done right after."""

from __future__ import annotations

import streamlit as st

from crm.context import Context
from crm.i18n import t, tn
from crm.transfer.columns import Subject
from crm.transfer.commands import import_list
from crm.transfer.examination import WRITTEN, Outcome
from crm.transfer.queries import Examined
from pages.parts.import_earlier import offer_report
from pages.parts.import_reading import saying_refusals
from pages.parts.import_state import Incoming, forget, seen
from pages.parts.search_behind import say_behind
from streamlit_config.navigation import go


def ask_to_store(ctx: Context, one: Incoming, examined: Examined) -> None:
    """Says what is stored and what is not, then stores it with one press."""
    counts = examined.counts
    new, updated = _what(one.subject, examined)
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
            with st.spinner(t("Lagrer …")):
                one.batch_id = import_list(ctx, seen(one, examined))
            st.rerun()


def _what(subject: Subject, examined: Examined) -> tuple[str, str]:
    new, updated = examined.counts[Outcome.NEW], examined.counts[Outcome.UPDATED]
    if subject is Subject.PERSONS:
        return (
            tn("{n} ny person", "{n} nye personer", new),
            tn("nye opplysninger om {n} person", "nye opplysninger om {n} personer", updated),
        )
    if not all(result.row.makes_member for result in examined.results if result.outcome in WRITTEN):
        return (
            tn("{n} ny organisasjon", "{n} nye organisasjoner", new),
            tn("nye opplysninger om {n} organisasjon", "nye opplysninger om {n} organisasjoner", updated),
        )
    return (
        tn("{n} nytt hus", "{n} nye hus", new),
        tn("nye opplysninger om {n} hus", "nye opplysninger om {n} hus", updated),
    )


def show_stored(ctx: Context, batch_id: int, subject: Subject) -> None:
    st.success(t("Listen er lagret."), icon=":material/check_circle:")
    st.caption(t("Hele importen kan tas tilbake i 30 dager, under Tidligere importer."))
    say_behind(ctx)
    offer_report(ctx, batch_id, place="now")
    with st.container(horizontal=True):
        if subject is Subject.PERSONS and st.button(t("Til personene"), type="primary", key="imported-to-persons"):
            forget()
            go("persons")
        if subject is Subject.ORGANISATIONS and st.button(
            t("Til medlemmene"), type="primary", key="imported-to-members"
        ):
            forget()
            go("members")
        if st.button(t("Importer en liste til"), key="import-another"):
            forget()
            st.rerun()
