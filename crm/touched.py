"""Notices which records a transaction touches, so that what is derived from them is right when it ends: the search index, and when
each organisation was last in touch. No use-case has to think of it.

What is added, changed or deleted through the session is seen at each flush. An UPDATE or DELETE given to `session.execute` is seen
too: the rows it will hit are looked up first. So is an INSERT of rows that name their record. Of a bulk INSERT of the records
themselves the database alone knows the new ids: whoever writes one says with `note_touched` which they became, and forgetting it is
an error (`NotNoted`) at the end of the transaction. Nothing is written by `session.connection()` or `bulk_...`: those are not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Column, ColumnElement, Table, event, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.visitors import iterate

from crm.searchable import Searchable
from crm.traces import Trace
from db.base import Base

AT_ONCE: Final = 1_000
Sortable = TypeVar("Sortable", int, str)
# Whose ids they are: the number of a kind of record in the index, or what a trace's column names.
Owner: TypeAlias = int | Trace
_HERE: Final = "crm.touched"


class NotNoted(Exception):
    """A bulk INSERT put rows in a searchable table and nobody said which: a mistake in the program."""


@dataclass(frozen=True)
class Link:
    """A table whose rows lend a text to the records of another: a house's name to its cases, which point to it by `via`."""

    searchable: Searchable
    of: InstrumentedAttribute[Any]
    via: InstrumentedAttribute[Any]
    text: str


@dataclass
class Watched:
    """What is read in one table.

    `owners`: by whose ids they are and the column that holds them, the columns whose change touches those.
    """

    table: Table
    owners: defaultdict[tuple[Owner, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    links: list[Link] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The columns that name a record, and the row's own id."""
        own = [column.name for column in self.table.primary_key]
        return list(dict.fromkeys([*own, *(of for _, of in self.owners)]))


@dataclass
class Touched:
    """What one transaction has touched so far."""

    records: defaultdict[Owner, set[int]] = field(default_factory=lambda: defaultdict(set))
    lent: defaultdict[Link, set[int]] = field(default_factory=lambda: defaultdict(set))
    again: list[tuple[Watched, list[int]]] = field(default_factory=list)
    unnoted: set[str] = field(default_factory=set)

    def row(self, watched: Watched, values: Mapping[str, Iterable[Any]], changed: Container[str]) -> None:
        """`values`: what each naming column held and holds. `changed`: the columns that now say something else."""
        for (owner, of), read in watched.owners.items():
            if of in changed or any(column in changed for column in read):
                self.records[owner].update(one for one in values[of] if one is not None)
        for link in watched.links:
            if link.text in changed:
                self.lent[link].update(values["id"])


def note_touched(session: Session, model: type[Base], ids: Iterable[int]) -> None:
    """For whoever writes past the session: these rows of the table are inserted, changed or deleted in this transaction.

    Call it before an update or a delete and after an insert: whose texts the rows are is read at once, and again at the end.
    """
    watched = watched_tables().get(model.__tablename__)
    if watched is None:
        return
    touched = touched_in(session)
    touched.unnoted.discard(watched.table.name)
    remaining = iter(ids)
    while some := list(islice(remaining, AT_ONCE)):
        _read_rows(session, watched, watched.table.c.id.in_(some))
        touched.again.append((watched, some))


def touched_in(session: Session) -> Touched:
    found: Touched = session.info.setdefault(_HERE, Touched())
    return found


def take_touched(session: Session) -> dict[Owner, set[int]]:
    """The ids touched since the last call, by whose they are. Raises NotNoted."""
    session.flush()
    if _HERE not in session.info:
        return {}
    touched = touched_in(session)
    for watched, ids in touched.again:
        _read_rows(session, watched, watched.table.c.id.in_(ids))
    for link, rows in touched.lent.items():
        for some in in_portions(rows):
            pointing = select(link.of).where(link.via.in_(some), link.of.is_not(None)).distinct()
            touched.records[link.searchable.number].update(session.scalars(pointing))
    del session.info[_HERE]
    if touched.unnoted:
        raise NotNoted(", ".join(sorted(touched.unnoted)))
    return {owner: ids for owner, ids in touched.records.items() if ids}


def in_portions(values: Iterable[Sortable]) -> Iterator[list[Sortable]]:
    """Sorted, and few enough at once for one statement."""
    ordered = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


@cache
def watched_tables() -> dict[str, Watched]:
    from crm.facets import SEARCHABLE, TRACES  # they stand on the features, and they on the context that calls us

    found: dict[str, Watched] = {}

    def watching(column: Any) -> Watched:
        table: Table = column.class_.__table__
        return found.setdefault(table.name, Watched(table))

    for searchable in SEARCHABLE:
        own = watching(searchable.at)
        own.owners[searchable.number, "id"] |= _read_in(own, searchable.at, searchable.where)
        for line in searchable.lines:
            here = watching(line.of)
            here.owners[searchable.number, line.of.key] |= _read_in(here, line.field, line.text, line.via)
            if line.via is not None:
                assert isinstance(line.text, InstrumentedAttribute)
                watching(line.text).links.append(Link(searchable, line.of, line.via, line.text.key))
    for trace in TRACES:
        watching(trace.of).owners[trace, trace.of.key] |= {column.key for column in trace.reads}
    return found


def _read_in(watched: Watched, *parts: object) -> set[str]:
    """The columns of this table that the parts read."""
    clauses = [part for part in parts if isinstance(part, ColumnElement | InstrumentedAttribute)]
    name = watched.table.name
    found = (part for clause in clauses for part in iterate(inspect(clause).__clause_element__()))
    return {part.key for part in found if isinstance(part, Column) and getattr(part.table, "name", "") == name}


@event.listens_for(Session, "after_flush")
def _note_flushed(session: Session, _context: object) -> None:
    watched = watched_tables()
    for row in (*session.new, *session.deleted, *session.dirty):
        seen = watched.get(row.__tablename__)
        if seen is not None:
            _note_row(session, seen, row)


def _note_row(session: Session, watched: Watched, row: Any) -> None:
    if row in session.new or row in session.deleted:
        # No record lends a text from a row that was not there, and one whose lender is gone points elsewhere now.
        changed = watched.names
    else:
        changed = [name for name in inspect(row).committed_state if get_history(row, name).has_changes()]
    if changed:
        values = {name: get_history(row, name).sum() for name in watched.names}
        touched_in(session).row(watched, values, changed)


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Insert | Update | Delete):
        return
    watched = watched_tables().get(getattr(statement.table, "name", ""))
    if watched is None:
        return
    if isinstance(statement, Insert):
        _note_inserted(state, watched)
        return
    ids = _read_rows(state.session, watched, statement.whereclause)
    if isinstance(statement, Update) and ids:
        touched_in(state.session).again.append((watched, ids))


def _note_inserted(state: ORMExecuteState, watched: Watched) -> None:
    """The record a new row belongs to stands in the row; a record's own row has its id only when the writer chose it."""
    given = state.parameters or []
    rows: Sequence[Mapping[str, Any]] = [given] if isinstance(given, Mapping) else given
    touched = touched_in(state.session)
    for owner, of in watched.owners:
        touched.records[owner].update(row[of] for row in rows if row.get(of) is not None)
        if not rows or (of == "id" and any("id" not in row for row in rows)):
            touched.unnoted.add(watched.table.name)


def _read_rows(session: Session, watched: Watched, which: ColumnElement[bool] | None) -> list[int]:
    """Notes the rows as they are now, whichever of their columns are meant. Their ids, where the table's rows have one."""
    columns = [watched.table.c[name] for name in watched.names]
    query = select(*columns) if which is None else select(*columns).where(which)
    touched, ids = touched_in(session), []
    for row in session.execute(query).mappings():
        touched.row(watched, {name: [row[name]] for name in watched.names}, watched.table.c.keys())
        if "id" in row:
            ids.append(row["id"])
    return ids
