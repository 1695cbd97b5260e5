"""What a colleague looks up about organisations of any kind: one while its name is typed, and lists by kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.members.places import municipality
from crm.members.selects import found_by
from crm.names import match_rank, search_forms
from crm.people.paging import leaf
from crm.people.rules import held_on
from crm.permissions import Permission
from crm.records import stands_for_itself
from crm.word_index import named_like
from db.models.organisations import Organisation, OrganisationKind, OrganisationName
from db.models.people import Post

PAGE = 50
FEWEST_LETTERS = 2
CANDIDATES = 200  # ranked in Python; more than these are narrowed by typing on
OTHER_KINDS: tuple[OrganisationKind, ...] = (
    OrganisationKind.AUTHORITY,
    OrganisationKind.OUTLET,
    OrganisationKind.PARTNER,
    OrganisationKind.PARTY,
    OrganisationKind.NETWORK_BODY,
)

_SHOWN: Final = (Organisation.id, Organisation.name, Organisation.kind, Organisation.municipality_number)


@dataclass(frozen=True)
class OrganisationHit:
    """`found_as` is the former name or alias that answered, "" when its own name did."""

    id: int
    name: str
    kind: OrganisationKind
    place: str
    found_as: str


@dataclass(frozen=True)
class OrganisationRow:
    """`people` is how many hold a post there today."""

    id: int
    name: str
    kind: OrganisationKind
    place: str
    found_as: str
    people: int


@dataclass(frozen=True)
class OrganisationPage:
    rows: list[OrganisationRow]
    following: int | None
    preceding: int | None


def find_organisations(
    ctx: Context, typed: str, *, kinds: Collection[OrganisationKind] | None = None, limit: int = 7
) -> list[OrganisationHit]:
    """Best first, by the name it has or one it had. Ourselves are not among them."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        forms = search_forms(typed)
        if not forms or len(forms[0].replace(" ", "")) < FEWEST_LETTERS:
            return []
        wanted = Organisation.kind.in_(kinds) if kinds else Organisation.kind != OrganisationKind.OWN
        wanted &= stands_for_itself(Organisation)
        rows = _candidates(session, forms, wanted, limit)
    best: dict[int, tuple[int, OrganisationHit]] = {}
    for row in rows:
        rank = match_rank(typed, row.found_as or row.name)
        known = best.get(row.id)
        if rank is not None and (known is None or rank < known[0]):
            place = municipality(row.municipality_number)
            best[row.id] = rank, OrganisationHit(row.id, row.name, row.kind, place.shown if place else "", row.found_as)
    return [hit for _, hit in sorted(best.values(), key=lambda found: found[0])][:limit]


def list_organisations(
    ctx: Context,
    kinds: Sequence[OrganisationKind],
    *,
    words: str = "",
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> OrganisationPage:
    """By name. `after` and `before` are ids from a page already shown; an id that is gone gives the first page."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        wanted: list[ColumnElement[bool]] = [Organisation.kind.in_(kinds), stands_for_itself(Organisation)]
        if words.strip():
            wanted.append(found_by(session, words))
        page = leaf(session, Organisation, wanted, after=after, before=before, limit=limit)
        people, found_as = _people_now(session, page.ids, ctx), _found_as(session, page.ids, words)
        of = {row.id: row for row in session.execute(select(*_SHOWN).where(Organisation.id.in_(page.ids)))}
        rows = [_row(of[key], found_as.get(key, ""), people.get(key, 0)) for key in page.ids]
    return OrganisationPage(rows, page.following, page.preceding)


def _candidates(session: Session, forms: tuple[str, ...], wanted: ColumnElement[bool], limit: int) -> list[Any]:
    """Those whose name begins so, through the index, and the rest only when these are few."""
    own = select(*_SHOWN, literal("").label("found_as")).where(wanted)
    other = select(*_SHOWN, OrganisationName.name.label("found_as")).where(wanted)
    other = other.join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    rows: list[Any] = []
    for table, query in ((Organisation, own), (OrganisationName, other)):
        beginning = session.execute(query.where(_begins(table, forms)).limit(CANDIDATES)).all()
        rows += beginning
        if len(beginning) < limit:
            rows += session.execute(query.where(named_like(table, forms)).limit(CANDIDATES)).all()
    return rows


def _begins(table: type[Organisation] | type[OrganisationName], forms: tuple[str, ...]) -> ColumnElement[bool]:
    exact, loose = forms[0], forms[-1]
    return or_(table.search_key.between(exact, exact + "\uffff"), table.loose_key.between(loose, loose + "\uffff"))


def _people_now(session: Session, ids: Sequence[int], ctx: Context) -> dict[int, int]:
    query = select(Post.organisation_id, func.count()).where(Post.organisation_id.in_(ids), held_on(ctx.today))
    return dict(session.execute(query.group_by(Post.organisation_id)).all())


def _found_as(session: Session, ids: Sequence[int], words: str) -> dict[int, str]:
    """The former names and aliases that answer these words, for rows whose own name does not say why they are there."""
    forms = search_forms(words)
    if not forms:
        return {}
    query = select(OrganisationName.organisation_id, OrganisationName.name)
    answers = (OrganisationName.organisation_id.in_(ids), named_like(OrganisationName, forms))
    return dict(session.execute(query.where(*answers)).all())


def _row(subject: Any, found_as: str, people: int) -> OrganisationRow:
    place = municipality(subject.municipality_number)
    return OrganisationRow(subject.id, subject.name, subject.kind, place.shown if place else "", found_as, people)
