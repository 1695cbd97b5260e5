"""Selections: each condition finds the houses and persons it should, says so in plain words, and travels in an address."""

from __future__ import annotations

from datetime import date

import pytest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, Refused
from crm.i18n import use_language
from crm.mailing.commands import make_mailing_list, put_on_list
from crm.mailing.forms import NewMailingList, PutOnList
from crm.members.commands import add_house, add_organisation, end_membership
from crm.members.forms import EndedMembership, NewHouse, NewOrganisation
from crm.members.queries import member_card
from crm.people.commands import add_contact_point, add_person, add_post, stop_contact
from crm.people.forms import NewContactPoint, NewPerson, NewPost, NoContact
from crm.records import Kind
from crm.selections import queries
from crm.selections.columns import DEFAULT_COLUMNS
from crm.selections.commands import change_selection, delete_selection, save_selection
from crm.selections.forms import ChangedSelection, NewSelection
from crm.selections.queries import condition_names, list_selections, look_up, saved_selection
from crm.selections.sentences import Names, said
from crm.selections.wanted import Wanted, from_address, from_stored
from crm.tags.commands import tag_many
from crm.tags.forms import TagName
from db.models.cases import Topic
from db.models.lists import ListedKind, Selection
from db.models.organisations import Organisation, OrganisationKind, OrganisationTopic
from db.models.people import ContactChannel, ContactKind, Person, PostKind
from tests.asking import asking
from tests.conftest import ContextFor

HOUSES, PERSONS = ListedKind.ORGANISATION, ListedKind.PERSON


@pytest.fixture
def ids(context_for: ContextFor) -> dict[str, int]:
    """Five houses, a supplier, a paper, and those who work there; Bølgeblikk rang in June, Lyngmo has left."""
    ctx = context_for("ingunn", "2026-06-10 10:00")
    found: dict[str, int] = {}
    for name, details in {
        "Fjordglimt kulturhus": {"municipality_number": "1508", "owner_form": "municipality"},
        "Åsgard konserthus": {"municipality_number": "3218", "owner_form": "limited_company"},
        "Bølgeblikk kulturhus KF": {"municipality_number": "1804", "owner_form": "municipal_enterprise"},
        "Lyngmo kulturhus": {"municipality_number": "5601", "member_since": date(2020, 1, 1)},
        "Nordsamfunnet": {"municipality_number": "1804", "is_member": False},
        "Lydlageret AS": {"municipality_number": "1804", "kind": OrganisationKind.SUPPLIER},
    }.items():
        found[name] = add_house(ctx, NewHouse.checked(name=name, **details))
    paper = NewOrganisation(kind=OrganisationKind.OUTLET, name="Nordlyspressen", municipality_number="5601")
    found["Nordlyspressen"] = add_organisation(ctx, paper)
    line = member_card(ctx, found["Lyngmo kulturhus"]).memberships[0]
    ended = EndedMembership(since=line.since, until=date(2025, 12, 31), version=line.version)
    end_membership(ctx, line.id, ended)
    for name, at, kind in (
        ("Kjærsti Øyen", "Fjordglimt kulturhus", PostKind.EMPLOYEE),
        ("Odd Ærø", "Bølgeblikk kulturhus KF", PostKind.BOARD),
        ("Torunn Bråten", "Nordlyspressen", PostKind.JOURNALIST),
    ):
        found[name] = add_person(ctx, NewPerson(name=name))
        add_post(ctx, NewPost(person_id=found[name], organisation_id=found[at], kind=kind, title="Leder"))
    _mark(ctx, found)
    return found


def _mark(ctx: Context, ids: dict[str, int]) -> None:
    token = "en-telefon-om-tono"
    open_case(
        ctx, NewCase.checked(token=token, what="TONO?", answered=True, organisation_id=ids["Bølgeblikk kulturhus KF"])
    )
    kjaersti, torunn = ids["Kjærsti Øyen"], ids["Torunn Bråten"]
    for kind, raw in ((ContactKind.EMAIL, "kjaersti@fjordglimt.example"), (ContactKind.PHONE, "40 61 23 45")):
        add_contact_point(ctx, NewContactPoint(kind=kind, raw=raw, person_id=kjaersti))
    stop_contact(ctx, torunn, NoContact(channel=ContactChannel.PHONE, since=date(2026, 6, 1)))
    tag_many(ctx, Kind.ORGANISATION, [ids["Åsgard konserthus"]], TagName(name="scene"))
    tag_many(ctx, Kind.PERSON, [kjaersti], TagName(name="styreleder"))
    newsletter = make_mailing_list(ctx, NewMailingList.checked(name="Nyhetsbrev"))
    put_on_list(ctx, newsletter, PutOnList(person_ids=(kjaersti,), organisation_ids=(ids["Lydlageret AS"],)))
    with ctx.database.writing() as session:
        session.add(Topic(name="Billettsalg", sort_key="1"))
        session.flush()
        session.add(OrganisationTopic(organisation_id=ids["Fjordglimt kulturhus"], topic_id=1))


def names(ctx: Context, wanted: Wanted) -> list[str]:
    return [row.name for row in look_up(ctx, wanted, DEFAULT_COLUMNS[wanted.kind]).rows]


EVERY_HOUSE = ["Bølgeblikk kulturhus KF", "Fjordglimt kulturhus", "Lydlageret AS", "Lyngmo kulturhus", "Nordlyspressen"]
EVERY_HOUSE += ["Nordsamfunnet", "Åsgard konserthus"]

OF_HOUSES = [
    ({}, "Organisasjoner", EVERY_HOUSE),
    ({"kind": ["supplier", "outlet"]}, "Leverandører eller redaksjoner", ["Lydlageret AS", "Nordlyspressen"]),
    (
        {"kind": ["house"], "membership": ["member"]},  # the two together have a word of their own
        "Medlemshus",
        ["Bølgeblikk kulturhus KF", "Fjordglimt kulturhus", "Åsgard konserthus"],
    ),
    (
        {"membership": ["member"], "county": ["18"]},
        "Medlemmer i Nordland",
        ["Bølgeblikk kulturhus KF", "Lydlageret AS"],
    ),
    ({"membership": ["supplier"]}, "Organisasjoner som er medlem som leverandør", ["Lydlageret AS"]),
    ({"membership": ["left"]}, "Organisasjoner som har meldt seg ut det siste året", ["Lyngmo kulturhus"]),
    (
        {"membership": ["new"], "on": ["2020-06-01"]},  # the others have been members for longer than anybody knows
        "Organisasjoner som er blitt medlem det siste året per 01.06.2020",
        ["Lyngmo kulturhus"],
    ),
    ({"membership": ["former"]}, "Organisasjoner som har vært medlem", ["Lyngmo kulturhus"]),
    (
        {"kind": ["house"], "membership": ["never"]},
        "Kulturhus som aldri har vært medlem",
        ["Nordsamfunnet"],
    ),
    (
        {"kind": ["house"], "membership": ["member"], "on": ["2025-06-01"]},  # Lyngmo was one still
        "Medlemshus per 01.06.2025",
        ["Bølgeblikk kulturhus KF", "Fjordglimt kulturhus", "Lyngmo kulturhus", "Åsgard konserthus"],
    ),
    (
        {"county": ["15", "32"]},  # one of the values is enough
        "Organisasjoner i Møre og Romsdal eller Akershus",
        ["Fjordglimt kulturhus", "Åsgard konserthus"],
    ),
    ({"municipality": ["5601"]}, "Organisasjoner i Alta", ["Lyngmo kulturhus", "Nordlyspressen"]),
    ({"owner_form": ["municipality"]}, "Organisasjoner med eierform Kommunen", ["Fjordglimt kulturhus"]),
    ({"topic": ["1"]}, "Organisasjoner med tema Billettsalg", ["Fjordglimt kulturhus"]),
    ({"tag": ["1"]}, "Organisasjoner med merkelapp scene", ["Åsgard konserthus"]),
    ({"tag": ["99"]}, "Organisasjoner med merkelapp ukjent", []),  # a tag that is gone lets nobody through
    ({"mailing_list": ["1"]}, "Organisasjoner på e-postlisten Nyhetsbrev", ["Lydlageret AS"]),
    ({"reached_by": ["email"]}, "Organisasjoner med e-post", []),
    (
        {"kind": ["house"], "membership": ["member"], "county": ["18"], "quiet": ["90"]},
        "Medlemshus i Nordland vi ikke har hatt kontakt med på 90 dager",
        ["Bølgeblikk kulturhus KF"],
    ),
    ({"kind": ["house"], "membership": ["member"], "county": ["18"], "quiet": ["200"]}, None, []),
    (
        {"kind": ["house"], "county": ["18"], "quiet": ["1"], "on": ["2026-06-10"]},  # the day Bølgeblikk rang
        None,
        ["Nordsamfunnet"],
    ),
    (
        {"kind": ["house"], "county": ["18"], "quiet": ["30"], "on": ["2026-06-09"]},  # the day before it rang
        None,
        ["Bølgeblikk kulturhus KF", "Nordsamfunnet"],
    ),
]

OF_PERSONS = [
    ({}, "Personer", ["Kjærsti Øyen", "Odd Ærø", "Torunn Bråten"]),
    ({"post": ["journalist"]}, "Journalister", ["Torunn Bråten"]),
    (
        {"post": ["employee", "board"], "kind": ["house"], "membership": ["member"]},
        "Ansatte eller styremedlemmer i medlemshus",
        ["Kjærsti Øyen", "Odd Ærø"],
    ),
    ({"county": ["18"]}, "Personer i organisasjoner i Nordland", ["Odd Ærø"]),
    ({"post": ["journalist"], "kind": ["house"]}, "Journalister i kulturhus", []),  # it must be one and the same post
    ({"tag": ["2"]}, "Personer med merkelapp styreleder", ["Kjærsti Øyen"]),
    ({"mailing_list": ["1"]}, "Personer på e-postlisten Nyhetsbrev", ["Kjærsti Øyen"]),
    ({"reached_by": ["phone", "email"]}, "Personer med telefon eller e-post", ["Kjærsti Øyen"]),
    ({"declines": ["phone"]}, "Personer som ikke vil ha telefon", ["Torunn Bråten"]),
    ({"membership": ["house"]}, None, ["Kjærsti Øyen", "Odd Ærø"]),
    ({"tag": ["2"], "post": ["employee"], "reached_by": ["phone"]}, None, ["Kjærsti Øyen"]),
    ({"tag": ["2"], "post": ["board"]}, None, []),
]


def test_a_condition_finds_and_says_what_it_should(
    ctx: Context, ids: dict[str, int], subtests: pytest.Subtests
) -> None:
    """All in one association: none of them changes anything."""
    cases = [(HOUSES, *case) for case in OF_HOUSES] + [(PERSONS, *case) for case in OF_PERSONS]
    for kind, stored, sentence, expected in cases:
        with subtests.test(str(stored)):
            wanted = from_stored(kind, stored)
            assert names(ctx, wanted) == expected
            if sentence is not None:
                assert said(wanted, condition_names(ctx)) == sentence
            # A colleague who gets the link sees the same.
            assert from_address(wanted.in_address()) == wanted
            assert from_stored(kind, wanted.as_stored()) == wanted


def test_of_more_than_are_counted_the_same_are_found(
    ctx: Context, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    monkeypatch.setattr(queries, "COUNTED_TO", 0)
    for kind, cases in ((HOUSES, OF_HOUSES), (PERSONS, OF_PERSONS)):
        for stored, _, expected in cases:
            with subtests.test(str(stored)):
                assert names(ctx, from_stored(kind, stored)) == expected


def test_the_sentence_is_the_readers() -> None:
    wanted = from_stored(HOUSES, {"kind": ["house"], "membership": ["member"], "county": ["18"], "quiet": ["90"]})
    use_language("en")
    assert said(wanted, Names()) == "Member houses in Nordland we have not been in touch with for 90 days"


@pytest.mark.parametrize(
    "stored",
    [
        {"favourite_colour": ["red"]},  # no condition of ours
        {"county": ["99"]},  # no such county
        {"municipality": ["1507"]},  # one that was divided in 2024
        {"tag": ["1; DROP TABLE tags"]},
        {"quiet": ["0"]},
        {"quiet": ["9999"]},
        {"county": []},
        {"on": ["i går"]},
        {"declines": ["email"]},  # of persons alone
    ],
)
def test_what_is_not_understood_is_refused_and_never_left_out(stored: dict[str, list[str]]) -> None:
    with pytest.raises(Refused, match="selection_not_understood"):
        from_stored(HOUSES, stored)


def test_an_address_without_a_selection_asks_for_none() -> None:
    assert from_address({"sok": "fjordglimt"}) is None


def test_the_columns_are_filled_and_a_wish_not_to_be_reached_is_kept(ctx: Context, ids: dict[str, int]) -> None:
    stop_contact(ctx, ids["Kjærsti Øyen"], NoContact(channel=ContactChannel.EMAIL, since=date(2026, 6, 1)))
    shown = ("name", "title", "organisation", "county", "email", "phone", "declines", "tags")
    page = look_up(ctx, from_stored(PERSONS, {"post": ["employee"]}), shown)
    assert page.rows[0].cells == (
        "Kjærsti Øyen",
        "Leder",
        "Fjordglimt kulturhus",
        "Møre og Romsdal",
        None,
        "40 61 23 45",
        "e-post",
        "styreleder",
    )
    everything = ("kind", "municipality", "org_number", "owner_form", "member_since", "topics", "address", "website")
    page = look_up(ctx, from_stored(HOUSES, {"topic": ["1"]}), everything)
    assert page.rows[0].cells == ("Kulturhus", "Ålesund", "", "Kommunen", None, "Billettsalg", None, None)
    page = look_up(ctx, from_stored(HOUSES, {"kind": ["house"], "county": ["18"]}), ("name", "last_contact"))
    assert [row.cells for row in page.rows] == [("Bølgeblikk kulturhus KF", date(2026, 6, 10)), ("Nordsamfunnet", None)]


def test_of_two_posts_the_one_the_selection_is_about_is_shown(ctx: Context, ids: dict[str, int]) -> None:
    torunn = ids["Torunn Bråten"]
    house = ids["Åsgard konserthus"]
    add_post(ctx, NewPost(person_id=torunn, organisation_id=house, kind=PostKind.BOARD, title="Styremedlem"))
    columns = ("title", "organisation")
    assert look_up(ctx, from_stored(PERSONS, {"post": ["journalist"]}), columns).rows[0].cells == (
        "Leder",
        "Nordlyspressen",
    )
    assert look_up(ctx, from_stored(PERSONS, {"county": ["32"]}), columns).rows[0].cells == (
        "Styremedlem",
        "Åsgard konserthus",
    )


def test_pages_follow_each_other_both_ways(ctx: Context, ids: dict[str, int]) -> None:
    wanted = Wanted(HOUSES)
    first = look_up(ctx, wanted, ("name",), limit=3)
    second = look_up(ctx, wanted, ("name",), after=first.following, limit=3)
    third = look_up(ctx, wanted, ("name",), after=second.following, limit=3)
    assert [row.name for page in (first, second, third) for row in page.rows] == EVERY_HOUSE
    assert (first.preceding, third.following, first.total) == (None, None, 7)
    assert look_up(ctx, wanted, ("name",), before=third.preceding, limit=3).rows == second.rows
    assert look_up(ctx, wanted, ("name",), before=second.preceding, limit=3).rows == first.rows


def test_what_was_merged_into_another_is_in_no_selection(ctx: Context, ids: dict[str, int]) -> None:
    with ctx.database.writing() as session:
        session.get_one(Organisation, ids["Nordsamfunnet"]).merged_into_id = ids["Lyngmo kulturhus"]
        session.get_one(Person, ids["Odd Ærø"]).merged_into_id = ids["Kjærsti Øyen"]
    assert "Nordsamfunnet" not in names(ctx, Wanted(HOUSES))
    assert "Odd Ærø" not in names(ctx, Wanted(PERSONS))


def test_a_page_of_many_costs_as_many_questions_as_a_page_of_one(ctx: Context, ids: dict[str, int]) -> None:
    wanted, shown = from_stored(PERSONS, {"kind": ["house"]}), DEFAULT_COLUMNS[PERSONS]
    counted = []
    for limit in (1, 50):
        with asking(ctx.database) as asked:
            look_up(ctx, wanted, shown, limit=limit)
        counted.append(len(asked))
    assert counted[0] == counted[1]


# ---- saved


def test_a_saved_selection_follows_the_houses_and_keeps_its_columns(ctx: Context, ids: dict[str, int]) -> None:
    wanted = from_stored(HOUSES, {"membership": ["member"], "county": ["18"]})
    new = NewSelection.checked(name="Medlemmer i nord", wanted=wanted, columns=("name", "phone"), token="ett-trykk")
    saved = save_selection(ctx, new)
    assert save_selection(ctx, new) == saved
    card = saved_selection(ctx, saved)
    assert (card.wanted, card.columns) == (wanted, ("name", "phone"))
    add_house(ctx, NewHouse.checked(name="Ørneredet", municipality_number="1804"))
    assert names(ctx, card.wanted) == ["Bølgeblikk kulturhus KF", "Lydlageret AS", "Ørneredet"]


def test_a_saved_selection_is_changed_by_one_at_a_time_and_deleted(ctx: Context) -> None:
    new = NewSelection.checked(name="Alle hus", wanted=Wanted(HOUSES), columns=("name",))
    saved = save_selection(ctx, new)
    with pytest.raises(InvalidForm) as refused:
        save_selection(ctx, NewSelection.checked(name="ALLE HUS", wanted=Wanted(HOUSES), columns=("name",)))
    assert refused.value.problems == {"name": "selection_name_taken"}
    wanted = from_stored(HOUSES, {"kind": ["house"]})
    changed = ChangedSelection.checked(name="Bare hus", wanted=wanted, columns=("name", "county"), version=1)
    change_selection(ctx, saved, changed)
    with pytest.raises(ChangedMeanwhile):
        change_selection(ctx, saved, changed)
    assert [(row.name, row.wanted) for row in list_selections(ctx)] == [("Bare hus", wanted)]
    delete_selection(ctx, saved, version=2)
    assert list_selections(ctx) == []


def test_a_saved_condition_that_means_nothing_any_more_is_said_and_spoils_no_list(ctx: Context) -> None:
    saved = save_selection(ctx, NewSelection.checked(name="Gammelt", wanted=Wanted(HOUSES), columns=("name",)))
    with ctx.database.writing() as session:
        session.get_one(Selection, saved).conditions = {"county": ["54"]}  # a county that is gone
    assert [(row.name, row.wanted) for row in list_selections(ctx)] == [("Gammelt", None)]
    with pytest.raises(Refused, match="selection_not_understood"):
        saved_selection(ctx, saved)
    with pytest.raises(Refused, match="column_unknown"):
        look_up(ctx, Wanted(HOUSES), ("shoe_size",))
