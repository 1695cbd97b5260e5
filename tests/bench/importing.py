"""What it costs to store a list of 20,000 persons, against SQLAlchemy Core inserting the same parsed rows and nothing else.

Ours also looks whether anybody has saved something since the list was examined, writes down how to take it all back, and keeps the
report of each row. Everybody is found some seconds later (docs/decisions/0072), which is told apart.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from crm.context import Context, command_line
from crm.transfer.commands import SeenImport, import_list
from crm.transfer.export_table import as_csv
from crm.transfer.people_out import ContactOut, PersonOut, PostOut, headings, rows
from crm.transfer.queries import examine_list
from crm.transfer.rows import ListRow
from crm.transfer.writing import Values, _house, _person, _point
from db.engine import Database
from db.models.organisations import Organisation
from db.models.people import ContactKind, ContactPoint, LegalBasis, Person, Post, PostKind
from db.upgrade import create
from tests.crm.importing import rows_in

PERSONS, HOUSES = 20_000, 600
GIVEN = ("Kari", "Ola", "Signe", "Odd", "Åse", "Bjørn", "Marte", "Ida", "Nils", "Per", "Anne", "Liv")
FAMILY = ("Nordmann", "Hansen", "Vågå", "Ærø", "Li", "Bakke", "Ødegård", "Øyen", "Wiik", "Dahl", "Lund", "Moen")


@dataclass(frozen=True)
class Cost:
    """Milliseconds: until the list is stored, until everybody in it is found, and until Core has inserted the rows."""

    stored: float
    found: float
    bare: float


def measure(persons: int = PERSONS, *, rounds: int = 3) -> Cost:
    """The better of some rounds each, turn and turn about."""
    with tempfile.TemporaryDirectory() as folder:
        data = as_csv(headings(), rows(_people(persons)))
        parsed = rows_in(_fresh(Path(folder) / "reading.db"), data)
        pairs = [_round(Path(folder), number, parsed) for number in range(rounds)]
    return Cost(*(min(column) for column in zip(*pairs, strict=True)))


def _round(folder: Path, number: int, parsed: list[ListRow]) -> tuple[float, float, float]:
    ctx, other = _fresh(folder / f"ours{number}.db"), _fresh(folder / f"bare{number}.db")
    examined = examine_list(ctx, parsed, {})
    moments = [time.perf_counter()]
    import_list(ctx, SeenImport("personer.csv", parsed, {}, examined, "once"))
    moments.append(time.perf_counter())
    ctx.database.wait()
    moments.append(time.perf_counter())
    _insert_bare(other, parsed)
    moments.append(time.perf_counter())
    began, stored, found, inserted = (1000 * moment for moment in moments)
    return stored - began, found - began, inserted - found


def _insert_bare(ctx: Context, parsed: list[ListRow]) -> None:
    """The ids are counted up, as nobody else writes."""
    houses = {row.name: number for number, row in enumerate({row.name: row for row in parsed}.values(), start=1)}
    first = {row.name: row for row in reversed(parsed)}
    with ctx.database.writing() as session:
        connection = session.connection()
        connection.execute(insert(Organisation), [_house(ctx, first[name]) for name in houses])
        people = [row.person for row in parsed if row.person is not None]
        connection.execute(insert(Person), [_person(ctx, person) for person in people])
        connection.execute(insert(Post), list(_posts(parsed, houses)))
        points = [
            _point(contact, person_id=number)
            for number, person in enumerate(people, start=1)
            for contact in person.contacts
        ]
        connection.execute(insert(ContactPoint), points)


def _posts(parsed: list[ListRow], houses: dict[str, int]) -> Iterator[Values]:
    for number, row in enumerate(parsed, start=1):
        yield {
            "person_id": number,
            "organisation_id": houses[row.name],
            "title": row.person.post.title if row.person else "",
            "kind": PostKind.EMPLOYEE,
            "since": None,
            "until": None,
            "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
            "version": 1,
        }


def _people(count: int) -> Iterator[PersonOut]:
    rng = random.Random(2027)
    for number in range(1, count + 1):
        name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {rng.choice(FAMILY)}"
        contacts = (
            ContactOut(ContactKind.PHONE, f"+47 40{number:06}"),
            ContactOut(ContactKind.EMAIL, f"{name.split()[0].lower()}.{number}@hus{number % HOUSES}.example"),
        )
        yield PersonOut(
            number, name, posts=(PostOut(f"Kulturhus {number % HOUSES}", title="Leder"),), contacts=contacts
        )


def _fresh(path: Path) -> Context:
    url = f"sqlite:///{path}"
    create(url)
    return command_line(Database(url), datetime.now(UTC))


if __name__ == "__main__":
    print(measure())
