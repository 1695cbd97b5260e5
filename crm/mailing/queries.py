"""What a colleague sees of mailing lists and of those on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound
from crm.mailing.members import recipients_of
from crm.mailing.rules import Recipients
from crm.mailing.steps import MOST_LISTS, address_of, list_member, mailing_list
from crm.names import search_forms
from crm.people.reach import declining
from crm.people.rules import held_on
from crm.people.words import ContactChannel
from crm.permissions import Permission
from db.models.lists import ConsentHow, MailingList, MailingListMember
from db.models.organisations import Organisation
from db.models.people import Person, Post

PAGE = 50
# Counting further costs more than knowing it is worth; the screen says "over".
COUNTED_TO = 1_000

_NAME: ColumnElement[str] = func.coalesce(Person.name, Organisation.name)
_PLACE = (func.coalesce(Person.sort_key, Organisation.sort_key), MailingListMember.id)


class Standing(StrEnum):
    ON = "on"  # has not said no
    NO_CONSENT = "no_consent"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class MailingListRow:
    """`on_it` counts those who have not said no."""

    id: int
    name: str
    about: str
    needs_consent: bool
    is_active: bool
    on_it: int
    unsubscribed: int


@dataclass(frozen=True)
class MailingListCard:
    """`version` is what a change of the list has to show."""

    id: int
    version: int
    name: str
    about: str
    needs_consent: bool
    is_active: bool
    recipients: Recipients


@dataclass(frozen=True)
class ListChoice:
    id: int
    name: str
    needs_consent: bool


@dataclass(frozen=True)
class ListedRow:
    """`at` is where the person works now, "" for a house of its own."""

    id: int
    name: str
    at: str
    consent_on: date | None
    unsubscribed_on: date | None
    declines: bool  # wants no e-mail at all, whatever was said of this list


@dataclass(frozen=True)
class OnListRow:
    """`member_id` is the recipient's, `name` the list's."""

    member_id: int
    name: str
    unsubscribed_on: date | None


@dataclass(frozen=True)
class ListedPage:
    """`following` is the id to ask on from; None where the list ends. `total` stops at COUNTED_TO and one more."""

    rows: list[ListedRow]
    total: int
    following: int | None


@dataclass(frozen=True)
class ListedCard:
    """One on a list. `address` is "" where none is in use."""

    id: int
    version: int
    list_id: int
    list_name: str
    needs_consent: bool
    person_id: int | None
    organisation_id: int | None
    name: str
    address: str
    declines: bool
    consent_on: date | None
    consent_how: ConsentHow | None
    consent_source: str
    unsubscribed_on: date | None
    unsubscribed_source: str


def list_mailing_lists(ctx: Context) -> list[MailingListRow]:
    """Those in use first, then the retired; each by name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        has_left = case((MailingListMember.unsubscribed_on.is_not(None), 1))
        counted = (
            select(MailingListMember.list_id, func.count().label("all"), func.count(has_left).label("left"))
            .group_by(MailingListMember.list_id)
            .subquery()
        )
        query = (
            select(MailingList, counted.c.all, counted.c.left)
            .outerjoin(counted, counted.c.list_id == MailingList.id)
            .order_by(MailingList.is_active.desc(), MailingList.sort_key, MailingList.id)
            .limit(MOST_LISTS)
        )
        return [
            MailingListRow(
                one.id, one.name, one.about, one.needs_consent, one.is_active, (everybody or 0) - (left or 0), left or 0
            )
            for one, everybody, left in session.execute(query)
        ]


def list_choices(ctx: Context) -> list[ListChoice]:
    """The lists somebody can be put on, by name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(MailingList).where(MailingList.is_active).order_by(MailingList.sort_key, MailingList.id)
        return [ListChoice(one.id, one.name, one.needs_consent) for one in session.scalars(query.limit(MOST_LISTS))]


def mailing_list_card(ctx: Context, list_id: int) -> MailingListCard:
    """The list, with who would be written to today and why the others would not."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        one = mailing_list(session, list_id)
        recipients = recipients_of(session, one, on=ctx.today)
        return MailingListCard(one.id, one.version, one.name, one.about, one.needs_consent, one.is_active, recipients)


def lists_of(ctx: Context, *, person_id: int | None = None, organisation_id: int | None = None) -> list[OnListRow]:
    """The lists a person or an organisation stands on, those that they have left too."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        is_theirs = (
            MailingListMember.person_id == person_id
            if person_id is not None
            else MailingListMember.organisation_id == organisation_id
        )
        query = (
            select(MailingListMember.id, MailingList.name, MailingListMember.unsubscribed_on)
            .join(MailingList, MailingList.id == MailingListMember.list_id)
            .where(is_theirs)
            .order_by(MailingList.sort_key, MailingList.id)
        )
        return [OnListRow(*row) for row in session.execute(query.limit(MOST_LISTS))]


def list_members_of(
    ctx: Context,
    list_id: int,
    standing: Standing = Standing.ON,
    *,
    words: str = "",
    after: int | None = None,
    limit: int = PAGE,
) -> ListedPage:
    """By name. `after` is the id of a row already shown; one that is gone gives the first page."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        which = [MailingListMember.list_id == list_id, _standing(standing), *_named(words)]
        some = _joined(select(MailingListMember.id)).where(*which).limit(COUNTED_TO + 1)
        total = session.scalar(select(func.count()).select_from(some.subquery())) or 0
        columns = (MailingListMember, _NAME.label("name"))
        query = _joined(select(*columns)).where(*which).order_by(*_PLACE)
        start = _joined(select(*_PLACE)).where(MailingListMember.id == after)
        here = session.execute(start).first() if after is not None else None
        if here is not None:
            query = query.where(tuple_(*_PLACE) > tuple_(*here))
        found = session.execute(query.limit(limit + 1)).all()
        houses = _houses(session, [row.MailingListMember.person_id for row in found], ctx.today)
        declined = _declined(session, [row.MailingListMember.person_id for row in found])
        rows = [_row(row.MailingListMember, row.name, houses, declined) for row in found[:limit]]
    return ListedPage(rows, total, rows[-1].id if len(found) > limit else None)


def listed_card(ctx: Context, member_id: int) -> ListedCard:
    with ctx.read(Permission.SEE_RECORDS) as session:
        member = list_member(session, member_id)
        on = mailing_list(session, member.list_id)
        name = session.scalar(_joined(select(_NAME)).where(MailingListMember.id == member_id))
        if name is None:
            raise NotFound(kind="list_member", id=member_id)
        reach = address_of(session, member, on=ctx.today)
        return ListedCard(
            id=member.id,
            version=member.version,
            list_id=on.id,
            list_name=on.name,
            needs_consent=on.needs_consent,
            person_id=member.person_id,
            organisation_id=member.organisation_id,
            name=name,
            address=reach.raw if reach else "",
            declines=bool(_declined(session, [member.person_id])),
            consent_on=member.consent_on,
            consent_how=member.consent_how,
            consent_source=member.consent_source,
            unsubscribed_on=member.unsubscribed_on,
            unsubscribed_source=member.unsubscribed_source,
        )


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(MailingListMember)
        .outerjoin(Person, Person.id == MailingListMember.person_id)
        .outerjoin(Organisation, Organisation.id == MailingListMember.organisation_id)
    )


def _standing(standing: Standing) -> ColumnElement[bool]:
    is_on = MailingListMember.unsubscribed_on.is_(None)
    return {
        Standing.ON: is_on,
        Standing.NO_CONSENT: and_(is_on, MailingListMember.consent_on.is_(None)),
        Standing.UNSUBSCRIBED: ~is_on,
    }[standing]


def _named(words: str) -> list[ColumnElement[bool]]:
    keys = (Person.search_key, Person.loose_key, Organisation.search_key, Organisation.loose_key)
    ways = [and_(*(key.contains(word) for word in form.split())) for form in search_forms(words) for key in keys]
    return [or_(*ways)] if ways else []


def _row(member: MailingListMember, name: str, houses: dict[int, str], declined: Collection[int]) -> ListedRow:
    at = houses.get(member.person_id or 0, "")
    declines = member.person_id in declined
    return ListedRow(member.id, name, at, member.consent_on, member.unsubscribed_on, declines)


def _declined(session: Session, person_ids: Iterable[int | None]) -> set[int]:
    return declining(session, ContactChannel.EMAIL, [one for one in person_ids if one is not None])


def _houses(session: Session, person_ids: list[int | None], on: date) -> dict[int, str]:
    """Where each works, the newest post first; at most a page of people, with few posts each."""
    query = (
        select(Post.person_id, Organisation.name)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id.in_([one for one in person_ids if one]), held_on(on))
        .order_by(Post.id)
    )
    return {row.person_id: row.name for row in session.execute(query.limit(PAGE * 20))}
