"""Organisations of every kind: names they had, what they belong to, and from a house to those elected where its owner sits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from crm.cases.queries import list_topic_choices
from crm.cases.topic_commands import TopicName, add_topic
from crm.change_log.queries import Narrowed, list_entries
from crm.change_log.sentences import details, sentence
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound, Refused
from crm.members.commands import add_house, add_organisation, end_membership, rename_organisation, start_membership
from crm.members.forms import (
    ChangedKind,
    ChangedKinship,
    ChangedOtherName,
    EndedMembership,
    NewHouse,
    NewName,
    NewOrganisation,
    OtherName,
    StartedMembership,
)
from crm.members.kinship_queries import kinship
from crm.members.organisation_commands import (
    add_other_name,
    change_kind,
    change_other_name,
    remove_other_name,
    tie_organisation,
)
from crm.members.organisation_queries import OTHER_KINDS, find_organisations, list_organisations
from crm.members.queries import member_card
from crm.people.commands import add_person, add_post
from crm.people.forms import NewPerson, NewPost
from crm.search.checking import disagreements
from db.models.cases import Channel, Inquiry, TimeQuality
from db.models.meetings import BodyRhythm, Cadence
from db.models.organisations import MembershipKind, NameKind, OrganisationKind
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


def become(ctx: Context, subject: int, kind: OrganisationKind) -> None:
    change_kind(ctx, subject, ChangedKind(kind=kind, version=member_card(ctx, subject).version))


def test_what_was_put_down_as_the_wrong_kind_is_put_right_found_as_such_and_logged(ctx: Context) -> None:
    paper = organisation(ctx, OrganisationKind.OUTLET, "Nordlyset")
    become(ctx, paper, OrganisationKind.NETWORK_BODY)
    assert [body.name for body in list_organisations(ctx, [OrganisationKind.NETWORK_BODY]).rows] == ["Nordlyset"]
    assert disagreements(ctx.database) == 0  # searched as a body from now on
    latest = list_entries(ctx, Narrowed())[0]
    assert (sentence(latest), details(latest)) == ("Ingunn Ås endret typen til Nordlyset.", ["type: Redaksjon → Organ"])
    become(ctx, paper, OrganisationKind.NETWORK_BODY)  # no change, no line, no version
    assert member_card(ctx, paper).version == 2
    with pytest.raises(ChangedMeanwhile):
        change_kind(ctx, paper, ChangedKind(kind=OrganisationKind.PARTNER, version=1))


def test_a_member_stays_what_can_be_one_and_its_membership_follows(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Lydlageret AS", member_since=date(2020, 1, 1)))
    become(ctx, house, OrganisationKind.SUPPLIER)
    (membership,) = member_card(ctx, house).memberships
    assert (membership.kind, membership.since, membership.until) == (MembershipKind.SUPPLIER, date(2020, 1, 1), None)
    with pytest.raises(InvalidForm) as refused:
        become(ctx, house, OrganisationKind.PARTNER)
    assert refused.value.problems == {"kind": "kind_is_member"}
    ended = EndedMembership(version=membership.version, since=membership.since, until=date(2026, 11, 23))
    end_membership(ctx, membership.id, ended)
    become(ctx, house, OrganisationKind.PARTNER)
    assert len(member_card(ctx, house).memberships) == 1  # its history
    with pytest.raises(Refused) as no_member:
        start_membership(ctx, house, StartedMembership())
    assert no_member.value.code == "kind_no_member"


def _asked(ctx: Context, subject: int) -> None:
    with ctx.database.writing() as session:
        row = Inquiry(
            outlet_id=subject,
            question="Hva koster det?",
            channel=Channel.PHONE,
            received_at=ctx.now,
            created_at=ctx.now,
        )
        row.received_quality, row.responsible_id = TimeQuality.EXACT, ctx.actor.user_id or 0
        session.add(row)


def _governs(ctx: Context, subject: int) -> None:
    tie(ctx, subject, governs_number="1508")


def _meets(ctx: Context, subject: int) -> None:
    with ctx.database.writing() as session:
        session.add(BodyRhythm(body_id=subject, since=date(2026, 1, 1), cadence=Cadence.QUARTERLY, minimum=1))


@pytest.mark.parametrize(
    ("kind", "has", "wanted", "reason"),
    [
        (OrganisationKind.OUTLET, _asked, OrganisationKind.PARTNER, "kind_has_inquiries"),
        (OrganisationKind.AUTHORITY, _governs, OrganisationKind.PARTNER, "kind_governs"),
        (OrganisationKind.NETWORK_BODY, _meets, OrganisationKind.PARTNER, "kind_has_meetings"),
        (OrganisationKind.PARTNER, None, OrganisationKind.OWN, "kind_ourselves"),
        (OrganisationKind.OWN, None, OrganisationKind.PARTNER, "kind_ourselves"),
    ],
)
def test_what_only_its_kind_can_have_is_settled_first(
    ctx: Context,
    kind: OrganisationKind,
    has: Callable[[Context, int], None] | None,
    wanted: OrganisationKind,
    reason: str,
) -> None:
    subject = organisation(ctx, kind, "Scenerådet")
    if has is not None:
        has(ctx, subject)
    with pytest.raises(InvalidForm) as refused:
        become(ctx, subject, wanted)
    assert refused.value.problems == {"kind": reason}
    assert member_card(ctx, subject).kind is kind
