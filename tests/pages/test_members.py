"""The members' screens, driven as a colleague would."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.members.commands import add_house, add_person_here, edit_organisation, rename_organisation
from crm.members.forms import ChangedDetails, NewHouse, NewName, NewPersonHere
from crm.members.queries import count_members, member_card
from crm.members.selects import MemberFilter
from crm.members.words import ContactKind
from crm.people.words import AddressUse
from crm.timeline.member_queries import list_members
from crm.transfer.meanings import Meaning
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words

S8 = (
    "Navn;E-post;Org.nr;Kommune\nAasgard Konserthus AS;post@aasgard.example;;\nÅsgard konserthus ;;310 000 027;\nAsgard;;;\n"
    "Haram kulturhus;;;1507\nØrneredet;;;Bodø\n;x;;\n"
)


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    new = NewHouse.checked(name="Fjordglimt kulturhus", org_number="310000019", municipality_number="1508")
    house = add_house(ctx, new)
    add_person_here(ctx, house, NewPersonHere(name="Kjærsti Øyen", title="Daglig leder", phone="406 12 345"))
    return house


@pytest.fixture
def asgard(ctx: Context) -> int:
    return add_house(
        ctx, NewHouse.checked(name="Åsgard konserthus", org_number="310000027", municipality_number="3218")
    )


def rows(app: AppTest) -> list[str]:
    return [
        option.replace("\\", "")
        for group in app.get("button_group")
        for option in group.options
        if option.startswith("**")
    ]


def test_an_empty_list_leads_to_the_import(ctx: Context) -> None:
    app = opened(signed_in(ctx), "members")
    assert "Her kommer medlemshusene." in words(app)
    shown(button(app, "Importer medlemslisten").click().run())
    assert [title.value for title in app.main.title] == ["Import"]


def test_the_list_says_where_a_house_lies_and_what_it_last_asked(ctx: Context, fjordglimt: int, asgard: int) -> None:
    token = "the-call-about-tono"
    open_case(
        ctx,
        NewCase.checked(
            token=token, what="Teller tilskuddet når TONO endres?", organisation_id=fjordglimt, answered=True
        ),
    )
    app = opened(signed_in(ctx), "members")
    first, second = rows(app)
    assert first.startswith("**Fjordglimt kulturhus** · Ålesund, Møre og Romsdal")
    assert "24.11.2026: Teller tilskuddet når TONO endres?" in first
    assert second.startswith("**Åsgard konserthus** · Ås, Akershus")
    assert "ingen kontakt ennå" in second
    assert "Medlemmer per 24.11.2026: 2 hus og 0 leverandører." in words(app)


def test_a_search_in_the_address_narrows_the_list_and_can_be_undone(ctx: Context, fjordglimt: int, asgard: int) -> None:
    app = opened(signed_in(ctx), "members", sok="alesund")
    assert [row.split("**")[1] for row in rows(app)] == ["Fjordglimt kulturhus"]
    shown(field(app, "text_input", "Søk").set_value("finnes ikke").run())
    assert "Ingen passer med dette." in words(app)


def test_the_list_can_be_had_per_any_day(ctx: Context, fjordglimt: int) -> None:
    add_house(ctx, NewHouse.checked(name="Nyhuset", member_since=date(2026, 11, 1)))
    app = opened(signed_in(ctx), "members")
    assert len(rows(app)) == 2
    shown(field(app, "date_input", "Per dato").set_value(date(2026, 10, 31)).run())
    assert [row.split("**")[1] for row in rows(app)] == ["Fjordglimt kulturhus"]


def test_pages_follow_each_other(ctx: Context) -> None:
    for number in range(1, 61):
        add_house(ctx, NewHouse.checked(name=f"Samfunnshus {number}"))
    app = opened(signed_in(ctx), "members")
    assert (len(rows(app)), rows(app)[0].split("**")[1]) == (50, "Samfunnshus 1")
    shown(button(app, "Neste side").click().run())
    assert [row.split("**")[1] for row in rows(app)] == [f"Samfunnshus {number}" for number in range(51, 61)]
    shown(button(app, "Forrige side").click().run())
    assert rows(app)[0].split("**")[1] == "Samfunnshus 1"


def test_one_house_shows_who_they_are(ctx: Context, fjordglimt: int) -> None:
    rename_organisation(ctx, fjordglimt, NewName.checked(name="Fjordglimt kulturhus og scene", version=1))
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    said = words(app).replace("\\", "")
    assert "Fjordglimt kulturhus og scene" in said
    assert "Het før: Fjordglimt kulturhus" in said
    assert "310 000 019" in said


def test_an_unknown_house_is_said_in_words(ctx: Context) -> None:
    assert "Denne finnes ikke lenger" in words(opened(signed_in(ctx), "member", id=4711))


def test_details_are_saved_and_a_wrong_number_is_explained(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    field(app, "text_input", "Organisasjonsnummer").set_value("310 000 018")
    shown(button(app, "Lagre opplysningene").click().run())
    assert "feil kontrollsiffer" in words(app)
    field(app, "text_input", "Organisasjonsnummer").set_value("310 000 035")
    shown(button(app, "Lagre opplysningene").click().run())
    assert member_card(ctx, fjordglimt).org_number == "310000035"


def test_a_membership_begun_a_year_too_late_is_put_right(ctx: Context) -> None:
    house = add_house(ctx, NewHouse.checked(name="Lyngmo kulturhus", member_since=date(2021, 1, 1)))
    app = opened(signed_in(ctx), "member", id=house)
    shown(button(app, "Siste dag er i dag").click().run())
    assert "01.01.2021 – 24.11.2026" in words(app)
    field(app, "date_input", "Medlem fra").set_value(date(2020, 1, 1))
    field(app, "date_input", "Siste dag som medlem (tomt: løper)").set_value(None)
    shown(button(app, "Lagre medlemskapet").click().run())
    assert "siden 01.01.2020" in words(app)
    shown(button(app, "Fjern – var aldri riktig").click().run())
    assert "Medlemskapet blir borte fra historikken og tallene" in words(app)
    shown(button(app, "Ja, fjern").click().run())
    assert member_card(ctx, house).memberships == []
    assert "Start medlemskapet" in words(app)


def test_another_houses_values_never_stand_in_the_fields(ctx: Context, fjordglimt: int, asgard: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    assert field(app, "text_input", "Organisasjonsnummer").value == "310 000 019"
    app.query_params["id"] = str(asgard)
    shown(app.run())
    assert field(app, "text_input", "Organisasjonsnummer").value == "310 000 027"


def test_a_colleagues_change_is_not_overwritten(ctx: Context, context_for: ContextFor, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    field(app, "text_area", "Merknad").set_value("Ny sal i 2027")
    changed = ChangedDetails.checked(org_number="310000019", note="Stengt i juli", version=1)
    edit_organisation(context_for("bjørn_ærlend"), fjordglimt, changed)
    shown(button(app, "Lagre opplysningene").click().run())
    assert member_card(ctx, fjordglimt).note == "Stengt i juli"


def test_a_person_is_added_once_however_often_it_is_pressed(ctx: Context, fjordglimt: int) -> None:
    new = NewPersonHere(name="Signe Vågå", phone="21 23 45 67", email="signe@fjordglimt.example")
    assert add_person_here(ctx, fjordglimt, new) == add_person_here(ctx, fjordglimt, new)
    (signe,) = [person for person in member_card(ctx, fjordglimt).people if person.name == "Signe Vågå"]
    assert [contact.shown for contact in signe.contacts] == ["21 23 45 67", "signe@fjordglimt.example"]


def test_a_call_from_the_house_begins_with_its_name(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    shown(button(app, "Ny henvendelse fra huset").click().run())
    assert field(app, "text_input", "Hvem").value == "Fjordglimt kulturhus"


def uploaded(ctx: Context, text: str, encoding: str = "cp1252") -> AppTest:
    app = opened(signed_in(ctx), "import_list")
    app.file_uploader[0].upload("medlemmer.csv", text.encode(encoding), "text/csv")
    return shown(app.run())


def test_a_list_is_looked_at_chosen_about_and_stored(ctx: Context, asgard: int) -> None:
    app = uploaded(ctx, S8)
    said = words(app).replace("\\", "")
    assert "Windows-1252 (vanlig i eldre Excel), semikolon · 7 linjer" in said
    assert "Blir ikke med: 3 rader må avgjøres, 1 rad er avvist." in said
    assert count_members(ctx, ctx.today).houses == 1
    shown(button(app, "Bruk forslaget for 1 rad").click().run())
    which = [box for box in app.main.selectbox if box.label == "Hvilket hus er dette?"]
    assert [box.value for box in which] == [f"house:{asgard}", None]
    shown(which[1].set_value("new").run())
    shown(field(app, "selectbox", "Hvilken kommune?").set_value("1580").run())
    assert "Blir ikke med: 1 rad er avvist." in words(app)
    shown(button(app, "Lagre 3 nye hus og nye opplysninger om 1 hus").click().run())
    assert "Listen er lagret." in words(app)
    names = [row.name for row in list_members(ctx, MemberFilter(on=ctx.today)).rows]
    assert names == ["Asgard", "Haram kulturhus", "Ørneredet", "Åsgard konserthus"]
    shown(button(app, "Importer en liste til").click().run())
    assert "6 rader: 3 nye, nye opplysninger om 1." in words(app)


def test_the_same_list_again_has_nothing_to_store(ctx: Context) -> None:
    app = uploaded(ctx, "Navn\nFjordglimt kulturhus\n")
    shown(button(app, "Lagre 1 nytt hus").click().run())
    app = uploaded(ctx, "Navn\nFjordglimt kulturhus\n")
    assert "Alt i listen er her fra før." in words(app)


def test_a_list_that_cannot_be_read_says_where_and_can_be_read_otherwise(ctx: Context) -> None:
    app = uploaded(ctx, 'Navn;Kommune\n"Fjordglimt;Ålesund\nØrneredet;Bodø\n')
    assert "Et anførselstegn som åpnes i linje 2, lukkes aldri." in words(app)
    shown(field(app, "checkbox", "Les anførselstegn som vanlige tegn").check().run())
    assert "Lagre 2 nye hus" in words(app)


def test_mangled_letters_are_mended_by_another_encoding(ctx: Context) -> None:
    app = uploaded(ctx, "Navn\nØrneredet\n".encode().decode("cp1252"), "utf-8")
    assert "«Ã¥» skulle vært «å»" in words(app)
    shown(field(app, "selectbox", "Tegnkoding").set_value("utf-8-twice").run())
    shown(button(app, "Lagre 1 nytt hus").click().run())
    assert [row.name for row in list_members(ctx, MemberFilter(on=ctx.today)).rows] == ["Ørneredet"]


def test_a_column_can_be_given_its_meaning(ctx: Context) -> None:
    app = uploaded(ctx, "Hva det heter;Sted\nFjordglimt kulturhus;Ålesund\n")
    assert "Velg hvilken kolonne som har navnet på huset." in words(app)
    shown(field(app, "selectbox", "Hva det heter").set_value(Meaning.NAME).run())
    shown(field(app, "selectbox", "Sted").set_value(Meaning.MUNICIPALITY).run())
    shown(button(app, "Lagre 1 nytt hus").click().run())
    (row,) = list_members(ctx, MemberFilter(on=ctx.today)).rows
    assert (row.name, row.municipality_number) == ("Fjordglimt kulturhus", "1508")


def test_a_long_list_is_shown_fifty_rows_at_a_time(ctx: Context) -> None:
    app = uploaded(ctx, "Navn\n" + "".join(f"Samfunnshus {number}\n" for number in range(1, 131)))
    assert sum("Samfunnshus" in element.value for element in app.main.markdown) == 50
    assert "Lagre 130 nye hus" in words(app)


def test_the_board_cannot_import(context_for: ContextFor) -> None:
    app = shown(signed_in(context_for("styret")).run())
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("../pages/import_list.py")


def test_the_house_gets_an_address(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    app.session_state[f"reach-organisation-{fjordglimt}"] = True
    shown(app.run())
    shown(field(app, "selectbox", "Legg til").set_value(ContactKind.ADDRESS).run())
    field(app, "text_area", "Adresse").set_value("Kaia 1\n6003 Ålesund")
    shown(button(app, "Legg til").click().run())
    (contact,) = member_card(ctx, fjordglimt).contacts
    assert (contact.raw, contact.address_use) == ("Kaia 1\n6003 Ålesund", AddressUse.POSTAL)
    assert "Adresse · Postadresse" in words(app)
    shown(button(app, "Ikke i bruk lenger").click().run())
    assert "Adresse · Postadresse, gammelt" in words(app)


def test_a_row_of_the_people_opens_the_person(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    (row,) = rows(app)
    assert row.startswith("**Kjærsti Øyen** · Daglig leder  \n :small[40 61 23 45")
    people = next(group for group in app.main.get("button_group") if group.label == "Folk")
    shown(people.set_value(member_card(ctx, fjordglimt).people[0].person_id).run())
    assert [title.value for title in app.main.title] == ["Kjærsti Øyen"]
