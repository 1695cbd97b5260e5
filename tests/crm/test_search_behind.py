"""A large change is stored first and found a moment later, and a power cut in between forgets nothing."""

from __future__ import annotations

import pytest

from crm.context import Context
from crm.members.commands import add_house, rename_organisation
from crm.members.forms import NewHouse, NewName
from crm.people import selects
from crm.people.commands import add_contact_point, add_person, add_post
from crm.people.forms import NewContactPoint, NewPerson, NewPost
from crm.people.person_queries import list_persons
from crm.people.queries import find_callers
from crm.people.selects import PersonFilter
from crm.search import index
from crm.search.behind import catch_up
from crm.search.checking import disagreements
from crm.search.queries import count_behind, find_records
from db.engine import Database
from db.models.people import ContactKind

STAFF = ("Ada Vik", "Bo Vik", "Cato Vik", "Dina Vik")


@pytest.fixture
def house(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> int:
    """With four who work there, so that its new name concerns five records, and more than three are much."""
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))
    for name in STAFF:
        add_post(ctx, NewPost(person_id=add_person(ctx, NewPerson(name=name)), organisation_id=house, title="Vert"))
    monkeypatch.setattr(index, "MOST_WITHIN", 3)
    return house


@pytest.fixture
def power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the transaction and before anything else."""
    monkeypatch.setattr(Database, "afterwards", lambda *_: None)


def renamed(ctx: Context, house: int) -> None:
    rename_organisation(ctx, house, NewName.checked(version=1, name="Havblikk scene", keep_former=False))


def names_found(ctx: Context, typed: str) -> set[str]:
    return {"".join(piece.text for piece in hit.title) for group in find_records(ctx, typed) for hit in group.hits}


def test_everybody_is_found_as_soon_as_the_work_afterwards_is_done(ctx: Context, house: int) -> None:
    renamed(ctx, house)
    ctx.database.wait()
    assert names_found(ctx, "havblikk") == {"Havblikk scene", *STAFF}
    assert count_behind(ctx) == 0
    assert disagreements(ctx.database) == 0


@pytest.mark.usefixtures("power_cut")
def test_a_list_by_words_has_also_those_whom_the_index_does_not_know_yet(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MOST_WITHIN", 0)
    add_person(ctx, NewPerson(name="Eli Vik"))
    assert names_found(ctx, "eli") == set()
    for words, found in (("eli vik", ["Eli Vik"]), ("xyzzy", [])):
        assert [row.name for row in list_persons(ctx, PersonFilter(on=ctx.today, words=words)).rows] == found


@pytest.mark.usefixtures("power_cut")
def test_who_rings_is_found_though_more_wait_for_the_index_than_are_looked_at(
    ctx: Context, house: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed(ctx, house)
    eli = add_person(ctx, NewPerson(name="Eli Bø"))
    add_contact_point(ctx, NewContactPoint(person_id=eli, kind=ContactKind.PHONE, raw="40 61 23 45"))
    monkeypatch.setattr(selects, "MOST_COMPARED", 1)
    for typed in ("bø", "406123"):
        assert [hit.person for hit in find_callers(ctx, typed)] == ["Eli Bø"]


@pytest.mark.usefixtures("power_cut")
def test_after_a_power_cut_what_is_left_is_taken_in_at_the_next_start(ctx: Context, house: int) -> None:
    renamed(ctx, house)
    assert names_found(ctx, "havblikk") == set()
    assert count_behind(ctx) >= 5
    before = ctx.data_version()
    catch_up(ctx.database)
    assert names_found(ctx, "havblikk") == {"Havblikk scene", *STAFF}
    assert ctx.data_version() > before  # a list by words that somebody looked at meanwhile is asked for again
    assert count_behind(ctx) == 0
    assert disagreements(ctx.database) == 0


@pytest.mark.usefixtures("power_cut")
def test_what_is_saved_meanwhile_is_found_at_once_and_stays_right(ctx: Context, house: int) -> None:
    renamed(ctx, house)
    newcomer = add_person(ctx, NewPerson(name="Eli Vik"))
    add_post(ctx, NewPost(person_id=newcomer, organisation_id=house, title="Vert"))
    assert names_found(ctx, "havblikk") == {"Eli Vik"}
    catch_up(ctx.database)
    assert names_found(ctx, "havblikk") == {"Havblikk scene", "Eli Vik", *STAFF}
    assert disagreements(ctx.database) == 0


@pytest.mark.usefixtures("power_cut")
def test_two_large_changes_one_after_the_other_leave_each_record_once(ctx: Context, house: int) -> None:
    renamed(ctx, house)
    left = count_behind(ctx)
    rename_organisation(ctx, house, NewName.checked(version=2, name="Solvangen scene", keep_former=False))
    assert count_behind(ctx) == left
    catch_up(ctx.database)
    assert names_found(ctx, "havblikk") == set()
    assert names_found(ctx, "solvangen") == {"Solvangen scene", *STAFF}
