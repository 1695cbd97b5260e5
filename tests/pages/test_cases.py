"""Saker and one case, driven as a colleague would, without a browser."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.cases.case_commands import change_case, close_case
from crm.cases.case_forms import ChangedCase
from crm.cases.case_queries import case_card
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from db.models.cases import Channel
from tests.conftest import ContextFor
from tests.pages.driving import button, field, opened, shown, signed_in, words


def logged(ctx: Context, what: str, *, answered: bool = False, **more: object) -> int:
    return open_case(ctx, NewCase.checked(what=what, answered=answered, token=secrets.token_urlsafe(24), **more))


def rows(app: AppTest) -> list[str]:
    """The labels of the list's rows."""
    groups: list[Any] = [group for group in app.main.get("button_group") if group.label == "Saker"]
    return list(groups[0].options) if groups else []


def test_an_empty_list_says_what_to_do(ctx: Context) -> None:
    app = opened(signed_in(ctx), "cases")
    assert "Ingen åpne saker. Når et medlem ringer" in words(app)
    logged(ctx, "Om scenelys", answered=True)
    button(app, "Vis alle saker").click()
    shown(app.run())
    assert [("Om scenelys" in row, "lukket" in row) for row in rows(app)] == [(True, True)]
    assert app.query_params["status"] == "all"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Om scenelys"]),  # the open ones
        ({"status": "closed"}, ["Om parkett"]),
        ({"status": "all", "kanal": "email"}, ["Om parkett"]),
        ({"status": "all", "q": "SCENE"}, ["Om scenelys"]),
        (
            {"status": "sesam", "kanal": "drage", "kvartal": "2026-K9", "tema": "x", "hus": "-1"},
            ["Om scenelys"],
        ),  # typed by hand
        ({"etter": "999999999999999999"}, ["Om scenelys"]),  # a case nobody has: the first page
        ({"ansvarlig": "999"}, []),
    ],
)
def test_the_address_says_what_the_list_shows(ctx: Context, query: dict[str, str], expected: list[str]) -> None:
    logged(ctx, "Om scenelys")
    logged(ctx, "Om parkett", answered=True, channel=Channel.EMAIL)
    app = opened(signed_in(ctx), "cases", **query)
    assert [next(what for what in ("Om scenelys", "Om parkett") if what in row) for row in rows(app)] == expected


def test_what_callers_say_is_never_markup(ctx: Context) -> None:
    logged(ctx, "![x](http://sporing.example/x.png) :red[rødt] **fett**", who="<b>Kari</b>")
    (row,) = rows(opened(signed_in(ctx), "cases"))
    assert "\\!\\[x\\]\\(http\\:" in row
    assert "\\<b\\>Kari" in row
    assert "\\*\\*fett" in row


def test_both_clocks_stand_in_the_row_and_on_the_case(context_for: ContextFor) -> None:
    case = logged(context_for("ingunn", "2026-11-27 15:30"), "Om scenelys")
    later = context_for("ingunn", "2026-11-30 08:15")  # over the weekend
    app = signed_in(later)
    (row,) = rows(opened(app, "cases"))
    assert "45 min arbeidstid, 2 d 16 t kalendertid, går fortsatt" in row
    shown_metrics = {metric.label: metric.value for metric in opened(app, "case", id=case).main.metric}
    assert shown_metrics == {"Arbeidstid": "45 min", "Kalendertid": "2 d 16 t"}


def test_a_click_on_save_survives_that_a_colleague_closed_the_case_meanwhile(context_for: ContextFor) -> None:
    """The forms above had nothing typed in them and catch up; the click on the last one is not lost to that."""
    ingunn, wiik = context_for("ingunn", "2026-11-24 10:02"), context_for("bjørn_ærlend", "2026-11-24 11:00")
    case = logged(ingunn, "Om scenelys")
    app = opened(signed_in(ingunn), "case", id=case)
    field(app, "text_area", "Hva det gjelder").set_value("Om scenelys og brannkrav")
    shown(app.run())
    close_case(wiik, case)
    button(app, "Lagre endringene").click()
    shown(app.run())
    assert "Bjørn\\-Ærlend Wiik lukket saken" in app.main.warning[0].value
    assert field(app, "text_area", "Hva det gjelder").value == "Om scenelys og brannkrav"
    button(app, "Lagre endringene").click()
    shown(app.run())
    assert case_card(ingunn, case).what == "Om scenelys og brannkrav"
    assert not app.main.warning


def test_a_form_nobody_has_typed_in_shows_what_a_colleague_saved(context_for: ContextFor) -> None:
    ingunn, wiik = context_for("ingunn", "2026-11-24 10:02"), context_for("bjørn_ærlend", "2026-11-24 11:00")
    case = logged(ingunn, "Om scenelys")
    app = opened(signed_in(ingunn), "case", id=case)
    card = case_card(wiik, case)
    newer = ChangedCase.checked(
        version=1, what="Om brannkrav", topic_id=None, channel=Channel.EMAIL, received_at=card.received.at
    )
    change_case(wiik, case, newer)
    shown(app.run())
    assert field(app, "text_area", "Hva det gjelder").value == "Om brannkrav"


def test_a_case_that_is_not_there_is_said_to_be_gone(ctx: Context) -> None:
    app = opened(signed_in(ctx), "case", id=4711)
    assert "Denne finnes ikke lenger" in app.main.error[0].value


def test_the_board_has_neither_the_list_nor_a_case(context_for: ContextFor) -> None:
    logged(context_for(), "Om scenelys")
    app = signed_in(context_for("styret")).run()
    assert not app.exception
    assert "scenelys" not in words(app)
