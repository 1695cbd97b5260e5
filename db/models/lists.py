"""Selections, whose members are worked out when they are looked at, and mailing lists, whose members are named."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class ListedKind(StrEnum):
    ORGANISATION = "organisation"
    PERSON = "person"


class ConsentHow(StrEnum):
    """How somebody said yes to a mailing list."""

    FORM = "form"  # on paper or on a web site
    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in_person"
    OTHER = "other"


class Selection(Versioned, Base):
    """A saved filter. Shared: what one colleague has put together, the others use too."""

    __tablename__ = "selections"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[ListedKind] = mapped_column(word(ListedKind))
    # By the condition's word, such as {"county": ["18"]}; `crm.selections` gives the words and reads them.
    conditions: Mapped[dict[str, Any]]
    columns: Mapped[list[Any]]  # words of the columns that are shown and exported, in order
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    # One saving of one form, as in SupportCase.
    token: Mapped[str | None] = mapped_column(String(43), unique=True)


class MailingList(Versioned, Base):
    __tablename__ = "mailing_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    sort_key: Mapped[str] = mapped_column(String(400))
    about: Mapped[str] = mapped_column(Text, default="")  # what is sent, and how often
    # Members of the association may be written to without; a journalist or an artist has to say yes first.
    needs_consent: Mapped[bool]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    token: Mapped[str | None] = mapped_column(String(43), unique=True)


class MailingListMember(Versioned, Base):
    """A person or an organisation on one list. Whoever has said no stays as a row, so that nothing puts them back."""

    __tablename__ = "mailing_list_members"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="one_member"),
        CheckConstraint("consent_how IS NULL OR consent_on IS NOT NULL", name="consent_has_a_day"),
        CheckConstraint("refused_key IS NULL OR unsubscribed_on IS NOT NULL", name="refused_by_leaving"),
        UniqueConstraint("list_id", "person_id"),
        UniqueConstraint("list_id", "organisation_id"),
        Index("ix_mailing_list_members_refused", "list_id", "refused_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    consent_on: Mapped[date | None]
    consent_how: Mapped[ConsentHow | None] = mapped_column(word(ConsentHow))
    consent_source: Mapped[str] = mapped_column(String(300), default="")  # "påmeldingen til landsmøtet"
    unsubscribed_on: Mapped[date | None]
    unsubscribed_source: Mapped[str] = mapped_column(String(300), default="")  # "svarte på nyhetsbrevet"
    # The address that said no, as addresses are compared: a second card of the same person does not revive it.
    refused_key: Mapped[str | None] = mapped_column(String(500))
    added_at: Mapped[datetime]
