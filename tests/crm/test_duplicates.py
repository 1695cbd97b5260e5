"""Pairs that look like one are proposed with their reasons, and no pair twice when somebody has said no (S8)."""

from __future__ import annotations

from typing import Any

from crm.context import Context
from crm.likeness import Reason
from crm.members.commands import add_house, add_organisation, add_person_here
from crm.members.forms import NewHouse, NewOrganisation, NewPersonHere
from crm.merging.commands import keep_organisations_apart, keep_persons_apart, merge_organisations
from crm.merging.duplicate_queries import Duplicates, duplicate_organisations, duplicate_persons
from crm.merging.forms import MergedOrganisations, Pick
from crm.merging.queries import organisations_side_by_side, persons_side_by_side
from crm.people.commands import add_contact_point, add_person
from crm.people.forms import NewContactPoint, NewPerson
from db.models.organisations import OrganisationKind
from db.models.people import ContactKind

Pairs = dict[tuple[str, str], tuple[bool, tuple[Reason, ...]]]


def house(ctx: Context, name: str, *, email: str = "", **details: Any) -> int:
    made = add_house(ctx, NewHouse.checked(name=name, **details))
    if email:
        add_contact_point(ctx, NewContactPoint(kind=ContactKind.EMAIL, raw=email, organisation_id=made))
    return made


def worker(ctx: Context, at: int, name: str, **reached: str) -> int:
    return add_person_here(ctx, at, NewPersonHere(name=name, **reached))


def said(found: Duplicates) -> Pairs:
    return {(pair.one.name, pair.other.name): (pair.likeness.is_sure, pair.likeness.reasons) for pair in found.pairs}


def test_spellings_of_one_house_are_proposed_and_the_two_herøy_are_not(ctx: Context) -> None:
    house(ctx, "Åsgard konserthus", org_number="310000027", email="post@åsgard.example", municipality_number="3114")
    house(ctx, "Aasgard Konserthus AS", email="post@aasgard.example")
    house(ctx, "Asgard")
    house(ctx, "Herøy kulturhus", municipality_number="1515")
    house(ctx, "Herøy kulturhus", municipality_number="1818")
    house(ctx, "Våler")
    house(ctx, "Våler kulturhus", municipality_number="3419")
    house(ctx, "Storsalen", email="post@xn--sgard-lra.example")
    add_organisation(ctx, NewOrganisation(kind=OrganisationKind.OUTLET, name="Åsgard konserthus"))
    assert said(duplicate_organisations(ctx)) == {
        ("Åsgard konserthus", "Aasgard Konserthus AS"): (True, (Reason.NAME,)),
        ("Åsgard konserthus", "Asgard"): (False, (Reason.NAME_BEGINS,)),
        ("Aasgard Konserthus AS", "Asgard"): (False, (Reason.NAME_BEGINS,)),
        ("Åsgard konserthus", "Storsalen"): (False, (Reason.EMAIL,)),
    }


def test_a_shared_web_site_and_a_typing_mistake_in_one_municipality(ctx: Context) -> None:
    house(ctx, "Lyngmo kulturhus", website="https://www.lyngmo.example", municipality_number="3419")
    house(ctx, "Lygnmo kulturhus", municipality_number="3419")
    house(ctx, "Scenen", website="lyngmo.example/om")
    assert said(duplicate_organisations(ctx)) == {
        ("Lyngmo kulturhus", "Lygnmo kulturhus"): (False, (Reason.NAME_SIMILAR,)),
        ("Lyngmo kulturhus", "Scenen"): (False, (Reason.DOMAIN,)),
    }


def test_that_they_are_not_the_same_is_remembered(ctx: Context) -> None:
    one, other = house(ctx, "Solsiden"), house(ctx, "Solsiden AS")
    keep_organisations_apart(ctx, other, one)
    keep_organisations_apart(ctx, one, other)
    assert duplicate_organisations(ctx).pairs == []
    kari, also = add_person(ctx, NewPerson(name="Kari Lyngås")), add_person(ctx, NewPerson(name="Kari Lyngås"))
    assert len(duplicate_persons(ctx).pairs) == 1
    keep_persons_apart(ctx, kari, also)
    assert duplicate_persons(ctx).pairs == []


def test_persons_by_name_with_what_stands_beside_it(ctx: Context) -> None:
    lyngmo, solsiden = house(ctx, "Lyngmo kulturhus"), house(ctx, "Solsiden")
    worker(ctx, lyngmo, "Kari Lyngås", email="kari@lyngmo.example")
    worker(ctx, solsiden, "Kari Lyngås", email="kari@solsiden.example")
    worker(ctx, lyngmo, "Åsmund Li", email="post@lyngmo.example")
    worker(ctx, lyngmo, "Pål Ås", email="post@lyngmo.example")
    worker(ctx, solsiden, "Torunn Bråten", phone="40 61 23 45")
    worker(ctx, lyngmo, "Torunn A. Bråten", phone="+47 40612345")
    worker(ctx, solsiden, "Kjærsti Øyen")
    worker(ctx, solsiden, "Kjærsti Øien")
    found = duplicate_persons(ctx)
    assert said(found) == {
        ("Torunn Bråten", "Torunn A. Bråten"): (False, (Reason.PHONE, Reason.NAME_SIMILAR)),
        ("Kjærsti Øyen", "Kjærsti Øien"): (False, (Reason.WORKPLACE, Reason.NAME_SIMILAR)),
        ("Kari Lyngås", "Kari Lyngås"): (False, (Reason.NAME,)),
    }
    assert {pair.one.where for pair in found.pairs} == {"Lyngmo kulturhus", "Solsiden"}


def test_what_is_merged_is_proposed_no_more(ctx: Context) -> None:
    one, other = house(ctx, "Solsiden"), house(ctx, "Solsiden AS")
    merge_organisations(
        ctx, MergedOrganisations(kept_id=one, merged_id=other, kept_version=1, merged_version=1, on=ctx.today)
    )
    assert duplicate_organisations(ctx).pairs == []


def test_more_than_are_shown_are_said(ctx: Context) -> None:
    for number in range(4):
        house(ctx, f"Solsiden{' AS' * (number % 2)}", municipality_number="3419")
    found = duplicate_organisations(ctx, limit=2)
    assert (len(found.pairs), found.more) == (2, True)


def test_side_by_side_with_the_value_that_would_stay_and_the_person_who_is_at_both(ctx: Context) -> None:
    lyngmo = house(ctx, "Lyngmo kulturhus", org_number="310000043", note="Ringes helst")
    scene = house(ctx, "Lyngmo Scene", website="scene.example", municipality_number="3419", note="Stengt i juli")
    kari = worker(ctx, lyngmo, "Kari Lyngås", email="kari@lyngmo.example")
    also = worker(ctx, scene, "Kari Lyngås", email="kari@scene.example")
    worker(ctx, scene, "Pål Ås")
    seen = organisations_side_by_side(ctx, lyngmo, scene)
    assert {pair.field: (pair.kept, pair.merged, pair.preset) for pair in seen.fields if pair.differs} == {
        "name": ("Lyngmo kulturhus", "Lyngmo Scene", Pick.KEPT),
        "org_number": ("310 000 043", "", Pick.KEPT),
        "municipality_number": ("", "Våler (Innlandet)", Pick.MERGED),
        "website": ("", "scene.example", Pick.MERGED),
        "note": ("Ringes helst", "Stengt i juli", Pick.BOTH),
    }
    assert (seen.kept.follows["persons"], seen.merged.follows["persons"]) == (1, 2)
    (same,) = seen.persons
    assert (same.kept_id, same.merged_id, same.likeness.is_sure) == (kari, also, True)
    assert (same.kept_reach, same.merged_reach) == (("kari@lyngmo.example",), ("kari@scene.example",))
    assert persons_side_by_side(ctx, kari, also).merged.where == "Lyngmo Scene"
