"""The plan is carried into the system letter for letter, and everything it says has a place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm.context import Context
from crm.periods import Quarter
from crm.plan.commands import adopt_plan
from crm.plan.evidence_words import evidence_word
from crm.plan.queries import progress
from crm.plan.source import plan_file
from db.models.house_keeping import AuditEntry
from db.models.plan import Goal, Measure, Plan, Reading, SubGoal
from tests.conftest import ContextFor

# The association's own document, as it left their hands.
DOCUMENT = (Path(__file__).with_name("data") / "handlingsplan.md").read_text(encoding="utf-8")
Q4 = Quarter(2026, 4)


def words_of_the_plan() -> Iterator[tuple[str, str]]:
    source = plan_file()
    yield "title", source.plan.title
    yield "motto", source.plan.motto
    for goal in source.goals:
        yield goal.code, goal.name
        yield goal.code, goal.subtitle
        yield goal.code, goal.heading
        yield from ((goal.code, words) for words in goal.sub_goals)
        for measure in goal.measures:
            yield measure.code, measure.text
            yield from ((measure.code, words) for words in (*measure.when, *measure.responsible))


@pytest.mark.parametrize(("place", "words"), list(words_of_the_plan()))
def test_every_word_of_the_plan_stands_in_the_document_letter_for_letter(place: str, words: str) -> None:
    assert words in DOCUMENT


def test_no_line_of_the_document_is_left_out() -> None:
    """Everything between the document's bullets and paragraphs is a word of ours, or the heading of a column."""
    left = DOCUMENT
    for _, words in sorted(words_of_the_plan(), key=lambda found: -len(found[1])):
        left = left.replace(words, "")
    for heading in ("Mål", "Hva vi gjør", "Når skjer det", "Ansvar", "Hvem gjør det"):
        left = left.replace(heading, "")
    left = re.sub("<[^>]+>|•", "", left)
    assert left.split() == []


def test_the_plan_has_4_goals_20_sub_goals_and_26_measures(ctx: Context) -> None:
    adopt_plan(ctx)
    with ctx.database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table)) for table in (Goal, SubGoal, Measure, Reading)
        ]
    assert counts == [4, 20, 26, 26]


def test_the_plan_is_adopted_once_and_said_so_in_the_change_log(ctx: Context) -> None:
    assert adopt_plan(ctx) == adopt_plan(ctx)
    with ctx.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Plan)) == 1
        assert [entry.action for entry in session.scalars(select(AuditEntry))] == ["plan.adopted"]


def test_misprints_stay_in_the_rows_and_are_put_right_on_the_screens(ctx: Context) -> None:
    adopt_plan(ctx)
    measure = progress(ctx, Q4).measure("M1.5")
    assert measure is not None
    assert "Oppøkende" in measure.text
    assert "delatjert" in measure.text
    assert measure.shown_text.startswith("Oppsøkende")
    assert measure.shown_text.endswith("Se side 4 for detaljer om media.")


def test_every_correction_is_of_something_the_plan_says_and_none_is_left_on_the_screens(ctx: Context) -> None:
    adopt_plan(ctx)
    plan = progress(ctx, Q4)
    letters = [words for _, words in words_of_the_plan()]
    shown = [
        words
        for goal in plan.goals
        for words in (
            *goal.sub_goals,
            *(w for m in goal.measures for w in (m.shown_text, *m.shown_when, *m.shown_responsible_words)),
        )
    ]
    for correction in plan.corrections:
        assert any(correction.words in words for words in letters), correction.words
        assert not any(correction.words in words for words in shown), correction.words


def test_page_4_of_the_document_is_the_goal_about_media(ctx: Context) -> None:
    adopt_plan(ctx)
    measure = progress(ctx, Q4).measure("M1.5")
    assert measure is not None
    assert measure.refers_to == "M4"


def test_the_application_stands_beside_the_sub_goal_about_the_state_budget(ctx: Context) -> None:
    adopt_plan(ctx)
    measure = progress(ctx, Q4).measure("M3.6")
    assert measure is not None
    assert measure.sub_goal == "Norske kulturhus som fast post på statsbudsjettet"


def test_everything_the_plan_counts_has_a_name_for_people() -> None:
    kinds = {kind for goal in plan_file().goals for measure in goal.measures for kind in measure.reading.evidence}
    assert sorted(kind for kind in kinds if evidence_word(kind) == kind) == ["webinar"]  # the one that is Norwegian too


def test_every_measure_has_somebody_responsible_and_a_reason_for_its_reading(context_for: ContextFor) -> None:
    for goal in plan_file().goals:
        for measure in goal.measures:
            assert measure.reading.responsible, measure.code
            assert len(measure.reading.reasoning) > 40, measure.code
