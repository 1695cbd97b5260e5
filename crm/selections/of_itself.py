"""What a selection can ask of the person or organisation itself: its tags, its mailing lists, and how it is reached."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from crm.people.contacts import in_use_on
from crm.records import Kind
from crm.selections.conditions import About, ById, Condition
from crm.tags.selects import has_tag
from db.models.lists import ListedKind, MailingListMember
from db.models.organisations import Organisation
from db.models.people import ContactChannel, ContactKind, ContactPoint, DoNotContact, Person

RECORD_KINDS = {ListedKind.ORGANISATION: Kind.ORGANISATION, ListedKind.PERSON: Kind.PERSON}


class Tagged(ById):
    word, address, about = "tag", "merkelapp", About.ITSELF

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        return or_(*(has_tag(RECORD_KINDS[kind], tag_id) for tag_id in self.ids))


class OnList(ById):
    """On a mailing list, and has not said no to it."""

    word, address, about = "mailing_list", "liste", About.ITSELF

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        one = MailingListMember.person_id if kind is ListedKind.PERSON else MailingListMember.organisation_id
        is_on = (MailingListMember.list_id.in_(self.ids), MailingListMember.unsubscribed_on.is_(None))
        return id_of(kind).in_(select(one).where(*is_on, one.is_not(None)))


class Reached(Condition):
    """By a number or an address that is in use."""

    word, address, about = "reached_by", "har", About.ITSELF

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in {ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS}

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        owner = ContactPoint.person_id if kind is ListedKind.PERSON else ContactPoint.organisation_id
        kinds = [ContactKind(value) for value in self.values]
        has_one = select(ContactPoint.id).where(owner == id_of(kind), ContactPoint.kind.in_(kinds), in_use_on(on))
        return has_one.exists()


class Declines(Condition):
    """Persons who have asked not to be reached that way."""

    word, address, about = "declines", "reservert", About.ITSELF

    @classmethod
    def allows(cls, value: str) -> bool:
        return value in list(ContactChannel)

    def where(self, kind: ListedKind, on: date) -> ColumnElement[bool]:
        channels = [ContactChannel(value) for value in self.values]
        return Person.id.in_(select(DoNotContact.person_id).where(DoNotContact.channel.in_(channels)))


def id_of(kind: ListedKind) -> InstrumentedAttribute[int]:
    return Person.id if kind is ListedKind.PERSON else Organisation.id
