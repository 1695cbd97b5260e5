"""Houses, outlets, authorities and all others we deal with as organisations, and their membership."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class OrganisationKind(StrEnum):
    HOUSE = "house"
    SUPPLIER = "supplier"
    OUTLET = "outlet"
    AUTHORITY = "authority"
    PARTY = "party"
    NETWORK_BODY = "network_body"
    PARTNER = "partner"
    OWN = "own"  # the association itself: one row, so that it can organise a meeting like anybody else


class OwnerForm(StrEnum):
    """Who owns or runs a house, by the forms Norwegian law has for it."""

    MUNICIPALITY = "municipality"  # a part of the municipality itself
    MUNICIPAL_ENTERPRISE = "municipal_enterprise"  # KF
    INTERMUNICIPAL = "intermunicipal"  # IKS
    COUNTY = "county"
    STATE = "state"
    LIMITED_COMPANY = "limited_company"  # AS
    FOUNDATION = "foundation"
    ASSOCIATION = "association"
    COOPERATIVE = "cooperative"  # SA
    OTHER = "other"


class NameKind(StrEnum):
    FORMER = "former"
    ALIAS = "alias"


class MembershipKind(StrEnum):
    HOUSE = "house"
    SUPPLIER = "supplier"


class Organisation(Versioned, Base):
    __tablename__ = "organisations"
    __table_args__ = (
        Index("ix_organisations_kind_sort_key", "kind", "sort_key"),
        # Text, because a leading zero is part of it: Oslo is 0301.
        CheckConstraint("municipality_number IS NULL OR length(municipality_number) = 4", name="municipality_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind))
    name: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(600), index=True)
    # Two keys, since Ål is not Al when the exact is meant, and `alesund` must still find Ålesund.
    search_key: Mapped[str] = mapped_column(String(600), index=True)
    loose_key: Mapped[str] = mapped_column(String(600), index=True)
    org_number: Mapped[str | None] = mapped_column(String(9), unique=True)
    municipality_number: Mapped[str | None] = mapped_column(String(4), index=True)
    owner_form: Mapped[str | None] = mapped_column(String(30))
    # The municipality behind the owner, whatever the form; not always the one the house lies in.
    owner_municipality_number: Mapped[str | None] = mapped_column(String(4), index=True)
    # An authority that is a municipality (four digits) or a county (two) itself: from a house to those elected there.
    governs_number: Mapped[str | None] = mapped_column(String(4), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    website: Mapped[str | None] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(Text, default="")
    # One saving of one form, as in SupportCase.
    token: Mapped[str | None] = mapped_column(String(43), unique=True)
    # Since when it is a part of which other one. The row stays for what it was at the time; lists and search leave it out.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    merged_on: Mapped[date | None]
    created_at: Mapped[datetime]


class OrganisationName(Versioned, Base):
    """A name that also finds the organisation: one it had, or one people use."""

    __tablename__ = "organisation_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[NameKind] = mapped_column(word(NameKind))
    name: Mapped[str] = mapped_column(String(300))
    search_key: Mapped[str] = mapped_column(String(600), index=True)
    loose_key: Mapped[str] = mapped_column(String(600), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class OrganisationTopic(Base):
    """What an organisation works with: the same topics that cases are about."""

    __tablename__ = "organisation_topics"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True, index=True)


class Membership(Versioned, Base):
    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),
        # All there is to know: who is a member on a day is asked of thousands at once.
        Index("ix_memberships_organisation_id", "organisation_id", "kind", "since", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[MembershipKind] = mapped_column(word(MembershipKind))
    since: Mapped[date | None]  # None: a member for longer than anybody wrote down
    until: Mapped[date | None]  # the last day of membership
