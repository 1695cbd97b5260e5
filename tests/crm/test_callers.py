"""Who is on the phone: three letters, a name, or digits in any notation find the right one first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from crm.context import Context
from crm.errors import InvalidForm, NotAllowed, NotFound
from crm.members.commands import add_house, add_organisation, rename_organisation
from crm.members.forms import NewHouse, NewName, NewOrganisation
from crm.names import loose_key, search_key, sort_key
from crm.people.commands import add_contact_point, add_person, add_post, end_contact_point, end_post
from crm.people.forms import EndedContactPoint, EndedPost, NewContactPoint, NewPerson, NewPost
from crm.people.queries import CallerHit, caller_card, find_callers
from db.models.organisations import Organisation, OrganisationKind
from db.models.people import ContactKind, ContactPoint, Person, Post
from tests.asking import asking
from tests.conftest import ContextFor

MOST_QUESTIONS, MOST_HITS = 16, 8
HOUSES = [
    ("Fjordglimt kulturhus", "1508"),
    ("Fjorden scene", "1508"),
    ("Åsgard konserthus", "3218"),
    ("Bølgeblikk kulturhus KF", "1804"),
    ("Lyngmo kulturhus", "5601"),
    ("Lyngmo Scene og Samfunnshus", "5601"),
    ("Ål kulturhus", "3328"),
    ("Alvdal kulturhus", "3428"),
]


@pytest.fixture
def houses(ctx: Context) -> dict[str, int]:
    found = {name: add_house(ctx, NewHouse.checked(name=name, municipality_number=place)) for name, place in HOUSES}
    paper = NewOrganisation.checked(kind=OrganisationKind.OUTLET, name="Fjordavisen")
    return found | {"Fjordavisen": add_organisation(ctx, paper)}


@pytest.fixture
def kjaersti(ctx: Context, houses: dict[str, int]) -> int:
    person = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    add_post(ctx, NewPost(person_id=person, organisation_id=houses["Fjordglimt kulturhus"], title="Daglig leder"))
    add_contact_point(ctx, phone("406 12 345", person_id=person))
    return person


def phone(raw: str, **owner: int) -> NewContactPoint:
    return NewContactPoint(kind=ContactKind.PHONE, raw=raw, **owner)


def email(raw: str, **owner: int) -> NewContactPoint:
    return NewContactPoint(kind=ContactKind.EMAIL, raw=raw, **owner)


def named(hits: list[CallerHit]) -> list[str]:
    return [f"{hit.person} / {hit.house}" if hit.person else hit.house for hit in hits]


# typed -> the first hit's house
FIRST_HITS = [
    ("fjordgl", "Fjordglimt kulturhus"),
    ("FJORDGL", "Fjordglimt kulturhus"),
    ("fjo", "Fjorden scene"),  # both members begin so: the alphabet decides, before the paper that is no member
    ("aasgard", "Åsgard konserthus"),
    ("asgard", "Åsgard konserthus"),  # no å on the keyboard
    ("bolgeblikk", "Bølgeblikk kulturhus KF"),
    ("Ål", "Ål kulturhus"),  # a whole name of two letters, and never Alvdal
    ("lyngmo kulturhus", "Lyngmo kulturhus"),
    ("samfunnshus", "Lyngmo Scene og Samfunnshus"),  # the beginning of a later word
    ("glimt", "Fjordglimt kulturhus"),  # inside a word
    ("kulturhus lyngmo", "Lyngmo kulturhus"),  # the words in another order
]


def test_a_scrap_of_a_name_finds_the_house_first(
    ctx: Context, houses: dict[str, int], subtests: pytest.Subtests
) -> None:
    for typed, house in FIRST_HITS:
        with subtests.test(typed):
            assert named(find_callers(ctx, typed))[0] == house


def test_too_little_or_nothing_known_finds_nobody(
    ctx: Context, houses: dict[str, int], subtests: pytest.Subtests
) -> None:
    for typed in ("", " ", "f", "12", "%", "_", "'", "xyzzy", "99 88 77 66"):
        with subtests.test(typed):
            assert find_callers(ctx, typed) == []


def test_members_stand_before_others_with_the_same_beginning(ctx: Context, houses: dict[str, int]) -> None:
    assert named(find_callers(ctx, "fjord"))[:3] == ["Fjorden scene", "Fjordglimt kulturhus", "Fjordavisen"]


def test_an_exact_name_stands_before_a_member_that_only_begins_so(ctx: Context, houses: dict[str, int]) -> None:
    add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.PARTNER, name="Lyngmo"))
    assert named(find_callers(ctx, "lyngmo"))[0] == "Lyngmo"


def test_a_house_is_found_by_the_name_it_had(ctx: Context, houses: dict[str, int]) -> None:
    rename_organisation(
        ctx, houses["Åsgard konserthus"], NewName.checked(version=1, name="Ås kulturarena", keep_former=True)
    )
    assert named(find_callers(ctx, "åsgard"))[0] == "Ås kulturarena"


def test_a_person_is_found_with_the_house_she_works_at(ctx: Context, kjaersti: int, subtests: pytest.Subtests) -> None:
    for typed in ("kjær", "Kjærsti", "oyen", "kjaersti oyen"):
        with subtests.test(typed):
            (hit,) = find_callers(ctx, typed)
            assert (hit.person, hit.house, hit.place) == ("Kjærsti Øyen", "Fjordglimt kulturhus", "Ålesund")
            assert hit.phone == "40 61 23 45"


def test_the_people_of_the_house_follow_the_house(ctx: Context, kjaersti: int) -> None:
    assert named(find_callers(ctx, "fjordgl")) == ["Fjordglimt kulturhus", "Kjærsti Øyen / Fjordglimt kulturhus"]


def test_a_name_and_a_house_together_find_the_person_there(ctx: Context, kjaersti: int) -> None:
    assert named(find_callers(ctx, "kjærsti fjord")) == ["Kjærsti Øyen / Fjordglimt kulturhus"]


NOTATIONS = (
    *("40612345", "406 12 345", "40 61 23 45", "+47 40 61 23 45", "0047 40612345", "hun på 40 61 23 45"),
    *("4061", "47 40 61", "+47 406"),  # still being typed
)


def test_a_number_in_any_notation_selects_its_owner(ctx: Context, kjaersti: int, subtests: pytest.Subtests) -> None:
    for typed in NOTATIONS:
        with subtests.test(typed):
            assert named(find_callers(ctx, typed))[0] == "Kjærsti Øyen / Fjordglimt kulturhus"


def test_a_known_number_goes_before_whatever_name_is_typed_with_it(ctx: Context, kjaersti: int) -> None:
    assert named(find_callers(ctx, "lyngmo 40 61 23 45"))[0] == "Kjærsti Øyen / Fjordglimt kulturhus"


def test_an_unknown_number_does_not_hide_the_house_typed_with_it(ctx: Context, houses: dict[str, int]) -> None:
    assert named(find_callers(ctx, "lyngmo kult 21 23 45 67"))[0] == "Lyngmo kulturhus"


def test_whoever_wrote_is_found_by_the_address_as_it_is_pasted_or_typed(
    ctx: Context, houses: dict[str, int], kjaersti: int, subtests: pytest.Subtests
) -> None:
    add_contact_point(ctx, email("Kjærsti.Øyen@fjordglimt.example", person_id=kjaersti))
    add_contact_point(ctx, email("post@lyngmo.example", organisation_id=houses["Lyngmo kulturhus"]))
    hers, theirs = "Kjærsti Øyen / Fjordglimt kulturhus", "Lyngmo kulturhus"
    for typed, hits in (
        ("kjærsti.øyen@fjordglimt.example", [hers]),
        ("kjærsti.øyen@", [hers]),
        ("øyen@fjord", [hers]),
        ("post@lyngmo", [theirs]),
        ("@xyzzy", []),
    ):
        with subtests.test(typed):
            assert named(find_callers(ctx, typed)) == hits


def test_two_letters_begin_a_name_and_stand_inside_none(ctx: Context, houses: dict[str, int]) -> None:
    assert named(find_callers(ctx, "fj")) == ["Fjorden scene", "Fjordglimt kulturhus", "Fjordavisen"]
    assert find_callers(ctx, "or") == []


def test_a_house_is_found_by_its_own_number(ctx: Context, houses: dict[str, int]) -> None:
    add_contact_point(ctx, phone("21 23 45 60", organisation_id=houses["Åsgard konserthus"]))
    (hit,) = find_callers(ctx, "21234560")
    assert (hit.house, hit.person, hit.phone) == ("Åsgard konserthus", "", "21 23 45 60")


def test_who_has_left_is_no_longer_found_at_the_house(ctx: Context, houses: dict[str, int]) -> None:
    person = add_person(ctx, NewPerson(name="Odd Ærø"))
    post = add_post(ctx, NewPost(person_id=person, organisation_id=houses["Lyngmo kulturhus"]))
    end_post(ctx, post, EndedPost(version=1, until=date(2026, 11, 23)))
    (hit,) = find_callers(ctx, "ærø")
    assert (hit.person, hit.house, hit.organisation_id) == ("Odd Ærø", "", None)


def test_an_old_number_finds_nobody(ctx: Context, kjaersti: int) -> None:
    with ctx.database.reading() as session:
        point = session.query(ContactPoint.id).scalar()
    end_contact_point(ctx, point, EndedContactPoint(version=1, until=date(2026, 11, 1)))
    assert find_callers(ctx, "40612345") == []


def test_a_bad_number_is_kept_as_it_was_written(ctx: Context, houses: dict[str, int]) -> None:
    add_contact_point(ctx, phone("internt 12", organisation_id=houses["Lyngmo kulturhus"]))
    card = caller_card(ctx, houses["Lyngmo kulturhus"], None)
    assert card is not None
    assert card.phone == "internt 12"


def test_somebody_who_is_gone_has_no_card(ctx: Context) -> None:
    assert caller_card(ctx, 4711, None) is None
    assert caller_card(ctx, None, None) is None


def test_a_post_cannot_end_before_it_began(ctx: Context, houses: dict[str, int]) -> None:
    person = add_person(ctx, NewPerson(name="Odd Ærø"))
    since = date(2026, 1, 1)
    post = add_post(ctx, NewPost(person_id=person, organisation_id=houses["Lyngmo kulturhus"], since=since))
    with pytest.raises(InvalidForm):
        end_post(ctx, post, EndedPost(version=1, until=date(2025, 12, 31)))


def test_a_post_needs_a_person_and_a_house(ctx: Context, houses: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        add_post(ctx, NewPost(person_id=4711, organisation_id=houses["Lyngmo kulturhus"]))
    with pytest.raises(InvalidForm):
        NewPerson.checked(name="  ")
    with pytest.raises(InvalidForm):
        NewContactPoint.checked(kind="phone", raw="40 61 23 45")


def test_the_board_sees_no_callers(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        find_callers(context_for("styret"), "fjord")


def keys(name: str) -> dict[str, str]:
    return {"name": name, "sort_key": sort_key(name), "search_key": search_key(name), "loose_key": loose_key(name)}


def test_a_thousand_organisations_are_searched_with_a_handful_of_questions(ctx: Context) -> None:
    """Each keystroke is one search. What it costs in time is measured by `make bench`."""
    houses: list[dict[str, Any]] = [
        {"id": n, "kind": OrganisationKind.HOUSE, "note": "", "version": 1, "created_at": ctx.now}
        | keys(f"Kulturhuset {n} i Fjordbygd{n % 97}")
        for n in range(1, 1_001)
    ]
    people: list[dict[str, Any]] = [
        {"id": n, "note": "", "version": 1, "created_at": ctx.now} | keys(f"Kari{n % 113} Nordmann{n % 311}")
        for n in range(1, 2_001)
    ]
    posts = [
        {"person_id": n, "organisation_id": n // 2 + 1, "kind": "employee", "title": "", "version": 1}
        for n in range(1, 1_900)
    ]
    with ctx.database.writing() as session:
        session.execute(insert(Organisation), houses)
        session.execute(insert(Person), people)
        session.execute(insert(Post), posts)
    for typed in ("kulturhuset 77", "fjordb", "kari1 nord", "nordmann5", "zzz", "406", "40612345"):
        with asking(ctx.database) as asked:
            assert len(find_callers(ctx, typed)) <= MOST_HITS, typed
        assert len(asked) <= MOST_QUESTIONS, typed
