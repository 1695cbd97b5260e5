"""The screens of organisations that are no members, driven as a colleague would."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.members.commands import add_house, add_organisation, rename_organisation
from crm.members.forms import ChangedKinship, NewHouse, NewName, NewOrganisation
from crm.members.kinship_queries import kinship
from crm.members.organisation_commands import tie_organisation
from crm.members.queries import member_card
from crm.people.commands import add_person, add_post, stop_contact
from crm.people.forms import NewPerson, NewPost, NoContact
from crm.people.person_queries import persons_at
from crm.people.words import ContactChannel, PostKind
from db.models.organisations import OrganisationKind
from tests.pages.driving import button, field, opened, shown, signed_in, words
from tests.pages.test_members import rows


def authority(ctx: Context, name: str) -> int:
    return add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.AUTHORITY, name=name))


def sits(ctx: Context, committee: int, name: str, since: date, until: date | None) -> None:
    new = NewPost.checked(
        person_id=add_person(ctx, NewPerson(name=name)),
        organisation_id=committee,
        kind=PostKind.ELECTED,
        since=since,
        until=until,
        party="X-partiet",
        party_source="Stortinget",
    )
    add_post(ctx, new)


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.main.title]


def test_who_sits_in_the_committee_is_asked_for_any_day(ctx: Context) -> None:
    committee = authority(ctx, "Familie- og kulturkomiteen")
    sits(ctx, committee, "Signe Vågå", date(2025, 10, 14), date(2027, 1, 11))
    sits(ctx, committee, "Odd Ærø", date(2027, 1, 12), date(2027, 2, 28))
    app = opened(signed_in(ctx), "organisation", id=committee)
    assert [row.split("**")[1] for row in rows(app)] == ["Signe Vågå"]
    assert "Folkevalgt · X-partiet · 14.10.2025 – 11.01.2027" in rows(app)[0]
    signe = persons_at(ctx, committee, on=ctx.today)[0].person_id
    stop_contact(ctx, signe, NoContact(channel=ContactChannel.PHONE, since=ctx.today))
    assert ":red-badge[Vil ikke ringes]" in rows(shown(app.run()))[0]
    shown(field(app, "date_input", "Per dato").set_value(date(2027, 1, 12)).run())
    assert [row.split("**")[1] for row in rows(app)] == ["Odd Ærø"]
    shown(field(app, "toggle", "Vis tidligere").set_value(True).run())
    assert [row.split("**")[1] for row in rows(app)] == ["Odd Ærø", "Signe Vågå"]


def test_from_a_house_to_those_elected_in_its_municipality(ctx: Context) -> None:
    municipality = authority(ctx, "Ålesund kommune")
    tie_organisation(ctx, municipality, ChangedKinship(version=1, governs_number="1508"))
    sits(ctx, municipality, "Signe Vågå", date(2023, 10, 1), None)
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    app = opened(signed_in(ctx), "member", id=house)
    app.session_state[f"kin-{house}"] = True
    shown(app.run())
    field(app, "selectbox", "Eierkommune").set_value("1508")
    shown(button(app, "Lagre tilhørigheten").click().run())
    assert kinship(ctx, house).owner == "Ålesund"
    assert "Signe Vågå (X-partiet)" in words(app)
    shown(button(app, "Ålesund kommune").click().run())
    assert titles(app) == ["Ålesund kommune"]
    assert "Myndighet" in words(app)


def test_a_former_name_finds_and_says_so_and_can_be_put_right(ctx: Context) -> None:
    paper = add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.OUTLET, name="Fjordgløttposten"))
    rename_organisation(ctx, paper, NewName.checked(name="Vestavisa", since=date(2026, 3, 1), version=1))
    app = opened(signed_in(ctx), "organisations", sok="fjordgløtt")
    assert rows(app) == [f"**Vestavisa** · tidligere Fjordgløttposten  \n :small[Redaksjon · #{paper}]"]
    app = opened(signed_in(ctx), "organisation", id=paper)
    assert "Het før: Fjordgløttposten (til 01.03.2026)" in words(app)
    app.session_state[f"names-{paper}"] = True
    shown(app.run())
    shown(button(app, "Det har aldri hett dette").click().run())
    assert member_card(ctx, paper).other_names == []


def test_an_organisation_is_added_and_found_by_its_kind(ctx: Context) -> None:
    app = opened(signed_in(ctx), "organisations")
    field(app, "text_input", "Navn").set_value("Kulturdepartementet")
    shown(button(app, "Legg til").click().run())
    assert titles(app) == ["Kulturdepartementet"]
    app = opened(signed_in(ctx), "organisations", type="outlet", sok="fjord")
    assert "Ingen passer med dette." in words(app)
    shown(button(app, "Let blant medlemmene").click().run())
    assert (titles(app), app.query_params["sok"]) == (["Medlemmer"], "fjord")


def test_a_newspaper_that_was_put_down_as_a_house_gets_the_screen_of_its_kind(ctx: Context) -> None:
    paper = add_house(ctx, NewHouse.checked(name="Kystavisa", is_member=False))
    app = opened(signed_in(ctx), "member", id=paper)
    field(app, "selectbox", "Type").set_value(OrganisationKind.OUTLET)
    shown(button(app, "Endre typen").click().run())
    assert "Redaksjon" in words(app)
    assert "Ny henvendelse fra huset" not in words(app)
    member = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    app = opened(signed_in(ctx), "member", id=member)
    field(app, "selectbox", "Type").set_value(OrganisationKind.PARTNER)
    shown(button(app, "Endre typen").click().run())
    assert "Avslutt medlemskapet før typen endres." in words(app)
    assert member_card(ctx, member).kind is OrganisationKind.HOUSE
