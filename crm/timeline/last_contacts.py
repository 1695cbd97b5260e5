"""When each organisation was last in touch, kept beside the rows: whom we have not heard from is told without reading everything.

It is the latest contact there is. Who has one after the day that is asked about (a past day, or a contact ahead) is looked up in
what happened, as all would be without it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, or_, select, text
from sqlalchemy.orm import Session

from crm.facets import TRACES
from crm.timeline.contacts import ALWAYS, QUIET_DAYS, Span, contacts, ever, lately, latest, latest_of, people_of
from crm.timeline.queries import Happening
from crm.touched import Owner, in_portions
from crm.traces import Who
from db.derived import last_contacts
from db.engine import Database
from db.models.organisations import Organisation
from db.models.people import Post
from db.models.users import User
from db.types import UtcDateTime

_TOLD = ("at", "kind", "record", "record_id", "title", "user_id")

_OF, _AT = last_contacts.c.organisation_id, last_contacts.c.at
# Locked, or two who save at once on PostgreSQL would each overlook what the other one stores.
_STORED = select(_OF, _AT).where(_OF.in_(bindparam("ids", expanding=True))).order_by(_OF).with_for_update()
_STORE = text(
    "INSERT INTO last_contacts (organisation_id, at) VALUES (:organisation_id, :at) "
    "ON CONFLICT (organisation_id) DO UPDATE SET at = excluded.at"
).bindparams(bindparam("at", type_=UtcDateTime()))
_POSTS = select(Post.organisation_id).where(Post.person_id.in_(bindparam("ids", expanding=True)))


def follow(session: Session, touched: Mapping[Owner, Collection[int]]) -> None:
    """At the end of a transaction: brings up to date whoever it may have given another last contact, or taken it from."""
    for ids in in_portions(_with_whom(session, touched)):
        stored: dict[int, datetime | None] = {
            row.organisation_id: row.at for row in session.execute(_STORED, {"ids": ids})
        }
        if len(stored) < len(ids):
            new = select(Organisation.id).where(Organisation.id.in_(set(ids) - set(stored)))
            missing = set(session.scalars(new))
        else:
            missing = set()
        latest_now = _latest_now(session, stored | dict.fromkeys(missing))
        changed = [
            {"organisation_id": one, "at": latest_now.get(one)}
            for one in (*stored, *missing)
            if one in missing or stored[one] != latest_now.get(one)
        ]
        if changed:
            session.execute(_STORE, changed)


def fill(database: Database) -> None:
    """All of it anew, from the rows."""
    found = latest(contacts(ALWAYS.holds)).subquery()
    every = select(Organisation.id, found.c.at).outerjoin(found, found.c.organisation_id == Organisation.id)
    with database.writing() as session:
        session.execute(delete(last_contacts))
        session.execute(insert(last_contacts).from_select(["organisation_id", "at"], every))


def disagreements(database: Database) -> int:
    """Of how many organisations it does not say what the rows say. Reads everything once."""
    found = latest(contacts(ALWAYS.holds)).subquery()
    both = select(func.count()).select_from(Organisation).outerjoin(found, found.c.organisation_id == Organisation.id)
    both = both.outerjoin(last_contacts, Organisation.id == _OF)
    with database.reading() as session:
        return session.scalar(both.where(or_(_OF.is_(None), _AT.is_distinct_from(found.c.at)))) or 0


def not_heard_from(on: date, *, days: int = QUIET_DAYS) -> ColumnElement[bool]:
    """Of an organisation: never, or not in so many days up to the day, which counts."""
    span = lately(on, days=days)
    silent = select(_OF).where(or_(_AT.is_(None), span.since > _AT))
    later = select(_OF).where(span.before <= _AT)
    heard = select(contacts(span.holds).c.organisation_id)
    return or_(Organisation.id.in_(silent), and_(Organisation.id.in_(later), Organisation.id.not_in(heard)))


def heard_from(session: Session, on: date) -> dict[int, datetime]:
    """When each organisation that was in touch in the ninety days up to the day then last was so."""
    span = lately(on)
    if session.scalar(select(exists().where(span.before <= _AT))):
        rows = session.execute(latest(contacts(span.holds)))
    else:
        rows = session.execute(select(_OF, _AT).where(span.since <= _AT))
    return {row.organisation_id: row.at for row in rows}


def last_heard_from(session: Session, houses: Sequence[int], on: date) -> dict[int, datetime]:
    """When each of these was last in touch by the end of the day; those never in touch are left out."""
    by_then, found, later = ever(on), {}, []
    for some in in_portions(houses):
        for row in session.execute(select(_OF, _AT).where(_OF.in_(some), _AT.is_not(None))):
            if row.at < by_then.before:
                found[row.organisation_id] = row.at
            else:
                later.append(row.organisation_id)
    # The last months first, then the year: only who is not found there has the whole history looked through.
    for span in (lately(on), lately(on, days=365), by_then):
        found |= latest_of(session, [house for house in later if house not in found], span)
    return found


def last_said(session: Session, houses: Sequence[int], on: date) -> dict[int, Happening]:
    """What each of these was last in touch about by the end of the day. For a page of them."""
    moments = last_heard_from(session, houses, on)
    if not moments:
        return {}
    # By the moments, which have an index of their own; a moment another house shares is sorted out below.
    at_those = set(moments.values())
    rows = contacts(lambda at: at.in_(at_those), houses, people_of(session, houses), columns=_TOLD)
    query = select(rows, User.name.label("by")).outerjoin(User, User.id == rows.c.user_id).order_by(rows.c.record_id)
    return {
        row.organisation_id: Happening(row.kind, row.at, row.record, row.record_id, row.title, row.by)
        for row in session.execute(query)
        if moments.get(row.organisation_id) == row.at
    }


def _with_whom(session: Session, touched: Mapping[Owner, Collection[int]]) -> set[int]:
    """The organisations that the traces lead to, from what they name now and what they named before."""
    found: dict[Who, set[int]] = {who: set() for who in Who}
    for trace in TRACES:
        for ids in in_portions(touched.get(trace, ())):
            if trace.via is None:
                found[trace.who].update(ids)
            else:
                named = select(trace.via.who).where(trace.via.record.in_(ids), trace.via.who.is_not(None))
                found[trace.who].update(session.scalars(named))
    for ids in in_portions(found[Who.PERSON]):
        found[Who.ORGANISATION].update(session.scalars(_POSTS, {"ids": ids}))
    return found[Who.ORGANISATION]


def _latest_now(session: Session, stored: Mapping[int, datetime | None]) -> dict[int, datetime]:
    """A contact is mostly added, and later than the last one; only who has none there any more is looked for further back."""
    known = {one: at for one, at in stored.items() if at is not None}
    found: dict[int, datetime] = {}
    if known:
        found = latest_of(session, list(known), Span(since=min(known.values())))
    return found | latest_of(session, [one for one in stored if one not in found], ALWAYS)
