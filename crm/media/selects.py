"""The list of inquiries in the order they press: what is owed with a deadline, what is owed without, the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from crm.correspondence.queries import RecordKind, is_answered
from crm.periods import Quarter
from crm.records import Kind
from crm.tags.selects import has_tag
from db.models.cases import Inquiry, Medium, Outcome

MOST_IN_A_PAGE = 200


class InquiryState(StrEnum):
    OPEN = "open"  # we owe an answer
    ANSWERED = "answered"
    ALL = "all"


@dataclass(frozen=True)
class InquiryFilter:
    """`quarter` by when it was received; `outlet_id` the outlet at the time."""

    state: InquiryState = InquiryState.OPEN
    quarter: Quarter | None = None
    medium: Medium | None = None
    outlet_id: int | None = None
    tag_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page ended: the section, and the sorting moment and id of its last row."""

    section: int
    at: datetime
    id: int

    @property
    def key(self) -> str:
        return f"{self.section}~{self.at.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, key: str) -> Place:
        """ValueError for anything else: keys come from addresses people can edit."""
        section, at, row_id = key.split("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or int(section) not in range(len(_SECTIONS)):
            raise ValueError(f"{key!r} is not a place in the list")
        return cls(int(section), moment, int(row_id))


@dataclass(frozen=True)
class _Section:
    """One stretch of the list, in one order that an index can follow."""

    is_owed: bool
    with_deadline: bool | None
    latest_first: bool = False

    @property
    def column(self) -> Any:
        return Inquiry.deadline_at if self.with_deadline else Inquiry.received_at

    def rows(self) -> list[ColumnElement[bool]]:
        owed = and_(Inquiry.closed_at.is_(None), ~is_answered(RecordKind.INQUIRY))
        if not self.is_owed:
            return [~owed]
        has_deadline = Inquiry.deadline_at.is_not(None)
        return [owed, has_deadline if self.with_deadline else ~has_deadline]

    def after(self, place: Place) -> ColumnElement[bool]:
        here, there = tuple_(self.column, Inquiry.id), tuple_(place.at, place.id)
        return here < there if self.latest_first else here > there

    def ordered(self, query: Select[Any]) -> Select[Any]:
        columns = (self.column, Inquiry.id)
        return query.order_by(*(column.desc() if self.latest_first else column for column in columns))


_SECTIONS = (
    _Section(is_owed=True, with_deadline=True),
    _Section(is_owed=True, with_deadline=False),
    _Section(is_owed=False, with_deadline=None, latest_first=True),
)


def page_of_inquiries(
    session: Session, wanted: InquiryFilter, *, after: Place | None, limit: int
) -> tuple[list[Inquiry], Place | None]:
    """A page's rows and where it ended; None when the list ends with it. At most one select for each section."""
    limit = min(limit, MOST_IN_A_PAGE)
    found = list(_rows(session, wanted, after, limit + 1))
    rows = [row for _, row in found[:limit]]
    if len(found) <= limit:
        return rows, None
    number, last = found[limit - 1]
    return rows, Place(number, getattr(last, _SECTIONS[number].column.key), last.id)


def conditions(wanted: InquiryFilter) -> list[ColumnElement[bool]]:
    """Of the filter without its state."""
    found: list[ColumnElement[bool]] = []
    if wanted.quarter is not None:
        since, before = wanted.quarter.instants()
        found += [Inquiry.received_at >= since, Inquiry.received_at < before]
    if wanted.medium is not None:
        found.append(Inquiry.medium == wanted.medium)
    if wanted.outlet_id is not None:
        found.append(Inquiry.outlet_id == wanted.outlet_id)
    if wanted.tag_id is not None:
        found.append(has_tag(Kind.INQUIRY, wanted.tag_id))
    return found


def _rows(session: Session, wanted: InquiryFilter, after: Place | None, limit: int) -> Iterator[tuple[int, Inquiry]]:
    for number, section in enumerate(_SECTIONS):
        if limit <= 0 or not _is_wanted(section, wanted.state) or (after is not None and number < after.section):
            continue
        query = select(Inquiry).where(*section.rows(), *conditions(wanted), *_of_state(section, wanted.state))
        if after is not None and number == after.section:
            query = query.where(section.after(after))
        rows = session.scalars(section.ordered(query).limit(limit)).all()
        limit -= len(rows)
        yield from ((number, row) for row in rows)


def _is_wanted(section: _Section, state: InquiryState) -> bool:
    return state is InquiryState.ALL or section.is_owed is (state is InquiryState.OPEN)


def _of_state(section: _Section, state: InquiryState) -> list[ColumnElement[bool]]:
    if section.is_owed or state is not InquiryState.ANSWERED:
        return []
    not_withdrawn = or_(Inquiry.outcome.is_(None), Inquiry.outcome != Outcome.WITHDRAWN)
    return [is_answered(RecordKind.INQUIRY), not_withdrawn]
