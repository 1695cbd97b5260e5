"""What holds an organisation to its kind, and what comes with it to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm.members.rules import MEMBERSHIP_OF
from crm.members.words import MEMBER_KINDS
from crm.names import search_key
from db.models.cases import Inquiry
from db.models.meetings import BodyRhythm, BodySeat, Event
from db.models.organisations import Membership, Organisation, OrganisationKind


def why_not(session: Session, subject: Organisation, kind: OrganisationKind, today: date) -> str | None:
    """The reason code of the first thing that would be left without a place; None when nothing would."""
    return next((code for code, stands in _in_the_way(session, subject, kind, today) if stands), None)


def _in_the_way(
    session: Session, subject: Organisation, kind: OrganisationKind, today: date
) -> Iterator[tuple[str, bool]]:
    def there(*which: ColumnElement[bool]) -> bool:
        return session.scalar(select(or_(*(select(1).where(one).exists() for one in which)))) or False

    yield "kind_ourselves", OrganisationKind.OWN in (subject.kind, kind)
    if kind not in MEMBER_KINDS:
        yield "kind_is_member", bool(_running(session, subject, today))
    match subject.kind:
        case OrganisationKind.OUTLET:
            yield "kind_has_inquiries", there(Inquiry.outlet_id == subject.id)
        case OrganisationKind.AUTHORITY:
            yield "kind_governs", subject.governs_number is not None
        case OrganisationKind.NETWORK_BODY:
            rows = (BodyRhythm.body_id, BodySeat.body_id, Event.body_id)
            yield "kind_has_meetings", there(*(body == subject.id for body in rows))
    if kind is OrganisationKind.NETWORK_BODY:
        same = Organisation.search_key == search_key(subject.name)
        yield "kind_body_taken", there(same & (Organisation.kind == kind))


def bring_membership(session: Session, subject: Organisation, before: OrganisationKind, today: date) -> None:
    """A membership that runs as what the organisation was, runs on as what it is: it was put down wrong from the start.

    One that is over stays as it was counted, and so does one of another category, which somebody has chosen.
    """
    if before in MEMBER_KINDS and subject.kind in MEMBER_KINDS:
        for membership in _running(session, subject, today):
            if membership.kind is MEMBERSHIP_OF[before]:
                membership.kind = MEMBERSHIP_OF[subject.kind]


def _running(session: Session, subject: Organisation, today: date) -> list[Membership]:
    """Those that hold today or are to begin."""
    not_over = or_(Membership.until.is_(None), Membership.until >= today)
    return list(
        session.scalars(select(Membership).where(Membership.organisation_id == subject.id, not_over).limit(100))
    )
