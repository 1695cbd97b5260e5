"""Whatever is imported and merged, taken back in reverse it never happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.derived import rebuild
from crm.errors import Refused
from crm.members.commands import add_house, add_person_here
from crm.members.forms import NewHouse, NewPersonHere
from crm.merging.commands import keep_organisations_apart, merge_organisations, merge_persons
from crm.merging.forms import MergedOrganisations, MergedPersons, Pick
from crm.people.commands import add_contact_point
from crm.people.forms import NewContactPoint
from crm.people.steps import as_compared, new_person
from crm.permissions import Permission
from crm.search.checking import disagreements
from crm.transfer.columns import Subject
from crm.transfer.rows import ListRow
from crm.undo.commands import undo_batch
from crm.undo.journal import insert_many, recording
from crm.undo.queries import batch_about
from db.engine import Database
from db.models.meetings import Attendance, AttendanceStatus, Event, EventKind, EventOrganiser, EventStatus
from db.models.organisations import Organisation, OrganisationTopic
from db.models.people import ContactKind, ContactPoint, Person, Post, PostKind
from db.models.undo import BatchKind
from db.moving import move_all
from db.upgrade import create
from tests.crm.contents import contents
from tests.crm.importing import rows_in, taken_in

pytestmark = pytest.mark.usefixtures("right_last_contacts")

HOUSES = ("Lyngmo kulturhus", "Lyngmo Scene", "Åsgard konserthus", "Aasgard konserthus AS", "Solsiden")
NUMBERS = ("310000043", "310000051", "310000027", None, None)
PEOPLE = ("Kari Lyngås", "Kari Lyngås", "Pål Ås", "Torunn Bråten", "Torunn A. Bråten", "Kjærsti Øyen")


@dataclass
class Office:
    """`lists` are what somebody else has about them, read beforehand: reading takes a process of its own."""

    houses: list[int]
    people: list[int]
    lists: list[list[ListRow]]


LISTS = [
    (
        Subject.ORGANISATIONS,
        "Navn;Organisasjonsnummer;E-post;Kontaktperson\n"
        "Lyngmo kulturhus;310000043;ny@lyngmo.example;Kari Lyngås\nFjordglimt;310000019;;Odd Ærø\nAsgard;;;\n",
    ),
    (
        Subject.PERSONS,
        "Navn;E-post;Mobil;Firma\nKari Lyngås;kari@lyngmo.example;40612340;Lyngmo kulturhus\nSigne Vågå;signe@x.example;;\n",
    ),
]


def seeded(ctx: Context) -> Office:
    """Houses and persons that share addresses, meetings, topics and posts in every way that two can."""
    houses = [
        add_house(ctx, NewHouse.checked(name=name, org_number=number, note=f"Om {name}", website="lyngmo.example"))
        for name, number in zip(HOUSES, NUMBERS, strict=True)
    ]
    for house in houses:
        for raw in ("post@lyngmo.example", f"post{house % 2}@lyngmo.example"):
            add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=raw, organisation_id=house))
    people = [
        add_person_here(ctx, houses[place % 3], NewPersonHere(name=name, title="Leder", phone=f"4061234{place % 2}"))
        for place, name in enumerate(PEOPLE)
    ]
    for place, house in enumerate(houses * 2):
        form = NewCase(token=f"lang-nok-token-{place}", what="Spørsmål", organisation_id=house, answered=True)
        open_case(ctx, form.model_copy(update={"person_id": people[place % len(people)]}))
    keep_organisations_apart(ctx, houses[0], houses[4])
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        for house in houses[:4]:
            session.add(OrganisationTopic(organisation_id=house, topic_id=_topic(session)))
        meeting = Event(kind=EventKind.OTHER, title="Landsmøte", starts_at=ctx.now, status=EventStatus.HELD)
        meeting.created_at = ctx.now
        session.add(meeting)
        session.flush()
        session.add_all(EventOrganiser(event_id=meeting.id, organisation_id=house) for house in houses[1:3])
        session.add_all(
            Attendance(event_id=meeting.id, person_id=each, status=AttendanceStatus.ATTENDED) for each in people[:3]
        )
    return Office(houses, people, [rows_in(ctx, text.encode(), subject=subject) for subject, text in LISTS])


def _topic(session: Any) -> int:
    from db.models.cases import Topic

    topic = session.scalar(select(Topic).limit(1))
    if topic is None:
        topic = Topic(name="TONO", sort_key="1")
        session.add(topic)
        session.flush()
    return int(topic.id)


Step = tuple[str, int, int, bool]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["list", "import", "houses", "persons"]), st.integers(0, 5), st.integers(0, 5), st.booleans()
    ),
    min_size=1,
    max_size=7,
)


def done(ctx: Context, office: Office, step: Step) -> int | None:
    """The batch, None where the two cannot become one (any more)."""
    kind, one, other, theirs = step
    try:
        if kind == "list":
            taken = taken_in(ctx, office.lists[one % len(office.lists)], token=token_urlsafe(16))
            about = batch_about(ctx, "import_batches", taken)
            return about.id if about else None
        if kind == "import":
            return imported(ctx, office, one, other)
        picks = {"name": Pick.MERGED, "note": Pick.BOTH} if theirs else {}
        ids = office.houses if kind == "houses" else office.people
        first, second = ids[one % len(ids)], ids[other % len(ids)]
        return None if first == second else _merged(ctx, kind, first, second, picks)
    except Refused:
        return None


def imported(ctx: Context, office: Office, one: int, other: int) -> int:
    """New persons by the thousand way, one by the row way, and a house whose note the list knows better."""
    with ctx.write(Permission.KEEP_MEMBERS) as session, recording(ctx, session, BatchKind.IMPORT) as batch:
        house = session.get_one(Organisation, office.houses[one % len(office.houses)])
        house.note += f" {other}"
        rows = [_row(new_person(f"Ny {number}", now=ctx.now)) for number in range(other + 1)]
        for person in insert_many(session, Person, rows):
            session.add(Post(person_id=person, organisation_id=house.id, kind=PostKind.EMPLOYEE))
        email = as_compared(ContactKind.EMAIL, f"ny{other}@lyngmo.example")
        point = ContactPoint(kind=ContactKind.EMAIL, raw=email.normalised or "", organisation_id=house.id)
        point.normalised, point.is_valid = email.normalised, email.is_valid
        session.add(point)
    return batch.id


def _row(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("name", "sort_key", "search_key", "loose_key", "created_at")}


def _merged(ctx: Context, kind: str, kept: int, goes: int, picks: dict[str, Pick]) -> int:
    model = Organisation if kind == "houses" else Person
    with ctx.database.reading() as session:
        one, other = (session.get_one(model, each).version for each in (kept, goes))
    form = {"kept_id": kept, "merged_id": goes, "kept_version": one, "merged_version": other, "picks": picks}
    if kind == "houses":
        return merge_organisations(ctx, MergedOrganisations.checked(**form, on=ctx.today))
    return merge_persons(ctx, MergedPersons.checked(**form))


def undone_in_reverse(ctx: Context, office: Office, steps: Sequence[Step]) -> None:
    before = contents(ctx.database)
    batches = [batch for batch in (done(ctx, office, step) for step in steps) if batch is not None]
    assert disagreements(ctx.database) == 0
    for batch in reversed(batches):
        undo_batch(ctx, batch)
    assert contents(ctx.database) == before


def test_any_sequence_taken_back_in_reverse_never_happened(ctx: Context) -> None:
    """One database for all examples: each leaves it as it was, or the test has failed."""
    office = seeded(ctx)

    @settings(
        max_examples=15 if ctx.database.is_sqlite else 4,
        suppress_health_check=list(HealthCheck),
        # A failing example is short already, and shrinking would go on from the rows it left.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
    @given(STEPS)
    def examples(steps: list[Step]) -> None:
        undone_in_reverse(ctx, office, steps)

    examples()


def test_all_houses_and_all_persons_into_one_and_back(ctx: Context) -> None:
    office = seeded(ctx)
    chain = [("houses", place + 1, place, True) for place in range(4)] + [
        ("persons", 0, place, False) for place in range(1, 6)
    ]
    undone_in_reverse(ctx, office, [("list", 0, 0, False), ("import", 0, 3, False), *chain, ("list", 1, 0, False)])


def test_a_merge_can_be_taken_back_after_the_move_to_another_database(ctx: Context, tmp_path: Path) -> None:
    """With `--postgres` from PostgreSQL to SQLite: what was written down by the one is read by the other."""
    office = seeded(ctx)
    before = contents(ctx.database)
    batch = done(ctx, office, ("houses", 0, 1, True))
    assert batch is not None
    create(f"sqlite:///{tmp_path / 'moved.db'}")
    target = Database(f"sqlite:///{tmp_path / 'moved.db'}")
    move_all(ctx.database, target)
    rebuild(target)
    undo_batch(replace(ctx, database=target), batch)
    assert contents(target) == before
    target.close()
