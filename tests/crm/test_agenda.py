"""I dag: what waits, in the order it is due."""

from __future__ import annotations

from datetime import date
from secrets import token_urlsafe

from crm.agenda.queries import SHOWN, what_waits
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.installation import first_contents
from crm.plan.coming import ComingDate, DateKind
from crm.plan.coming_queries import next_dates
from tests.conftest import ContextFor


def log(context_for: ContextFor, at: str, what: str, *, answered: bool = False) -> int:
    return open_case(context_for(at=at), NewCase(token=token_urlsafe(24), what=what, answered=answered))


def test_open_cases_wait_with_the_oldest_first_and_answered_ones_not_at_all(context_for: ContextFor) -> None:
    newer = log(context_for, "2026-11-23 12:00", "Hvem kan sertifisere riggen?")
    older = log(context_for, "2026-11-20 09:00", "Gjelder momsen også utleie av salen?")
    log(context_for, "2026-11-19 09:00", "Når er fagkonferansen?", answered=True)
    cases = what_waits(context_for(at="2026-11-24 10:02")).cases
    assert [row.record_id for row in cases.shown] == [older, newer]
    assert cases.shown[0].responsible == "Ingunn Ås"
    assert cases.count == 2


def test_a_long_pile_shows_its_first_ones_and_says_how_many_there_are(context_for: ContextFor) -> None:
    for hour in range(8, 8 + SHOWN + 2):
        log(context_for, f"2026-11-23 {hour:02}:00", f"Sak klokken {hour}")
    cases = what_waits(context_for(at="2026-11-24 10:02")).cases
    assert len(cases.shown) == SHOWN
    assert cases.count == SHOWN + 2


def test_the_plans_next_dates_begin_with_the_application_of_1_december(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-11-24 10:02")
    first_contents(ctx.database, ctx.now)
    found = next_dates(ctx)
    assert found[0] == ComingDate("M3.6", DateKind.DEADLINE, date(2026, 12, 1), date(2026, 12, 1), found[0].unit, "")
    assert [row.day for row in found] == sorted(row.day for row in found)


def test_the_next_dates_of_the_day_after_a_deadline_are_others(context_for: ContextFor) -> None:
    ctx = context_for(at="2026-12-02 08:00")
    first_contents(ctx.database, ctx.now)
    assert "M3.6" not in [row.code for row in next_dates(ctx)]
