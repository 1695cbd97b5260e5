"""For how long an import or a merge can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=30)


class Standing(StrEnum):
    CAN_BE_UNDONE = "can_be_undone"
    UNDONE = "undone"
    TOO_LATE = "too_late"


def standing(at: datetime, *, undone_at: datetime | None, forgotten_at: datetime | None, now: datetime) -> Standing:
    if undone_at is not None:
        return Standing.UNDONE
    return Standing.TOO_LATE if forgotten_at is not None or now > at + KEPT_FOR else Standing.CAN_BE_UNDONE
