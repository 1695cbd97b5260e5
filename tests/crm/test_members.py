"""The association keeps its houses: names that changed, memberships that began and ended, and finding them again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from crm.change_log.queries import Narrowed, list_entries
from crm.change_log.sentences import details, sentence
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed, NotFound, Refused
from crm.members.commands import (
    add_house,
    add_organisation,
    change_membership,
    edit_organisation,
    end_membership,
    remove_membership,
    rename_organisation,
    start_membership,
)
from crm.members.forms import (
    ChangedDetails,
    ChangedKind,
    ChangedMembership,
    EndedMembership,
    NewHouse,
    NewName,
    NewOrganisation,
    StartedMembership,
)
from crm.members.organisation_commands import change_kind
from crm.members.places import counties, municipalities, municipality, read_municipality
from crm.members.queries import count_members, member_card
from crm.members.selects import MemberFilter, Standing
from crm.timeline.member_queries import list_members
from db.models.house_keeping import AuditEntry
from db.models.organisations import MembershipKind, Organisation, OrganisationKind, OwnerForm

pytestmark = pytest.mark.usefixtures("right_last_contacts")

TODAY = date(2026, 11, 24)


def house(ctx: Context, name: str, **details: object) -> int:
    return add_house(ctx, NewHouse.checked(name=name, **details))


@pytest.fixture
def houses(ctx: Context) -> dict[str, int]:
    return {
        "Fjordglimt": house(ctx, "Fjordglimt kulturhus", org_number="310 000 019", municipality_number="1508"),
        "Åsgard": house(ctx, "Åsgard konserthus", org_number="310000027", municipality_number="3218"),
        "Bølgeblikk": house(ctx, "Bølgeblikk kulturhus KF", municipality_number="1804", member_since=date(2024, 1, 1)),
        "Lyngmo": house(ctx, "Lyngmo kulturhus", municipality_number="5601", owner_form="foundation"),
    }


def names(ctx: Context, words: str = "", **wanted: object) -> list[str]:
    return [row.name for row in list_members(ctx, MemberFilter(on=TODAY, words=words, **wanted)).rows]  # type: ignore[arg-type]


def test_the_list_is_in_norwegian_order(ctx: Context, houses: dict[str, int]) -> None:
    house(ctx, "Ærfugl scene")
    house(ctx, "Ørneredet")
    house(ctx, "Aasen samfunnshus")
    assert names(ctx) == [
        "Bølgeblikk kulturhus KF",
        "Fjordglimt kulturhus",
        "Lyngmo kulturhus",
        "Ærfugl scene",
        "Ørneredet",
        "Aasen samfunnshus",
        "Åsgard konserthus",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fjordgl", ["Fjordglimt kulturhus"]),  # the first letters, as they are typed
        ("alesund", ["Fjordglimt kulturhus"]),  # the municipality, by somebody without an å
        ("asgard", ["Åsgard konserthus"]),  # the name, likewise
        ("310 000 02", ["Åsgard konserthus"]),  # part of its number, with its spaces
        ("konserthus åsgard", ["Åsgard konserthus"]),  # the words in another order
        ("100 %", []),  # a percent sign is no wildcard
        ("_", []),  # nor an underscore
    ],
)
def test_a_house_is_found_by_any_scrap(ctx: Context, houses: dict[str, int], words: str, expected: list[str]) -> None:
    assert names(ctx, words) == expected


def test_a_house_is_found_by_the_name_it_had(ctx: Context, houses: dict[str, int]) -> None:
    lyngmo = houses["Lyngmo"]
    rename_organisation(ctx, lyngmo, NewName.checked(name="Nordlyset kulturhus", since=date(2026, 1, 1), version=1))
    card = member_card(ctx, lyngmo)
    assert names(ctx, "lyngmo") == ["Nordlyset kulturhus"]
    assert [(former.name, former.until) for former in card.other_names] == [("Lyngmo kulturhus", date(2026, 1, 1))]


def test_a_misspelled_name_is_not_kept(ctx: Context) -> None:
    wrong = house(ctx, "Lyngmoo kulturhus")
    rename_organisation(ctx, wrong, NewName.checked(name="Lyngmo kulturhus", keep_former=False, version=1))
    assert member_card(ctx, wrong).other_names == []
    assert names(ctx, "lyngmoo") == []


def test_the_list_is_narrowed_by_county_and_kind(ctx: Context, houses: dict[str, int]) -> None:
    house(ctx, "Lydlageret AS", kind=OrganisationKind.SUPPLIER, municipality_number="1804")
    assert names(ctx, county="18") == ["Bølgeblikk kulturhus KF", "Lydlageret AS"]
    assert names(ctx, county="18", kind=OrganisationKind.SUPPLIER) == ["Lydlageret AS"]


def test_pages_follow_each_other_both_ways_without_loss(ctx: Context) -> None:
    for number in range(1, 8):
        house(ctx, f"Samfunnshus {number}")
    wanted = MemberFilter(on=TODAY)
    first = list_members(ctx, wanted, limit=3)
    second = list_members(ctx, wanted, after=first.following, limit=3)
    third = list_members(ctx, wanted, after=second.following, limit=3)
    assert [row.name[-1] for page in (first, second, third) for row in page.rows] == list("1234567")
    assert (first.preceding, third.following, first.total) == (None, None, 7)
    back = list_members(ctx, wanted, before=third.preceding, limit=3)
    assert back.rows == second.rows
    start = list_members(ctx, wanted, before=back.preceding, limit=3)
    assert start.rows == first.rows
    assert start.preceding is None


def test_members_are_counted_on_any_day(ctx: Context, houses: dict[str, int]) -> None:
    card = member_card(ctx, houses["Bølgeblikk"])
    ended = EndedMembership.checked(
        since=date(2024, 1, 1), until=date(2026, 6, 30), version=card.memberships[0].version
    )
    end_membership(ctx, card.memberships[0].id, ended)
    house(ctx, "Lydlageret AS", kind=OrganisationKind.SUPPLIER)
    counted = {day: count_members(ctx, day).houses for day in (date(2023, 12, 31), date(2026, 6, 30), date(2026, 7, 1))}
    assert counted == {
        date(2023, 12, 31): 3,  # the day before it joined
        date(2026, 6, 30): 4,  # its last day still counts
        date(2026, 7, 1): 3,  # the day after
    }
    assert count_members(ctx, TODAY).suppliers == 1
    assert names(ctx, standing=Standing.FORMER) == ["Bølgeblikk kulturhus KF"]


def test_one_house_shows_its_number_and_place(ctx: Context, houses: dict[str, int]) -> None:
    card = member_card(ctx, houses["Fjordglimt"])
    assert (card.org_number_shown, card.municipality, card.county) == ("310 000 019", "Ålesund", "Møre og Romsdal")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": "  "}, {"name": "string_too_short"}),  # no name
        ({"name": "X", "org_number": "310 000 018"}, {"org_number": "org_number_wrong_check_digit"}),  # one digit off
        ({"name": "X", "org_number": "12"}, {"org_number": "org_number_not_nine_digits"}),
        (
            {"name": "X", "municipality_number": "1507"},
            {"municipality_number": "municipality_unknown"},
        ),  # split in 2024
        ({"name": "X", "member_since": date(24, 1, 1)}, {"member_since": "date_unlikely"}),  # the year 24
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(typed: dict[str, object], problem: dict[str, str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        NewHouse.checked(**typed)
    assert refused.value.problems == problem


def test_a_number_belongs_to_one_house(ctx: Context, houses: dict[str, int]) -> None:
    with pytest.raises(InvalidForm) as refused:
        house(ctx, "Fjordglimt scene", org_number="310000019")
    assert (refused.value.problems, refused.value.said) == (
        {"org_number": "org_number_taken"},
        {"name": "Fjordglimt kulturhus"},
    )
    with pytest.raises(InvalidForm):
        edit_organisation(ctx, houses["Lyngmo"], ChangedDetails.checked(org_number="310000019", version=1))


def test_two_clicks_on_save_make_one_house(ctx: Context) -> None:
    first, second = (house(ctx, "Fjordglimt kulturhus", token="A" * 43) for _ in range(2))
    assert first == second
    assert names(ctx) == ["Fjordglimt kulturhus"]


def test_saving_over_a_colleagues_change_is_refused_with_what_they_changed(
    ctx: Context, houses: dict[str, int], context_for: object
) -> None:
    colleague = context_for("bjørn_ærlend", "2026-11-24 10:05")  # type: ignore[operator]
    seen = member_card(ctx, houses["Lyngmo"]).version
    edit_organisation(
        colleague,
        houses["Lyngmo"],
        ChangedDetails.checked(owner_form="limited_company", municipality_number="5601", version=seen),
    )
    with pytest.raises(ChangedMeanwhile) as refused:
        edit_organisation(ctx, houses["Lyngmo"], ChangedDetails.checked(note="Ny scene i 2027", version=seen))
    assert refused.value.facts["by"] == "Bjørn-Ærlend Wiik"
    assert refused.value.facts["changes"] == {"changed": {"owner_form": ["foundation", "limited_company"]}}
    assert member_card(ctx, houses["Lyngmo"]).owner_form == OwnerForm.LIMITED_COMPANY


def test_a_house_is_a_member_once_at_a_time(ctx: Context, houses: dict[str, int]) -> None:
    with pytest.raises(Refused) as refused:
        start_membership(ctx, houses["Lyngmo"], StartedMembership(since=date(2026, 1, 1)))
    assert refused.value.code == "already_member"


def test_a_house_that_left_can_come_back(ctx: Context, houses: dict[str, int]) -> None:
    line = member_card(ctx, houses["Lyngmo"]).memberships[0]
    end_membership(ctx, line.id, EndedMembership.checked(until=date(2024, 12, 31), version=line.version))
    start_membership(ctx, houses["Lyngmo"], StartedMembership(kind=MembershipKind.HOUSE, since=date(2026, 1, 1)))
    assert [(one.since, one.until, one.holds) for one in member_card(ctx, houses["Lyngmo"]).memberships] == [
        (date(2026, 1, 1), None, True),
        (None, date(2024, 12, 31), False),
    ]


def put_right(ctx: Context, house_id: int, which: int = 0, **days: date | MembershipKind | None) -> None:
    line = member_card(ctx, house_id).memberships[which]
    as_it_is = {"kind": line.kind, "since": line.since, "until": line.until, "version": line.version}
    change_membership(ctx, line.id, ChangedMembership.checked(**as_it_is | days))


def said_last(ctx: Context) -> tuple[str, list[str]]:
    entry = list_entries(ctx, Narrowed())[0]
    return sentence(entry), details(entry)


def test_a_membership_with_a_wrong_date_is_put_right_and_the_figures_follow(
    ctx: Context, houses: dict[str, int]
) -> None:
    bolgeblikk = houses["Bølgeblikk"]
    put_right(ctx, bolgeblikk, since=date(2025, 1, 1))
    assert count_members(ctx, date(2024, 12, 31)).houses == 3
    assert said_last(ctx) == (
        "Ingunn Ås rettet et medlemskap for Bølgeblikk kulturhus KF.",
        ["fra: 01.01.2024 → 01.01.2025"],
    )
    put_right(ctx, bolgeblikk, until=date(2025, 12, 31))
    assert names(ctx, standing=Standing.FORMER) == ["Bølgeblikk kulturhus KF"]
    put_right(ctx, bolgeblikk, since=None, until=date(2026, 10, 31), kind=MembershipKind.SUPPLIER)  # one that is over
    counted = count_members(ctx, date(2026, 10, 31))
    assert (counted.houses, counted.suppliers) == (3, 1)
    with pytest.raises(ChangedMeanwhile):
        remove_membership(ctx, member_card(ctx, bolgeblikk).memberships[0].id, version=1)


def test_a_membership_put_right_overlaps_no_other_and_stays_where_there_can_be_one(
    ctx: Context, houses: dict[str, int]
) -> None:
    bolgeblikk = houses["Bølgeblikk"]
    put_right(ctx, bolgeblikk, until=date(2025, 6, 30))
    start_membership(ctx, bolgeblikk, StartedMembership(since=date(2026, 1, 1)))
    for which, days, problem in (
        (0, {"since": date(2025, 6, 30)}, {"since": "memberships_overlap"}),
        (1, {"until": None}, {"since": "memberships_overlap"}),
        (1, {"until": date(2023, 12, 31)}, {"": "until_before_since"}),
    ):
        with pytest.raises(InvalidForm) as refused:
            put_right(ctx, bolgeblikk, which, **days)
        assert refused.value.problems == problem
    put_right(ctx, bolgeblikk, since=date(2025, 7, 1), until=date(2026, 10, 31))
    change_kind(ctx, bolgeblikk, ChangedKind(kind=OrganisationKind.PARTNER, version=1))
    with pytest.raises(InvalidForm) as refused:
        put_right(ctx, bolgeblikk, until=None)
    assert refused.value.problems == {"until": "kind_no_member"}


def test_a_membership_that_never_was_is_taken_away_and_the_right_one_begun(
    ctx: Context, houses: dict[str, int]
) -> None:
    bolgeblikk = houses["Bølgeblikk"]
    (line,) = member_card(ctx, bolgeblikk).memberships
    remove_membership(ctx, line.id, version=line.version)
    assert names(ctx, standing=Standing.FORMER) == []
    assert count_members(ctx, TODAY).houses == 3
    assert said_last(ctx) == (
        "Ingunn Ås fjernet et medlemskap for Bølgeblikk kulturhus KF som aldri var riktig.",
        ["fra: 01.01.2024 → –"],
    )
    start_membership(ctx, bolgeblikk, StartedMembership(since=date(2023, 1, 1)))
    assert count_members(ctx, date(2023, 12, 31)).houses == 4
    with pytest.raises(NotFound):
        remove_membership(ctx, line.id, version=line.version)


def test_an_outlet_is_no_member(ctx: Context) -> None:
    outlet = add_organisation(ctx, NewOrganisation.checked(name="Nordlyspressen", kind=OrganisationKind.OUTLET))
    assert member_card(ctx, outlet).memberships == []
    assert names(ctx, standing=Standing.ANY) == []


def test_every_change_has_its_line_in_the_log(ctx: Context, houses: dict[str, int]) -> None:
    edit_organisation(
        ctx, houses["Åsgard"], ChangedDetails.checked(org_number="310000027", website="asgard.example", version=1)
    )
    with ctx.database.reading() as session:
        logged = session.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).all()
        number = session.scalar(select(Organisation.municipality_number).where(Organisation.id == houses["Åsgard"]))
    assert {tuple(row) for row in logged} == {("organisation.added", 4), ("organisation.edited", 1)}
    assert number is None  # the form is the whole of the details: what is left empty is empty


def test_the_board_sees_how_many_but_not_who(context_for: object, houses: dict[str, int]) -> None:
    board = context_for("styret")  # type: ignore[operator]
    assert count_members(board, TODAY).houses == 4
    with pytest.raises(NotAllowed):
        list_members(board, MemberFilter(on=TODAY))
    with pytest.raises(NotAllowed):
        member_card(board, houses["Lyngmo"])


def test_a_house_nobody_has_is_not_found(ctx: Context) -> None:
    with pytest.raises(NotFound):
        member_card(ctx, 4711)


def test_norway_has_357_municipalities_in_15_counties() -> None:
    assert (len(municipalities()), len(counties())) == (357, 15)
    assert all(len(place.number) == 4 and place.number.startswith(place.county.number) for place in municipalities())
    assert municipality("0301") is not None


@pytest.mark.parametrize(
    ("written", "county", "number", "candidates"),
    [
        ("0301", "", "0301", ()),  # Oslo with its zero
        ("301", "", "0301", ()),  # Oslo after a spreadsheet took the zero
        ("1508 Ålesund", "", "1508", ()),  # number and name in one cell
        ("Aalesund kommune", "", "1508", ()),  # the old spelling
        ("3005", "", "3301", ()),  # Drammen, when it lay in Viken
        ("1507", "", None, ("1508", "1580")),  # Ålesund before Haram left it
        ("Våler", "", None, ("3114", "3419")),  # one in Østfold, one in Innlandet
        ("Våler", "Innlandet", "3419", ()),  # the county beside it decides
        ("Våler i Østfold", "", "3114", ()),
        ("Herøy (Nordland)", "", "1818", ()),
        ("Herøy", "Agder", None, ("1515", "1818")),  # a county with neither decides nothing
        ("Kåfjord", "", "5540", ()),  # by one of its three names
        ("Nore og Uvdal", "", "3338", ()),
        ("Alesund", "", None, ("1508",)),  # perhaps, but A is not Å
        ("Utopia", "", None, ()),
        ("", "", None, ()),
    ],
)
def test_a_place_is_read_or_asked_about(
    written: str, county: str, number: str | None, candidates: tuple[str, ...]
) -> None:
    read = read_municipality(written, county)
    assert (read.number, read.candidates) == (number, candidates)
