"""What a selection can ask of the person or organisation itself: its tags, its mailing lists, and how it is reached."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from crm.people.contacts import in_use_on
from crm.records import Kind, column_of
from crm.selections.conditions import About, ById, Condition
from db.models.lists import ListedKind, MailingListMember
from db.models.organisations import Organisation
from db.models.people import ContactChannel, ContactKind, ContactPoint, DoNotContact, Person
from db.models.tags import Tagging

RECORD_KINDS = {ListedKind.ORGANISATION: Kind.ORGANISATION, ListedKind.PERSON: Kind.PERSON}


class InRows(Condition):
    """It holds for whom some rows of another table name."""

    about = About.ITSELF

    @abstractmethod
    def owner(self, kind: ListedKind) -> InstrumentedAttribute[Any]:
        """The column that names them."""

    @abstractmethod
    def rows(self, on: date) -> list[ColumnElement[bool]]: ...

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        owner = self.owner(kind)
        return select(owner).where(owner == id_of(kind), *self.rows(on)).exists()

    def candidates(self, kind: ListedKind, on: date) -> Select[int] | None:
        owner = self.owner(kind)
        return select(owner).where(owner > 0, *self.rows(on))  # IS NOT NULL, by the index


class Tagged(InRows, ById):
    word, address = "tag", "merkelapp"

    def owner(self, kind: ListedKind) -> InstrumentedAttribute[Any]:
        return column_of(Tagging, RECORD_KINDS[kind])

    def rows(self, on: date) -> list[ColumnElement[bool]]:
        return [Tagging.tag_id.in_(self.ids)]


class OnList(InRows, ById):
    """On a mailing list, and has not said no to it."""

    word, address = "mailing_list", "liste"

    def owner(self, kind: ListedKind) -> InstrumentedAttribute[Any]:
        return MailingListMember.person_id if kind is ListedKind.PERSON else MailingListMember.organisation_id

    def rows(self, on: date) -> list[ColumnElement[bool]]:
        return [MailingListMember.list_id.in_(self.ids), MailingListMember.unsubscribed_on.is_(None)]


class Reached(InRows):
    """By a number or an address that is in use."""

    word, address = "reached_by", "har"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in {ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS}

    def owner(self, kind: ListedKind) -> InstrumentedAttribute[Any]:
        return ContactPoint.person_id if kind is ListedKind.PERSON else ContactPoint.organisation_id

    def rows(self, on: date) -> list[ColumnElement[bool]]:
        return [ContactPoint.kind.in_([ContactKind(value) for value in self.values]), in_use_on(on)]

    def candidates(self, kind: ListedKind, on: date) -> Select[int] | None:
        """Of an address, which few have, in the letters of its index. With a number nearly everybody is: they are soon found."""
        owner = self.owner(kind)
        is_address = ContactPoint.kind == literal_column(f"'{ContactKind.ADDRESS}'")
        return select(owner).where(owner > 0, is_address) if set(self.values) == {ContactKind.ADDRESS} else None


class Declines(InRows):
    """Persons who have asked not to be reached that way."""

    word, address = "declines", "reservert"

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in list(ContactChannel)

    def owner(self, kind: ListedKind) -> InstrumentedAttribute[Any]:
        return DoNotContact.person_id

    def rows(self, on: date) -> list[ColumnElement[bool]]:
        return [DoNotContact.channel.in_([ContactChannel(value) for value in self.values])]


def id_of(kind: ListedKind) -> InstrumentedAttribute[int]:
    return Person.id if kind is ListedKind.PERSON else Organisation.id
