"""Which tags there are, and what they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, exists, func, select

from crm.context import Context
from crm.permissions import Permission
from crm.records import Kind, Record, column_of
from crm.tags.steps import MOST_ON_A_RECORD, names_on
from db.models.tags import Tag, Tagging

MOST_SHOWN = 500


@dataclass(frozen=True)
class TagOn:
    id: int
    name: str


@dataclass(frozen=True)
class TagRow:
    """How many records of each kind have it."""

    id: int
    version: int
    name: str
    uses: dict[Kind, int]


def tags_of(ctx: Context, record: Record) -> tuple[TagOn, ...]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        rows = session.execute(_on(record.kind), {"record_id": record.id})
        return tuple(TagOn(row.id, row.name) for row in rows)


@cache
def _on(kind: Kind) -> Select[int, str]:
    """Made once: each rerun of a record's screen asks it."""
    query = select(Tag.id, Tag.name).join(Tagging, Tagging.tag_id == Tag.id)
    here = column_of(Tagging, kind) == bindparam("record_id")
    return query.where(here).order_by(Tag.sort_key, Tag.id).limit(MOST_ON_A_RECORD)


def tags_of_many(ctx: Context, kind: Kind, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names on each of a page's records; those without any are left out."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return names_on(session, kind, ids)


def tags_in_use(ctx: Context, kind: Kind | None = None) -> list[TagOn]:
    """What to suggest, or, for one kind of record, to narrow its list by. By name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        # A look into the index for each tag: there are some hundreds of them, and perhaps a million places they are on.
        used = exists().where(Tagging.tag_id == Tag.id)
        if kind is not None:
            used = used.where(column_of(Tagging, kind).is_not(None))
        query = select(Tag.id, Tag.name).where(used).order_by(Tag.sort_key, Tag.id).limit(MOST_SHOWN)
        return [TagOn(row.id, row.name) for row in session.execute(query)]


def list_tags(ctx: Context) -> list[TagRow]:
    """Those in use and those on nothing any more, by name."""
    with ctx.read(Permission.CHANGE_SETTINGS) as session:
        # One stretch of an index for each tag and kind; counting through the rows themselves took twenty times as long.
        counts = [
            select(func.count())
            .where(Tagging.tag_id == Tag.id, column_of(Tagging, kind).is_not(None))
            .scalar_subquery()
            for kind in Kind
        ]
        query = select(Tag.id, Tag.version, Tag.name, *counts).order_by(Tag.sort_key, Tag.id).limit(MOST_SHOWN)
        return [
            TagRow(tag_id, version, name, {kind: n for kind, n in zip(Kind, uses, strict=True) if n})
            for tag_id, version, name, *uses in session.execute(query)
        ]
