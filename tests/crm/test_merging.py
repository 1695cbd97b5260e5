"""Two that are one: all history follows, nothing is doubled, figures of the time stay, and it can be taken back (S7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, Refused
from crm.figures.queries import support_quarter
from crm.members.commands import add_house, add_organisation, add_person_here, rename_organisation
from crm.members.forms import NewHouse, NewName, NewOrganisation, NewPersonHere
from crm.members.queries import count_members, member_card
from crm.members.selects import MemberFilter, Standing
from crm.merging.commands import keep_organisations_apart, merge_organisations, merge_persons
from crm.merging.following import STAYS, pointing_to
from crm.merging.forms import MergedOrganisations, MergedPersons, Pick
from crm.people.commands import add_contact_point, add_person, stop_contact
from crm.people.forms import NewContactPoint, NewPerson, NoContact
from crm.people.person_queries import list_persons, person_card
from crm.people.queries import find_callers
from crm.people.selects import PersonFilter
from crm.periods import Quarter
from crm.timeline.member_queries import list_members
from crm.timeline.queries import happened
from crm.transfer.columns import Subject
from crm.undo.commands import undo_batch
from crm.undo.queries import batch_about
from db.base import Base
from db.models.cases import SupportCase
from db.models.merging import NotTheSame
from db.models.organisations import Membership, Organisation, OrganisationKind
from db.models.people import ContactChannel, ContactKind, Person
from tests.conftest import ContextFor, oslo
from tests.crm.contents import contents
from tests.crm.importing import looked_through, rows_in, taken_in

pytestmark = pytest.mark.usefixtures("right_last_contacts")

NEW_YEAR = date(2027, 1, 1)
Q4 = Quarter(2026, 4)


def house(ctx: Context, name: str, **details: Any) -> int:
    return add_house(ctx, NewHouse.checked(name=name, **details))


def worker(ctx: Context, at: int, name: str, *, email: str = "", phone: str = "") -> int:
    return add_person_here(ctx, at, NewPersonHere(name=name, email=email, phone=phone))


def call(ctx: Context, from_house: int, what: str, *, person: int | None = None) -> int:
    new = NewCase(
        token=f"spørsmål {from_house} {what} {ctx.now:%d%m%y}"[:43],
        what=what,
        organisation_id=from_house,
        person_id=person,
        answered=True,
    )
    return open_case(ctx, new)


def versions(ctx: Context, model: type[Organisation] | type[Person], *ids: int) -> list[int]:
    with ctx.database.reading() as session:
        return [session.get_one(model, each).version for each in ids]


def merged(
    ctx: Context,
    kept: int,
    goes: int,
    picks: dict[str, Pick] | None = None,
    *,
    on: date = NEW_YEAR,
    persons: Sequence[tuple[int, int]] = (),
) -> int:
    """On 2 January, or on the context's day when that is later."""
    one, other = versions(ctx, Organisation, kept, goes)
    ctx = replace(ctx, now=max(ctx.now, oslo("2027-01-02 09:00")))
    form = MergedOrganisations.checked(
        kept_id=kept,
        merged_id=goes,
        kept_version=one,
        merged_version=other,
        picks=picks or {},
        on=on,
        persons=tuple(persons),
    )
    return merge_organisations(ctx, form)


def merged_persons(ctx: Context, kept: int, goes: int, picks: dict[str, Pick] | None = None) -> int:
    one, other = versions(ctx, Person, kept, goes)
    return merge_persons(
        ctx,
        MergedPersons.checked(kept_id=kept, merged_id=goes, kept_version=one, merged_version=other, picks=picks or {}),
    )


def left_behind(ctx: Context, model: type[Organisation] | type[Person], merged_id: int) -> dict[str, int]:
    """How many rows still point to the merged one, by table and column."""
    with ctx.database.reading() as session:
        counts = {
            str(key.parent): session.scalar(
                select(func.count()).select_from(key.parent.table).where(key.parent == merged_id)
            )
            for key in pointing_to(model)
        }
    return {column: count for column, count in counts.items() if count}


class Lyngmo:
    """S7: 14 + 6 cases, 5 + 4 contacts of whom one is the same person with two e-mail addresses."""

    def __init__(self, ctx: Context) -> None:
        self.house = house(ctx, "Lyngmo kulturhus", org_number="310000043", municipality_number="3419")
        self.scene = house(
            ctx,
            "Lyngmo Scene og Samfunnshus",
            org_number="310000027",
            municipality_number="3419",
            website="scene.example",
        )
        kari = "Kari Lyngås"
        self.kari = worker(ctx, self.house, kari, email="kari@lyngmo.example", phone="40 61 23 45")
        self.also_kari = worker(ctx, self.scene, kari, email="kari@scene.example", phone="40612345")
        for at, count in ((self.house, 4), (self.scene, 3)):
            for number in range(count):
                worker(ctx, at, f"Ansatt {at}-{number}", phone=f"40 61 2{at} 0{number}")
        for at, count in ((self.house, 14), (self.scene, 6)):
            for number in range(count):
                call(ctx, at, f"Spørsmål {number}", person=self.also_kari if at == self.scene and not number else None)


@pytest.fixture
def lyngmo(ctx: Context) -> Lyngmo:
    return Lyngmo(ctx)


def test_one_house_with_twenty_cases_and_eight_persons(ctx: Context, lyngmo: Lyngmo) -> None:
    merged(ctx, lyngmo.house, lyngmo.scene, persons=[(lyngmo.kari, lyngmo.also_kari)])
    card = member_card(ctx, lyngmo.house)
    assert (card.name, card.org_number, card.website) == ("Lyngmo kulturhus", "310000043", "scene.example")
    assert [name.name for name in card.other_names] == ["Lyngmo Scene og Samfunnshus"]
    assert card.former_numbers == ["310 000 027"]
    assert [(line.until, line.holds) for line in card.memberships] == [(None, True), (date(2026, 12, 31), True)]
    assert len({line.person_id for line in card.people}) == len(card.people) == 8
    assert len(happened(ctx, organisation_id=lyngmo.house, limit=50).rows) == 20
    (kari,) = [line for line in card.people if line.name == "Kari Lyngås"]
    assert {point.shown for point in kari.contacts} == {"kari@lyngmo.example", "kari@scene.example", "40 61 23 45"}
    assert len(kari.contacts) == 3
    assert len(happened(ctx, person_id=lyngmo.kari).rows) == 1
    assert left_behind(ctx, Organisation, lyngmo.scene) == left_behind(ctx, Person, lyngmo.also_kari) == {}


def test_lists_and_search_show_one_house_and_old_addresses_lead_there(
    ctx: Context, context_for: ContextFor, lyngmo: Lyngmo
) -> None:
    merged(ctx, lyngmo.house, lyngmo.scene, persons=[(lyngmo.kari, lyngmo.also_kari)])
    ctx = context_for("ingunn", "2027-01-04 09:00")
    for words in ("", "lyngmo", "scene og samfunnshus", "310000027", "310000043"):
        wanted = MemberFilter(on=ctx.today, words=words, standing=Standing.ANY)
        assert [row.id for row in list_members(ctx, wanted).rows] == [lyngmo.house], words
    assert {hit.organisation_id for hit in find_callers(ctx, "samfunnshus")} == {lyngmo.house}
    assert {hit.person_id for hit in find_callers(ctx, "kari lyng")} == {lyngmo.kari}
    names = [row.name for row in list_persons(ctx, PersonFilter(on=ctx.today)).rows]
    assert names.count("Kari Lyngås") == 1
    assert member_card(ctx, lyngmo.scene).id == lyngmo.house
    assert person_card(ctx, lyngmo.also_kari).id == lyngmo.kari
    with pytest.raises(InvalidForm):  # a form that was open meanwhile
        call(ctx, lyngmo.scene, "Et spørsmål til")


def test_two_houses_in_2026_and_one_from_2027(ctx: Context, context_for: ContextFor, lyngmo: Lyngmo) -> None:
    before = support_quarter(ctx, Q4)
    assert (before.houses_reached, before.member_houses) == (2, 2)
    january = context_for("ingunn", "2027-01-14 09:00")
    call(january, lyngmo.scene, "Spurte som seg selv, men etter nyttår")
    merged(context_for("ingunn", "2027-01-20 09:00"), lyngmo.house, lyngmo.scene)
    call(context_for("ingunn", "2027-01-21 09:00"), lyngmo.house, "Spurte som ett hus")
    assert support_quarter(ctx, Q4) == before
    after = support_quarter(january, Quarter(2027, 1))
    assert (after.houses_reached, after.member_houses) == (1, 1)
    assert count_members(ctx, date(2026, 12, 31)).houses == 2
    assert count_members(ctx, NEW_YEAR).houses == 1


def test_a_house_of_two_mergers_counts_as_what_it_was_each_year(ctx: Context, context_for: ContextFor) -> None:
    first, second, third = (house(ctx, name) for name in ("Fjordglimt", "Solsiden", "Bølgeblikk"))
    for each in (first, second, third):
        call(ctx, each, "I 2026")
    merged(ctx, second, first, on=NEW_YEAR)
    later = context_for("ingunn", "2027-02-01 09:00")
    call(later, second, "I 2027")
    call(later, third, "I 2027")
    merged(context_for("ingunn", "2028-01-03 09:00"), third, second, on=date(2028, 1, 1))
    assert support_quarter(ctx, Q4).houses_reached == 3
    assert support_quarter(later, Quarter(2027, 1)).houses_reached == 2
    assert member_card(ctx, first).id == third
    assert {name.name for name in member_card(ctx, third).other_names} == {"Fjordglimt", "Solsiden"}


def test_taken_back_everything_is_as_it_was(ctx: Context, context_for: ContextFor, lyngmo: Lyngmo) -> None:
    before = contents(ctx.database)
    batch = merged(ctx, lyngmo.house, lyngmo.scene, persons=[(lyngmo.kari, lyngmo.also_kari)])
    about = batch_about(ctx, "organisations", lyngmo.house)
    assert about is not None
    assert about.id == batch
    undo_batch(context_for("bjørn_ærlend", "2027-01-30 10:00"), batch)
    assert contents(ctx.database) == before


def test_a_case_that_was_worked_on_since_stops_it_and_is_named(ctx: Context, lyngmo: Lyngmo) -> None:
    case = call(ctx, lyngmo.scene, "Åpen sak")
    batch = merged(ctx, lyngmo.house, lyngmo.scene)
    with ctx.database.writing() as session:
        session.get_one(SupportCase, case).what = "Åpen sak, med mer"
    with pytest.raises(Refused) as refused:
        undo_batch(ctx, batch)
    assert [row.id for row in refused.value.facts["rows"]] == [case]  # type: ignore[attr-defined]


def test_the_chosen_values_win_and_the_other_name_and_number_still_find_it(ctx: Context, lyngmo: Lyngmo) -> None:
    picks = {"name": Pick.MERGED, "org_number": Pick.MERGED, "website": Pick.KEPT}
    batch = merged(ctx, lyngmo.house, lyngmo.scene, picks)
    card = member_card(ctx, lyngmo.house)
    assert (card.name, card.org_number, card.website) == ("Lyngmo Scene og Samfunnshus", "310000027", None)
    for words in ("Lyngmo kulturhus", "310 000 043"):
        assert [row.id for row in list_members(ctx, MemberFilter(on=ctx.today, words=words)).rows] == [lyngmo.house]
    undo_batch(ctx, batch)
    assert member_card(ctx, lyngmo.scene).org_number == "310000027"


def test_notes_are_put_together_unless_one_is_chosen(ctx: Context) -> None:
    one, other = house(ctx, "Fjordglimt", note="Ringes helst"), house(ctx, "Fjordglimt AS", note="Stengt i juli")
    merged(ctx, one, other)
    assert member_card(ctx, one).note == "Ringes helst\n\nStengt i juli"
    with pytest.raises(InvalidForm):
        merged(ctx, one, house(ctx, "Fjordglimt 2"), {"name": Pick.BOTH})


def test_the_one_that_stays_is_a_member_when_only_the_other_one_was(ctx: Context) -> None:
    stays, goes = house(ctx, "Solsiden", is_member=False), house(ctx, "Solsiden scene", member_since=date(2024, 1, 1))
    merged(ctx, stays, goes)
    with ctx.database.reading() as session:
        lines = session.execute(select(Membership.organisation_id, Membership.since, Membership.until)).all()
    assert set(map(tuple, lines)) == {
        (goes, date(2024, 1, 1), date(2026, 12, 31)),
        (stays, NEW_YEAR, None),
    }


def test_two_persons_become_one_with_both_addresses_and_every_wish(ctx: Context) -> None:
    kari, wed = add_person(ctx, NewPerson(name="Kari Lyngås")), add_person(ctx, NewPerson(name="Kari Ødegård"))
    for person, raw in ((kari, "kari@x.example"), (wed, "Kari@X.example"), (wed, "kari@y.example")):
        add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=raw, person_id=person))
    for person, channel in ((kari, "email"), (wed, "email"), (wed, "phone")):
        stop_contact(ctx, person, NoContact.checked(channel=ContactChannel(channel), since=date(2026, 5, 1)))
    before = contents(ctx.database)
    batch = merged_persons(ctx, kari, wed, {"name": Pick.MERGED})
    card = person_card(ctx, kari)
    assert (card.name, [point.shown for point in card.contacts]) == (
        "Kari Ødegård",
        ["kari@x.example", "kari@y.example"],
    )
    assert {wish.channel for wish in card.no_contact} == {ContactChannel.EMAIL, ContactChannel.PHONE}
    assert [hit.person_id for hit in find_callers(ctx, "lyngås")] == [kari]
    assert [row.id for row in list_persons(ctx, PersonFilter(on=ctx.today, words="lyngås")).rows] == [kari]
    undo_batch(ctx, batch)
    assert contents(ctx.database) == before


def test_what_cannot_become_one(ctx: Context) -> None:
    huset, avisa = (
        house(ctx, "Fjordglimt"),
        add_organisation(ctx, NewOrganisation(kind=OrganisationKind.OUTLET, name="Fjordglimt")),
    )
    with pytest.raises(Refused) as refused:
        merged(ctx, huset, avisa)
    assert refused.value.code == "merge_kinds_differ"
    with pytest.raises(InvalidForm):
        merged(ctx, huset, huset)
    with pytest.raises(InvalidForm) as invalid:
        merged(ctx, huset, house(ctx, "Fjordglimt kino"), on=date(2027, 6, 1))
    assert invalid.value.problems == {"on": "merge_in_future"}
    second, third = house(ctx, "Fjordglimt scene"), house(ctx, "Fjordglimt sal")
    merged(ctx, huset, second)
    with pytest.raises(Refused):
        merged(ctx, third, second)


def test_whoever_saved_meanwhile_is_not_overrun(ctx: Context, lyngmo: Lyngmo) -> None:
    form = MergedOrganisations(
        kept_id=lyngmo.house, merged_id=lyngmo.scene, kept_version=1, merged_version=1, on=ctx.today
    )
    rename_organisation(ctx, lyngmo.scene, NewName(name="Lyngmo Scene", version=1))
    with pytest.raises(ChangedMeanwhile):
        merge_organisations(ctx, form)


def test_that_they_were_said_to_be_two_is_forgotten_when_they_become_one(ctx: Context) -> None:
    one, other, third = house(ctx, "Fjordglimt"), house(ctx, "Fjordglimt AS"), house(ctx, "Fjordglimt scene")
    keep_organisations_apart(ctx, one, other)
    keep_organisations_apart(ctx, other, third)
    merged(ctx, one, other)
    with ctx.database.reading() as session:
        (apart,) = session.scalars(select(NotTheSame)).all()
        assert {apart.organisation_id, apart.other_organisation_id} == {one, third}


@pytest.mark.parametrize("model", [Organisation, Person])
def test_no_foreign_key_is_forgotten(model: type[Organisation] | type[Person]) -> None:
    """Every column of every table that points to one of them follows, or stands in STAYS with its reason."""
    pointing = {
        (table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == model.__tablename__
    }
    followed = {(key.parent.table.name, key.parent.name) for key in pointing_to(model)}
    assert pointing - followed == {one for one in STAYS if one in pointing}
    assert len(followed) > 5


def test_a_list_from_before_the_merge_means_the_one_that_is_left(
    ctx: Context, context_for: ContextFor, lyngmo: Lyngmo
) -> None:
    """The next edition still has both houses: nothing is made anew, by the old number, the old name or the same row."""
    head = "Navn;Organisasjonsnummer;E-post\n"
    both = f"{head}Lyngmo kulturhus;310 000 043;post@lyngmo.example\nScene Lyngmo;310 000 027;\nHuset;;huset@lyngmo.example\n"
    taken_in(ctx, rows_in(ctx, both.encode(), subject=Subject.ORGANISATIONS))
    with ctx.database.reading() as session:
        huset = session.scalars(select(Organisation.id).where(Organisation.name == "Huset")).one()
    merged(ctx, lyngmo.house, lyngmo.scene)
    merged(ctx, lyngmo.house, huset)
    january = context_for("ingunn", "2027-01-05 09:00")
    results = looked_through(january, rows_in(january, both.encode(), subject=Subject.ORGANISATIONS))
    targets = [result.target.house for result in results.values() if result.target is not None]
    assert targets == [lyngmo.house] * 3
