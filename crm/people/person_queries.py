"""What a colleague looks up about one person, about many, and about who sat where on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.contact_details import national_number_in
from crm.context import Context
from crm.errors import NotFound
from crm.people.contacts import ContactLine, contact_lines
from crm.people.paging import leaf
from crm.people.rules import held_on
from crm.people.selects import PersonFilter, conditions
from crm.permissions import Permission
from crm.records import as_it_is_now
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactChannel, ContactPoint, DoNotContact, LegalBasis, Person, Post, PostKind

PAGE = 50
AT_MOST = 200
# SQLite puts what is empty first, PostgreSQL last; here a post without an end comes first, one without a beginning last.
LATEST_FIRST = (Post.until.is_not(None), Post.until.desc(), Post.since.is_(None), Post.since.desc(), Post.id.desc())


class Tense(StrEnum):
    NOW = "now"
    AHEAD = "ahead"
    PAST = "past"


@dataclass(frozen=True)
class PostLine:
    id: int
    version: int
    organisation_id: int
    organisation: str
    organisation_kind: OrganisationKind
    title: str
    kind: PostKind
    since: date | None
    until: date | None
    legal_basis: LegalBasis
    party: str
    party_source: str
    tense: Tense


@dataclass(frozen=True)
class NoContactLine:
    id: int
    version: int
    channel: ContactChannel
    since: date
    reason: str


@dataclass(frozen=True)
class PersonCard:
    """`posts`: those of today first, then those to come, then the past ones, the latest first."""

    id: int
    version: int
    name: str
    languages: tuple[str, ...]
    note: str
    note_has_national_number: bool
    posts: list[PostLine]
    contacts: list[ContactLine]
    no_contact: list[NoContactLine]


@dataclass(frozen=True)
class HeldPost:
    """Who held a post at an organisation on some day."""

    person_id: int
    post_id: int
    name: str
    title: str
    kind: PostKind
    since: date | None
    until: date | None
    party: str
    no_contact: tuple[ContactChannel, ...]


@dataclass(frozen=True)
class PersonRow:
    """`posts` are titles and organisations of the day asked for; for somebody without any, the latest past one."""

    id: int
    name: str
    posts: tuple[str, ...]
    is_former: bool


@dataclass(frozen=True)
class PersonPage:
    """`following` and `preceding` are ids to ask on from; None where the list ends."""

    rows: list[PersonRow]
    following: int | None
    preceding: int | None


def person_card(ctx: Context, person_id: int) -> PersonCard:
    """One person, with everything but what happened with them."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        person = as_it_is_now(session, Person, person_id)
        if person is None:
            raise NotFound(kind="person", id=person_id)
        return PersonCard(
            id=person.id,
            version=person.version,
            name=person.name,
            languages=tuple(person.languages.split()),
            note=person.note,
            note_has_national_number=national_number_in(person.note),
            posts=_posts(session, person.id, ctx.today),
            contacts=contact_lines(session, ContactPoint.person_id, [person.id], ctx.today).get(person.id, []),
            no_contact=_no_contact(session, person.id),
        )


def persons_at(ctx: Context, organisation_id: int, *, on: date, limit: int = AT_MOST) -> list[HeldPost]:
    """Who held a post there on the day, its first and last day included, by name: who sat in the committee on 11 January."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        there = _held_at(organisation_id).where(held_on(on)).order_by(Person.sort_key, Post.id).limit(limit)
        return _held(session, there)


def persons_once_at(ctx: Context, organisation_id: int, *, before: date, limit: int = AT_MOST) -> list[HeldPost]:
    """Whose post there had ended before the day, the latest first."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        past = _held_at(organisation_id).where(Post.until < before)
        return _held(session, past.order_by(Post.until.desc(), Post.id.desc()).limit(limit))


def list_persons(
    ctx: Context, wanted: PersonFilter, *, after: int | None = None, before: int | None = None, limit: int = PAGE
) -> PersonPage:
    """By name. `after` and `before` are ids from a page already shown; an id that is gone gives the first page."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        page = leaf(session, Person, conditions(session, wanted), after=after, before=before, limit=limit)
        return PersonPage(_rows(session, page.ids, wanted), page.following, page.preceding)


def _held_at(organisation_id: int) -> Select[*tuple[Any, ...]]:
    query = select(
        Post.person_id, Post.id.label("post_id"), Person.name, Post.title, Post.kind, Post.since, Post.until, Post.party
    )
    return query.join(Person, Person.id == Post.person_id).where(Post.organisation_id == organisation_id)


def _held(session: Session, query: Select[*tuple[Any, ...]]) -> list[HeldPost]:
    rows = session.execute(query).all()
    wishes = select(DoNotContact.person_id, DoNotContact.channel).order_by(DoNotContact.id)
    of: dict[int, list[ContactChannel]] = {}
    for person_id, channel in session.execute(
        wishes.where(DoNotContact.person_id.in_([row.person_id for row in rows]))
    ):
        of.setdefault(person_id, []).append(channel)
    return [
        HeldPost(
            person_id=row.person_id,
            post_id=row.post_id,
            name=row.name,
            title=row.title,
            kind=row.kind,
            since=row.since,
            until=row.until,
            party=row.party or "",
            no_contact=tuple(of.get(row.person_id, ())),
        )
        for row in rows
    ]


def _posts(session: Session, person_id: int, today: date) -> list[PostLine]:
    query = (
        select(Post, Organisation.name, Organisation.kind)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id == person_id)
        .order_by(*LATEST_FIRST)
        .limit(AT_MOST)
    )
    lines = [_post_line(post, name, kind, today) for post, name, kind in session.execute(query)]
    return sorted(lines, key=lambda line: list(Tense).index(line.tense))


def _post_line(post: Post, organisation: str, organisation_kind: OrganisationKind, today: date) -> PostLine:
    return PostLine(
        id=post.id,
        version=post.version,
        organisation_id=post.organisation_id,
        organisation=organisation,
        organisation_kind=organisation_kind,
        title=post.title,
        kind=post.kind,
        since=post.since,
        until=post.until,
        legal_basis=post.legal_basis,
        party=post.party or "",
        party_source=post.party_source or "",
        tense=_tense(post, today),
    )


def _tense(post: Post, today: date) -> Tense:
    if post.until is not None and post.until < today:
        return Tense.PAST
    return Tense.AHEAD if post.since is not None and post.since > today else Tense.NOW


def wishes_of(ctx: Context, person_id: int) -> list[NoContactLine]:
    """The ways she has asked us not to use, for every screen that is about to reach her."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        return _no_contact(session, person_id)


def _no_contact(session: Session, person_id: int) -> list[NoContactLine]:
    query = select(DoNotContact).where(DoNotContact.person_id == person_id).order_by(DoNotContact.id)
    return [
        NoContactLine(row.id, row.version, row.channel, row.since, row.reason)
        for row in session.scalars(query.limit(len(ContactChannel)))
    ]


def _rows(session: Session, ids: Sequence[int], wanted: PersonFilter) -> list[PersonRow]:
    query = (
        select(Post.person_id, Post.title, Post.until, Post.since, Organisation.name)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.person_id.in_(ids))
        .order_by(*LATEST_FIRST)
    )
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
    now: dict[int, list[str]] = {}
    past: dict[int, str] = {}
    for row in session.execute(query.limit(AT_MOST * 10)):
        words = f"{row.title}, {row.name}" if row.title else row.name
        if row.until is not None and row.until < wanted.on:
            past.setdefault(row.person_id, words)
        elif row.since is None or row.since <= wanted.on:
            now.setdefault(row.person_id, []).append(words)
    return [
        PersonRow(key, names[key], tuple(now[key]), is_former=False)
        if key in now
        else PersonRow(key, names[key], tuple(filter(None, [past.get(key)])), is_former=key in past)
        for key in ids
    ]
