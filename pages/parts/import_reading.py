"""How the file was read, with a way to correct it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from crm.errors import Refused
from crm.i18n import t, tn
from crm.transfer.file_words import is_refusal, notice_words, refusal_words
from crm.transfer.letters import ENCODINGS, TWICE
from crm.transfer.separated import SEPARATORS
from crm.transfer.tables import ReadAs, Source, Table
from pages.parts.import_state import Incoming
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors


@contextmanager
def saying_refusals() -> Iterator[None]:
    """What refuses a list is said with its facts: which line, which limit."""
    with saying_errors():
        try:
            yield
        except Refused as refusal:
            if not is_refusal(refusal.code):
                raise
            st.error(refusal_words(refusal.code, refusal.facts), icon=":material/error:")


def ask_reading(one: Incoming) -> ReadAs:
    """What was found out stands first; a choice overrules it."""
    key = f"reading-{one.token}"
    table = one.table
    needs_help = one.refusal is not None or bool(table and table.notices)
    with st.expander(t("Slik ble filen lest"), expanded=needs_help, key=key):
        if table is not None and table.source is Source.WORKBOOK:
            found = table.read_as.sheet or table.sheets[0]
            sheet = st.selectbox(t("Ark"), table.sheets, index=table.sheets.index(found), key=f"{key}-sheet")
            return ReadAs(sheet=None if sheet == found and one.read_as.sheet is None else sheet)
        encoding = st.selectbox(
            t("Tegnkoding"),
            [None, *ENCODINGS],
            format_func=lambda value: _encoding(value, table),
            key=f"{key}-encoding",
        )
        if table is not None and table.source is not Source.SEPARATED:
            return ReadAs(encoding=encoding)
        separator = st.selectbox(
            t("Skilletegn"),
            [None, *SEPARATORS],
            format_func=lambda value: _separator(value, table),
            key=f"{key}-separator",
        )
        plain = st.checkbox(t("Les anførselstegn som vanlige tegn"), key=f"{key}-quotes")
        return ReadAs(encoding=encoding, separator=separator, quotes=not plain)


def show_reading(one: Incoming, table: Table) -> None:
    for notice in table.notices:
        st.warning(notice_words(notice), icon=":material/warning:")
    encoding, separator = _encoding_name(table.read_as.encoding), _separator_name(table.read_as.separator)
    how = {
        Source.SEPARATED: f"{encoding}, {separator.lower()}",
        Source.WORKBOOK: t("Arket «{sheet}»", sheet=escaped(table.read_as.sheet or "")),
        Source.CARDS: t("vCard, {encoding}", encoding=encoding),
        Source.CALENDAR: t("Deltakere i en kalender, {encoding}", encoding=encoding),
    }[table.source]
    lines = tn("{n} linje", "{n} linjer", len(table.lines))
    st.caption(f"{escaped(one.file_name)} · {how} · {lines}")


def _encoding(value: str | None, table: Table | None) -> str:
    if value is not None:
        return _encoding_name(value)
    found = _encoding_name(table.read_as.encoding) if table and table.read_as.encoding else ""
    return t("Finn ut selv ({found})", found=found) if found else t("Finn ut selv")


def _encoding_name(encoding: str | None) -> str:
    names = {
        "utf-8": "UTF-8",
        "cp1252": t("Windows-1252 (vanlig i eldre Excel)"),
        "mac_roman": t("Macintosh"),
        "cp865": t("DOS (865)"),
        TWICE: t("UTF-8 der bokstavene er blitt ødelagt («Ã¥»)"),
    }
    return names.get(encoding or "", (encoding or "").upper())


def _separator(value: str | None, table: Table | None) -> str:
    if value is not None:
        return _separator_name(value)
    found = _separator_name(table.read_as.separator) if table and table.read_as.separator else ""
    return t("Finn ut selv ({found})", found=found) if found else t("Finn ut selv")


def _separator_name(separator: str | None) -> str:
    names = {";": t("Semikolon"), ",": t("Komma"), "\t": t("Tabulator"), "|": t("Loddrett strek")}
    return names.get(separator or "", separator or "")
