"""Everybody on a list with the address they would be written to at."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.contact_details import read_email
from crm.mailing.rules import Candidate, Recipients, sorted_out
from crm.mailing.steps import refused_keys
from crm.people.reach import Reach, declining, first_in_use
from db.models.lists import MailingList, MailingListMember
from db.models.people import ContactChannel, ContactKind, ContactPoint

_ASKED = (
    MailingListMember.id,
    MailingListMember.person_id,
    MailingListMember.organisation_id,
    MailingListMember.unsubscribed_on,
    MailingListMember.consent_on,
)


def recipients_of(session: Session, one: MailingList, *, on: date) -> Recipients:
    everybody = candidates(session, one.id, on=on)
    return sorted_out(everybody, refused=refused_keys(session, one.id), needs_consent=one.needs_consent)


def candidates(session: Session, list_id: int, *, on: date) -> list[Candidate]:
    """In the order they came on, so that of two with one address the first keeps getting the mail."""
    query = select(*_ASKED).where(MailingListMember.list_id == list_id).order_by(MailingListMember.id)
    members = session.execute(query).all()
    people = [one.person_id for one in members if one.person_id is not None]
    houses = [one.organisation_id for one in members if one.organisation_id is not None]
    of_people = first_in_use(session, ContactKind.EMAIL, ContactPoint.person_id, people, on=on)
    of_houses = first_in_use(session, ContactKind.EMAIL, ContactPoint.organisation_id, houses, on=on)
    declined = declining(session, ContactChannel.EMAIL, people)
    return [
        candidate(
            one.id,
            of_people.get(one.person_id) if one.person_id is not None else of_houses.get(one.organisation_id or 0),
            is_unsubscribed=one.unsubscribed_on is not None,
            has_consent=one.consent_on is not None,
            declines=one.person_id in declined,
        )
        for one in members
    ]


def candidate(
    row_id: int, reach: Reach | None, *, is_unsubscribed: bool, has_consent: bool, declines: bool
) -> Candidate:
    """What cannot be read as an address is none."""
    key = reach.key if reach else None
    return Candidate(
        row_id,
        _written(reach.raw.strip(), key) if reach and key else None,
        key,
        is_unsubscribed=is_unsubscribed,
        declines=declines,
        has_consent=has_consent,
    )


def _written(raw: str, key: str) -> str:
    """In punycode where the domain has æ, ø or å: every mail program takes that. A plain address is not taken apart once more."""
    return raw if key.isascii() and raw.casefold() == key else read_email(raw).ascii or key
