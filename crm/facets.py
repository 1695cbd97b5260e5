"""The one list of features, for whatever looks across them.

The plan, the timeline, the agenda and the search ask here and never learn a feature's name: a new feature offers selects with
these columns in its `facets.py` and gets its lines below.

- evidence: kind, at, record, record_id, organisation_id, title - what counts for the plan
- happenings: kind, at, record, record_id, organisation_id, person_id, title, user_id - what happened with a house or a person
- deadlines: kind, at, record, record_id, title, responsible_id - what somebody waits for
- traces: no select but columns - where it stands that we were in touch, so that the last time can be kept per organisation
- searchable: no select but a `Searchable`, since the index must also know when to read a record again

`record` is a screen's key, `at` an instant. `title` may hold what people wrote: who asks blanks it for those who may not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, String, Subquery, cast, false, null, select, union_all

from crm.cases import facets as cases
from crm.media import facets as media
from crm.members import facets as members
from crm.networks import facets as networks
from crm.people import facets as people
from crm.searchable import Searchable
from crm.tasks import facets as tasks
from crm.traces import Trace
from db.types import UtcDateTime

Offer: TypeAlias = Callable[[], Select[Any]]

EVIDENCE: Final[tuple[tuple[frozenset[str], Offer], ...]] = (
    (cases.EVIDENCE_KINDS, cases.evidence),
    (media.EVIDENCE_KINDS, media.evidence),
    (networks.EVIDENCE_KINDS, networks.evidence),
)
HAPPENINGS: Final[tuple[Offer, ...]] = (cases.happenings, media.happenings, networks.happenings)
DEADLINES: Final[tuple[Offer, ...]] = (cases.deadlines, media.deadlines, networks.deadlines, tasks.deadlines)

# Stands in a timeline and was no contact: it lies ahead, or never took place.
NO_CONTACT: Final[frozenset[str]] = networks.NO_CONTACT

TRACES: Final[tuple[Trace, ...]] = (
    *members.TRACES,
    *people.TRACES,
    *cases.TRACES,
    *media.TRACES,
    *networks.TRACES,
)

SEARCHABLE: Final[tuple[Searchable, ...]] = (
    members.searchable(),
    people.searchable(),
    cases.searchable(),
    media.searchable(),
    networks.searchable_meetings(),
    networks.searchable_bodies(),
    tasks.searchable(),
)

# What somebody can record today. A measure with none of its kinds among these cannot be recorded yet.
OFFERED: Final[frozenset[str]] = frozenset().union(*(kinds for kinds, _ in EVIDENCE))


def evidence(kinds: Collection[str]) -> Subquery:
    """The evidence of these kinds, from the features that offer any of them; of kinds nobody offers, no rows."""
    wanted = [offer for offered, offer in EVIDENCE if not offered.isdisjoint(kinds)]
    if not wanted:
        return _no_evidence().subquery("evidence")
    everything = _together(wanted, "all_evidence")
    return select(everything).where(everything.c.kind.in_(sorted(kinds))).subquery("evidence")


def happenings(*only: str) -> Subquery:
    """`only` these columns: what nobody asks for would be read all the same, row by row, and with it no index is enough."""
    offers = [offer() for offer in HAPPENINGS]
    if only:
        offers = [
            offer.with_only_columns(*(offer.selected_columns[name] for name in dict.fromkeys(only))) for offer in offers
        ]
    return union_all(*offers).subquery("happenings")


def deadlines() -> Subquery:
    return _together(DEADLINES, "deadlines")


def _together(offers: Sequence[Offer], name: str) -> Subquery:
    return union_all(*(offer() for offer in offers)).subquery(name)


def _no_evidence() -> Select[Any]:
    columns: list[ColumnElement[Any]] = [cast(null(), String).label(name) for name in ("kind", "record", "title")]
    columns += [cast(null(), Integer).label(name) for name in ("record_id", "organisation_id")]
    columns.append(cast(null(), UtcDateTime()).label("at"))
    return select(*columns).where(false())
