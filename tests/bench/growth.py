"""What work costs in a large association, against the same work in one a hundredth of the size.

The use-cases themselves are asked, each with something it was not asked before: what a screen draws on top costs the same in both.
The data are kept (`tests/bench/kept.py`).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from crm.cases.case_queries import list_cases
from crm.cases.selects import CaseFilter
from crm.cases.selects import Standing as Cases
from crm.context import Actor, Context
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

TIMES, WARMING_UP = 60, 10
# What somebody has typed so far: of houses and persons, of words in cases, part of a number; some find much and some nothing.
TYPED = (
    "fjor",
    "fjordglimt kul",
    "kari",
    "kari alm",
    "tono",
    "tilskudd bil",
    "4061",
    "konserthus",
    "xyzzy",
    "solveig ø",
)
# In the text box over a list: names in part and whole, a number, an address, a part of a compound, and nothing.
NAMED = ("kari", "kari alm", "solveig ø", "åse", "almklov", "40612345", "person12@", "hus", "xyzzy", "berg")
PLACES = ("fjordglimt", "konserthus", "kulturhus hav", "glimt", "teater", "kari", "kari alm", "40612345", "ås", "xyzzy")
SAID = (
    "tono",
    "tilskudd bil",
    "kari",
    "fjordglimt",
    "konserthus",
    "moms rigg",
    "solveig øyen",
    "40612345",
    "xyzzy",
    "sal",
)
# The small one has hardly more of a name, or of other organisations, and a page is to be a full one in both.
A_FEW = 10
HOUSES, PERSONS = ListedKind.ORGANISATION, ListedKind.PERSON
MEMBERS, WESTERN = Membership((Membership.ANY,)), InCounty(("46",))
SELECTED = (
    Wanted(HOUSES),
    Wanted(HOUSES, (OfKind((OrganisationKind.HOUSE,)), WESTERN)),
    Wanted(HOUSES, (MEMBERS,)),
    Wanted(HOUSES, (MEMBERS, WESTERN, Quiet(("90",)))),
    Wanted(HOUSES, (Membership((Membership.NEVER,)),)),
    Wanted(HOUSES, (Reached((ContactKind.PHONE,)),)),
    Wanted(PERSONS),
    Wanted(PERSONS, (PostOf((PostKind.JOURNALIST,)),)),
    Wanted(PERSONS, (PostOf((PostKind.EMPLOYEE,)), MEMBERS)),
    Wanted(PERSONS, (PostOf((PostKind.EMPLOYEE,)), WESTERN)),
    Wanted(PERSONS, (Reached((ContactKind.EMAIL,)),)),
)


@dataclass(frozen=True)
class Cost:
    """In milliseconds: the median of asking for different things, in the large and in the small one."""

    name: str
    large: float
    small: float


def measure(size: str, kind: str) -> Iterator[Cost]:
    """`size` L against S; S against itself, which only shows that the measuring works. `kind`: of `kept.KINDS`."""
    with kept(kind, size, "S") as databases:
        large, small = map(_context, databases)
        for name, work in _work().items():
            mine, theirs = [], []
            # The first ones fetch pages from the disk, of which the large one has more.
            for turn in range(TIMES, TIMES + WARMING_UP):
                _taken(work, large, SIZES[size], turn), _taken(work, small, SMALL, turn)
            for turn in range(TIMES):  # turn and turn about, so that a slow moment of the machine falls on both
                mine.append(_taken(work, large, SIZES[size], turn))
                theirs.append(_taken(work, small, SMALL, turn))
            yield Cost(name, statistics.median(mine), statistics.median(theirs))


def _work() -> dict[str, Callable[[Context, int, int], object]]:
    """Each gets the number of a house, and of the turn. The pages are full ones in both sizes."""
    return {
        "search while typing": lambda ctx, _, turn: find_records(ctx, TYPED[turn % len(TYPED)]),
        "who rings, while typing": lambda ctx, _, turn: find_callers(ctx, TYPED[turn % len(TYPED)]),
        "opening a house": lambda ctx, house, _: (member_card(ctx, house), last_contact(ctx, organisation_id=house)),
        "the first page of its timeline": lambda ctx, house, _: happened(ctx, organisation_id=house),
        "the next page of its timeline": _next_page,
        "a page of the member houses, on some day": lambda ctx, _, turn: list_members(
            ctx, MemberFilter(on=ctx.today - timedelta(days=turn), kind=OrganisationKind.HOUSE)
        ),
        "a page of the persons found by a word": lambda ctx, _, turn: list_persons(
            ctx, PersonFilter(on=ctx.today, words=NAMED[turn % len(NAMED)]), limit=A_FEW
        ),
        "a page of the journalists": lambda ctx, _, turn: list_persons(
            ctx, PersonFilter(on=ctx.today - timedelta(days=turn), kind=PostKind.JOURNALIST, standing=Standing.CURRENT)
        ),
        "a page of the other organisations": lambda ctx, *_: list_organisations(ctx, OTHER_KINDS, limit=A_FEW),
        "the same found by a word": lambda ctx, _, turn: list_organisations(
            ctx, OTHER_KINDS, words=PLACES[turn % len(PLACES)], limit=A_FEW
        ),
        "a page of those not heard from": lambda ctx, _, turn: _selected(
            ctx, Wanted(HOUSES, (_silent(30 + 6 * turn),))
        ),
        "a page of a selection": lambda ctx, _, turn: _selected(ctx, SELECTED[turn % len(SELECTED)]),
        "a page of the cases found by a word": lambda ctx, _, turn: list_cases(
            ctx, CaseFilter(standing=Cases.ALL, words=SAID[turn % len(SAID)]), after=1 + turn
        ),
    }


def _selected(ctx: Context, wanted: Wanted) -> object:
    return look_up(ctx, wanted, DEFAULT_COLUMNS[wanted.kind], limit=A_FEW)


def _silent(days: int) -> Quiet:
    return Quiet((str(days),))


def _next_page(ctx: Context, house: int, _turn: int) -> object:
    return happened(ctx, organisation_id=house, after=happened(ctx, organisation_id=house).following)


def _taken(work: Callable[[Context, int, int], object], ctx: Context, size: Size, turn: int) -> float:
    house = 1 + 10 * random.Random(turn).randrange(size.organisations // 10)
    began = time.perf_counter()
    work(ctx, house, turn)
    return (time.perf_counter() - began) * 1000


def _context(database: Database) -> Context:
    return Context(Actor(user_id=1, name="Ingunn Ås", role=Role.ADMINISTRATOR), database, NOW)
