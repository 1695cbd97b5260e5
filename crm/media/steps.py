"""Who asked: known outlets and journalists, and new ones made in the inquiry's own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound, Refused
from crm.media.forms import Asked, NewInquiry
from crm.members.forms import Details
from crm.members.steps import added_organisation
from crm.names import search_key
from crm.people.rules import held_on
from crm.people.steps import added_contact_point, added_person, added_post, as_compared, person_row
from crm.records import as_it_is_now
from db.models.cases import Inquiry
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactKind, ContactPoint, Person, Post, PostKind


@dataclass(frozen=True)
class Askers:
    """`created` has what was made for this inquiry and can go with it: ("organisations", 7), posts and contacts included."""

    outlet_id: int | None
    journalist_id: int | None
    created: tuple[tuple[str, int], ...] = ()


def askers(session: Session, ctx: Context, asked: Asked, *, on: date, contact: str = "") -> Askers:
    """The outlet and the journalist the form means, made when nobody of that name is known.

    A journalist known without an outlet being said brings the outlet they last worked for. `on` is the day they asked: an
    inquiry put right later says nothing about where they work by then. Raises NotFound for an id that is no outlet or no person.
    """
    created: list[tuple[str, int]] = []
    outlet_id = _outlet(session, ctx, asked, created)
    journalist_id = _journalist(session, ctx, asked, outlet_id, created)
    if journalist_id is not None:
        outlet_id = outlet_id or last_outlet(session, journalist_id, on)
        _remember_post(session, journalist_id, outlet_id, on, created)
    if contact.strip():
        _remember_contact(session, contact, journalist_id, outlet_id, created)
    return Askers(outlet_id, journalist_id, tuple(created))


def inquiry_of_token(session: Session, new: NewInquiry) -> int | None:
    """The id an earlier click of the same form made. Refused token_used when that one asked something else."""
    saved = session.scalar(select(Inquiry).where(Inquiry.token == new.token))
    if saved is None:
        return None
    if saved.question != new.question:
        raise Refused("token_used")
    return saved.id


def typed_again(session: Session, inquiry: Inquiry) -> dict[str, object]:
    """The fields of the capture form as they would be typed to make the inquiry again."""
    journalist = session.get(Person, inquiry.journalist_id) if inquiry.journalist_id is not None else None
    outlet = session.get(Organisation, inquiry.outlet_id) if inquiry.outlet_id is not None else None
    names = [row.name if row else "" for row in (journalist, outlet)]
    return {
        "who": ", ".join(name for name in names if name),
        "what": inquiry.question,
        "journalist": names[0],
        "outlet": names[1],
        "medium": inquiry.medium.value if inquiry.medium else None,
        "channel": inquiry.channel.value,
        "deadline_at": inquiry.deadline_at.isoformat() if inquiry.deadline_at else None,
        "received_at": inquiry.received_at.isoformat(),
        "contact": "",
    }


def last_outlet(session: Session, journalist_id: int, on: date) -> int | None:
    """Of their latest inquiry; for somebody who never asked, of their latest post as a journalist. Not one they have left."""
    posts = select(Post.organisation_id).where(Post.person_id == journalist_id, Post.kind == PostKind.JOURNALIST)
    working_for = session.scalars(
        posts.where(held_on(on)).order_by(Post.since.is_not(None).desc(), Post.since.desc(), Post.id.desc())
    ).all()
    left = set(session.scalars(posts.where(Post.until < on))) - set(working_for)
    asked_for = session.scalar(
        select(Inquiry.outlet_id)
        .where(Inquiry.journalist_id == journalist_id, Inquiry.outlet_id.not_in(left))
        .order_by(Inquiry.received_at.desc(), Inquiry.id.desc())
        .limit(1)
    )
    return asked_for or next(iter(working_for), None)


def forget_created(session: Session, created: list[list[object]]) -> list[str]:
    """Takes away what an inquiry made, latest first, and leaves whatever others have come to use. Says what went."""
    tables = {table.__tablename__: table for table in (Organisation, Person, Post, ContactPoint)}
    gone = []
    for name, key in reversed(created):
        row = session.get(tables[str(name)], key)
        if row is None:
            continue
        try:
            with session.begin_nested():
                session.delete(row)
        except IntegrityError:
            continue
        gone.append(f"{name} {key}")
    return gone


def _outlet(session: Session, ctx: Context, asked: Asked, created: list[tuple[str, int]]) -> int | None:
    if asked.outlet_id is not None:
        return _outlet_id(session, asked.outlet_id)
    if not asked.outlet:
        return None
    known = session.scalar(
        select(Organisation.id)
        .where(Organisation.kind == OrganisationKind.OUTLET, Organisation.search_key == search_key(asked.outlet)[:600])
        .order_by(Organisation.id)
        .limit(1)
    )
    if known is not None:
        return known
    made = added_organisation(session, OrganisationKind.OUTLET, asked.outlet, details=Details(), now=ctx.now)
    return _made(session, made, created)


def _outlet_id(session: Session, outlet_id: int) -> int:
    found = as_it_is_now(session, Organisation, outlet_id)
    if found is None or found.kind is not OrganisationKind.OUTLET:
        raise NotFound(kind="organisation", id=outlet_id)
    return found.id


def _journalist(
    session: Session, ctx: Context, asked: Asked, outlet_id: int | None, created: list[tuple[str, int]]
) -> int | None:
    if asked.journalist_id is not None:
        return person_row(session, asked.journalist_id).id
    if not asked.journalist:
        return None
    known = _journalist_there(session, asked.journalist, outlet_id)
    if known is not None:
        return known
    return _made(session, added_person(session, asked.journalist, now=ctx.now), created)


def _journalist_there(session: Session, name: str, outlet_id: int | None) -> int | None:
    """Somebody of exactly this name at this outlet is the same person; elsewhere it may be another one."""
    return session.scalar(
        select(Person.id)
        .join(Post, Post.person_id == Person.id)
        .where(
            Person.search_key == search_key(name)[:400],
            Post.kind == PostKind.JOURNALIST,
            Post.organisation_id == outlet_id,
        )
        .order_by(Person.id)
        .limit(1)
    )


def _remember_post(
    session: Session, person_id: int, outlet_id: int | None, day: date, created: list[tuple[str, int]]
) -> None:
    """So that the name is offered with its outlet the next time. A post elsewhere stays: many work for several."""
    if outlet_id is None:
        return
    known = session.scalar(
        select(Post.id).where(
            Post.person_id == person_id,
            Post.organisation_id == outlet_id,
            Post.kind == PostKind.JOURNALIST,
            Post.until.is_(None) | (Post.until >= day),
        )
    )
    if known is None:
        _made(session, added_post(session, person_id, outlet_id, kind=PostKind.JOURNALIST, since=day), created)


def _remember_contact(
    session: Session, raw: str, person_id: int | None, outlet_id: int | None, created: list[tuple[str, int]]
) -> None:
    if person_id is None and outlet_id is None:
        return
    kind = ContactKind.EMAIL if "@" in raw else ContactKind.PHONE
    normalised = as_compared(kind, raw).normalised
    owner = ContactPoint.person_id == person_id if person_id is not None else ContactPoint.organisation_id == outlet_id
    same = ContactPoint.normalised == normalised if normalised else ContactPoint.raw == raw
    if session.scalar(select(ContactPoint.id).where(owner, same).limit(1)) is None:
        outlet_id = outlet_id if person_id is None else None
        point = added_contact_point(session, kind, raw, person_id=person_id, organisation_id=outlet_id)
        _made(session, point, created)


def _made(session: Session, row: Organisation | Person | Post | ContactPoint, created: list[tuple[str, int]]) -> int:
    session.add(row)
    session.flush()
    created.append((row.__tablename__, row.id))
    return row.id
