"""Numbers and addresses as they are shown: what is in use first, what is old as old."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.contact_details import read_phone
from db.models.people import AddressUse, ContactKind, ContactPoint

AT_MOST = 1_000


@dataclass(frozen=True)
class ContactLine:
    """`shown` is as one dials or writes it, the raw text when it could not be read."""

    id: int
    version: int
    kind: ContactKind
    raw: str
    shown: str
    label: str
    address_use: AddressUse | None
    is_valid: bool
    is_old: bool
    until: date | None


def in_use_on(day: date) -> ColumnElement[bool]:
    """Old from the day on it was said to be; that day may lie ahead."""
    return or_(ContactPoint.until.is_(None), ContactPoint.until > day)


def contact_lines(
    session: Session, owner: InstrumentedAttribute[int | None], ids: Collection[int], today: date
) -> dict[int, list[ContactLine]]:
    """By owner's id. `owner` is `ContactPoint.person_id` or `ContactPoint.organisation_id`."""
    query = select(ContactPoint, owner).where(owner.in_(ids)).order_by(ContactPoint.id).limit(AT_MOST)
    found: dict[int, list[ContactLine]] = {}
    for point, owner_id in session.execute(query):
        found.setdefault(owner_id or 0, []).append(_line(point, today))
    return {owner_id: sorted(lines, key=lambda line: line.is_old) for owner_id, lines in found.items()}


def _line(point: ContactPoint, today: date) -> ContactLine:
    is_phone = point.kind == ContactKind.PHONE and point.is_valid
    return ContactLine(
        id=point.id,
        version=point.version,
        kind=point.kind,
        raw=point.raw,
        shown=read_phone(point.raw).shown if is_phone else point.raw,
        label=point.label,
        address_use=point.address_use,
        is_valid=point.is_valid,
        is_old=point.until is not None and point.until <= today,
        until=point.until,
    )
