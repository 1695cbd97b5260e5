"""What we write out we read in again: five thousand persons with nasty names come back equal in an empty system."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

import pytest
from sqlalchemy import select

from crm.context import Context
from crm.i18n import use_language
from crm.permissions import Permission
from crm.transfer.examination import Outcome
from crm.transfer.export_cards import as_cards
from crm.transfer.export_table import as_csv
from crm.transfer.export_workbook import as_workbook
from crm.transfer.people_out import ContactOut, PersonOut, PostOut, headings, rows
from crm.transfer.people_read import people_of
from db.models.people import ContactChannel, ContactKind, Person, PostKind
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


def people(count: int = MANY) -> list[PersonOut]:
    """Seeded, so that a failure can be looked at again."""
    rng = random.Random(2027)
    houses = [PostOut(f"Storvik kulturhus {number}", org_number="", municipality_number="") for number in range(40)]
    houses += [PostOut(f"{name} AS") for name in NASTY[:5]]
    return [_person(number, rng, houses) for number in range(1, count + 1)]


def _person(number: int, rng: random.Random, houses: list[PostOut]) -> PersonOut:
    name = f"{NASTY[number % len(NASTY)]} {rng.choice(['', 'Hansen', 'Ødegård'])}".strip()
    posts = [
        replace(house, title=rng.choice(["", "Leder", "=2+2", "Tekniker\nvikar"]), kind=rng.choice(list(PostKind)))
        for house in rng.sample(houses, rng.choice([0, 1, 1, 2]))
    ]
    if len(posts) > 1:
        posts[1] = replace(posts[1], since=date(2019, 3, 1), until=date(2024, 12, 31))
    contacts = [
        ContactOut(ContactKind.PHONE, f"+47 406{number:05}", rng.choice(["", "mobil", "jobb 2"])),
        ContactOut(ContactKind.EMAIL, f"person.{number}@åsgard.example"),
        ContactOut(ContactKind.PHONE, rng.choice(["ring sentralbordet", "21 23 45 67 [indre]"])),
        ContactOut(ContactKind.EMAIL, "=gammel@x.example", until=date(2020, 5, number % 28 + 1)),
        ContactOut(ContactKind.ADDRESS, "Kaia 1; 2. etg, 6065 Ulsteinvik"),
    ]
    return PersonOut(
        number,
        name,
        note=rng.choice(["", "=1+1", "Ring helst\netter 12; ikke fredag", "'sitat'"]),
        posts=tuple(posts),
        contacts=tuple(contacts[: rng.randrange(1, 6)]),
        languages=rng.choice(["", "nb", "nn se"]),
        do_not_contact=rng.choice([(), (ContactChannel.PHONE,), (ContactChannel.EMAIL, ContactChannel.LETTER)]),
    )


@dataclass(frozen=True)
class Plain:
    """What a vCard keeps: it has no place for what is over, for kinds of posts, or for wishes."""

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
        do_not_contact=tuple(sorted(person.do_not_contact)),
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


@pytest.mark.parametrize("write", [written_as_csv, written_as_workbook])
def test_five_thousand_persons_come_back_equal(
    ctx: Context, write: Callable[[Iterable[PersonOut]], bytes], database_kind: str
) -> None:
    """On PostgreSQL a tenth of them: the files are the same."""
    sent = people(MANY if database_kind == "sqlite" else MANY // 10)
    taken_in(ctx, rows_in(ctx, write(sent)))
    assert differing(whole, sent, list(stored_people(ctx))) == []


def test_a_vcard_brings_back_what_it_has_a_place_for(ctx: Context) -> None:
    sent = people(1_000)
    taken_in(ctx, rows_in(ctx, as_cards(sent), "personer.vcf"))
    assert differing(as_plain, sent, list(stored_people(ctx))) == []


def test_our_own_list_is_known_in_english_too_and_its_persons_are_known_again(ctx: Context) -> None:
    use_language("en")
    data = written_as_csv(people(60))
    use_language("nb")
    taken_in(ctx, rows_in(ctx, data))
    again = looked_through(ctx, rows_in(ctx, data)).values()
    assert {result.outcome for result in again} == {Outcome.UNCHANGED}
