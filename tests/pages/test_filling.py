"""What was typed and not saved yet, while the screen changes and colleagues save."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.members.commands import add_house, edit_organisation
from crm.members.forms import ChangedDetails, NewHouse
from crm.members.queries import member_card
from crm.people.commands import add_person, change_person
from crm.people.forms import ChangedPerson, NewPerson
from crm.people.person_queries import person_card
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", note="Stor sal"))


def gone_to(app: AppTest, page: str, **query: object) -> AppTest:
    app.switch_page(f"../pages/{page}.py")
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = str(value)
    return shown(app.run())


def unfolded(app: AppTest, fold: str, *, is_open: bool = True) -> AppTest:
    app.session_state[fold] = is_open
    return shown(app.run())


def test_two_who_change_one_house_both_get_theirs_in(ctx: Context, context_for: ContextFor, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    shown(field(app, "text_area", "Merknad").set_value("Ny sal i 2027").run())
    changed = ChangedDetails.checked(website="https://fjordglimt.example", note="Stor sal", version=1)
    edit_organisation(context_for("bjørn_ærlend"), fjordglimt, changed)
    shown(button(app, "Lagre opplysningene").click().run())
    assert "Se over, og lagre en gang til." in words(app)
    assert "Nettside: https" in words(app)
    assert field(app, "text_area", "Merknad").value == "Ny sal i 2027"
    shown(button(app, "Lagre opplysningene").click().run())
    card = member_card(ctx, fjordglimt)
    assert (card.website, card.note) == ("https://fjordglimt.example", "Ny sal i 2027")
    assert "Se over" not in words(app)


def test_two_who_change_one_person_both_get_theirs_in(ctx: Context, context_for: ContextFor) -> None:
    torunn = add_person(ctx, NewPerson(name="Torunn Bråten"))
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), f"edit-person-{torunn}")
    shown(field(app, "text_area", "Merknad").set_value("Ring etter ti").run())
    change_person(context_for("bjørn_ærlend"), torunn, ChangedPerson.checked(name="Torunn Bråthen", version=1))
    shown(button(app, "Lagre personen").click().run())
    assert "Navn: Torunn Bråthen" in words(app)
    shown(button(app, "Lagre personen").click().run())
    card = person_card(ctx, torunn)
    assert (card.name, card.note) == ("Torunn Bråthen", "Ring etter ti")


def test_a_note_stays_while_the_house_gets_a_new_name(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "member", id=fjordglimt)
    shown(field(app, "text_area", "Merknad").set_value("Ny sal i 2027").run())
    app.text_input(key=f"name-{fjordglimt}-name-1-0").set_value("Fjordglimt scene")
    shown(button(app, "Lagre navnet").click().run())
    assert "Se over" not in words(app)
    shown(button(app, "Lagre opplysningene").click().run())
    card = member_card(ctx, fjordglimt)
    assert (card.name, card.note) == ("Fjordglimt scene", "Ny sal i 2027")


def test_a_note_stays_in_a_closed_fold_and_over_a_change_of_screen_until_it_is_thrown_away(ctx: Context) -> None:
    torunn = add_person(ctx, NewPerson(name="Torunn Bråten"))
    fold = f"edit-person-{torunn}"
    app = unfolded(opened(signed_in(ctx), "person", id=torunn), fold)
    shown(field(app, "text_area", "Merknad").set_value("Ring etter ti").run())
    unfolded(unfolded(app, fold, is_open=False), fold)
    assert field(app, "text_area", "Merknad").value == "Ring etter ti"
    other = add_person(ctx, NewPerson(name="Odd Ærø"))
    unfolded(gone_to(app, "person", id=other), f"edit-person-{other}")
    gone_to(gone_to(app, "persons"), "person", id=torunn)
    assert "Skrevet, men ikke lagret ennå: Navn, språk og merknad." in words(app)
    unfolded(app, fold)
    assert field(app, "text_area", "Merknad").value == "Ring etter ti"
    shown(button(app, "Forkast det jeg skrev").click().run())
    assert field(app, "text_area", "Merknad").value == ""
    assert "Ikke lagret ennå." not in words(app)
    unfolded(gone_to(app, "person", id=other), f"edit-person-{other}")
    assert f"filling-person-{torunn}" not in app.session_state  # it holds nothing, so it costs nothing


@pytest.mark.parametrize(
    ("screen", "typed"),
    [
        ("organisations", {"Navn": "Vestavisa", "Organisasjonsnummer": "310 000 019", "Merknad": "Ukeavis"}),
        ("persons", {"Navn": "Odd Ærø", "Merknad": "Ring etter ti"}),
    ],
)
def test_what_is_typed_about_somebody_new_survives_a_change_of_screen(
    ctx: Context, screen: str, typed: dict[str, str]
) -> None:
    app = opened(signed_in(ctx), screen)
    kinds = {label: "text_area" if label == "Merknad" else "text_input" for label in typed}
    for label, text in typed.items():
        field(app, kinds[label], label).set_value(text)
    shown(app.run())
    gone_to(gone_to(app, "today"), screen)
    assert {label: field(app, kinds[label], label).value for label in typed} == typed
