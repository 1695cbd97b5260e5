"""The list of cases: each row opens its case."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from crm.cases.cards import CaseLine, CaseStatus
from crm.context import Context
from crm.correspondence.rules import TimeQuality
from crm.i18n import OFFICE_ZONE, shown_duration, shown_moment, t
from pages.parts.cases_words import STATUS_COLORS, caller_name, status_name
from pages.parts.clocks import clocks_text
from pages.parts.rows import row_label, show_rows
from pages.parts.tags import tag_badges


def show_cases(ctx: Context, lines: tuple[CaseLine, ...]) -> None:
    show_rows(t("Saker"), {line.id: _label(ctx, line) for line in lines}, opens="case")


def _label(ctx: Context, line: CaseLine) -> str:
    if line.status is CaseStatus.CLOSED:
        return _label_of_the_day(line, ctx.today, ctx.actor.language)
    return _written(line, ctx.now)


@lru_cache(maxsize=2048)
def _label_of_the_day(line: CaseLine, day: date, _language: str) -> str:
    """Nothing in a closed case's row moves on before midnight, and writing fifty of them was a tenth of the screen."""
    return _written(line, datetime.combine(day, time(12), OFFICE_ZONE))


def _written(line: CaseLine, now: datetime) -> str:
    return row_label(
        caller_name(line),
        line.what,
        [line.topic, _received(line, now), clocks_text(line.clocks), _open_for(line, now), line.responsible],
        number=line.id,
        badge=f":{STATUS_COLORS[line.status]}-badge[{status_name(line.status)}] {tag_badges(line.tags)}".rstrip(),
    )


def _received(line: CaseLine, now: datetime) -> str:
    moment = shown_moment(line.received.at, now=now)
    if line.received.quality is TimeQuality.RECONSTRUCTED:
        return t("mottatt {moment} (anslått)", moment=moment)
    return t("mottatt {moment}", moment=moment)


def _open_for(line: CaseLine, now: datetime) -> str:
    """The age of a case whose clocks have stopped while it is still open; a running clock says its age itself."""
    if line.status is CaseStatus.CLOSED or line.clocks.running:
        return ""
    return t("åpen i {age}", age=shown_duration(now - line.received.at))
