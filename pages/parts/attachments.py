"""The attachments of a record: each opens in a tab of its own, more come by dropping them here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import streamlit as st

from crm.attachments.commands import RemovedFile, add_attachment, delete_attachment, put_back_attachment
from crm.attachments.forms import NewFile
from crm.attachments.names import clean_name
from crm.attachments.queries import AttachmentLine
from crm.context import Context
from crm.errors import CrmError
from crm.i18n import shown_moment, shown_number, t, tn
from crm.records import Record
from pages.parts import attachments_reasons as attachments_reasons
from pages.parts.plain import escaped
from streamlit_config.navigation import attachment_address
from streamlit_config.shell import explained, saying_errors

KILOBYTE = 1024


class Uploaded(Protocol):
    name: str

    def getvalue(self) -> bytes: ...


def show_attachments(ctx: Context, record: Record, lines: Sequence[AttachmentLine]) -> None:
    place = f"attachments-{record.kind}-{record.id}"
    _offer_undo(ctx, place)
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"attachment-{line.id}"):
            with st.container(width="stretch", gap=None):
                st.link_button(_label(ctx, line), attachment_address(line.address), type="tertiary", wrap=True)
            help_text = t("Slett {name}", name=escaped(line.name))
            if st.button(t("Slett"), help=help_text, type="tertiary", key=f"delete-attachment-{line.id}"):
                _delete(ctx, line, place)
    _ask_files(ctx, record, place)


def _ask_files(ctx: Context, record: Record, place: str) -> None:
    """What is dropped is stored at once, and the field is empty again; what was refused is said until the next try."""
    number = st.session_state.setdefault(f"{place}-tries", 0)
    files = st.file_uploader(t("Legg ved filer"), accept_multiple_files=True, key=f"{place}-upload-{number}")
    if files:
        st.session_state[f"{place}-said"] = _store(ctx, record, files)
        st.session_state[f"{place}-tries"] = number + 1
        st.rerun()
    stored, refused = st.session_state.get(f"{place}-said", (0, ()))
    if stored:
        st.caption(tn("{n} fil er lagt ved.", "{n} filer er lagt ved.", stored))
    for line in refused:
        st.warning(line)


def _store(ctx: Context, record: Record, files: Iterable[Uploaded]) -> tuple[int, tuple[str, ...]]:
    """How many were stored, and of each other one why not, as Markdown."""
    stored, refused = 0, []
    for file in files:
        try:
            add_attachment(ctx, record, NewFile.checked(name=file.name, content=file.getvalue()))
            stored += 1
        except CrmError as error:
            refused.append(f"{escaped(clean_name(file.name))}: {explained(error)}")
    return stored, tuple(refused)


def _delete(ctx: Context, line: AttachmentLine, place: str) -> None:
    with saying_errors():
        st.session_state[f"{place}-removed"] = delete_attachment(ctx, line.id)
        st.rerun()


def _offer_undo(ctx: Context, place: str) -> None:
    """The one deleted last, for as long as this session lasts: it is nowhere else any more."""
    removed: RemovedFile | None = st.session_state.get(f"{place}-removed")
    if removed is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"removed-{removed.address}"):
        with st.container(width="stretch", gap=None):
            st.info(t("Slettet {name}.", name=escaped(removed.name)))
        if st.button(t("Angre"), key=f"put-back-{removed.address}"):
            with saying_errors():
                put_back_attachment(ctx, removed)
                del st.session_state[f"{place}-removed"]
                st.rerun()


def _label(ctx: Context, line: AttachmentLine) -> str:
    size = t("{n} kB", n=shown_number(max(1, line.size // KILOBYTE)))
    if line.size >= KILOBYTE**2:
        size = t("{n} MB", n=shown_number(line.size / KILOBYTE**2, decimals=1))
    facts = " · ".join(escaped(fact) for fact in (size, shown_moment(line.added_at, now=ctx.now), line.by))
    return f"{escaped(line.name)} :small[· {facts}]"
