"""Taking a selection out: a file, labels, cards, or addresses for the mail program. Says first who is left out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from crm.context import Context
from crm.i18n import t, tn, use_language
from crm.people.words import ContactChannel
from crm.selections.commands import export_selection, take_addresses
from crm.selections.forms import Export, ExportFormat
from crm.selections.outgoing import Purpose
from crm.selections.queries import SavedSelection, preview_export
from crm.selections.wanted import Wanted
from crm.selections.words import ListedKind
from pages.parts.downloads import offer_download
from pages.parts.mailing_out import show_chunks
from pages.parts.mailing_words import left_out_words
from streamlit_config.shell import installed_application

WORKBOOK = ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FILES = {
    ExportFormat.WORKBOOK: WORKBOOK,
    ExportFormat.CSV: ("csv", "text/csv"),
    ExportFormat.CARDS: ("vcf", "text/vcard"),
    ExportFormat.LABELS: ("html", "text/html"),
    ExportFormat.EVERYTHING: WORKBOOK,
}
CHANNELS = {
    Purpose.EMAIL: ContactChannel.EMAIL,
    Purpose.PHONE: ContactChannel.PHONE,
    Purpose.LETTER: ContactChannel.LETTER,
}
FIXED = {
    ExportFormat.LABELS: Purpose.LETTER,
    ExportFormat.ADDRESSES: Purpose.EMAIL,
    ExportFormat.EVERYTHING: Purpose.OTHER,
}
OF_PERSONS = (ExportFormat.CARDS, ExportFormat.EVERYTHING)


def offer_export(
    ctx: Context, wanted: Wanted, shown: Sequence[str], saved: SavedSelection | None, chosen: Sequence[int] | None
) -> None:
    made = _ask_format(wanted.kind)
    if made is ExportFormat.EVERYTHING:
        st.caption(
            t(
                "Også merknader, parti, gamle nummer og hva de ikke vil kontaktes på, i en Excel-fil som Import leser tilbake "
                "slik alt står her. Gi den ikke til andre."
            )
        )
    purpose = FIXED.get(made) or _ask_purpose()
    export = Export(
        wanted=wanted,
        format=made,
        purpose=purpose,
        columns=tuple(shown),
        chosen=tuple(chosen) if chosen is not None else None,
        with_unsubscribed=purpose is Purpose.EMAIL and _ask_unsubscribed(),
        selection_id=saved.id if saved else None,
    )
    going = preview_export(ctx, export)
    n = len(going.written_to)
    counted = tn("{n} er med", "{n} er med", n)
    left_out = left_out_words(going.left_out, CHANNELS.get(purpose, ContactChannel.EMAIL))
    st.text(t("{counted}. Utelatt: {left_out}.", counted=counted, left_out=left_out) if left_out else f"{counted}.")
    if n and made is ExportFormat.ADDRESSES:
        if st.button(t("Vis adressene til blindkopi"), icon=":material/content_copy:", key="selection-addresses"):
            show_chunks(take_addresses(ctx, export))
    elif n:
        _offer_file(ctx, export, saved.name if saved else t("utvalg"))


def _offer_file(ctx: Context, export: Export, name: str) -> None:
    ending, mime = FILES[export.format]
    plain = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    offer_download(
        t("Last ned"),
        lambda: _made_now(ctx, export),  # written in the change log then
        file_name=f"{plain}-{ctx.today.isoformat()}.{ending}",
        mime=mime,
        is_primary=True,
        icon=":material/download:",
        key=f"download-{export.format}",
    )
    st.caption(t("At det ble tatt ut, hvor mange det var og med hvilket filter, står i endringsloggen."))


def _made_now(ctx: Context, export: Export) -> bytes:
    """Outside the run that drew the button, so in the reader's language again, and at the moment of the click."""
    use_language(ctx.actor.language)
    return export_selection(replace(ctx, now=installed_application().clock()), export)


def _ask_format(kind: ListedKind) -> ExportFormat:
    words = {
        ExportFormat.WORKBOOK: t("Excel"),
        ExportFormat.CSV: t("CSV"),
        ExportFormat.ADDRESSES: t("Adresser til blindkopi"),
        ExportFormat.LABELS: t("Etiketter"),
        ExportFormat.CARDS: t("Visittkort (vCard)"),
        ExportFormat.EVERYTHING: t("Alt om dem, for import"),
    }
    offered = [one for one in words if one not in OF_PERSONS or kind is ListedKind.PERSON]
    chosen = st.radio(t("Som"), offered, format_func=words.__getitem__, horizontal=True, key=f"export-format-{kind}")
    return chosen or ExportFormat.WORKBOOK


def _ask_purpose() -> Purpose:
    words = {
        Purpose.OTHER: t("Se på eller telle"),
        Purpose.EMAIL: t("Sende e-post"),
        Purpose.PHONE: t("Ringe"),
        Purpose.LETTER: t("Sende brev"),
    }
    chosen = st.radio(
        t("Listen skal brukes til å"), list(words), format_func=words.__getitem__, horizontal=True, key="export-purpose"
    )
    return chosen or Purpose.OTHER


def _ask_unsubscribed() -> bool:
    return st.toggle(
        t("Ta med dem som har meldt seg av en e-postliste"),
        help=t("Bare for det de skal ha som medlemmer, som en innkalling til årsmøtet."),
        key="export-with-unsubscribed",
    )
