"""Organisations of every kind come in from a list: ours or anybody's, with membership only for those who can be members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.context import Context, command_line
from crm.i18n import use_language
from crm.members.commands import add_house, add_organisation
from crm.members.forms import ChangedKind, NewHouse, NewOrganisation
from crm.members.organisation_commands import change_kind
from crm.members.said import kind_words, owner_words
from crm.members.words import MEMBER_KINDS
from crm.people.commands import add_contact_point
from crm.people.forms import NewContactPoint
from crm.selections.columns import COLUMNS
from crm.selections.commands import export_selection
from crm.selections.forms import Export, ExportFormat
from crm.selections.outgoing import Purpose
from crm.selections.wanted import Wanted
from crm.transfer.columns import Subject, header_place, headings, proposed_meanings
from crm.transfer.examination import Outcome
from crm.transfer.queries import read_list_file
from crm.transfer.row_reading import lines_of, list_as, read_rows
from crm.transfer.rows import ListRow
from db.engine import Database
from db.models.lists import ListedKind
from db.models.organisations import Membership, MembershipKind, Organisation, OrganisationKind, OwnerForm
from db.models.people import ContactKind, ContactPoint
from db.upgrade import create
from tests.crm.importing import looked_through, rows_in, taken_in

pytestmark = pytest.mark.usefixtures("right_last_contacts")

KINDS = [kind for kind in OrganisationKind if kind is not OrganisationKind.OWN]
NAMES = ("Fjordglimt", "Lydlageret AS", "Kystavisa", "Ulstein kommune", "Lyspartiet", "Scenerådet", "Bølgeblikk")
# What a list of organisations has for people to look at, and no column of an import takes.
NOT_READ = {"topics", "tags"}


def rows_of(
    ctx: Context,
    data: bytes,
    name: str = "liste.csv",
    *,
    new_kind: OrganisationKind = OrganisationKind.HOUSE,
    of_members: bool = True,
) -> list[ListRow]:
    table = read_list_file(ctx, data, name)
    header = header_place(table.lines) or 0
    meanings = proposed_meanings(headings(table, header), Subject.ORGANISATIONS)
    wanted = list_as(table, header, Subject.ORGANISATIONS, meanings, new_kind, of_members=of_members)
    return list(read_rows(lines_of(table, header), wanted))


def stored(ctx: Context) -> list[tuple[object, ...]]:
    """Everything that is kept of each organisation itself, with its memberships and how it is reached."""
    with ctx.database.reading() as session:
        memberships = session.scalars(select(Membership)).all()
        points = session.scalars(select(ContactPoint).where(ContactPoint.until.is_(None))).all()
        return [
            (
                one.name,
                one.kind,
                one.org_number,
                one.municipality_number,
                one.owner_form,
                one.website,
                [(each.kind.value, each.since) for each in memberships if each.organisation_id == one.id],
                sorted(
                    (each.kind.value, each.normalised or each.raw) for each in points if each.organisation_id == one.id
                ),
            )
            for one in session.scalars(select(Organisation).order_by(Organisation.name))
        ]


def kinds(ctx: Context) -> dict[str, tuple[OrganisationKind, list[MembershipKind]]]:
    """By name, with the memberships."""
    with ctx.database.reading() as session:
        held = session.execute(select(Membership.organisation_id, Membership.kind)).all()
        return {
            one.name: (one.kind, [kind for house, kind in held if house == one.id])
            for one in session.scalars(select(Organisation))
        }


@pytest.fixture
def elsewhere(ctx: Context, tmp_path: Path) -> Iterator[Context]:
    """Another association's system, with nobody in it yet."""
    create(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    database = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    yield command_line(database, now=ctx.now)
    database.close()


@pytest.fixture
def of_every_kind(ctx: Context) -> None:
    forms = list(OwnerForm)
    for place, (kind, called) in enumerate(zip(KINDS, NAMES, strict=True)):
        about = {
            "name": called,
            "org_number": ["310000019", "310000027", "310000043", "310000051"][place] if place < 4 else None,
            "municipality_number": ["1508", "3114", "0301", None][place % 4],
            "owner_form": forms[place],
            "website": f"https://{kind.name.lower()}.example",
        }
        if kind in MEMBER_KINDS:
            added = add_house(ctx, NewHouse.checked(kind=kind, member_since=date(2019, 3, place + 1), **about))
        else:
            added = add_organisation(ctx, NewOrganisation.checked(kind=kind, **about))
        add_contact_point(
            ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=f"post{place}@x.example", organisation_id=added)
        )
        add_contact_point(
            ctx, NewContactPoint(kind=ContactKind.PHONE, raw=f"+47 21 23 45 6{place}", organisation_id=added)
        )
        add_contact_point(
            ctx, NewContactPoint(kind=ContactKind.ADDRESS, raw=f"Kaia {place}, 6065 Ulsteinvik", organisation_id=added)
        )


def our_list(ctx: Context, made: ExportFormat) -> bytes:
    columns = tuple(column.word for column in COLUMNS[ListedKind.ORGANISATION] if column.word not in NOT_READ)
    wanted = Wanted(ListedKind.ORGANISATION)
    return export_selection(ctx, Export(wanted=wanted, format=made, purpose=Purpose.OTHER, columns=columns))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_kind_and_owner_is_known_by_the_word_we_show(ctx: Context, language: str) -> None:
    use_language(language)
    words = [kind_words(kind) for kind in KINDS]
    lines = "".join(
        f"{called};{word};{owner_words(form)}\n" for called, word, form in zip(NAMES, words, OwnerForm, strict=False)
    )
    use_language("nb")
    rows = rows_of(ctx, f"Navn;Type;Eierform\n{lines}".encode())
    assert [(row.kind, row.owner_form, row.remarks) for row in rows] == [
        (kind, form, ()) for kind, form in zip(KINDS, OwnerForm, strict=False)
    ]
    taken_in(ctx, rows)
    found = kinds(ctx)
    assert [(found[name][0], bool(found[name][1])) for name in NAMES] == [
        (kind, kind in MEMBER_KINDS) for kind in KINDS
    ]


@pytest.mark.parametrize(
    ("made", "language", "name"),
    [(ExportFormat.CSV, "nb", "vi.csv"), (ExportFormat.WORKBOOK, "en", "we.xlsx")],
)
@pytest.mark.usefixtures("of_every_kind")
def test_our_own_list_of_organisations_comes_back_equal(
    ctx: Context, elsewhere: Context, made: ExportFormat, language: str, name: str
) -> None:
    use_language(language)
    data = our_list(ctx, made)
    use_language("nb")
    taken_in(elsewhere, rows_of(elsewhere, data, name))
    assert stored(elsewhere) == stored(ctx)
    again = looked_through(ctx, rows_of(ctx, data, name)).values()  # where it came from, there is nothing new in it
    assert {result.outcome for result in again} == {Outcome.UNCHANGED}


def test_a_list_without_types_is_what_somebody_says_it_is(ctx: Context) -> None:
    rows = rows_of(ctx, b"Navn;Kommune\nUlstein kommune;1516\n", new_kind=OrganisationKind.AUTHORITY)
    taken_in(ctx, rows)
    assert kinds(ctx) == {"Ulstein kommune": (OrganisationKind.AUTHORITY, [])}


def test_houses_that_are_no_members_come_in_without_membership(ctx: Context) -> None:
    taken_in(ctx, rows_of(ctx, b"Navn;Type\nFjordglimt kulturhus;Kulturhus\n", of_members=False))
    assert kinds(ctx) == {"Fjordglimt kulturhus": (OrganisationKind.HOUSE, [])}


def test_a_newspaper_is_not_the_house_of_its_name_and_no_list_makes_it_a_member(ctx: Context) -> None:
    add_organisation(
        ctx,
        NewOrganisation(
            kind=OrganisationKind.OUTLET, name="Nordlyset", municipality_number="5501", org_number="310000019"
        ),
    )
    (asked,) = looked_through(ctx, rows_of(ctx, "Navn;Kommune\nNordlyset;Tromsø\n".encode())).values()
    assert (asked.outcome, [one.known.name for one in asked.candidates]) == (Outcome.ASKED, ["Nordlyset"])
    by_number = rows_of(ctx, b"Navn;Type;Org.nr\nNordlyset;Kulturhus;310000019\n")
    (known,) = looked_through(ctx, by_number).values()
    assert (known.outcome, [one.code for one in known.remarks]) == (Outcome.UNCHANGED, ["kind_no_member"])
    (same,) = looked_through(ctx, rows_of(ctx, b"Navn;Type\nNordlyset;Avis\n")).values()
    assert (same.outcome, same.remarks) == (Outcome.UNCHANGED, ())
    (other,) = looked_through(ctx, rows_of(ctx, b"Navn;Type;Org.nr\nNordlyset;Partner;310000019\n")).values()
    assert (other.outcome, [one.code for one in other.remarks]) == (Outcome.UNCHANGED, ["kept_kind"])


def test_a_house_that_a_list_of_persons_made_a_partner_is_put_right_and_then_becomes_a_member(ctx: Context) -> None:
    taken_in(ctx, rows_in(ctx, b"Navn;Organisasjon;Org.nr\nKari Nordmann;Fjordglimt kulturhus;310000019\n"))
    members = rows_of(ctx, b"Navn;Org.nr;Nettside\nFjordglimt kulturhus;310000019;fjordglimt.example\n")
    (result,) = looked_through(ctx, members).values()
    assert (result.outcome, [one.code for one in result.remarks]) == (Outcome.UPDATED, ["kind_no_member"])
    taken_in(ctx, members, token="first list of members")
    with ctx.database.reading() as session:
        (house, version) = session.execute(select(Organisation.id, Organisation.version)).one()
    change_kind(ctx, house, ChangedKind(kind=OrganisationKind.HOUSE, version=version))
    taken_in(ctx, members, token="once more")
    assert kinds(ctx) == {"Fjordglimt kulturhus": (OrganisationKind.HOUSE, [MembershipKind.HOUSE])}


def test_a_supplier_we_know_becomes_a_supplier_member_in_a_list_without_types(ctx: Context) -> None:
    about = {"name": "Lydlageret AS", "municipality_number": "0301", "is_member": False}
    add_house(ctx, NewHouse.checked(kind=OrganisationKind.SUPPLIER, **about))
    rows = rows_of(ctx, b"Navn;Kommune;Type\nLydlageret;Oslo;Kulturhus\n")
    assert [one.code for one in looked_through(ctx, rows)[2].remarks] == ["kept_kind"]
    taken_in(ctx, rows_of(ctx, b"Navn;Kommune\nLydlageret;Oslo\n"))
    assert kinds(ctx) == {"Lydlageret AS": (OrganisationKind.SUPPLIER, [MembershipKind.SUPPLIER])}


def test_we_are_not_made_once_more_and_a_word_nobody_knows_is_said(ctx: Context) -> None:
    rows = rows_of(ctx, b"Navn;Type\nForeningen;Oss selv\nFjordglimt;A-medlem\n")
    ours, theirs = looked_through(ctx, rows).values()
    assert (ours.outcome, ours.remarks[0].code) == (Outcome.REJECTED, "ourselves")
    assert (theirs.outcome, theirs.remarks[0].code) == (Outcome.NEW, "kind_unknown")
