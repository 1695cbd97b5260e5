"""What being a member means, and when two organisations may be one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from db.models.organisations import Membership, MembershipKind, Organisation, OrganisationKind

MEMBERSHIP_OF = {OrganisationKind.HOUSE: MembershipKind.HOUSE, OrganisationKind.SUPPLIER: MembershipKind.SUPPLIER}


def valid_on(day: date) -> ColumnElement[bool]:
    """The memberships that hold on a day: its first and its last day count, an unknown beginning is long ago."""
    return or_(Membership.since.is_(None), Membership.since <= day) & or_(
        Membership.until.is_(None), Membership.until >= day
    )


def members_on(day: date, kind: MembershipKind = MembershipKind.HOUSE) -> Select[int]:
    """The ids of the organisations that are members on a day: the denominator of every share of the members."""
    return select(Membership.organisation_id).where(Membership.kind == kind, valid_on(day)).distinct()


def stands_on(day: date) -> ColumnElement[bool]:
    """Of an organisation in the query: it was not a part of another one yet."""
    return or_(Organisation.merged_on.is_(None), Organisation.merged_on > day)


def is_member_on(day: date, kind: MembershipKind | None = None) -> ColumnElement[bool]:
    """Of an organisation in the query: a membership of this kind, or of either, holds on the day."""
    return _has_membership(valid_on(day), *([Membership.kind == kind] if kind else []))


def was_member_before(day: date) -> ColumnElement[bool]:
    return _has_membership(Membership.until < day)


def joined_by(day: date) -> ColumnElement[bool]:
    """Of an organisation in the query: it is a member on the day, or was one before."""
    return _has_membership(or_(Membership.since.is_(None), Membership.since <= day))


def _has_membership(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Membership.id).where(Membership.organisation_id == Organisation.id, *which).exists()


def a_year_before(day: date) -> date:
    """The same day of the year before; 29 February has 28 February for one.

    New members are those who were none then, and those who left were. So members then + new - left = members now.
    """
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def overlap(since: date | None, until: date | None, other_since: date | None, other_until: date | None) -> bool:
    """Whether two memberships share a day. None is open to that side."""
    begins_in_time = since is None or other_until is None or since <= other_until
    ends_late_enough = until is None or other_since is None or until >= other_since
    return begins_in_time and ends_late_enough
