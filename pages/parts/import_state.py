"""A list on its way in, kept between reruns: the file's bytes, what was read of it, and what was chosen. Plain rows, no records."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TypeAlias

import streamlit as st

from crm.context import Context
from crm.errors import Refused
from crm.transfer.columns import header_place, headings, proposed_meanings
from crm.transfer.examination import Choice, Outcome, RowResult
from crm.transfer.meanings import Meaning
from crm.transfer.queries import Examined, examine_members, read_member_file
from crm.transfer.rows import MemberRow
from crm.transfer.rules import member_rows
from crm.transfer.tables import ReadAs, Table

_STATE = "member-import"

Meanings: TypeAlias = tuple[Meaning | None, ...]


@dataclass
class Incoming:
    """`table` and `rows` are kept with what they were made from, so that nothing is read twice."""

    file_name: str
    data: bytes
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    read_as: ReadAs = field(default_factory=ReadAs)
    table: Table | None = None
    refusal: Refused | None = None
    header: int | None = None
    meanings: Meanings = ()
    rows: list[MemberRow] = field(default_factory=list)
    rows_of: tuple[object, ...] = ()
    choices: dict[int, Choice] = field(default_factory=dict)
    examined: Examined | None = None
    examined_at: tuple[object, ...] = ()
    round: int = 0  # grows when choices are made for several rows at once: their fields then begin anew
    batch_id: int | None = None


def incoming() -> Incoming | None:
    return st.session_state.get(_STATE)


def begin(file_name: str, data: bytes) -> Incoming:
    st.session_state[_STATE] = Incoming(file_name, data)
    started: Incoming = st.session_state[_STATE]
    return started


def forget() -> None:
    st.session_state.pop(_STATE, None)


def read(ctx: Context, one: Incoming, wanted: ReadAs) -> None:
    """Reads the file when it was not read this way already. A refusal is kept too: reading again would only repeat it."""
    if one.read_as == wanted and (one.table is not None or one.refusal is not None):
        return
    one.read_as, one.table, one.refusal, one.header = wanted, None, None, None
    try:
        one.table = read_member_file(ctx, one.data, one.file_name, wanted)
    except Refused as refusal:
        one.refusal = refusal
        return
    choose_header(one, header_place(one.table.lines))


def choose_header(one: Incoming, header: int | None) -> None:
    if header == one.header:
        return
    one.header, one.choices = header, {}
    one.round += 1
    if one.table is not None and header is not None:
        one.meanings = proposed_meanings(headings(one.table, header))


def examine(ctx: Context, one: Incoming) -> Examined:
    """The dry run as things are now. Repeated when a choice was made or when anybody has saved anything."""
    if one.table is None or one.header is None:
        raise Refused("no_rows")
    source = (one.read_as, one.header, one.meanings)
    if one.rows_of != source:
        one.rows, one.rows_of = member_rows(one.table, one.header, one.meanings), source
    basis = (source, dict(one.choices), ctx.data_version())
    if one.examined is None or one.examined_at != basis:
        one.examined, one.examined_at = examine_members(ctx, one.rows, one.choices), basis
    return one.examined


def is_question(result: RowResult) -> bool:
    """There is, or was, something to choose."""
    return bool(result.candidates or result.places) or result.outcome in {Outcome.ASKED, Outcome.SKIPPED}
