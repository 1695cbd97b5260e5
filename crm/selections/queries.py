"""Who is in a selection, and which selections are saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound, Refused
from crm.mailing.rules import Recipients
from crm.permissions import Permission
from crm.selections.columns import Cell, columns
from crm.selections.conditions import Quiet
from crm.selections.exporting import goes_out
from crm.selections.forms import Export
from crm.selections.members import everybody, id_and_name, placed_by
from crm.selections.portions import Portion
from crm.selections.sentences import Names
from crm.selections.wanted import Wanted, from_stored, ids_in_any_order, where
from db.models.cases import Topic
from db.models.lists import ListedKind, MailingList, Selection
from db.models.tags import Tag
from db.wording import among

PAGE = 50
# Counting further costs more than knowing it is worth; the screen says "over".
COUNTED_TO = 1_000
MOST_SHOWN = 500


@dataclass(frozen=True)
class SelectedRow:
    """`cells` in the order of the columns that were asked for."""

    id: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SelectedPage:
    """`following` and `preceding` are ids to ask on from; None where the list ends. `total` stops at COUNTED_TO and one more."""

    rows: list[SelectedRow]
    total: int
    following: int | None
    preceding: int | None


@dataclass(frozen=True)
class SavedSelection:
    id: int
    version: int
    name: str
    wanted: Wanted
    columns: tuple[str, ...]


@dataclass(frozen=True)
class SelectionRow:
    """`wanted` is None where a condition is none of ours any more: the list of selections is not lost for it."""

    id: int
    name: str
    kind: ListedKind
    wanted: Wanted | None


def look_up(
    ctx: Context,
    wanted: Wanted,
    shown: Sequence[str],
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> SelectedPage:
    """By name. `after` and `before` are ids from a page already shown; one that is gone gives the first page."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        row_id, name = id_and_name(wanted.kind)
        total, which = _matched(session, wanted, ctx.today)
        query = _turned(session, select(row_id, name).where(*which), wanted, after, before)
        found = session.execute(query.limit(limit + 1)).all()
        backwards, more = before is not None and after is None, len(found) > limit
        page = found[:limit][::-1] if backwards else found[:limit]
        portion = Portion(session, wanted, [row[0] for row in page], ctx.today)
        filled = [column.fill(portion) for column in columns(wanted.kind, shown)]
        rows = [SelectedRow(row[0], row[1], tuple(cells.get(row[0]) for cells in filled)) for row in page]
    following = rows[-1].id if rows and (more or backwards) else None
    preceding = rows[0].id if rows and (after is not None or (backwards and more)) else None
    return SelectedPage(rows, total, following, preceding)


def selected_ids(ctx: Context, wanted: Wanted) -> Sequence[int]:
    """Everybody in it, for what is done with all of them. Refused with "selection_too_large"."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return everybody(session, wanted, ctx.today)


def preview_export(ctx: Context, export: Export) -> Recipients:
    """Who would go out, and how many would not and why."""
    with ctx.read(Permission.EXPORT) as session:
        return goes_out(session, export, ctx.today)


def list_selections(ctx: Context) -> list[SelectionRow]:
    """By name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(Selection).order_by(Selection.sort_key, Selection.id).limit(MOST_SHOWN)
        return [SelectionRow(one.id, one.name, one.kind, _readable(one)) for one in session.scalars(query)]


def saved_selection(ctx: Context, selection_id: int) -> SavedSelection:
    with ctx.read(Permission.SEE_RECORDS) as session:
        one = session.get(Selection, selection_id)
        if one is None:
            raise NotFound(kind="selection", id=selection_id)
        return _saved(one)


def condition_names(ctx: Context) -> Names:
    """What can be chosen by name in a condition, and what chosen ids are called; in the order it is offered."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return Names(
            tags=_names(session, select(Tag.id, Tag.name).order_by(Tag.sort_key, Tag.id)),
            topics=_names(session, select(Topic.id, Topic.name).order_by(Topic.sort_key, Topic.id)),
            lists=_names(session, select(MailingList.id, MailingList.name).order_by(MailingList.sort_key)),
        )


def _matched(session: Session, wanted: Wanted, today: date) -> tuple[int, list[ColumnElement[bool]]]:
    """How many there are, up to COUNTED_TO and one more, and what to ask for them.

    Few are asked for by their ids; many lie so close that reading by name soon has a page of them.
    """
    row_id, most = id_and_name(wanted.kind)[0], COUNTED_TO + 1
    # Who is quiet may be told by reading all that happened for months. That is done once, and so many organisations there are not.
    found = session.scalars(ids_in_any_order(wanted, today).limit(None if wanted.one(Quiet) else most)).all()
    if len(found) <= COUNTED_TO:
        return len(found), [row_id.in_(found)]
    return most, [among(row_id, found)] if wanted.one(Quiet) else where(wanted, today)


def _names(session: Session, query: Select[int, str]) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(query.limit(MOST_SHOWN))}


def _saved(one: Selection) -> SavedSelection:
    return SavedSelection(one.id, one.version, one.name, from_stored(one.kind, one.conditions), tuple(one.columns))


def _readable(one: Selection) -> Wanted | None:
    try:
        return from_stored(one.kind, one.conditions)
    except Refused:
        return None


def _turned(
    session: Session, query: Select[int, str], wanted: Wanted, after: int | None, before: int | None
) -> Select[int, str]:
    """From the row named on, in either direction: no OFFSET, which reads everything it skips."""
    sort_key, row_id = placed_by(wanted.kind)
    from_id = after if after is not None else before
    here = session.execute(select(sort_key, row_id).where(row_id == from_id)).first() if from_id is not None else None
    if here is None:
        return query.order_by(sort_key, row_id)
    place = tuple_(sort_key, row_id)
    if after is not None:
        return query.where(place > (here[0], here[1])).order_by(sort_key, row_id)
    return query.where(place < (here[0], here[1])).order_by(sort_key.desc(), row_id.desc())
