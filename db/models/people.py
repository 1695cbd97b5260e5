"""Persons, the posts they hold for a time, and how to reach them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class PostKind(StrEnum):
    EMPLOYEE = "employee"
    JOURNALIST = "journalist"
    ADVISER = "adviser"
    ELECTED = "elected"
    NOMINATED = "nominated"
    BOARD = "board"
    OTHER = "other"


class LegalBasis(StrEnum):
    """GDPR article 6(1): the letters that can carry contact with a member, a journalist or a politician."""

    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CONSENT = "consent"


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"


class AddressUse(StrEnum):
    POSTAL = "postal"
    VISITING = "visiting"


class ContactChannel(StrEnum):
    """Ways somebody may have asked us not to use. A newsletter is e-mail."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"


class Person(Versioned, Base):
    __tablename__ = "persons"
    # With what every list asks of each: thousands are passed by, by name, until a page is full of those with a rare post.
    __table_args__ = (Index("ix_persons_sort_key", "sort_key", "id", "merged_into_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400))
    search_key: Mapped[str] = mapped_column(String(400), index=True)
    loose_key: Mapped[str] = mapped_column(String(400), index=True)
    # ISO 639 codes with a space between, the preferred one first: `nb se`.
    languages: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    # As in Organisation.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    merged_on: Mapped[date | None]
    created_at: Mapped[datetime]


class PersonName(Base):
    """Another name that finds the person."""

    __tablename__ = "person_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    search_key: Mapped[str] = mapped_column(String(400), index=True)
    loose_key: Mapped[str] = mapped_column(String(400), index=True)


class DoNotContact(Versioned, Base):
    """A person's own wish. It follows the person from post to post; lifted, the row goes and the change log remembers."""

    __tablename__ = "do_not_contacts"
    __table_args__ = (
        UniqueConstraint("person_id", "channel"),
        Index("ix_do_not_contacts_channel", "channel", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    channel: Mapped[ContactChannel] = mapped_column(word(ContactChannel))
    since: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500), default="")


class Post(Versioned, Base):
    """What a person is somewhere, for a time. History stays put when the person moves on."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),
        # Political opinion is a special category (GDPR art. 9): only public office makes a party ours to know.
        CheckConstraint("party IS NULL OR kind IN ('elected', 'nominated')", name="party_only_in_office"),
        CheckConstraint("party IS NULL OR party_source IS NOT NULL", name="party_has_source"),
        Index("ix_posts_kind_person_id", "kind", "person_id"),
        # Where thousands of the same name are, and who is at thousands of organisations, is read from the index alone.
        Index("ix_posts_person_id", "person_id", "organisation_id", "kind", "since", "until"),
        Index("ix_posts_organisation_id", "organisation_id", "person_id"),
        # For those who are something no longer, which are few: an end is seldom known, and seldom past.
        Index("ix_posts_kind_until", "kind", "until", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[PostKind] = mapped_column(word(PostKind))
    since: Mapped[date | None]
    until: Mapped[date | None]  # the last day in the post
    legal_basis: Mapped[LegalBasis] = mapped_column(word(LegalBasis), default=LegalBasis.LEGITIMATE_INTEREST)
    party: Mapped[str | None] = mapped_column(String(100))
    party_source: Mapped[str | None] = mapped_column(String(100))


_IS_ADDRESS = text("kind = 'address'")


class ContactPoint(Versioned, Base):
    """As it was written, and as it is compared. A number we cannot read is kept: a call is never refused for it."""

    __tablename__ = "contact_points"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="one_owner"),
        # Numbers and e-mail addresses nearly everybody has. An index of all kinds SQLite would take for those as well.
        Index(
            "ix_contact_points_addresses",
            "person_id",
            "organisation_id",
            sqlite_where=_IS_ADDRESS,
            postgresql_where=_IS_ADDRESS,
        ),
        Index("ix_contact_points_person_id", "person_id", "kind", "until"),
        Index("ix_contact_points_organisation_id", "organisation_id", "kind", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[ContactKind] = mapped_column(word(ContactKind))
    raw: Mapped[str] = mapped_column(String(500))
    # E.164 for a phone, comparison key for an e-mail; None when it could not be read.
    normalised: Mapped[str | None] = mapped_column(String(500), index=True)
    is_valid: Mapped[bool] = mapped_column(default=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    address_use: Mapped[AddressUse | None] = mapped_column(word(AddressUse))  # of an address; None: nobody said
    until: Mapped[date | None]  # set when the number became an old one
