"""The text boxes over lists find the same whether the index names the few who answer or the list is read on among many."""

from __future__ import annotations

import secrets

import pytest

from crm import word_index
from crm.cases import selects as case_selects
from crm.cases.case_commands import add_message
from crm.cases.case_queries import list_cases
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.selects import CaseFilter
from crm.context import Context
from crm.correspondence.forms import MessageKind, NewMessage
from crm.members.commands import add_house, add_organisation, rename_organisation
from crm.members.forms import NewHouse, NewName, NewOrganisation
from crm.members.organisation_queries import OTHER_KINDS, list_organisations
from crm.members.selects import MemberFilter, Standing
from crm.people.commands import add_contact_point, add_person, add_post
from crm.people.forms import NewContactPoint, NewPerson, NewPost
from crm.people.person_queries import list_persons
from crm.people.selects import PersonFilter
from crm.timeline.member_queries import list_members
from db.models.organisations import OrganisationKind
from db.models.people import ContactKind

# What is typed; which persons, members and other organisations answer; and which of the two calls.
TABLE = [
    ("signe", ["Signe Vågå"], ["Åsgard konserthus"], [], ["Lydprøve"]),
    ("vaga signe", ["Signe Vågå"], ["Åsgard konserthus"], [], ["Lydprøve"]),  # in any order, without the letters
    ("ål", ["Ål Myr"], ["Fjordglimt kulturhus"], [], []),  # two letters begin a word: not Pål, nor Al
    (
        "hus",
        [],
        ["Fjordglimt kulturhus", "Åsgard konserthus"],
        [],
        ["Lydprøve", "Driftstilskudd"],
    ),  # the second part of a compound
    ("tilskudd", [], [], [], ["Driftstilskudd"]),
    ("havnesalen", [], ["Fjordglimt kulturhus"], [], []),  # its former name
    ("asgard lyd", [], [], [], ["Lydprøve"]),
    ("vestavisa", [], [], ["Vestavisa"], []),
    ("4061", ["Pål Dal"], [], ["Vestavisa"], []),
    ("+47 40 61 23 45", ["Pål Dal"], [], ["Vestavisa"], []),
    ("47 40 61", ["Pål Dal"], [], ["Vestavisa"], []),  # the beginning of that one
    ("0047 21234567", [], [], [], ["Driftstilskudd"]),  # the number that rang
    ("pål.dal@", ["Pål Dal"], [], ["Vestavisa"], []),
    ("pål.dal@vesta", ["Pål Dal"], [], ["Vestavisa"], []),
    ("post@åsgard.example", [], ["Åsgard konserthus"], [], []),
    ("signe@åsgard.example", ["Signe Vågå"], ["Åsgard konserthus"], [], []),
    ("xyzzy", [], [], [], []),
    ("%", [], [], [], ["Lydprøve", "Driftstilskudd"]),  # no word at all
    ("\"o'neil* AND (", [], [], [], []),
]


@pytest.fixture
def filled(ctx: Context) -> Context:
    house = add_house(ctx, NewHouse.checked(name="Havnesalen"))
    rename_organisation(ctx, house, NewName.checked(name="Fjordglimt kulturhus", version=1))
    asgard = add_house(ctx, NewHouse.checked(name="Åsgard konserthus"))
    paper = add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.OUTLET, name="Vestavisa"))
    where = {"Signe Vågå": asgard, "Pål Dal": paper, "Ål Myr": house, "Al Berg": asgard}
    people = {name: add_person(ctx, NewPerson(name=name)) for name in where}
    for name, place in where.items():
        add_post(ctx, NewPost(person_id=people[name], organisation_id=place))
    for name, kind, raw in (
        ("Pål Dal", ContactKind.PHONE, "40 61 23 45"),
        ("Pål Dal", ContactKind.EMAIL, "pål.dal@vestavisa.example"),
        ("Signe Vågå", ContactKind.EMAIL, "signe@åsgard.example"),
    ):
        add_contact_point(ctx, NewContactPoint(person_id=people[name], kind=kind, raw=raw))
    add_contact_point(ctx, NewContactPoint(organisation_id=asgard, kind=ContactKind.EMAIL, raw="post@åsgard.example"))
    for what, who in (
        ("Driftstilskudd", {"organisation_id": house, "who": "21 23 45 67"}),
        ("Lydprøve", {"organisation_id": asgard, "person_id": people["Signe Vågå"]}),
    ):
        open_case(ctx, NewCase.checked(what=what, answered=False, token=secrets.token_urlsafe(24), **who))
    return ctx


@pytest.mark.parametrize("few", [word_index.FEW, -1], ids=["named by the index", "read on"])
def test_words_find_the_same_among_few_and_among_many(
    filled: Context, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(word_index, "FEW", few)
    for words, persons, members, others, cases in TABLE:
        wanted = MemberFilter(on=filled.today, words=words, standing=Standing.ANY)
        found = (
            [row.name for row in list_persons(filled, PersonFilter(on=filled.today, words=words)).rows],
            [row.name for row in list_members(filled, wanted).rows],
            [row.name for row in list_organisations(filled, OTHER_KINDS, words=words).rows],
            [line.what for line in list_cases(filled, CaseFilter(words=words)).lines],
        )
        assert found == (persons, members, others, cases), words


@pytest.mark.parametrize(
    ("few", "read_on"),
    [(word_index.FEW, case_selects.READ_ON), (2, case_selects.READ_ON), (2, 1)],
    ids=["put in order first", "read on", "read on in vain"],
)
def test_where_many_calls_have_a_word_each_page_has_the_next_and_one_that_only_an_answer_has_is_among_them(
    ctx: Context, monkeypatch: pytest.MonkeyPatch, few: int, read_on: int
) -> None:
    monkeypatch.setattr(word_index, "FEW", few)
    monkeypatch.setattr(case_selects, "READ_ON", read_on)
    monkeypatch.setattr(case_selects, "COUNTED_TO", 1)
    calls = [
        open_case(ctx, NewCase.checked(what=what, who="Ola", answered=False, token=secrets.token_urlsafe(24)))
        for what in ("TONO for kor", "Rigg", "TONO for kino", "TONO for dans")
    ]
    add_message(ctx, calls[1], NewMessage(kind=MessageKind.REPLY, text="Se TONO"))
    first = list_cases(ctx, CaseFilter(words="tono"), limit=2)
    assert ([line.id for line in first.lines], first.total) == ([calls[3], calls[2]], 2)  # one more than is counted
    second = list_cases(ctx, CaseFilter(words="tono"), after=first.following)
    assert [line.id for line in second.lines] == [calls[1], calls[0]]
    assert list_cases(ctx, CaseFilter(words="tono"), before=calls[1], limit=2).lines == first.lines
