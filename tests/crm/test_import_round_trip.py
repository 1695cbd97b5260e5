"""What we write out we read in again: five thousand persons with nasty names come back equal in an empty system."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import select

from crm.context import Context, command_line
from crm.i18n import use_language
from crm.people.steps import as_compared, new_person
from crm.people.words import IN_OFFICE
from crm.permissions import Permission
from crm.selections.commands import export_selection
from crm.selections.forms import Export, ExportFormat
from crm.selections.outgoing import Purpose
from crm.selections.wanted import Wanted
from crm.transfer.examination import Outcome
from crm.transfer.export_cards import as_cards
from crm.transfer.export_table import as_csv, unguarded
from crm.transfer.export_workbook import as_workbook
from crm.transfer.people_out import ContactOut, PersonOut, PostOut, WishOut, headings, rows
from crm.transfer.people_read import people_of
from crm.transfer.queries import read_list_file
from db.base import Base
from db.engine import Database
from db.models.lists import ListedKind
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import (
    AddressUse,
    ContactChannel,
    ContactKind,
    ContactPoint,
    DoNotContact,
    LegalBasis,
    Person,
    PersonName,
    Post,
    PostKind,
)
from db.upgrade import create
from tests.crm.importing import looked_through, rows_in, taken_in

NASTY = (
    '=HYPERLINK("http://x.example";"Kari")',
    "=cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "+47 Kari",
    "-Ola",
    "'n Stortt",
    "'=Per",
    "''@Ida",
    "%Nils",
    "|Marte|",
    "\\|Liv",
    'Kari "Kiki" Nordmann',
    '"',
    "to\nlinjer",
    "Semi;kolon, komma\ttabulator",
    "שלום עולם",
    "محمد علي",
    "🎭",
    "Ærlig Øst 🎷 Åse",
    "Nordmann, Kari",
    "Robert'); DROP TABLE persons;--",
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${x}",
    "_x0041_ Excel",
    "NULL",
    "1.3.2019",
    "+4740612345",
    "O'Neil",
    "e\u0301tienne",
    "ﬁ Ligatur",
)
MANY = 5_000
WISHES = (
    WishOut(ContactChannel.PHONE, date(2025, 3, 1)),
    WishOut(ContactChannel.EMAIL, date(2024, 12, 31), "Sa det på telefon, to ganger; [mente det]"),
    WishOut(ContactChannel.LETTER, date(2026, 1, 2), "=brev"),
)


def people(count: int = MANY) -> list[PersonOut]:
    """Seeded, so that a failure can be looked at again."""
    rng = random.Random(2027)
    houses = [PostOut(f"Storvik kulturhus {number}", org_number="", municipality_number="") for number in range(40)]
    houses += [PostOut(f"{name} AS") for name in NASTY[:5]]
    return [_person(number, rng, houses) for number in range(1, count + 1)]


def _person(number: int, rng: random.Random, houses: list[PostOut]) -> PersonOut:
    name = f"{NASTY[number % len(NASTY)]} {rng.choice(['', 'Hansen', 'Ødegård'])}".strip()
    posts = [
        replace(
            house,
            title=rng.choice(["", "Leder", "=2+2", "Tekniker\nvikar"]),
            kind=rng.choice(list(PostKind)),
            legal_basis=rng.choice(list(LegalBasis)),
        )
        for house in rng.sample(houses, rng.choice([0, 1, 1, 2]))
    ]
    if len(posts) > 1:
        posts[1] = replace(posts[1], since=date(2019, 3, 1), until=date(2024, 12, 31))
    contacts = [
        ContactOut(ContactKind.PHONE, f"+47 406{number:05}", rng.choice(["", "mobil", "jobb 2"])),
        ContactOut(ContactKind.EMAIL, f"person.{number}@åsgard.example"),
        ContactOut(ContactKind.PHONE, rng.choice(["ring sentralbordet", "21 23 45 67 [indre]"])),
        ContactOut(ContactKind.EMAIL, "=gammel@x.example", until=date(2020, 5, number % 28 + 1)),
        ContactOut(ContactKind.ADDRESS, "Kaia 1; 2. etg, 6065 Ulsteinvik", address_use=rng.choice([None, *AddressUse])),
    ]
    return PersonOut(
        number,
        name,
        note=rng.choice(["", "=1+1", "Ring helst\netter 12; ikke fredag", "'sitat'"]),
        posts=tuple(posts),
        contacts=tuple(contacts[: rng.randrange(1, 6)]),
        languages=rng.choice(["", "nb", "nn se"]),
        do_not_contact=rng.choice([(), (WISHES[0],), WISHES[1:]]),
    )


@dataclass(frozen=True)
class Plain:
    """What a vCard keeps, and no more: it has no place for what is over, for other names, for kind, basis and party of a post, for
    what an address is used for, or for wishes.
    """

    name: str
    note: str
    languages: str
    posts: frozenset[tuple[str, str]]
    contacts: frozenset[tuple[ContactKind, str, str]]


def as_plain(person: PersonOut) -> Plain:
    return Plain(
        person.name,
        person.note,
        person.languages,
        frozenset((post.organisation, post.title) for post in person.posts if post.until is None),
        frozenset((one.kind, one.raw, one.label) for one in person.contacts if one.until is None),
    )


def whole(person: PersonOut) -> PersonOut:
    """The number is the other system's own; what is kept in no order is put in one."""
    return replace(
        person,
        number=0,
        posts=tuple(sorted(person.posts, key=repr)),
        contacts=tuple(sorted(person.contacts, key=repr)),
        do_not_contact=tuple(sorted(person.do_not_contact, key=repr)),
    )


def differing(seen_as: Callable[[PersonOut], object], sent: list[PersonOut], came: list[PersonOut]) -> list[object]:
    """The first few that are not what they were."""
    pairs = zip_longest(sent, came)
    return [(one, other) for one, other in pairs if one is None or other is None or seen_as(one) != seen_as(other)][:3]


def stored_people(ctx: Context) -> Iterator[PersonOut]:
    with ctx.read(Permission.SEE_RECORDS) as session:
        yield from people_of(session, list(session.scalars(select(Person.id).order_by(Person.id))))


def written_as_csv(some: Iterable[PersonOut]) -> bytes:
    return as_csv(headings(), rows(some))


def written_as_workbook(some: Iterable[PersonOut]) -> bytes:
    return as_workbook(headings(), rows(some), sheet="Personer")


def test_five_thousand_persons_come_back_equal(ctx: Context, database_kind: str) -> None:
    """The workbook says cell for cell what the CSV says, so one of them is taken in. On PostgreSQL a tenth of the persons."""
    sent = people(MANY if database_kind == "sqlite" else MANY // 10)
    data = written_as_csv(sent)
    as_text = [tuple(map(unguarded, line.cells)) for line in read_list_file(ctx, data, "liste.csv").lines]
    workbook = read_list_file(ctx, written_as_workbook(sent), "liste.xlsx")
    assert [line.cells for line in workbook.lines] == as_text
    taken_in(ctx, rows_in(ctx, data))
    assert differing(whole, sent, list(stored_people(ctx))) == []


# What is meant to stay behind, and why; every other column of these tables travels, also one that is made tomorrow.
TABLES: tuple[type[Base], ...] = (Person, PersonName, Post, ContactPoint, DoNotContact)
STAYS = {
    "id": "each system numbers for itself",
    "person_id": "stands in the person's number, beside which the rest is compared",
    "version": "counts the changes here",
    "created_at": "when it came here",
    "merged_into_id": "a merged person is no person to take out; the other one's names, posts and numbers have hers",
    "merged_on": "as above",
}


def test_every_column_of_a_person_travels(ctx: Context, tmp_path: Path) -> None:
    """A column that export or import forgets fails here, and so does one that nobody below has anything in."""
    with ctx.database.writing() as session:
        for row in everything_about_a_person(ctx):
            session.add(row)
            session.flush()
    sent = columns_of(ctx)
    assert never_filled(sent) == set()
    everybody = Export(wanted=Wanted(ListedKind.PERSON), format=ExportFormat.EVERYTHING, purpose=Purpose.OTHER)
    data = {"csv": written_as_csv(stored_people(ctx)), "xlsx": export_selection(ctx, everybody)}
    for ending, made in data.items():
        create(f"sqlite:///{tmp_path / ending}.db")
        database = Database(f"sqlite:///{tmp_path / ending}.db")
        elsewhere = command_line(database, now=ctx.now)
        taken_in(elsewhere, rows_in(elsewhere, made, f"personer.{ending}"))
        came = columns_of(elsewhere)
        database.close()
        assert came == sent
    again = looked_through(ctx, rows_in(ctx, data["csv"])).values()
    assert {result.outcome for result in again} == {Outcome.UNCHANGED}


def everything_about_a_person(ctx: Context) -> Iterator[Base]:
    """Two of one name who differ in everything, with each kind of value that a cell could lose."""
    for number, (name, kind) in enumerate(
        (("Storting", OrganisationKind.AUTHORITY), ("Kystavisa", OrganisationKind.OUTLET)), 1
    ):
        yield Organisation(
            id=number,
            kind=kind,
            name=name,
            sort_key=name,
            search_key=name.lower(),
            loose_key=name.lower(),
            created_at=ctx.now,
        )
    for number in (1, 2):
        person = new_person("Kari Nordmann", now=ctx.now)
        person.id, person.languages, person.note = number, ("nb se", "")[number - 1], ("", "Ring\netter 12")[number - 1]
        yield person
        yield PersonName(
            person_id=number, name=f"Kari ::: {number}", search_key=f"kari {number}", loose_key=f"kari {number}"
        )
    party = {"party": "Lyspartiet", "party_source": "stortinget.example"}
    for kind in PostKind:  # all at one place and without a title: each is a post of its own
        in_office = party if kind in IN_OFFICE else {}
        yield Post(person_id=1, organisation_id=1, kind=kind, legal_basis=list(LegalBasis)[len(kind) % 3], **in_office)
    for title, since, until in (
        ("Leder", None, None),
        ("", date(2021, 1, 1), date(2022, 2, 2)),
        ("Leder", date(2020, 1, 1), None),
    ):
        yield Post(person_id=2, organisation_id=2, kind=PostKind.OTHER, title=title, since=since, until=until)
    for place, kind in enumerate(ContactKind):
        for until in (None, date(2025, 12, 31)):
            for raw, label in RAW[kind]:
                yield _point(f"{raw}{'' if until is None else place}", kind, label=label, until=until)
    for use in AddressUse:
        yield _point(f"{use} 1, 6065 Ulsteinvik", ContactKind.ADDRESS, use=use)
        yield _point(
            f"{use} 2, 6065 Ulsteinvik",
            ContactKind.ADDRESS,
            use=use,
            label="besøksadresse: bak",
            until=date(2024, 2, 29),
        )
    for wish in WISHES:
        yield DoNotContact(person_id=1, channel=wish.channel, since=wish.since, reason=wish.reason)


RAW = {
    ContactKind.PHONE: [
        ("+47 40 61 23 4", "mobil"),
        ("21 23 45 67 [indre] 8", ""),
        ("sentralbordet ]", "2020-01-01 [b]"),
    ],
    ContactKind.EMAIL: [("kari@nordmann.example", "jobb: ny"), ("kari at x.example", "\\")],
    ContactKind.WEB: [("https://kari.example/::::/\\", "::: [x]")],
    ContactKind.ADDRESS: [("Kaia 1 [bak]", "")],
}


def _point(
    raw: str, kind: ContactKind, *, label: str = "", until: date | None = None, use: AddressUse | None = None
) -> ContactPoint:
    read = as_compared(kind, raw)
    about = {
        "normalised": read.normalised,
        "is_valid": read.is_valid,
        "label": label,
        "until": until,
        "address_use": use,
    }
    return ContactPoint(person_id=1, kind=kind, raw=raw, **about)


def columns_of(ctx: Context) -> dict[str, list[dict[str, object]]]:
    """All that is stored of persons, by table, beside the person's place among them."""
    with ctx.database.reading() as session:
        names = dict(session.execute(select(Organisation.id, Organisation.name)).all())
        places = {person: place for place, person in enumerate(session.scalars(select(Person.id).order_by(Person.id)))}
        found: dict[str, list[dict[str, object]]] = {}
        for model in TABLES:
            table = model.__table__
            stored = [dict(row) for row in session.execute(select(table)).mappings()]
            found[table.name] = sorted((_travelling(row, places, names) for row in stored), key=repr)
    return found


def _travelling(row: dict[str, object], places: dict[int, int], names: dict[int, str]) -> dict[str, object]:
    """A contact point of an organisation is none of theirs, so that column is empty in all of these."""
    of = {"of": places[row.get("person_id") or row["id"]]}  # type: ignore[index]
    kept = {name: value for name, value in row.items() if name not in STAYS}
    if "organisation_id" in kept:
        kept["organisation_id"] = names.get(kept["organisation_id"])  # type: ignore[call-overload]
    return of | kept


def never_filled(found: dict[str, list[dict[str, object]]]) -> set[str]:
    return {
        f"{table}.{name}"
        for table, stored in found.items()
        for name in stored[0]
        if not any(row[name] not in (None, "") for row in stored)
        and (table, name) != ("contact_points", "organisation_id")
    }


def test_a_vcard_brings_back_what_it_has_a_place_for(ctx: Context) -> None:
    sent = people(300)
    taken_in(ctx, rows_in(ctx, as_cards(sent), "personer.vcf"))
    assert differing(as_plain, sent, list(stored_people(ctx))) == []


def test_our_own_list_is_known_in_english_too_and_its_persons_are_known_again(ctx: Context) -> None:
    use_language("en")
    data = written_as_csv(people(60))
    use_language("nb")
    taken_in(ctx, rows_in(ctx, data))
    assert differing(whole, people(60), list(stored_people(ctx))) == []
    again = looked_through(ctx, rows_in(ctx, data)).values()
    assert {result.outcome for result in again} == {Outcome.UNCHANGED}
