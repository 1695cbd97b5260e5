"""The persons' screens, driven as a colleague would."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.members.commands import add_organisation, add_person_here
from crm.members.forms import NewOrganisation, NewPersonHere
from crm.people.commands import end_post, stop_contact
from crm.people.forms import EndedPost, NoContact
from crm.people.person_queries import person_card
from crm.people.words import ContactChannel, LegalBasis, PostKind
from db.models.organisations import OrganisationKind
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words
from tests.pages.test_members import rows


@pytest.fixture
def torunn(ctx: Context) -> int:
    paper = add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.OUTLET, name="Nordlyspressen"))
    new = NewPersonHere.checked(name="Torunn Bråten", title="reporter", kind=PostKind.JOURNALIST, phone="406 12 346")
    return add_person_here(ctx, paper, new)


def unfolded(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return shown(app.run())


def test_a_journalist_moves_to_the_ministry_in_one_action(ctx: Context, torunn: int) -> None:
    stop_contact(ctx, torunn, NoContact(channel=ContactChannel.EMAIL, since=date(2026, 11, 1), reason="Sa hun."))
    post = person_card(ctx, torunn).posts[0]
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"move-post-{post.id}-1")
    field(app, "date_input", "Siste dag her").set_value(date(2026, 11, 23))
    shown(field(app, "text_input", "Begynner hos").set_value("Kulturdepartementet").run())
    field(app, "text_input", "Tittel").set_value("Rådgiver")
    field(app, "selectbox", "Slags stilling").set_value(PostKind.ADVISER)
    field(app, "checkbox", r"Hørte til her, gammelt fra nå: 40 61 23 46").check()
    shown(button(app, "Lagre skiftet").click().run())
    assert "Velg hvorfor vi kan ha opplysningene" in words(app)  # chosen anew, and what was typed stands
    field(app, "selectbox", "Hvorfor vi kan ha opplysningene").set_value(LegalBasis.LEGITIMATE_INTEREST)
    field(app, "date_input", "Fra").set_value(date(2026, 11, 24))
    shown(button(app, "Lagre skiftet").click().run())
    said = words(app)
    assert "Rådgiver, Kulturdepartementet" in said
    assert "reporter (journalist)" in said
    assert "Tidligere: til 23.11.2026" in said
    assert "Telefon · gammelt" in said
    assert "Vil ikke ha e-post" in said


def test_a_post_and_a_number_that_never_were_right_are_removed_after_a_question(ctx: Context, torunn: int) -> None:
    post = person_card(ctx, torunn).posts[0]
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"change-post-{post.id}-1")
    shown(button(app, "Fjern – var aldri riktig").click().run())
    assert "Stillingen hos Nordlyspressen blir borte" in words(app)
    shown(button(app, "Nei, behold").click().run())
    assert len(person_card(ctx, torunn).posts) == 1
    shown(button(app, "Fjern – var aldri riktig").click().run())
    shown(button(app, "Ja, fjern").click().run())
    assert "reporter" not in words(app)
    unfolded(app, f"reach-person-{torunn}")
    shown(button(app, "Fjern – var aldri riktig").click().run())
    assert "40 61 23 46 blir borte" in words(app)
    shown(button(app, "Ja, fjern").click().run())
    assert (person_card(ctx, torunn).posts, person_card(ctx, torunn).contacts) == ([], [])


def test_a_party_is_asked_for_in_office_alone(ctx: Context, torunn: int) -> None:
    post = person_card(ctx, torunn).posts[0]
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"change-post-{post.id}-1")
    assert "Parti (kan stå tomt)" not in [one.label for one in app.main.text_input]
    shown(field(app, "selectbox", "Slags stilling").set_value(PostKind.ELECTED).run())
    field(app, "text_input", "Parti (kan stå tomt)").set_value("X-partiet")
    shown(button(app, "Lagre stillingen").click().run())
    assert "Skriv hvor partiet er oppgitt." in words(app)
    field(app, "text_input", "Oppgitt av").set_value("Kommunens nettside")
    shown(button(app, "Lagre stillingen").click().run())
    assert "X-partiet (ifølge Kommunens nettside)" in words(app)


def test_a_wish_is_noted_and_stands_first(ctx: Context, torunn: int) -> None:
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"wishes-{torunn}")
    field(app, "text_input", "Hvorfor, eller hvordan vi vet det").set_value("Ba om det i telefonen")
    shown(button(app, "Noter ønsket").click().run())
    assert "**Vil ikke ringes** · siden 24.11.2026 · Ba om det i telefonen" in words(app)


def test_a_national_number_is_warned_about_while_it_is_typed(ctx: Context, torunn: int) -> None:
    from stdnum.no import fodselsnummer

    number = next(found for found in map(str, range(30129950000, 30129960000)) if fodselsnummer.is_valid(found))
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"edit-person-{torunn}")
    shown(field(app, "text_area", "Merknad").set_value(f"Født {number}").run())
    assert "ser ut til å inneholde et fødselsnummer" in words(app)


def test_the_list_says_what_people_are_and_what_they_were(ctx: Context, torunn: int) -> None:
    post = person_card(ctx, torunn).posts[0]
    app = opened(signed_in(ctx), "persons")
    assert rows(app) == [f"**Torunn Bråten**  \n :small[reporter, Nordlyspressen · #{torunn}]"]
    end_post(ctx, post.id, EndedPost(version=1, until=date(2026, 11, 23)))
    assert rows(shown(app.run())) == [f"**Torunn Bråten**  \n :small[tidligere reporter, Nordlyspressen · #{torunn}]"]
    shown(field(app, "selectbox", "Nå eller før").set_value("Nåværende").run())
    assert "Ingen passer med dette." in words(app)


def test_a_person_is_added_and_shown(ctx: Context) -> None:
    app = opened(signed_in(ctx), "persons")
    field(app, "text_input", "Navn").set_value("Odd Ærø")
    shown(button(app, "Legg til personen").click().run())
    assert [title.value for title in app.main.title] == ["Odd Ærø"]
    assert "Vi har ikke vært i kontakt ennå." in words(app)


def test_an_unknown_person_is_said_in_words(ctx: Context, context_for: ContextFor) -> None:
    assert "Denne finnes ikke lenger" in words(opened(signed_in(ctx), "person", id=4711))
