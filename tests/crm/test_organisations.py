"""Organisations of every kind: names they had, what they belong to, and from a house to those elected where its owner sits."""

from __future__ import annotations

from datetime import date

import pytest

from crm.cases.queries import list_topic_choices
from crm.cases.topic_commands import TopicName, add_topic
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.members.commands import add_house, add_organisation, rename_organisation
from crm.members.forms import (
    ChangedKinship,
    ChangedOtherName,
    NewHouse,
    NewName,
    NewOrganisation,
    OtherName,
)
from crm.members.kinship_queries import kinship
from crm.members.organisation_commands import (
    add_other_name,
    change_other_name,
    remove_other_name,
    tie_organisation,
)
from crm.members.organisation_queries import OTHER_KINDS, find_organisations, list_organisations
from crm.members.queries import member_card
from crm.people.commands import add_person, add_post
from crm.people.forms import NewPerson, NewPost
from db.models.organisations import NameKind, OrganisationKind
from db.models.people import PostKind


def organisation(ctx: Context, kind: OrganisationKind, name: str, **details: object) -> int:
    return add_organisation(ctx, NewOrganisation.checked(kind=kind, name=name, **details))


def tie(ctx: Context, subject: int, **ties: object) -> None:
    tie_organisation(ctx, subject, ChangedKinship.checked(version=member_card(ctx, subject).version, **ties))


def test_from_a_house_to_the_municipality_that_owns_it_and_those_elected_there(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))
    tie(ctx, house, owner_municipality_number="1508")
    assert (kinship(ctx, house).owner, kinship(ctx, house).authority) == ("Ålesund", None)
    municipality = organisation(ctx, OrganisationKind.AUTHORITY, "Ålesund kommune")
    tie(ctx, municipality, governs_number="1508")
    posts = {
        "Signe Vågå": {"kind": PostKind.ELECTED, "title": "ordfører", "party": "X-partiet", "party_source": "Kommunen"},
        "Odd Ærø": {"kind": PostKind.ELECTED, "title": "varaordfører", "until": date(2026, 11, 23)},  # no longer
        "Kari Nordli": {"kind": PostKind.ADVISER, "title": "kultursjef"},  # employed, not elected
    }
    for name, post in posts.items():
        person = add_person(ctx, NewPerson(name=name))
        add_post(ctx, NewPost.checked(person_id=person, organisation_id=municipality, **post))
    kin = kinship(ctx, house)
    assert kin.authority is not None
    assert kin.authority.name == "Ålesund kommune"
    assert [(one.name, one.title, one.party) for one in kin.elected] == [("Signe Vågå", "ordfører", "X-partiet")]
    assert [one.name for one in kinship(ctx, municipality).owned] == ["Fjordglimt kulturhus"]


def test_a_county_may_govern_and_a_place_has_one_government(ctx: Context) -> None:
    county = organisation(ctx, OrganisationKind.AUTHORITY, "Møre og Romsdal fylkeskommune")
    tie(ctx, county, governs_number="15")
    assert kinship(ctx, county).governs == "Møre og Romsdal"
    with pytest.raises(InvalidForm, match="governed_already"):
        tie(ctx, organisation(ctx, OrganisationKind.AUTHORITY, "Fylkestinget"), governs_number="15")
    with pytest.raises(InvalidForm, match="municipality_unknown"):
        tie(ctx, county, governs_number="1507")  # split in 2024


def test_an_organisation_is_part_of_another_and_never_of_itself(ctx: Context) -> None:
    ministry = organisation(ctx, OrganisationKind.AUTHORITY, "Kulturdepartementet")
    department = organisation(ctx, OrganisationKind.AUTHORITY, "Kunstavdelingen")
    section = organisation(ctx, OrganisationKind.AUTHORITY, "Scenekunstseksjonen")
    tie(ctx, department, parent_id=ministry)
    tie(ctx, section, parent_id=department)
    assert [part.name for part in kinship(ctx, ministry).parts] == ["Kunstavdelingen"]
    parent = kinship(ctx, section).parent
    assert parent is not None
    assert parent.id == department
    for circle in (ministry, section):  # at once, or by way of its own parts
        with pytest.raises(InvalidForm, match="part_of_itself"):
            tie(ctx, ministry, parent_id=circle)
    with pytest.raises(NotFound):
        tie(ctx, ministry, parent_id=4711)


def test_what_an_organisation_works_with_is_chosen_among_our_topics(ctx: Context) -> None:
    for name in ("Moms", "TONO"):
        add_topic(ctx, TopicName(name=name))
    topics = {topic.name: topic.id for topic in list_topic_choices(ctx)}
    ministry = organisation(ctx, OrganisationKind.AUTHORITY, "Kulturdepartementet")
    tie(ctx, ministry, topic_ids=tuple(topics.values()))
    assert list(kinship(ctx, ministry).topics.values()) == ["Moms", "TONO"]
    tie(ctx, ministry, topic_ids=(topics["TONO"],))
    assert list(kinship(ctx, ministry).topics.values()) == ["TONO"]
    with pytest.raises(ChangedMeanwhile):
        tie_organisation(ctx, ministry, ChangedKinship(version=1))
    with pytest.raises(NotFound):
        tie(ctx, ministry, topic_ids=(4711,))


def test_a_former_name_finds_and_is_shown_as_such(ctx: Context) -> None:
    paper = organisation(ctx, OrganisationKind.OUTLET, "Fjordgløttposten")
    rename_organisation(ctx, paper, NewName.checked(name="Vestavisa", since=date(2026, 3, 1), version=1))
    (hit,) = find_organisations(ctx, "fjordgløtt")
    assert (hit.name, hit.found_as) == ("Vestavisa", "Fjordgløttposten")
    assert find_organisations(ctx, "vestavisa")[0].found_as == ""
    (row,) = list_organisations(ctx, OTHER_KINDS, words="fjordgløtt").rows
    assert (row.name, row.found_as) == ("Vestavisa", "Fjordgløttposten")


def test_other_names_are_added_put_right_and_taken_away(ctx: Context) -> None:
    paper = organisation(ctx, OrganisationKind.OUTLET, "Vestavisa")
    add_other_name(ctx, paper, OtherName.checked(name="Vesta", kind=NameKind.ALIAS))
    (alias,) = member_card(ctx, paper).other_names
    changed = {"name": "Vestposten", "kind": NameKind.FORMER, "since": date(1990, 1, 1), "until": date(2001, 1, 1)}
    change_other_name(ctx, alias.id, ChangedOtherName.checked(version=1, **changed))
    assert find_organisations(ctx, "vestposten")[0].found_as == "Vestposten"
    with pytest.raises(ChangedMeanwhile):
        remove_other_name(ctx, alias.id, version=1)
    remove_other_name(ctx, alias.id, version=2)
    assert member_card(ctx, paper).other_names == []
    with pytest.raises(InvalidForm, match="name_ends_before_it_begins"):
        OtherName.checked(name="Vesta", since=date(2001, 1, 1), until=date(1990, 1, 1))


def test_organisations_are_listed_by_kind_with_how_many_people_are_there(ctx: Context) -> None:
    ministry = organisation(ctx, OrganisationKind.AUTHORITY, "Kulturdepartementet")
    organisation(ctx, OrganisationKind.OUTLET, "Vestavisa")
    add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    person = add_person(ctx, NewPerson(name="Torunn Bråten"))
    add_post(ctx, NewPost(person_id=person, organisation_id=ministry, kind=PostKind.ADVISER))
    rows = list_organisations(ctx, OTHER_KINDS).rows
    assert [(row.name, row.people) for row in rows] == [("Kulturdepartementet", 1), ("Vestavisa", 0)]
    assert [row.name for row in list_organisations(ctx, [OrganisationKind.OUTLET]).rows] == ["Vestavisa"]
    assert [row.name for row in list_organisations(ctx, OTHER_KINDS, words="torunn").rows] == ["Kulturdepartementet"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kultur", ["Kulturmagasinet", "Fjordglimt kulturhus"]),  # the beginning before the inside
        ("fjordglimt", ["Fjordglimt kulturhus"]),
        ("k", []),  # one letter is nothing to look for
        ("%%", []),
    ],
)
def test_an_organisation_is_found_while_its_name_is_typed(ctx: Context, typed: str, expected: list[str]) -> None:
    add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    organisation(ctx, OrganisationKind.OUTLET, "Kulturmagasinet")
    assert [hit.name for hit in find_organisations(ctx, typed)] == expected
