"""The stored words of organisations, for screens: they never touch the tables themselves."""

from __future__ import annotations

from db.models.organisations import MembershipKind, NameKind, OrganisationKind, OwnerForm
from db.models.people import ContactKind

__all__ = ["ContactKind", "MembershipKind", "NameKind", "OrganisationKind", "OwnerForm"]

MEMBER_KINDS = (OrganisationKind.HOUSE, OrganisationKind.SUPPLIER)
