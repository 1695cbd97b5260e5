"""Oppgaver, one task, and the tasks on a record and on I dag."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.context import Context
from crm.i18n import use_language
from crm.tasks.commands import add_task, finish_task
from crm.tasks.forms import NewTask
from crm.tasks.queries import Repeats, TaskFilter, list_tasks, task_card
from crm.users.commands import set_language
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words
from tests.records import case, house

TODAY = date(2026, 11, 24)


def add(ctx: Context, what: str = "Ring Fjordglimt", **more: Any) -> int:
    return add_task(ctx, NewTask.checked(what=what, token=secrets.token_urlsafe(24), **more))


def tick(app: AppTest, what: str) -> AppTest:
    next(box for box in app.main.checkbox if box.label == f"Gjort: {what}").set_value(True)
    return shown(app.run())


def test_a_task_is_added_with_a_day_and_ticked_and_taken_back(ctx: Context) -> None:
    app = opened(signed_in(ctx), "tasks")
    assert "Ingen oppgaver venter. Skriv en i feltet over og trykk Enter." in words(app)
    field(app, "text_input", "Ny oppgave").set_value("Ring Fjordglimt")
    next(group for group in app.main.get("button_group") if group.label == "Frist").set_value(TODAY)
    button(app, "Legg til").click()
    assert "Ring Fjordglimt :small[· :gray[i dag]]" in words(shown(app.run()))
    assert field(app, "text_input", "Ny oppgave").value == ""
    tick(app, "Ring Fjordglimt")
    assert "Gjort: Ring Fjordglimt" in words(app)
    button(app, "Angre").click()
    assert "Ring Fjordglimt :small[· :gray[i dag]]" in words(shown(app.run()))


def test_what_is_refused_keeps_what_was_typed(ctx: Context) -> None:
    app = opened(signed_in(ctx), "tasks")
    field(app, "text_input", "Ny oppgave").set_value("Send faktura")
    field(app, "selectbox", "Gjentas").set_value(Repeats.MONTHLY)
    button(app, "Legg til").click()
    assert "Velg en frist, så vet vi hvilken dag oppgaven gjentas fra." in words(shown(app.run()))
    assert field(app, "text_input", "Ny oppgave").value == "Send faktura"
    field(app, "date_input", "Annen dato").set_value(date(2026, 11, 30))
    button(app, "Legg til").click()
    assert "mandag 30. november] · hver måned" in words(shown(app.run()))
    tick(app, "Send faktura")
    assert "Neste gang: 31. des." in words(app)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Min"]),
        ({"vis": "alle"}, ["Min", "Bjørns"]),
        ({"vis": "gjort"}, ["Ferdig"]),
        ({"vis": "sesam", "etter": "~x"}, ["Min"]),  # typed by hand
        ({"vis": "alle", "ansvarlig": "999"}, ["Min", "Bjørns"]),
    ],
)
def test_the_address_says_what_the_list_shows(
    query: dict[str, str], expected: list[str], context_for: ContextFor
) -> None:
    ctx = context_for()
    add(ctx, "Min")
    add(ctx, "Bjørns", responsible_id=context_for("bjørn_ærlend").user_id)
    finish_task(ctx, add(ctx, "Ferdig"))
    app = opened(signed_in(ctx), "tasks", **query)
    assert [box.label.removeprefix("Gjort: ") for box in app.main.checkbox] == expected


def test_the_record_shows_its_tasks_open_and_takes_another(ctx: Context) -> None:
    record = case(ctx)
    finish_task(ctx, add(ctx, "Sjekk avtalen", record=record))
    add(ctx, record=record, due=date(2026, 11, 20))
    app = opened(signed_in(ctx), "case", id=record.id)
    assert "Oppgaver (1) · Merkelapper · Vedlegg" in [expander.label for expander in app.main.expander]
    assert ":red[forfalt fredag 20. november]" in words(app)
    assert "Sjekk avtalen · gjort i dag 10:02 av Ingunn Ås" in words(app)
    field(app, "text_input", "Ny oppgave").set_value("Send satsene")
    button(app, "Legg til").click()
    shown(app.run())
    tick(app, "Ring Fjordglimt")
    assert [(line.what, line.record) for line in list_tasks(ctx, TaskFilter()).rows] == [("Send satsene", record)]


def test_a_task_is_put_right_and_leads_to_what_it_is_about(ctx: Context) -> None:
    fjordglimt = house(ctx)
    task = add(ctx, record=fjordglimt)
    app = opened(signed_in(ctx), "task", id=task)
    field(app, "text_input", "Hva").set_value("Ring Fjordglimt om scenelys")
    button(app, "Lagre endringene").click()
    assert "Ring Fjordglimt om scenelys" in words(shown(app.run()))
    button(app, "Gjort").click()
    shown(app.run())
    assert task_card(ctx, task).done_at is not None
    button(app, "Åpne Fjordglimt kulturhus").click()
    assert app.run().main.title[0].value == "Fjordglimt kulturhus"


def test_my_tasks_are_a_pile_of_today(ctx: Context) -> None:
    add(ctx, record=house(ctx), due=date(2026, 11, 23))
    app = shown(signed_in(ctx).run())
    assert "Oppgavene mine (1)" in words(app)
    rows = [option.replace("\\", "") for group in app.main.get("button_group") for option in group.options]
    assert any(row.startswith("**forfalt mandag 23. november** · Fjordglimt kulturhus: Ring") for row in rows)


def test_in_english_no_norwegian_word_is_left(ctx: Context) -> None:
    add(ctx, "Ring", due=TODAY, repeats=Repeats.QUARTERLY)
    set_language(ctx, "en")
    app = opened(signed_in(ctx), "tasks")
    use_language("nb")
    assert "Ring :small[· :gray[today] · every quarter]" in words(app)
    assert not set(words(app)) & set("æøåÆØÅ")
