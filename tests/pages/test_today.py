"""I dag, as the leader and the board see it."""

from __future__ import annotations

from secrets import token_urlsafe

import pytest

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.i18n import use_language
from crm.installation import first_contents
from crm.users.commands import set_language
from tests.conftest import ContextFor
from tests.pages.driving import shown, signed_in, words


@pytest.fixture
def office(context_for: ContextFor) -> ContextFor:
    first = context_for(at="2026-11-20 08:00")
    first_contents(first.database, first.now)
    new = NewCase(token=token_urlsafe(24), what="Gjelder momsen også utleie av salen?", answered=False)
    open_case(context_for(at="2026-11-20 09:00"), new)
    return context_for


def test_the_leader_sees_what_waits_and_what_the_plan_expects_next(office: ContextFor) -> None:
    app = shown(signed_in(office(at="2026-11-24 10:02")).run())
    assert "Tirsdag 24. november 2026 · uke 48" in words(app)
    assert "Ingen venter. Når en journalist ringer: «Ny mediehenvendelse», øverst." in words(app)
    assert "Åpne saker, de eldste først (1)" in words(app)
    rows = [option.replace("\\", "") for group in app.main.get("button_group") for option in group.options]
    assert any("Gjelder momsen også utleie av salen?" in row for row in rows)
    assert any("1. des., om 7 dager" in row for row in rows)


def test_the_board_sees_the_plans_dates_and_no_case(office: ContextFor) -> None:
    app = shown(signed_in(office("styret", "2026-11-24 10:02")).run())
    assert "Planens neste frister" in words(app)
    assert "saker" not in words(app)
    rows = [option for group in app.main.get("button_group") for option in group.options]
    assert not any("momsen" in row for row in rows)
    assert [button.label for button in app.main.button] == ["Oppdater"]


def test_in_english_no_norwegian_word_is_left(office: ContextFor) -> None:
    ctx = office(at="2026-11-24 10:02")
    set_language(ctx, "en")
    app = shown(signed_in(ctx).run())
    use_language("nb")
    assert "Tuesday 24 November 2026 · week 48" in words(app)
    assert "Open cases, the oldest first (1)" in words(app)
    assert not set(words(app).replace("Gjelder momsen også utleie av salen?", "")) & set("æøåÆØÅ")
