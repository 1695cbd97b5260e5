"""The quarter's report to the board, as plain text: a question put to the log, and answered again the same way."""

from __future__ import annotations

from collections.abc import Iterator

from crm.context import Context
from crm.figures.queries import press_quarter, support_quarter
from crm.i18n import shown_moment, shown_number, t, tn
from crm.periods import Quarter
from crm.plan.cards import GoalProgress, MeasureProgress, PlanProgress
from crm.plan.queries import progress
from crm.plan.rules import Status
from crm.plan.words import done, expected, month_name, part_done, quarter_name, remark, status_word
from crm.reports.figures import QuarterFigures, figure_lines


def board_report(ctx: Context, quarter: Quarter) -> str:
    """Counts and times only: no case text and no name of anybody. Raises NotFound before a plan is adopted."""
    plan = progress(ctx, quarter)
    figures = QuarterFigures(support_quarter(ctx, quarter), press_quarter(ctx, quarter))
    return "\n".join([*_head(plan), *(line for goal in plan.goals for line in _goal(goal, quarter, figures)), ""])


def _head(plan: PlanProgress) -> Iterator[str]:
    yield " ".join(plan.title.split())
    yield quarter_name(plan.quarter)
    records = tn("{n} registrering teller i kvartalet", "{n} registreringer teller i kvartalet", plan.records)
    yield f"{records}. {t('Lest {moment}.', moment=shown_moment(plan.read_at))}"


def _goal(goal: GoalProgress, quarter: Quarter, figures: QuarterFigures) -> Iterator[str]:
    name = goal.name[:1].upper() + goal.name[1:]
    yield ""
    yield t("Mål {number}: {name}", number=goal.code.removeprefix("M"), name=name)
    for measure in goal.measures:
        yield from _measure(measure, quarter, figures)


def _measure(measure: MeasureProgress, quarter: Quarter, figures: QuarterFigures) -> Iterator[str]:
    yield ""
    yield f"{measure.code} {measure.shown_text}"
    yield f"  {status_word(measure.status)}"
    if measure.reading is None:
        return
    yield "  " + t("Forventet: {expected}", expected=expected(measure.reading.rule, quarter))
    lines = [remark(measure.verdict)]
    if measure.status is not Status.NOT_RECORDABLE:
        lines += [done(measure), *_months(measure), *_parts(measure), *figure_lines(measure, figures)]
    yield from (f"  {line}" for line in lines if line)


def _months(measure: MeasureProgress) -> list[str]:
    return [
        f"{month_name(month.month.number)}: {shown_number(month.done)} ({status_word(month.status).lower()})"
        for month in measure.verdict.months
    ]


def _parts(measure: MeasureProgress) -> list[str]:
    return [f"{part_done(part)} ({status_word(part.status).lower()})" for part in measure.parts]
