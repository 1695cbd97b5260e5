"""The screens of mailing lists, driven as a colleague would."""

from __future__ import annotations

from datetime import date

import pytest

from crm.context import Context
from crm.mailing.commands import make_mailing_list, put_on_list
from crm.mailing.forms import Consent, NewMailingList, PutOnList
from crm.mailing.queries import Standing, list_mailing_lists, list_members_of
from crm.mailing.words import ConsentHow
from crm.members.commands import add_house, add_person_here
from crm.members.forms import NewHouse, NewPersonHere
from crm.people.commands import stop_contact
from crm.people.forms import NoContact
from crm.people.words import ContactChannel
from tests.pages.driving import button, field, opened, shown, signed_in, words


@pytest.fixture
def kjaersti(ctx: Context) -> int:
    house = add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus"))
    new = NewPersonHere(name="Kjærsti Øyen", title="Daglig leder", email="kjaersti@fjordglimt.example")
    return add_person_here(ctx, house, new)


@pytest.fixture
def newsletter(ctx: Context, kjaersti: int) -> int:
    made = make_mailing_list(ctx, NewMailingList.checked(name="Nyhetsbrev [hver torsdag]"))
    yes = Consent(given_on=date(2026, 3, 1), how=ConsentHow.FORM, source="påmeldingen til landsmøtet")
    put_on_list(ctx, made, PutOnList(person_ids=(kjaersti,), consent=yes))
    return made


def test_a_list_is_made_and_opened(ctx: Context) -> None:
    app = opened(signed_in(ctx), "mailing_lists")
    field(app, "text_input", "Navn på listen").set_value("Pressemeldinger")
    shown(button(app, "Lag listen").click().run())
    assert [title.value for title in app.main.title] == ["Pressemeldinger"]
    assert [one.name for one in list_mailing_lists(ctx)] == ["Pressemeldinger"]


def test_a_list_without_a_name_is_refused_in_plain_words(ctx: Context) -> None:
    app = opened(signed_in(ctx), "mailing_lists")
    shown(button(app, "Lag listen").click().run())
    assert "Skriv hva listen heter." in words(app)


def test_the_list_says_who_gets_the_mail_and_gives_the_addresses(ctx: Context, newsletter: int) -> None:
    put_on_list(ctx, newsletter, PutOnList(person_ids=(add_person_here(ctx, 1, NewPersonHere(name="Odd Ærø")),)))
    app = opened(signed_in(ctx), "mailing_list", id=newsletter)
    assert "1 får e-post. Får ikke: 1 mangler samtykke." in words(app)
    assert not app.main.code
    shown(button(app, "Vis adressene til blindkopi").click().run())
    assert [code.value for code in app.main.code] == ["kjaersti@fjordglimt.example"]


def test_somebody_is_put_on_by_name(ctx: Context, newsletter: int) -> None:
    add_person_here(ctx, 1, NewPersonHere(name="Odd Ærø", email="odd@fjordglimt.example"))
    app = opened(signed_in(ctx), "mailing_list", id=newsletter)
    shown(field(app, "text_input", "Hvem").set_value("odd").run())
    shown(field(app, "toggle", "Har sagt ja").set_value(True).run())
    shown(button(app, "Legg til").click().run())
    assert "Velg hvordan det ble sagt ja." in words(app)
    shown(field(app, "toggle", "Har sagt ja").set_value(False).run())
    shown(button(app, "Legg til").click().run())
    assert "Odd Ærø er lagt til på listen." in words(app)
    assert [row.consent_on for row in list_members_of(ctx, newsletter).rows] == [date(2026, 3, 1), None]
    assert [row.name for row in list_members_of(ctx, newsletter).rows] == ["Kjærsti Øyen", "Odd Ærø"]


def test_a_persons_page_leads_to_their_yes(ctx: Context, newsletter: int, kjaersti: int) -> None:
    app = opened(signed_in(ctx), "person", id=kjaersti)
    shown(button(app, "Nyhetsbrev \\[hver torsdag\\]").click().run())
    assert "Sa ja søndag 1. mars 2026" in words(app)


def test_a_no_is_noted_and_only_a_new_yes_undoes_it(ctx: Context, newsletter: int) -> None:
    member = list_members_of(ctx, newsletter).rows[0].id
    app = opened(signed_in(ctx), "recipient", id=member)
    assert "Sa ja søndag 1. mars 2026 · Skjema · påmeldingen til landsmøtet" in words(app)
    shown(button(app, "Meld av").click().run())
    assert "Meldte seg av tirsdag 24. november 2026" in words(app)
    assert "Fjern fra listen" not in words(app)
    assert [row.id for row in list_members_of(ctx, newsletter, Standing.UNSUBSCRIBED).rows] == [member]
    field(app, "selectbox", "Hvordan").set_value(ConsentHow.FORM)
    shown(button(app, "Lagre samtykket").click().run())
    assert "Sa ja tirsdag 24. november 2026 · Skjema" in words(app)


def test_who_wants_no_mail_at_all_is_seen_in_the_row_and_on_the_card(
    ctx: Context, newsletter: int, kjaersti: int
) -> None:
    stop_contact(ctx, kjaersti, NoContact(channel=ContactChannel.EMAIL, since=ctx.today))
    app = opened(signed_in(ctx), "mailing_list", id=newsletter)
    assert any(
        ":red-badge[Vil ikke ha e-post]" in row for group in app.main.get("button_group") for row in group.options
    )
    app = opened(signed_in(ctx), "recipient", id=list_members_of(ctx, newsletter).rows[0].id)
    assert "får derfor ingenting fra noen liste" in words(app)
