"""A list on its way in, kept between reruns: the file's bytes, what was read of it, and what was chosen. Plain rows, no records."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import streamlit as st

from crm.context import Context
from crm.errors import Refused
from crm.members.words import OrganisationKind
from crm.transfer.columns import (
    Meanings,
    Subject,
    header_place,
    headings,
    headings_key,
    likely_subject,
    proposed_meanings,
)
from crm.transfer.commands import SaidMeanings, SeenImport
from crm.transfer.examination import Choice, Outcome, RowResult
from crm.transfer.queries import Examined, examine_list, read_list_file, remembered_meanings
from crm.transfer.row_reading import NEW_KIND, ListAs, lines_of, list_as, read_rows
from crm.transfer.rows import ListRow
from crm.transfer.tables import Line, ReadAs, Table

_STATE = "list-import"
BETWEEN_GLANCES = 500  # rows


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
    subject: Subject = Subject.ORGANISATIONS
    new_kind: OrganisationKind = OrganisationKind.HOUSE
    of_members: bool = True
    meanings: Meanings = ()
    rows: list[ListRow] = field(default_factory=list)
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
        one.table = read_list_file(ctx, one.data, one.file_name, wanted)
    except Refused as refusal:
        one.refusal = refusal
        return
    choose_header(ctx, one, header_place(one.table.lines))


def choose_header(ctx: Context, one: Incoming, header: int | None) -> None:
    if header == one.header:
        return
    one.header = header
    if one.table is not None and header is not None:
        choose_subject(ctx, one, likely_subject(headings(one.table, header)))


def choose_subject(ctx: Context, one: Incoming, subject: Subject) -> None:
    """The columns mean something else in the other kind of list, so all choices begin anew."""
    one.subject, one.choices = subject, {}
    one.new_kind = NEW_KIND[subject]
    one.meanings = remembered_meanings(ctx, names_of(one), subject)
    one.round += 1


def choose_meanings(one: Incoming, meanings: Meanings) -> None:
    one.meanings, one.choices = meanings, {}
    one.round += 1


def names_of(one: Incoming) -> tuple[str, ...]:
    return () if one.table is None or one.header is None else headings(one.table, one.header)


def examine(ctx: Context, one: Incoming, progress: Callable[[float], object]) -> Examined:
    """The dry run as things are now. Repeated when a choice was made or when anybody has saved anything.

    `progress` is told how much is done, from 0 to 1, every so often while a long list is read.
    """
    if one.table is None or one.header is None:
        raise Refused("no_rows")
    wanted = list_as(one.table, one.header, one.subject, one.meanings, one.new_kind, of_members=one.of_members)
    source = (one.read_as, one.header, wanted)
    if one.rows_of != source:
        one.rows, one.rows_of = list(_read(lines_of(one.table, one.header), wanted, progress)), source
    basis = (source, dict(one.choices), ctx.data_version())
    if one.examined is None or one.examined_at != basis:
        one.examined, one.examined_at = examine_list(ctx, one.rows, one.choices), basis
    return one.examined


def _read(lines: list[Line], wanted: ListAs, progress: Callable[[float], object]) -> Iterator[ListRow]:
    for start in range(0, len(lines), BETWEEN_GLANCES):
        if start:
            progress(start / len(lines))
        yield from read_rows(lines[start : start + BETWEEN_GLANCES], wanted)


def seen(one: Incoming, examined: Examined) -> SeenImport:
    """What is on the screen, ready to be stored; with what the columns mean, when that is not what we proposed."""
    names = names_of(one)
    said = None
    if one.meanings != proposed_meanings(names, one.subject):
        said = SaidMeanings(headings_key(names, one.subject), one.meanings)
    return SeenImport(one.file_name, one.rows, dict(one.choices), examined, one.token, said)


def is_question(result: RowResult) -> bool:
    """There is, or was, something to choose."""
    has_choices = result.candidates or result.people or result.places
    return bool(has_choices) or result.outcome in {Outcome.ASKED, Outcome.SKIPPED}
