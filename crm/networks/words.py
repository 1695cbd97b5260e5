"""The stored words of bodies and meetings, for screens: they never touch the tables themselves."""

from __future__ import annotations

from db.models.meetings import AttendanceStatus, Cadence, EventStatus

__all__ = ["BODY_CADENCES", "AttendanceStatus", "Cadence", "EventStatus"]

# Those that can be counted, the most frequent first (`crm.networks.forms.BodyCadence` says the same).
BODY_CADENCES = (Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY, Cadence.YEARLY)
