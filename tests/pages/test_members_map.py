"""The screen of members: the map, its numbers and the rows behind them, as on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from tests.pages.driving import button, opened, shown, signed_in, words

MAP = "Fylke: hus vi har hatt kontakt med, av alle medlemshus"


@pytest.fixture
def fjordglimt(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))


@pytest.fixture
def asgard(ctx: Context) -> int:
    return add_house(ctx, NewHouse.checked(name="Åsgard konserthus", municipality_number="3218"))


def rows(app: AppTest) -> list[str]:
    """The rows of the list; the tiles of the map are a group of choices too."""
    groups = [one.options for one in app.get("button_group") if one.label == "Medlemmer"]
    return [option.replace("\\", "") for option in (groups[0] if groups else [])]


def rows_of(app: AppTest) -> list[str]:
    return [row.split("**")[1] for row in rows(app)]


def group(app: AppTest, label: str) -> Any:
    """One of several groups of choices."""
    return next(one for one in app.get("button_group") if one.label == label)


def tiles(app: AppTest) -> list[str]:
    return [option.replace("  \n", " ").replace("*", "") for option in group(app, MAP).options]


def called_today(ctx: Context, house: int) -> None:
    token = f"call-of-house-{house:06}"
    open_case(ctx, NewCase.checked(token=token, what="Spør om TONO", organisation_id=house, answered=True))


def test_a_county_chosen_on_the_map_narrows_the_list_and_its_numbers(
    ctx: Context, fjordglimt: int, asgard: int
) -> None:
    called_today(ctx, fjordglimt)
    app = opened(signed_in(ctx), "members")
    assert tiles(app)[:5] == [
        "Troms 0 av 0",
        "Finnmark 0 av 0",
        "Nordland 0 av 0",
        "Trøndelag 0 av 0",
        "Møre og Romsdal 1 av 1",
    ]
    assert "| Møre og Romsdal | 1 | 1 | 100\xa0% |" in words(app)
    assert "| **Hele landet** | 2 | 1 | 50\xa0% |" in words(app)
    shown(group(app, MAP).set_value("32").run())
    assert rows_of(app) == ["Åsgard konserthus"]
    assert app.query_params["fylke"] == "32"
    assert group(app, "Vis").options[:4] == [
        "Medlemmer (1)",
        "Nye siste år (0)",
        "Gått ut siste år (0)",
        "Ikke hørt fra på 90 dager (1)",
    ]
    shown(button(app, "Vis hele landet").click().run())
    assert rows_of(app) == ["Fjordglimt kulturhus", "Åsgard konserthus"]


def test_every_number_opens_the_rows_behind_it(ctx: Context, fjordglimt: int, asgard: int) -> None:
    called_today(ctx, fjordglimt)
    add_house(ctx, NewHouse.checked(name="Nyhuset", member_since=date(2026, 11, 1)))
    app = opened(signed_in(ctx), "members")
    for choice, expected in (("quiet", ["Nyhuset", "Åsgard konserthus"]), ("new", ["Nyhuset"]), ("left", [])):
        shown(group(app, "Vis").set_value(choice).run())
        assert rows_of(app) == expected
    assert "Ingen passer med dette." in words(app)
    shown(button(app, "Vis alle medlemmer").click().run())
    assert len(rows(app)) == 3


def test_the_longest_since_contact_can_come_first(ctx: Context, fjordglimt: int, asgard: int) -> None:
    called_today(ctx, fjordglimt)
    app = opened(signed_in(ctx), "members", sorter="longest_since")
    assert rows_of(app) == ["Åsgard konserthus", "Fjordglimt kulturhus"]


def test_a_day_in_2023_has_the_counties_of_2023_and_says_so(ctx: Context, fjordglimt: int) -> None:
    add_house(ctx, NewHouse.checked(name="Kornlageret kulturhus", municipality_number="3301"))
    app = opened(signed_in(ctx), "members", per="2023-12-31", fylke="30")
    assert rows(app)[0].startswith("**Kornlageret kulturhus** · Drammen, Viken")
    assert "Viken 0 av 1" in tiles(app)
    assert "Fylkene som de var 31.12.2023." in words(app)
    shown(group(app, "Vis kartet i").set_value("today").run())
    assert len(tiles(app)) == 15
    assert "Dagens 15 fylker, etter hvor husene ligger. I 2023 var de andre." in words(app)
    assert rows(app)[1].startswith("**Kornlageret kulturhus** · Drammen, Buskerud")  # Viken is no county of today


def test_a_mistyped_address_shows_the_members_of_today(ctx: Context, fjordglimt: int) -> None:
    app = opened(signed_in(ctx), "members", per="i fjor", fylke="x", utvalg="y", sorter="z", type="q", etter="-1")
    assert rows_of(app) == ["Fjordglimt kulturhus"]
    assert "Medlemmer per 24.11.2026: 1 hus og 0 leverandører." in words(app)
