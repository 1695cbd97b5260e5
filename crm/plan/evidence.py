"""The records behind the numbers, asked of all features at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from crm.facets import evidence
from crm.i18n import local
from crm.periods import Period, Quarter
from crm.plan.cards import RecordRow, RecordsPage
from db.models.organisations import Organisation

PAGE = 50


def counted_days(session: Session, kinds: Collection[str], period: Period, quarter: Quarter) -> list[date]:
    """The office's day of each record, once however many kinds it has, from the period's first day to the quarter's last."""
    since, before = period.instants()[0], quarter.instants()[1]
    return [local(row.at).date() for row in session.execute(_records(kinds, since, before))]


def different_records(session: Session, kinds: Collection[str], quarter: Quarter) -> int:
    """How many records count in the quarter: one that counts for three measures is one."""
    records = _records(kinds, *quarter.instants()).subquery("records")
    return session.scalars(select(func.count()).select_from(records)).one()


def records_page(
    session: Session,
    code: str,
    kinds_of: Mapping[str, Sequence[str]],
    quarter: Quarter,
    *,
    before: str | None,
    shows_words: bool,
) -> RecordsPage:
    """`kinds_of`: the kinds of evidence of every measure, this one's and those its records may also count for."""
    rows = _page(session, kinds_of.get(code, ()), quarter, before)
    of_record = _kinds(session, {kind for kinds in kinds_of.values() for kind in kinds}, rows[:PAGE], quarter)
    shown = tuple(_row(row, of_record[row.record, row.record_id], code, kinds_of, shows_words) for row in rows[:PAGE])
    return RecordsPage(shown, _key(rows[PAGE - 1]) if len(rows) > PAGE else None)


def _records(kinds: Collection[str], since: datetime, before: datetime) -> Select[Any]:
    """record, record_id, at (the first within the time), title, organisation_id."""
    found = evidence(kinds)
    return (
        select(
            found.c.record,
            found.c.record_id,
            func.min(found.c.at).label("at"),
            func.max(found.c.title).label("title"),
            func.max(found.c.organisation_id).label("organisation_id"),
        )
        .where(found.c.at >= since, found.c.at < before)
        .group_by(found.c.record, found.c.record_id)
    )


def _page(session: Session, kinds: Collection[str], quarter: Quarter, before: str | None) -> Sequence[Row[Any]]:
    """One more than a page, to know whether there is another."""
    records = _records(kinds, *quarter.instants()).subquery("records")
    query = select(records, Organisation.name.label("organisation")).outerjoin(
        Organisation, Organisation.id == records.c.organisation_id
    )
    last = _read_key(before)
    if last is not None:
        at, record, record_id = last
        below = and_(records.c.record == record, records.c.record_id < record_id)
        same_moment = and_(records.c.at == at, or_(records.c.record > record, below))
        query = query.where(or_(records.c.at < at, same_moment))
    order = (records.c.at.desc(), records.c.record, records.c.record_id.desc())
    return session.execute(query.order_by(*order).limit(PAGE + 1)).all()


def _kinds(
    session: Session, kinds: Collection[str], rows: Sequence[Row[Any]], quarter: Quarter
) -> dict[tuple[str, int], set[str]]:
    """Every kind of evidence these records are in the quarter."""
    found = evidence(kinds)
    since, before = quarter.instants()
    query = select(found.c.record, found.c.record_id, found.c.kind).where(
        found.c.at >= since, found.c.at < before, found.c.record_id.in_([row.record_id for row in rows])
    )
    of_record: dict[tuple[str, int], set[str]] = defaultdict(set)
    for record, record_id, kind in session.execute(query):
        of_record[record, record_id].add(kind)
    return of_record


def _row(
    row: Row[Any], kinds: set[str], code: str, kinds_of: Mapping[str, Sequence[str]], shows_words: bool
) -> RecordRow:
    return RecordRow(
        at=row.at,
        kinds=tuple(kind for kind in kinds_of[code] if kind in kinds),
        record=row.record,
        record_id=row.record_id,
        title=(row.title or "") if shows_words else "",
        organisation=(row.organisation or "") if shows_words else "",
        also_counts_for=tuple(
            other for other, wanted in kinds_of.items() if other != code and not kinds.isdisjoint(wanted)
        ),
    )


def _key(row: Row[Any]) -> str:
    """For the address: microseconds, record, id."""
    return f"{round(row.at.timestamp() * 1_000_000)}.{row.record}.{row.record_id}"


def _read_key(key: str | None) -> tuple[datetime, str, int] | None:
    """None for what is no key: addresses are edited by people."""
    parts = (key or "").split(".")
    if len(parts) != 3 or not (parts[0].isascii() and parts[0].isdigit() and parts[2].isascii() and parts[2].isdigit()):
        return None
    if len(parts[0]) > 16 or len(parts[2]) > 18:
        return None
    seconds, rest = divmod(int(parts[0]), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), parts[1], int(parts[2])
