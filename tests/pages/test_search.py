"""The search's own screen, where a browser is not needed."""

from __future__ import annotations

import pytest

from crm.context import Context
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.search import index
from db.engine import Database
from tests.pages.driving import opened, signed_in, words


def test_what_the_search_has_not_taken_in_yet_is_said(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    add_house(ctx, NewHouse.checked(name="Fjordglimt kulturhus", municipality_number="1508"))
    assert "gjenstår" not in words(opened(signed_in(ctx), "search", q="glimt"))
    monkeypatch.setattr(index, "MOST_WITHIN", 0)
    monkeypatch.setattr(Database, "afterwards", lambda *_: None)
    add_house(ctx, NewHouse.checked(name="Måneglimt kulturhus", municipality_number="1508"))
    assert "gjenstår. De er med om noen sekunder." in words(opened(signed_in(ctx), "search", q="glimt"))
