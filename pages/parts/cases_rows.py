"""The list of cases: each row opens its case."""

from __future__ import annotations

from collections.abc import Sequence

from crm.cases.cards import CaseLine, CaseStatus
from crm.context import Context
from crm.correspondence.rules import TimeQuality
from crm.i18n import shown_duration, shown_moment, t
from crm.records import Kind
from crm.tags.queries import tags_of_many
from pages.parts.cases_words import STATUS_COLORS, caller_name, status_name
from pages.parts.clocks import clocks_text
from pages.parts.rows import row_label, show_rows
from pages.parts.tags import tag_badges


def show_cases(ctx: Context, lines: tuple[CaseLine, ...]) -> None:
    tags = tags_of_many(ctx, Kind.CASE, [line.id for line in lines])
    show_rows(t("Saker"), {line.id: _label(ctx, line, tags.get(line.id, ())) for line in lines}, opens="case")


def _label(ctx: Context, line: CaseLine, tags: Sequence[str]) -> str:
    return row_label(
        caller_name(line),
        line.what,
        [line.topic, _received(ctx, line), clocks_text(line.clocks), _open_for(ctx, line), line.responsible],
        number=line.id,
        badge=f":{STATUS_COLORS[line.status]}-badge[{status_name(line.status)}] {tag_badges(tags)}".rstrip(),
    )


def _received(ctx: Context, line: CaseLine) -> str:
    moment = shown_moment(line.received.at, now=ctx.now)
    if line.received.quality is TimeQuality.RECONSTRUCTED:
        return t("mottatt {moment} (anslått)", moment=moment)
    return t("mottatt {moment}", moment=moment)


def _open_for(ctx: Context, line: CaseLine) -> str:
    """The age of a case whose clocks have stopped while it is still open; a running clock says its age itself."""
    if line.status is CaseStatus.CLOSED or line.clocks.running:
        return ""
    return t("åpen i {age}", age=shown_duration(ctx.now - line.received.at))
