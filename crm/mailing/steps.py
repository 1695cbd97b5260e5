"""What several use-cases do to mailing lists inside their own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.mailing.forms import Consent
from crm.names import search_key
from crm.people.reach import Reach, first_in_use, in_portions
from db.models.lists import MailingList, MailingListMember
from db.models.organisations import Organisation
from db.models.people import ContactKind, ContactPoint, Person

MOST_LISTS = 500


@dataclass(frozen=True)
class PutResult:
    """How many became new on the list, were there already, or have said no to it and stay away."""

    added: int
    already: int
    unsubscribed: int


def mailing_list(session: Session, list_id: int, *, version: int | None = None) -> MailingList:
    found = session.get(MailingList, list_id)
    if found is None:
        raise NotFound(kind="mailing_list", id=list_id)
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    return found


def list_member(session: Session, member_id: int, *, version: int | None = None) -> MailingListMember:
    found = session.get(MailingListMember, member_id)
    if found is None:
        raise NotFound(kind="list_member", id=member_id)
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    return found


def require_free_name(session: Session, name: str, *, but: int | None = None) -> None:
    """Also among the retired ones. Case and marks do not count."""
    taken = session.execute(select(MailingList.id, MailingList.name).limit(MOST_LISTS))
    if any(search_key(row.name) == search_key(name) and row.id != but for row in taken):
        raise InvalidForm({"name": "list_name_taken"})


def put_on(
    session: Session,
    list_id: int,
    *,
    person_ids: Sequence[int],
    organisation_ids: Sequence[int],
    consent: Consent | None,
    now: datetime,
    today: date,
) -> PutResult:
    """Those not there yet become members. Whoever has said no is left as they are, also when a new card has their address."""
    refused = refused_keys(session, list_id)
    counts = {"added": 0, "already": 0, "unsubscribed": 0}
    for column, known, owner, ids in (
        (MailingListMember.person_id, Person.id, ContactPoint.person_id, person_ids),
        (MailingListMember.organisation_id, Organisation.id, ContactPoint.organisation_id, organisation_ids),
    ):
        there = _members(session, list_id, column)
        wanted = [one for some in in_portions(sorted(set(ids))) for one in _existing(session, known, some)]
        reached = first_in_use(session, ContactKind.EMAIL, owner, wanted, on=today) if refused else {}
        new: list[dict[str, Any]] = []
        for one in wanted:
            if one in there:
                counts["unsubscribed" if there[one] else "already"] += 1
            elif _is_refused(reached.get(one), refused):
                counts["unsubscribed"] += 1
            else:
                new.append({column.key: one, "list_id": list_id, "added_at": now, **_as_columns(consent)})
        counts["added"] += len(new)
        if new:
            session.execute(insert(MailingListMember), new)
    return PutResult(**counts)


def give_consent(member: MailingListMember, consent: Consent) -> None:
    for name, value in _as_columns(consent).items():
        setattr(member, name, value)


def refused_keys(session: Session, list_id: int) -> frozenset[str]:
    """The addresses that have said no to the list."""
    query = select(MailingListMember.refused_key).where(
        MailingListMember.list_id == list_id, MailingListMember.refused_key.is_not(None)
    )
    return frozenset(key for key in session.scalars(query) if key)


def forget_refusal(session: Session, list_id: int, key: str) -> None:
    """The address has said yes again; other cards it stood on stay unsubscribed themselves."""
    those = (MailingListMember.list_id == list_id, MailingListMember.refused_key == key)
    session.execute(update(MailingListMember).where(*those).values(refused_key=None))


def address_of(session: Session, member: MailingListMember, *, on: date) -> Reach | None:
    if member.person_id is not None:
        found = first_in_use(session, ContactKind.EMAIL, ContactPoint.person_id, [member.person_id], on=on)
        return found.get(member.person_id)
    ids = [member.organisation_id or 0]
    found = first_in_use(session, ContactKind.EMAIL, ContactPoint.organisation_id, ids, on=on)
    return found.get(ids[0])


def _members(session: Session, list_id: int, column: InstrumentedAttribute[int | None]) -> dict[int, bool]:
    """Whether each has said no, by the id in this column."""
    query = select(column, MailingListMember.unsubscribed_on).where(MailingListMember.list_id == list_id)
    rows = session.execute(query.where(column.is_not(None)))
    return {row[0] or 0: row.unsubscribed_on is not None for row in rows}


def _existing(session: Session, known: InstrumentedAttribute[int], ids: Iterable[int]) -> Sequence[int]:
    return session.scalars(select(known).where(known.in_(ids)).order_by(known)).all()


def _is_refused(reach: Reach | None, refused: frozenset[str]) -> bool:
    return reach is not None and reach.key in refused


def _as_columns(consent: Consent | None) -> dict[str, Any]:
    if consent is None:
        return {}
    return {"consent_on": consent.given_on, "consent_how": consent.how, "consent_source": consent.source}
