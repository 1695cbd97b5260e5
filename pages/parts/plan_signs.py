"""The sign and the colour of each status, always beside its word."""

from __future__ import annotations

from typing import Literal

from crm.plan.rules import Status

Color = Literal["green", "yellow", "red", "blue", "violet", "gray"]

# A word and a sign beside the colour, so that nothing is told by colour alone.
SIGNS: dict[Status, tuple[str, Color]] = {
    Status.MET: (":material/check_circle:", "green"),
    Status.PARTLY: (":material/incomplete_circle:", "yellow"),
    Status.MISSED: (":material/cancel:", "red"),
    Status.UNDER_WAY: (":material/hourglass_top:", "blue"),
    Status.UPCOMING: (":material/event_upcoming:", "gray"),
    Status.NOT_APPLICABLE: (":material/remove:", "gray"),
    Status.COUNT_ONLY: (":material/tag:", "violet"),
    Status.NOT_RECORDABLE: (":material/edit_off:", "gray"),
}
