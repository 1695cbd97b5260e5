"""Who of a selection goes out in an export, what for, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.mailing.members import candidate
from crm.mailing.rules import Candidate, Recipients, sorted_out
from crm.people.reach import Reach, in_portions
from crm.selections.members import everybody
from crm.selections.of_itself import OnList
from crm.selections.portions import CHANNEL_OF, Portion
from crm.selections.wanted import Wanted
from db.models.lists import ListedKind, MailingList, MailingListMember
from db.models.people import ContactKind


class Purpose(StrEnum):
    """What the list is to be used for. By e-mail, by phone or by post, those who want none of it are left out."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    OTHER = "other"  # to look at, count, archive: everybody, but still no address of a way they declined


_KIND_OF = {Purpose.EMAIL: ContactKind.EMAIL, Purpose.PHONE: ContactKind.PHONE, Purpose.LETTER: ContactKind.ADDRESS}


@dataclass(frozen=True)
class _Wishes:
    """What those on mailing lists have said: ids of who has left one, the addresses that did, and who has said yes."""

    left: frozenset[int]
    refused: frozenset[str]
    consented: frozenset[int]
    needs_consent: bool


def outgoing(
    session: Session,
    wanted: Wanted,
    chosen: Sequence[int] | None,
    purpose: Purpose,
    *,
    today: date,
    with_unsubscribed: bool = False,
) -> Recipients:
    """Of those in the selection now; `chosen` narrows it to some of them. By name.

    `with_unsubscribed` is for what people get as members although they have left a mailing list.
    """
    ids = everybody(session, wanted, today)
    if chosen is not None:
        among = set(chosen)
        ids = [one for one in ids if one in among]
    if purpose is Purpose.OTHER:
        return Recipients([Candidate(one, None, None) for one in ids], {})
    wishes = _wishes(session, wanted, with_unsubscribed=with_unsubscribed)
    is_mail = purpose is Purpose.EMAIL
    found = list(_candidates(session, wanted, ids, purpose, wishes, today))
    refused = wishes.refused if is_mail else frozenset()
    return sorted_out(found, refused=refused, needs_consent=is_mail and wishes.needs_consent)


def _candidates(
    session: Session, wanted: Wanted, ids: Sequence[int], purpose: Purpose, wishes: _Wishes, today: date
) -> Iterator[Candidate]:
    kind = _KIND_OF[purpose]
    for some in in_portions(ids):
        portion = Portion(session, wanted, some, today)
        known, declining = portion.known(kind), portion.declining(CHANNEL_OF[kind])
        for one in some:
            if purpose is Purpose.EMAIL:
                yield candidate(
                    one,
                    known.get(one),
                    is_unsubscribed=one in wishes.left,
                    has_consent=one in wishes.consented,
                    declines=one in declining,
                )
            else:
                yield _reached_alone(one, known.get(one), declines=one in declining)


def _reached_alone(row_id: int, reach: Reach | None, *, declines: bool) -> Candidate:
    """Two at one number or in one house are two: each is rung, each gets the letter."""
    return Candidate(row_id, reach.raw if reach else None, str(row_id), declines=declines)


def _wishes(session: Session, wanted: Wanted, *, with_unsubscribed: bool) -> _Wishes:
    of_persons = wanted.kind is ListedKind.PERSON
    one = MailingListMember.person_id if of_persons else MailingListMember.organisation_id
    lists = wanted.one(OnList)
    needs_consent, consented = False, frozenset[int]()
    if lists:
        asks = select(MailingList.id).where(MailingList.id.in_(lists.ids), MailingList.needs_consent)
        needs_consent = session.scalar(asks.limit(1)) is not None
        yes = (MailingListMember.list_id.in_(lists.ids), MailingListMember.consent_on.is_not(None), one.is_not(None))
        consented = frozenset(row for row in session.scalars(select(one).where(*yes)) if row)
    if with_unsubscribed:
        return _Wishes(frozenset(), frozenset(), consented, needs_consent)
    has_left = MailingListMember.unsubscribed_on.is_not(None)
    left = session.scalars(select(one).where(has_left, one.is_not(None)))
    refused = session.scalars(select(MailingListMember.refused_key).where(has_left))
    return _Wishes(
        frozenset(row for row in left if row), frozenset(key for key in refused if key), consented, needs_consent
    )
