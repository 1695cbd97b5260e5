"""How the file was read and what its columns mean, each with a way to correct it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from crm.errors import Refused
from crm.i18n import t, tn
from crm.transfer.columns import CHOICES, headings, same_headings
from crm.transfer.file_words import is_refusal, notice_words, refusal_words
from crm.transfer.limits import HEADER_WITHIN
from crm.transfer.meanings import Meaning
from crm.transfer.separated import ENCODINGS, SEPARATORS, TWICE
from crm.transfer.tables import ReadAs, Table
from crm.transfer.words import meaning_words
from pages.parts.import_state import Incoming, choose_header
from pages.parts.plain import escaped
from streamlit_config.shell import saying_errors

EXAMPLES = 3
COLUMN_WIDTH = 250  # fits a phone, and three of them a desk


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
        if table is not None and table.is_workbook:
            found = table.read_as.sheet or table.sheets[0]
            sheet = st.selectbox(t("Ark"), table.sheets, index=table.sheets.index(found), key=f"{key}-sheet")
            return ReadAs(sheet=None if sheet == found and one.read_as.sheet is None else sheet)
        encoding = st.selectbox(
            t("Tegnkoding"),
            [None, *ENCODINGS],
            format_func=lambda value: _encoding(value, table),
            key=f"{key}-encoding",
        )
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
    if table.is_workbook:
        how = t("Arket «{sheet}»", sheet=escaped(table.read_as.sheet or ""))
    else:
        how = f"{_encoding_name(table.read_as.encoding)}, {_separator_name(table.read_as.separator).lower()}"
    lines = tn("{n} linje", "{n} linjer", len(table.lines))
    st.caption(f"{escaped(one.file_name)} · {how} · {lines}")


def ask_columns(one: Incoming, table: Table) -> None:
    """One field per column, with what stands in it: mapping and preview in one."""
    _ask_header(one, table)
    if one.header is None:
        return
    names = headings(table, one.header)
    twice = same_headings(names)
    if twice:
        st.warning(t("Disse overskriftene står over flere kolonner: {names}.", names=escaped(", ".join(twice))))
    with st.container(horizontal=True, gap="medium", key=f"columns-of-{one.token}"):
        meanings = [_ask_meaning(one, table, place, name) for place, name in enumerate(names)]
    if tuple(meanings) != one.meanings:
        one.meanings, one.choices = tuple(meanings), {}
        one.round += 1


def _ask_header(one: Incoming, table: Table) -> None:
    places = list(range(min(len(table.lines), HEADER_WITHIN)))
    chosen = st.selectbox(
        t("Linjen med overskrifter"),
        places,
        index=one.header,
        format_func=lambda place: _line(table, place),
        key=f"header-{one.token}-{one.read_as}",
    )
    choose_header(one, chosen)


def _ask_meaning(one: Incoming, table: Table, place: int, name: str) -> Meaning | None:
    header = one.header or 0
    below = (line.cells[place] for line in table.lines[header + 1 : header + 200] if place < len(line.cells))
    examples = [cell for cell in dict.fromkeys(below) if cell][:EXAMPLES]
    proposed = one.meanings[place] if place < len(one.meanings) else None
    options = list(CHOICES)
    label = escaped(name) if name else t("Kolonne {number} uten overskrift", number=place + 1)
    with st.container(width=COLUMN_WIDTH, gap="xxsmall"):
        chosen = st.selectbox(
            label,
            options,
            index=options.index(proposed) if proposed else None,
            format_func=meaning_words,
            placeholder=t("Brukes ikke"),
            key=f"column-{one.token}-{one.read_as}-{header}-{place}",
        )
        st.caption(escaped(" · ".join(_short(cell) for cell in examples)) or t("tom kolonne"))
    return chosen


def _line(table: Table, place: int) -> str:
    line = table.lines[place]
    return f"{line.number}: {_short('; '.join(filter(None, line.cells)), 70)}"


def _short(text: str, limit: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


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
