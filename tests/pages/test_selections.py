"""The screens of selections, driven as a colleague would."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.mailing.commands import make_mailing_list, put_on_list, unsubscribe
from crm.mailing.forms import NewMailingList, PutOnList, Unsubscribed
from crm.mailing.queries import list_members_of
from crm.members.commands import add_house, add_person_here
from crm.members.forms import NewHouse, NewPersonHere
from crm.records import Kind, Record
from crm.selections.commands import save_selection
from crm.selections.forms import ExportFormat, NewSelection
from crm.selections.queries import list_selections
from crm.selections.wanted import from_stored
from crm.selections.words import ListedKind
from crm.tags.commands import tag_many
from crm.tags.forms import TagName
from crm.tags.queries import tags_of_many
from crm.tasks.queries import tasks_on
from tests.pages.driving import button, field, opened, shown, signed_in, words


@pytest.fixture
def houses(ctx: Context) -> list[int]:
    return [
        add_house(ctx, NewHouse.checked(name=name, municipality_number=place))
        for name, place in (("Fjordglimt kulturhus", "1508"), ("Bølgeblikk *kulturhus* KF", "1804"))
    ]


def rows(app: AppTest) -> list[str]:
    options = [option for group in app.main.get("button_group") for option in group.options]
    return [option.replace("\\", "") for option in options if option.startswith("**")]


def test_a_link_shows_the_same_to_a_colleague(ctx: Context, houses: list[int]) -> None:
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner", type="house", medlemskap="member", fylke="18")
    assert "**Medlemshus i Nordland**" in words(app)
    assert rows(app) == ["**Bølgeblikk *kulturhus* KF**  \n :small[Bodø · Nordland · #2]"]


def test_a_condition_is_added_and_stands_in_the_address(ctx: Context, houses: list[int]) -> None:
    start = opened(signed_in(ctx), "selections")
    assert len(rows(shown(button(start, "Nytt utvalg av organisasjoner").click().run()))) == 2
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    shown(field(app, "multiselect", "Fylke").set_value(["15"]).run())
    assert "**Organisasjoner i Møre og Romsdal**" in words(app)
    assert app.query_params["fylke"] == "15"
    assert [row.split("**")[1] for row in rows(app)] == ["Fjordglimt kulturhus"]


def test_a_selection_is_saved_with_its_columns_and_opened_by_its_number(ctx: Context, houses: list[int]) -> None:
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner", fylke="18")
    shown(field(app, "multiselect", "Kolonner, i rekkefølge").set_value(["name", "kind"]).run())
    shown(button(app, "Lagre utvalget").click().run())
    assert "Skriv hva utvalget heter." in words(app)
    field(app, "text_input", "Navn på utvalget").set_value("Nord")
    shown(button(app, "Lagre utvalget").click().run())
    saved = list_selections(ctx)[0]
    assert saved.wanted == from_stored(ListedKind.ORGANISATION, {"county": ["18"]})
    again = opened(signed_in(ctx), "selection", utvalg=saved.id)
    assert [title.value for title in again.main.title] == ["Nord"]
    assert rows(again) == ["**Bølgeblikk *kulturhus* KF**  \n :small[Kulturhus · #2]"]


def test_a_saved_selection_is_saved_as_another_under_the_name_that_was_typed(ctx: Context, houses: list[int]) -> None:
    wanted = from_stored(ListedKind.ORGANISATION, {"county": ["18"]})
    saved = save_selection(ctx, NewSelection.checked(name="Nord", wanted=wanted, columns=("name",)))
    app = opened(signed_in(ctx), "selection", utvalg=saved)
    shown(button(app, "Lagre som et nytt utvalg").click().run())
    assert "heter" in words(app)  # the first one has that name
    field(app, "text_input", "Navn på utvalget").set_value("Nord, til styret")
    shown(button(app, "Lagre som et nytt utvalg").click().run())
    assert [title.value for title in app.main.title] == ["Nord, til styret"]
    assert sorted(one.name for one in list_selections(ctx)) == ["Nord", "Nord, til styret"]


def test_a_saved_selection_is_changed_for_all_and_deleted(ctx: Context, houses: list[int]) -> None:
    wanted = from_stored(ListedKind.ORGANISATION, {"county": ["18"]})
    saved = save_selection(ctx, NewSelection.checked(name="Nord", wanted=wanted, columns=("name",)))
    app = opened(signed_in(ctx), "selection", utvalg=saved)
    shown(field(app, "multiselect", "Fylke").set_value(["18", "15"]).run())
    assert "Endret siden det ble lagret." in words(app)
    shown(button(app, "Lagre endringene").click().run())
    assert list_selections(ctx)[0].wanted == from_stored(ListedKind.ORGANISATION, {"county": ["18", "15"]})
    shown(button(app, "Slett utvalget").click().run())
    shown(button(app, "Behold utvalget").click().run())
    assert "Slettes for alle" not in words(app)
    assert len(list_selections(ctx)) == 1
    shown(button(app, "Slett utvalget").click().run())
    shown(button(app, "Slett for alle").click().run())
    assert list_selections(ctx) == []


def test_an_address_that_is_not_understood_shows_nobody(ctx: Context, houses: list[int]) -> None:
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner", fylke="99")
    assert "En betingelse i dette utvalget betyr ikke noe lenger" in words(app)
    assert rows(app) == []


def test_persons_are_selected_by_where_they_work(ctx: Context, houses: list[int]) -> None:
    add_person_here(ctx, houses[0], NewPersonHere(name="Kjærsti Øyen", title="Daglig leder", email="k@f.example"))
    add_person_here(ctx, houses[1], NewPersonHere(name="Odd Ærø"))
    app = opened(signed_in(ctx), "selection", hvem="personer", fylke="15", har="email")
    assert "**Personer i organisasjoner i Møre og Romsdal med e\u2060-post**" in words(app) or "med e-post" in words(
        app
    )
    assert [row.split("**")[1] for row in rows(app)] == ["Kjærsti Øyen"]


def test_rows_are_chosen_over_several_pages(ctx: Context) -> None:
    for number in range(1, 61):
        add_house(ctx, NewHouse.checked(name=f"Samfunnshus {number}"))
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    shown(field(app, "toggle", "Velg rader").set_value(True).run())
    group = next(group for group in app.main.get("button_group") if group.options[0].startswith("**"))
    shown(group.set_value([1, 3]).run())
    shown(button(app, "Neste side").click().run())
    assert len(rows(app)) == 10
    shown(button(app, "Forrige side").click().run())
    group = next(group for group in app.main.get("button_group") if group.options[0].startswith("**"))
    assert group.value == [1, 3]


# ---- what is done with them


def test_a_tag_is_put_on_the_chosen_rows_alone(ctx: Context, houses: list[int]) -> None:
    tag_many(ctx, Kind.ORGANISATION, houses[:1], TagName(name="nord"))
    left_alone = add_house(ctx, NewHouse.checked(name="Ørneredet"))
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    shown(field(app, "toggle", "Velg rader").set_value(True).run())
    group = next(group for group in app.main.get("button_group") if group.options[0].startswith("**"))
    shown(group.set_value([houses[1]]).run())
    do(app, "tag")
    shown(field(app, "selectbox", "Merkelapp").set_value("nord").run())
    shown(button(app, "Sett merkelappen").click().run())
    assert set(tags_of_many(ctx, Kind.ORGANISATION, [*houses, left_alone])) == set(houses)


def test_everybody_in_the_selection_comes_on_a_list_but_those_who_have_left_it(ctx: Context, houses: list[int]) -> None:
    newsletter = make_mailing_list(ctx, NewMailingList.checked(name="Nyhetsbrev"))
    put_on_list(ctx, newsletter, PutOnList(organisation_ids=(houses[0],)))
    gone = list_members_of(ctx, newsletter).rows[0].id
    unsubscribe(ctx, gone, Unsubscribed(version=1, on=ctx.today))
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    do(app, "list")
    app = shown(button(app, "Sett på listen").click().run())
    assert [row.name for row in list_members_of(ctx, newsletter).rows] == ["Bølgeblikk *kulturhus* KF"]
    assert "1 ny på listen, 1 har meldt seg av og blir stående av." in words(app)


def test_a_task_is_made_on_each_house(ctx: Context, houses: list[int]) -> None:
    app = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    do(app, "task")
    shown(button(app, "Lag oppgavene").click().run())
    assert "Skriv hva som skal gjøres." in words(app)
    field(app, "text_input", "Hva skal gjøres?").set_value("Ring om landsmøtet")
    shown(button(app, "Lag oppgavene").click().run())
    assert "2 oppgaver er lagt til." in words(app)
    again = opened(signed_in(ctx), "selection", hvem="organisasjoner")
    do(again, "task")
    field(again, "text_input", "Hva skal gjøres?").set_value("Ring om landsmøtet")
    shown(button(again, "Lag oppgavene").click().run())
    assert "0 oppgaver er lagt til, 2 var laget fra før." in words(again)
    assert [len(tasks_on(ctx, Record(Kind.ORGANISATION, house)).open) for house in houses] == [1, 1]


def test_the_export_says_who_is_left_out_before_anything_is_taken(ctx: Context, houses: list[int]) -> None:
    add_person_here(ctx, houses[0], NewPersonHere(name="Kjærsti Øyen", email="k@fjordglimt.example"))
    add_person_here(ctx, houses[1], NewPersonHere(name="Odd Ærø"))
    app = opened(signed_in(ctx), "selection", hvem="personer")
    do(app, "export")
    assert "2 er med." in words(app)
    shown(field(app, "radio", "Som").set_value(ExportFormat.ADDRESSES).run())
    assert "1 er med. Utelatt: 1 mangler e-postadresse." in words(app)
    shown(button(app, "Vis adressene til blindkopi").click().run())
    assert [code.value for code in app.main.code] == ["k@fjordglimt.example"]
    shown(field(app, "radio", "Som").set_value(ExportFormat.LABELS).run())
    assert "0 er med. Utelatt: 2 mangler postadresse." in words(app)
    shown(field(app, "radio", "Som").set_value(ExportFormat.EVERYTHING).run())
    assert "2 er med." in words(app)
    assert "Gi den ikke til andre." in words(app)


def do(app: AppTest, what: str) -> None:
    group = next(group for group in app.main.get("button_group") if "Eksporter" in group.options)
    shown(group.set_value(what).run())
