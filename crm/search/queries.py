"""What a colleague looks for, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.contact_details import read_phone
from crm.context import Context
from crm.facets import SEARCHABLE
from crm.members.places import municipality
from crm.permissions import Permission
from crm.search.asked import Asked, read
from crm.search.entries import Entry, Record, Text, records_of
from crm.search.highlight import Piece, finds_all, has_found, pieces, shortened
from crm.search.looking import Search
from crm.searchable import NAMES, Field, Searchable
from crm.word_index import record_id_of
from db.search_tables import pending

SHOWN_OF_A_KIND: Final = 6
MOST_ABOUT: Final = 3
# Who and where: they stand beside the title.
_ABOUT: Final = (Field.POST, Field.HOUSE, Field.PERSON, Field.CALLER, Field.MUNICIPALITY)

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Hit:
    """One record. All texts are cut into pieces, those that answer marked.

    `other_name`: a name it had, or has beside its own, when it was found by that one; `is_former` says which. `quoted`: from the
    text that answers, when that is none of the others, and what kind of text it is.
    """

    record: str
    id: int
    title: Pieces
    other_name: Pieces
    is_former: bool
    about: tuple[Pieces, ...]
    quoted: Pieces
    quoted_from: Field | None
    at: datetime


@dataclass(frozen=True)
class HitGroup:
    """Of one kind of record, best first. `has_more`: not all are here."""

    record: str
    hits: tuple[Hit, ...]
    has_more: bool


def is_enough(typed: str) -> bool:
    """Whether there is anything to look for: one letter is not."""
    return bool(read(typed))


def find_records(ctx: Context, typed: str, *, limit: int = SHOWN_OF_A_KIND) -> tuple[HitGroup, ...]:
    """By any scrap of what is written anywhere; the kind with the best answer first. At least two letters, or a number.

    Exact before beginning before word before part of a word, to the letter before loosely (`alesund`), the latest first.
    """
    with ctx.read(Permission.SEE_RECORDS) as session:
        asked = read(typed)
        if not asked:
            return ()
        kinds = {searchable.number: searchable for searchable in SEARCHABLE}
        found = Search(session, asked, limit, list(kinds)).run()
        groups = (_group(session, asked, kinds[kind], entries, limit) for kind, entries in found.items())
        return tuple(group for group in groups if group.hits)


def count_behind(ctx: Context) -> int:
    """How many records are not found yet as they are stored now: those of a large change, for some seconds."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return session.scalars(select(func.count()).select_from(pending)).one()


def _group(session: Session, asked: Asked, searchable: Searchable, entries: Sequence[Entry], limit: int) -> HitGroup:
    ids = [record_id_of(entry.id) for entry in entries[:limit]]
    records = {record.id: record for record in records_of(session, searchable, ids)}
    hits = tuple(_hit(asked, searchable.record, records[record_id]) for record_id in ids if record_id in records)
    return HitGroup(searchable.record, hits, has_more=len(entries) > limit)


def _hit(asked: Asked, kind: str, record: Record) -> Hit:
    title = next((text for text in record.texts if text.field in {Field.NAME, Field.TEXT}), None)
    shown = shortened(title.text, asked) if title else ""
    about = _about(asked, record)
    other = None if finds_all(shown, asked) else _other_name(asked, record)
    seen = {shown, *about}
    told = finds_all(" ".join(seen), asked) or (other is not None and finds_all(other.text, asked))
    quoted = None if told else _quoted(asked, record, seen)
    return Hit(
        record=kind,
        id=record.id,
        title=pieces(shown, asked),
        other_name=pieces(other.text, asked) if other else (),
        is_former=other is not None and other.field is Field.FORMER_NAME,
        about=tuple(pieces(text, asked) for text in about),
        quoted=pieces(shortened(quoted.text, asked), asked) if quoted else (),
        quoted_from=quoted.field if quoted else None,
        at=record.at,
    )


def _about(asked: Asked, record: Record) -> list[str]:
    """Those that were found first; of several the ones that come first in the feature's lines."""
    texts = [_as_read(text) for text in record.texts if text.field in _ABOUT]
    lines = list(dict.fromkeys(text.text for text in texts if text.text))
    kept = sorted(lines, key=lambda line: not has_found(line, asked))[:MOST_ABOUT]
    return [shortened(line, asked) for line in lines if line in kept]


def _other_name(asked: Asked, record: Record) -> Text | None:
    names = [text for text in record.texts if text.field in NAMES - {Field.NAME}]
    return next((name for name in names if has_found(name.text, asked)), None)


def _quoted(asked: Asked, record: Record, seen: set[str]) -> Text | None:
    texts = (_as_read(text) for text in record.texts if text.field not in NAMES)
    return next((text for text in texts if text.text not in seen and has_found(text.text, asked)), None)


def _as_read(text: Text) -> Text:
    """A number as it is dialled, a municipality by its name."""
    if text.field is Field.MUNICIPALITY:
        place = municipality(text.text)
        return Text(text.field, f"{place.name}, {place.county.name}" if place else "")
    if text.field is Field.PHONE:
        return Text(text.field, read_phone(text.text).shown)
    return text
