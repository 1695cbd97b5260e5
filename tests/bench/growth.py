"""What work costs in a large association, against the same work in one a hundredth of the size.

The use-cases themselves are asked, each with something it was not asked before: what a screen draws on top costs the same in both.
The data are kept (`tests/bench/kept.py`).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crm.cases.case_queries import list_cases
from crm.cases.selects import CaseFilter
from crm.cases.selects import Standing as Cases
from crm.context import Actor, Context
from crm.i18n import local
from crm.media.queries import find_journalists
from crm.members.organisation_queries import OTHER_KINDS, list_organisations
from crm.members.queries import member_card
from crm.members.selects import MemberFilter
from crm.people.person_queries import list_persons
from crm.people.queries import find_callers
from crm.people.selects import PersonFilter, Standing
from crm.search.queries import find_records
from crm.selections.columns import DEFAULT_COLUMNS
from crm.selections.conditions import InCounty, Membership, OfKind, PostOf, Quiet
from crm.selections.of_itself import Reached
from crm.selections.queries import look_up
from crm.selections.wanted import Wanted
from crm.timeline.member_queries import list_members
from crm.timeline.queries import happened, last_contact
from db.engine import Database
from db.models.lists import ListedKind
from db.models.organisations import OrganisationKind
from db.models.people import ContactKind, PostKind
from db.models.users import Role
from tests.bench.kept import NOW, SIZES, kept
from tests.bench.many_records import SMALL, Size

TIMES, WARMING_UP = 6, 1  # of each question; a place is asked for TIMES_A_PLACE others
TIMES_A_PLACE = 60
# What somebody has typed so far, in a search, a field or over a list: names in part and whole, of houses and of persons, words of
# calls, numbers and addresses, a part of a compound; some are in very much and some in nothing.
TYPED = (
    *("al", "ås", "åse", "kari", "kari alm", "almklov", "solveig ø", "solveig øyen", "berg"),
    *("fjord", "fjordglimt", "fjordglimt kul", "kulturhus hav", "hus", "konserthus", "teater"),
    *("tono", "tilskudd bil", "kommune kari", "moms rigg", "sal"),
    *("123", "4061", "40612345", "+47 40 61 23 45", "person12@", "@kulturhus", "person", "xyzzy"),
)
# The small one has hardly more of a name, or of other organisations, and a page is to be a full one in both.
A_FEW = 10
HOUSES, PERSONS = ListedKind.ORGANISATION, ListedKind.PERSON
MEMBERS, WESTERN = Membership((Membership.ANY,)), InCounty(("46",))
QUARTER, TWO_YEARS = timedelta(days=91), timedelta(days=730)


@dataclass(frozen=True)
class Cost:
    """In milliseconds: the median of asking for different things, in the large and in the small one; and what grew the most."""

    name: str
    large: float
    small: float
    most: str


@dataclass(frozen=True)
class Work:
    """`ask` gets the number of a house, one of the questions, and the turn. The pages are full ones in both sizes."""

    name: str
    ask: Callable[[Context, int, Any, int], object]
    questions: Sequence[Any] = (None,)

    @property
    def times(self) -> int:
        return TIMES if len(self.questions) > 1 else TIMES_A_PLACE


def measure(size: str, kind: str) -> Iterator[Cost]:
    """`size` L against S; S against itself, which only shows that the measuring works. `kind`: of `kept.KINDS`."""
    with kept(kind, size, "S") as databases:
        large, small = map(_context, databases)
        for work in _work():
            # Turn and turn about, so that a slow moment of the machine falls on both; the first ones fetch pages from the disk, of
            # which the large one has more.
            pairs = [
                [
                    (_taken(work, large, SIZES[size], one, turn), _taken(work, small, SMALL, one, turn))
                    for turn in range(WARMING_UP + work.times)
                ][WARMING_UP:]
                for one in work.questions
            ]
            medians = [tuple(map(statistics.median, zip(*taken, strict=True))) for taken in pairs]
            grown = [mine / theirs for mine, theirs in medians]
            mine, theirs = (statistics.median(of_one) for of_one in zip(*medians, strict=True))
            most = max(range(len(grown)), key=grown.__getitem__)
            named = f"{_told(work.questions[most])} {grown[most]:.2f}" if len(grown) > 1 else ""
            yield Cost(work.name, mine, theirs, named)


def _work() -> tuple[Work, ...]:
    return (
        Work("search while typing", lambda ctx, _, typed, __: find_records(ctx, typed), TYPED),
        Work("who rings, while typing", lambda ctx, _, typed, __: find_callers(ctx, typed), TYPED),
        Work("which journalist, while typing", lambda ctx, _, typed, __: find_journalists(ctx, typed), TYPED),
        Work(
            "opening a house",
            lambda ctx, house, *_: (member_card(ctx, house), last_contact(ctx, organisation_id=house)),
        ),
        Work("the first page of its timeline", lambda ctx, house, *_: happened(ctx, organisation_id=house)),
        Work("the next page of its timeline", _next_page),
        Work(
            "a page of the member houses, on some day",
            lambda ctx, _, __, turn: list_members(
                ctx, MemberFilter(on=ctx.today - timedelta(days=turn), kind=OrganisationKind.HOUSE)
            ),
        ),
        Work(
            "a page of the members found by a word",
            lambda ctx, _, words, turn: list_members(
                ctx, MemberFilter(on=ctx.today - timedelta(days=turn), words=words), limit=A_FEW
            ),
            TYPED,
        ),
        Work(
            "a page of the persons found by a word",
            lambda ctx, _, words, __: list_persons(ctx, PersonFilter(on=ctx.today, words=words), limit=A_FEW),
            TYPED,
        ),
        Work(
            "a page of the journalists",
            lambda ctx, _, __, turn: list_persons(
                ctx,
                PersonFilter(on=ctx.today - timedelta(days=turn), kind=PostKind.JOURNALIST, standing=Standing.CURRENT),
            ),
        ),
        Work(
            "a page of the other organisations",
            lambda ctx, *_: list_organisations(ctx, OTHER_KINDS, limit=A_FEW),
        ),
        Work(
            "the same found by a word",
            lambda ctx, _, words, __: list_organisations(ctx, OTHER_KINDS, words=words, limit=A_FEW),
            TYPED,
        ),
        Work(
            "a page of those not heard from",
            lambda ctx, _, __, turn: _selected(ctx, Wanted(HOUSES, (_silent(30 + 6 * turn),))),
        ),
        Work("a page of a selection, by each condition", lambda ctx, _, wanted, __: _selected(ctx, wanted), _asked()),
        Work(
            "a page of the cases found by a word",
            lambda ctx, _, words, turn: list_cases(
                ctx, CaseFilter(standing=Cases.ALL, words=words), after=1 + turn, limit=A_FEW
            ),
            TYPED,
        ),
        Work(
            "a page of the open cases found by a word",
            lambda ctx, _, words, turn: list_cases(ctx, CaseFilter(words=words), after=1 + turn, limit=A_FEW),
            TYPED,
        ),
    )


def _asked() -> tuple[Wanted, ...]:
    """Each condition by itself, and some together, as things stand and as they stood."""
    of_houses = (
        (),
        (OfKind((OrganisationKind.HOUSE,)),),
        (WESTERN,),
        *((Membership((way,)),) for way in (Membership.ANY, Membership.NEW, Membership.LEFT, Membership.NEVER)),
        (Reached((ContactKind.PHONE,)),),
        (_silent(90),),
        (MEMBERS, WESTERN, _silent(90)),
    )
    of_persons = (
        (),
        (PostOf((PostKind.JOURNALIST,)),),
        (PostOf((PostKind.EMPLOYEE,)), MEMBERS),
        (PostOf((PostKind.EMPLOYEE,)), WESTERN),
        (Reached((ContactKind.EMAIL,)),),
    )
    today = local(NOW).date()
    days = (None, today - QUARTER, today - TWO_YEARS)
    kinds = ((HOUSES, of_houses), (PERSONS, of_persons))
    return tuple(Wanted(kind, which, day) for kind, asked in kinds for which in asked for day in days)


def _told(question: Any) -> str:
    if not isinstance(question, Wanted):
        return repr(question)
    which = ", ".join(f"{one.word} {'/'.join(one.values)}" for one in question.conditions) or "all"
    return f"{question.kind} {which} {question.on or ''}".strip()


def _selected(ctx: Context, wanted: Wanted) -> object:
    return look_up(ctx, wanted, DEFAULT_COLUMNS[wanted.kind], limit=A_FEW)


def _silent(days: int) -> Quiet:
    return Quiet((str(days),))


def _next_page(ctx: Context, house: int, *_: object) -> object:
    return happened(ctx, organisation_id=house, after=happened(ctx, organisation_id=house).following)


def _taken(work: Work, ctx: Context, size: Size, question: Any, turn: int) -> float:
    house = 1 + 10 * random.Random(turn).randrange(size.organisations // 10)
    began = time.perf_counter()
    work.ask(ctx, house, question, turn)
    return (time.perf_counter() - began) * 1000


def _context(database: Database) -> Context:
    return Context(Actor(user_id=1, name="Ingunn Ås", role=Role.ADMINISTRATOR), database, NOW)
