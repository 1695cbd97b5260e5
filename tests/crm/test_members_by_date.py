"""The members as they were on any day: who they were, in which county, and whom we had been in touch with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.errors import InvalidForm, NotAllowed
from crm.members.commands import add_house, change_membership, end_membership, start_membership
from crm.members.forms import ChangedMembership, EndedMembership, NewHouse, StartedMembership
from crm.members.places import counties, municipalities, read_municipality
from crm.members.places_before import Counties, counties_on, municipalities_in, municipality_on
from crm.members.queries import count_members, member_card
from crm.members.rules import a_year_before
from crm.members.selects import NOWHERE, MemberFilter, Standing
from crm.merging.commands import merge_organisations
from crm.merging.forms import MergedOrganisations
from crm.networks.body_commands import adopt_bodies
from crm.networks.commands import log_meeting
from crm.networks.forms import Mark, NewMeeting
from crm.networks.queries import list_bodies
from crm.networks.words import AttendanceStatus
from crm.people.commands import add_person, add_post
from crm.people.forms import NewPerson, NewPost
from crm.timeline.contacts import contacts, lately, latest
from crm.timeline.member_cards import Counts, MemberPage, Order
from crm.timeline.member_queries import list_members, member_figures
from db.engine import Database
from db.models.organisations import MembershipKind, OrganisationKind

pytestmark = pytest.mark.usefixtures("right_last_contacts")

At = Callable[..., Context]
TODAY = date(2026, 11, 24)
LAST_OF_2023, FIRST_OF_2024 = date(2023, 12, 31), date(2024, 1, 1)


def house(ctx: Context, name: str, municipality: str | None = None, **more: object) -> int:
    return add_house(ctx, NewHouse.checked(name=name, municipality_number=municipality, **more))


def left(ctx: Context, house_id: int, until: date) -> None:
    (line,) = member_card(ctx, house_id).memberships
    end_membership(ctx, line.id, EndedMembership.checked(since=line.since, until=until, version=line.version))


def called(ctx: Context, house_id: int, what: str = "Spør om TONO") -> None:
    token = f"{house_id}-{ctx.now:%Y%m%d%H%M}".ljust(20, "x")
    open_case(ctx, NewCase.checked(token=token, what=what, organisation_id=house_id, answered=True))


def names(page: MemberPage) -> list[str]:
    return [row.name for row in page.rows]


@pytest.fixture
def houses(ctx: Context) -> dict[str, int]:
    return {
        "Fjordglimt": house(ctx, "Fjordglimt kulturhus", "1508"),
        "Haram": house(ctx, "Ternevika kulturhus", "1580"),
        "Bølgeblikk": house(ctx, "Bølgeblikk kulturhus KF", "1804"),
        "Drammen": house(ctx, "Kornlageret kulturhus", "3301"),
        "Oslo": house(ctx, "Tårnfalken scene", "0301"),
    }


# S9: where a house lay ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "day", "number", "name", "county"),
    [
        ("1508", LAST_OF_2023, "1507", "Ålesund", "Møre og Romsdal"),  # before the split
        ("1580", LAST_OF_2023, "1507", "Ålesund", "Møre og Romsdal"),  # what became Haram lay there too
        ("1508", FIRST_OF_2024, "1508", "Ålesund", "Møre og Romsdal"),
        ("1580", FIRST_OF_2024, "1580", "Haram", "Møre og Romsdal"),
        ("1804", LAST_OF_2023, "1804", "Bodø", "Nordland"),  # never changed
        ("3301", LAST_OF_2023, "3005", "Drammen", "Viken"),
        ("3301", FIRST_OF_2024, "3301", "Drammen", "Buskerud"),
        ("5501", date(2020, 1, 1), "5401", "Tromsø", "Troms og Finnmark"),  # the first day of those counties
        ("3301", date(2019, 12, 31), "3301", "Drammen", "Buskerud"),  # older counties we have no list of
        ("0301", LAST_OF_2023, "0301", "Oslo", "Oslo"),  # with its zero
        ("3114", LAST_OF_2023, "3018", "Våler", "Viken"),  # one of the two
        ("3419", LAST_OF_2023, "3419", "Våler", "Innlandet"),
    ],
)
def test_where_a_house_lay_follows_from_where_it_lies(
    today: str, day: date, number: str, name: str, county: str
) -> None:
    place = municipality_on(today, day)
    assert place is not None
    assert (place.number, place.name, place.county.name) == (number, name, county)


def test_an_old_list_has_somebody_choose_only_where_a_municipality_was_split() -> None:
    before = {place.number: municipality_on(place.number, LAST_OF_2023) for place in municipalities()}
    became = {old.number: read_municipality(old.number) for old in before.values() if old}
    assert len(became) == 356
    assert {number: read.candidates for number, read in became.items() if read.number is None} == {
        "1507": ("1508", "1580")
    }
    assert all(before[read.number].number == number for number, read in became.items() if read.number)  # type: ignore[union-attr]


def test_the_eleven_counties_of_2023_had_their_municipalities() -> None:
    counted = Counter(
        place.county.name
        for number in {m.number for m in municipalities()}
        if (place := municipality_on(number, LAST_OF_2023))
    )
    assert len(counties_on(LAST_OF_2023)) == len(counted) == 11
    assert (counted["Viken"], counted["Vestfold og Telemark"], counted["Troms og Finnmark"]) == (51, 23, 39)
    assert counted["Møre og Romsdal"] == 27  # Ålesund twice: today it is two


def test_a_number_that_two_times_share_means_the_same_area() -> None:
    for county in counties():
        now = {place.number for place in municipalities() if place.county == county}
        assert set(municipalities_in(county.number)) == now


def test_the_figures_of_2023_are_shown_in_its_counties_or_in_todays(ctx: Context, houses: dict[str, int]) -> None:
    then = {
        one.county.name: one.houses.members
        for one in member_figures(ctx, LAST_OF_2023, Counties.THEN).counties
        if one.county
    }
    now = {one.county.name: one.houses.members for one in member_figures(ctx, LAST_OF_2023).counties if one.county}
    assert (len(then), len(now)) == (11, 15)
    assert {name: n for name, n in then.items() if n} == {"Møre og Romsdal": 2, "Nordland": 1, "Oslo": 1, "Viken": 1}
    assert {name: n for name, n in now.items() if n} == {"Møre og Romsdal": 2, "Nordland": 1, "Oslo": 1, "Buskerud": 1}


@pytest.mark.parametrize(
    ("county", "expected"),
    [
        ("30", ["Kornlageret kulturhus"]),  # Viken, which is gone
        ("33", ["Kornlageret kulturhus"]),  # Buskerud
        ("15", ["Fjordglimt kulturhus", "Ternevika kulturhus"]),
        ("03", ["Tårnfalken scene"]),
        (NOWHERE, ["Uten adresse"]),  # nobody has entered where it lies
        ("99", []),  # addresses are edited by people
    ],
)
def test_a_county_chosen_on_the_map_narrows_the_list(
    ctx: Context, houses: dict[str, int], county: str, expected: list[str]
) -> None:
    house(ctx, "Uten adresse")
    assert names(list_members(ctx, MemberFilter(on=LAST_OF_2023, county=county))) == expected


def test_a_house_without_a_municipality_is_counted_apart(ctx: Context, houses: dict[str, int]) -> None:
    assert all(one.county for one in member_figures(ctx, TODAY).counties)
    house(ctx, "Uten adresse")
    figures = member_figures(ctx, TODAY)
    assert (figures.counties[-1].county, figures.counties[-1].houses.members, figures.houses.members) == (None, 1, 6)


# Who was a member -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "members", "new", "gone"),
    [
        (date(2024, 5, 31), ["Alltid"], [], []),  # the day before the first one joined
        (date(2024, 6, 1), ["Alltid", "Kom"], ["Kom"], []),  # its first day counts
        (date(2025, 5, 31), ["Alltid", "Kom"], ["Kom"], []),  # none a year before
        (date(2025, 6, 1), ["Alltid", "Kom"], [], []),  # one a year before
        (date(2026, 6, 30), ["Alltid", "Kom"], [], []),  # its last day counts
        (date(2026, 7, 1), ["Alltid"], [], ["Kom"]),
        (date(2027, 6, 30), ["Alltid"], [], ["Kom"]),
        (date(2027, 7, 1), ["Alltid"], [], []),  # gone for more than a year
    ],
)
def test_new_members_and_those_who_left_on_any_day(
    ctx: Context, day: date, members: list[str], new: list[str], gone: list[str]
) -> None:
    house(ctx, "Alltid", "0301")
    left(ctx, house(ctx, "Kom", "0301", member_since=date(2024, 6, 1)), date(2026, 6, 30))
    shown = [
        names(list_members(ctx, MemberFilter(on=day, standing=standing)))
        for standing in (Standing.MEMBER, Standing.NEW, Standing.LEFT)
    ]
    assert shown == [members, new, gone]
    assert member_figures(ctx, day).houses == Counts(members=len(members), new=len(new), left=len(gone))
    assert count_members(ctx, day).houses == len(members)


def test_members_a_year_ago_and_new_less_those_who_left_are_the_members_now(
    ctx: Context, houses: dict[str, int]
) -> None:
    left(ctx, houses["Haram"], date(2026, 3, 31))
    left(ctx, houses["Oslo"], date(2025, 12, 31))
    start_membership(
        ctx, houses["Oslo"], StartedMembership(kind=MembershipKind.HOUSE, since=date(2026, 2, 1))
    )  # came back
    left(ctx, house(ctx, "Kom og gikk", member_since=date(2026, 1, 1)), date(2026, 8, 31))
    house(ctx, "Nyhuset", member_since=date(2026, 11, 24))
    now = member_figures(ctx, TODAY).houses
    before = member_figures(ctx, a_year_before(TODAY)).houses
    assert (before.members, now.new, now.left, now.members) == (5, 1, 1, 5)
    assert before.members + now.new - now.left == now.members


def test_two_houses_that_became_one_were_two_before(context_for: At) -> None:
    ctx = context_for("ingunn", "2027-01-02 09:00")
    kept, goes = house(ctx, "Lyngmo kulturhus", "5601"), house(ctx, "Lyngmo Scene og Samfunnshus", "5601")
    on = date(2027, 1, 1)
    form = MergedOrganisations.checked(kept_id=kept, merged_id=goes, kept_version=1, merged_version=1, picks={}, on=on)
    merge_organisations(ctx, form)
    for day, expected in (
        (date(2026, 12, 31), ["Lyngmo kulturhus", "Lyngmo Scene og Samfunnshus"]),
        (on, ["Lyngmo kulturhus"]),
    ):
        assert names(list_members(ctx, MemberFilter(on=day))) == expected
        assert member_figures(ctx, day).houses.members == count_members(ctx, day).houses == len(expected)
    gone = list_members(ctx, MemberFilter(on=on, standing=Standing.LEFT))
    assert (names(gone), member_figures(ctx, on).houses.left) == (["Lyngmo Scene og Samfunnshus"], 1)
    line = next(line for line in member_card(ctx, kept).memberships if line.until is not None)
    with pytest.raises(InvalidForm) as refused:  # put right, but no member after it became a part of the other
        change_membership(ctx, line.id, ChangedMembership(kind=line.kind, until=on, version=line.version))
    assert refused.value.problems == {"until": "membership_after_merge"}
    earlier = ChangedMembership(kind=line.kind, until=date(2025, 6, 30), version=line.version)
    change_membership(ctx, line.id, earlier)
    assert count_members(ctx, date(2026, 12, 31)).houses == 1


def test_a_leap_day_has_a_year_before() -> None:
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert a_year_before(TODAY) == date(2025, 11, 24)


def test_suppliers_are_counted_beside_the_houses(ctx: Context, houses: dict[str, int]) -> None:
    house(ctx, "Lydlageret AS", "1804", kind=OrganisationKind.SUPPLIER)
    nordland = member_figures(ctx, TODAY).of("18")
    assert nordland is not None
    assert (nordland.houses.members, nordland.suppliers.members) == (1, 1)
    assert (count_members(ctx, TODAY).houses, count_members(ctx, TODAY).suppliers) == (5, 1)


# Whom we have been in touch with --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_heard_from"),
    [
        (date(2026, 8, 25), False),  # the day before it called
        (date(2026, 8, 26), True),  # five to midnight in the office is that day
        (TODAY, True),  # ninety days ago
        (date(2026, 11, 25), False),  # ninety-one
    ],
)
def test_a_house_is_heard_from_in_the_ninety_days_up_to_the_day(
    context_for: At, day: date, is_heard_from: bool
) -> None:
    ctx = context_for("ingunn", "2026-08-26 23:55")
    called(ctx, house(ctx, "Fjordglimt kulturhus", "1508"))
    later = context_for("ingunn", "2026-12-01 10:00")
    houses = member_figures(later, day).houses
    assert (houses.in_touch, houses.quiet) == ((1, 0) if is_heard_from else (0, 1))
    quiet = names(list_members(later, MemberFilter(on=day), quiet=True))
    assert quiet == ([] if is_heard_from else ["Fjordglimt kulturhus"])


def test_the_latest_contact_is_the_one_known_by_the_day(context_for: At) -> None:
    ctx = context_for("ingunn", "2026-02-03 09:00")
    fjordglimt = house(ctx, "Fjordglimt kulturhus", "1508")
    called(ctx, fjordglimt, "Spør om TONO")
    called(context_for("ingunn", "2026-11-24 10:02"), fjordglimt, "Spør om driftstilskudd")
    later = context_for("ingunn", "2026-11-25 08:00")
    said = {}
    for day in (date(2026, 2, 2), date(2026, 2, 3), date(2026, 11, 23), TODAY):
        (row,) = list_members(later, MemberFilter(on=day)).rows
        said[day] = row.contact.title if row.contact else None
    assert list(said.values()) == [None, "Spør om TONO", "Spør om TONO", "Spør om driftstilskudd"]


def test_a_meeting_one_of_its_people_was_at_is_contact_with_the_house(ctx: Context, houses: dict[str, int]) -> None:
    kjaersti = add_person(ctx, NewPerson(name="Kjærsti Øyen"))
    add_post(ctx, NewPost(person_id=kjaersti, organisation_id=houses["Fjordglimt"], since=date(2026, 11, 1)))
    adopt_bodies(ctx)
    body = list_bodies(ctx)[0].id
    for day, held in ((date(2026, 10, 15), True), (date(2026, 11, 12), True), (date(2026, 12, 3), False)):
        marks = (Mark(person_id=kjaersti, status=AttendanceStatus.ATTENDED),) if held else ()
        new = NewMeeting(body_id=body, day=day, starts=time(9), is_held=held, marks=marks, token=f"meeting-of-{day}")
        log_meeting(ctx, new)
    contact = {row.name: row.contact for row in list_members(ctx, MemberFilter(on=date(2026, 12, 31))).rows}
    assert contact["Fjordglimt kulturhus"] is not None
    assert contact["Fjordglimt kulturhus"].at.date() == date(
        2026, 11, 12
    )  # not before she came, and nothing that lies ahead
    assert member_figures(ctx, TODAY).houses.in_touch == 1


def test_the_longest_since_contact_come_first_page_by_page(context_for: At, houses: dict[str, int]) -> None:
    for who, moment in (
        ("Fjordglimt", "2026-11-20 09:00"),
        ("Oslo", "2025-01-10 09:00"),
        ("Drammen", "2026-03-02 09:00"),
    ):
        called(context_for("ingunn", moment), houses[who])
    ctx, wanted = context_for(), MemberFilter(on=TODAY)
    ordered = names(list_members(ctx, wanted, order=Order.LONGEST_SINCE))
    assert ordered == [
        "Bølgeblikk kulturhus KF",  # never, by name
        "Ternevika kulturhus",
        "Tårnfalken scene",
        "Kornlageret kulturhus",
        "Fjordglimt kulturhus",
    ]
    first = list_members(ctx, wanted, order=Order.LONGEST_SINCE, limit=2)
    second = list_members(ctx, wanted, order=Order.LONGEST_SINCE, after=first.following, limit=2)
    third = list_members(ctx, wanted, order=Order.LONGEST_SINCE, after=second.following, limit=2)
    assert names(first) + names(second) + names(third) == ordered
    assert (first.preceding, third.following, first.total) == (None, None, 5)
    assert list_members(ctx, wanted, order=Order.LONGEST_SINCE, before=third.preceding, limit=2) == second
    quiet = list_members(ctx, wanted, quiet=True, order=Order.LONGEST_SINCE)
    assert names(quiet) == ordered[:-1]


def test_the_board_sees_how_many_but_not_who(context_for: At, houses: dict[str, int]) -> None:
    board = context_for("styret")
    assert member_figures(board, TODAY).houses.members == 5
    with pytest.raises(NotAllowed):
        list_members(board, MemberFilter(on=TODAY))


def test_asking_whom_we_heard_from_reads_no_more_than_those_months(empty_database_file: Path) -> None:
    """Whatever table of happenings is read from end to end would be read so for every save of ten thousand houses."""
    query = latest(contacts(lately(TODAY).holds))
    sql = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    database = Database(f"sqlite:///{empty_database_file}")
    with database.reading() as session:
        steps = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    database.close()
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN")}
    assert scanned <= {"happenings", "contacts", "posts"}, steps
