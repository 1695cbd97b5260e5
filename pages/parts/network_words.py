"""How the stored words of bodies and meetings are said."""

from __future__ import annotations

from typing import Literal

from crm.i18n import local, shown_date, shown_quarter, shown_time, t, tn
from crm.networks.cards import BodyLine, BodyQuarter, MeetingCard, MeetingLine, SeatLine
from crm.networks.rules import QuarterStatus
from crm.networks.words import AttendanceStatus, Cadence, EventStatus
from crm.periods import Quarter

Color = Literal["green", "red", "orange", "gray", "blue"]

QUARTER_COLORS: dict[QuarterStatus, Color] = {
    QuarterStatus.MET: "green",
    QuarterStatus.MISSED: "red",
    QuarterStatus.UNDER_WAY: "orange",
    QuarterStatus.NOT_EXPECTED: "gray",
}
EVENT_COLORS: dict[EventStatus, Color] = {
    EventStatus.PLANNED: "blue",
    EventStatus.HELD: "green",
    EventStatus.CANCELLED: "gray",
}


def quarter_status(status: QuarterStatus) -> str:
    return {
        QuarterStatus.MET: t("Nådd"),
        QuarterStatus.MISSED: t("Ikke nådd"),
        QuarterStatus.UNDER_WAY: t("Underveis"),
        QuarterStatus.NOT_EXPECTED: t("Ikke forventet"),
    }[status]


def event_status(status: EventStatus) -> str:
    return {
        EventStatus.PLANNED: t("Planlagt"),
        EventStatus.HELD: t("Holdt"),
        EventStatus.CANCELLED: t("Avlyst"),
    }[status]


def attendance(status: AttendanceStatus) -> str:
    return {
        AttendanceStatus.ATTENDED: t("Møtt"),
        AttendanceStatus.APOLOGIES: t("Forfall"),
        AttendanceStatus.ABSENT: t("Ikke møtt"),
    }[status]


def cadence(word: Cadence) -> str:
    return {
        Cadence.MONTHLY: t("hver måned"),
        Cadence.QUARTERLY: t("hvert kvartal"),
        Cadence.HALF_YEARLY: t("hvert halvår"),
        Cadence.YEARLY: t("hvert år"),
    }[word]


def rhythm(word: Cadence | None, minimum: int) -> str:
    if word is None or minimum == 0:
        return t("Ingen møter er forventet")
    return tn("Minst {n} møte {period}", "Minst {n} møter {period}", minimum, period=cadence(word))


def body_name(body: BodyLine) -> str:
    return f"{body.name} ({', '.join(body.also_called)})" if body.also_called else body.name


def seat(line: SeatLine) -> str:
    return f"{line.name} ({line.role})" if line.role else line.name


def quarter_name(quarter: Quarter) -> str:
    return shown_quarter(quarter.year, quarter.number)


def quarter_count(quarter: BodyQuarter) -> str:
    """`0 av 1 møte`, or only what was done when nothing was asked."""
    if quarter.expected:
        return tn("{done} av {n} møte", "{done} av {n} møter", quarter.expected, done=quarter.done)
    return tn("{n} møte", "{n} møter", quarter.done)


def meeting_title(meeting: MeetingLine | MeetingCard) -> str:
    """A meeting nobody gave a title has its body's name."""
    return t("Møte i {body}", body=meeting.body) if meeting.title in ("", meeting.body) else meeting.title


def meeting_day(meeting: MeetingLine) -> str:
    """With the year: lists reach back over several."""
    return f"{shown_date(meeting.starts_at, style='brief')} {local(meeting.starts_at).year} {shown_time(meeting.starts_at)}"


def meeting_in_short(meeting: MeetingLine) -> str:
    """What to know about it besides its time and title: why it was cancelled, or who was there; "" when nothing is known."""
    if meeting.status == EventStatus.CANCELLED:
        return meeting.cancelled_because
    parts = []
    if meeting.attended:
        parts.append(t("møtt: {names}", names=", ".join(meeting.attended)))
    if meeting.apologies:
        parts.append(t("forfall: {names}", names=", ".join(meeting.apologies)))
    if meeting.status == EventStatus.HELD and not meeting.our_attended:
        parts.append(t("ingen av oss møtte"))
    return ", ".join(parts)


def meeting_when(meeting: MeetingCard) -> str:
    until = f"–{shown_time(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{shown_date(meeting.starts_at, style='long')} {shown_time(meeting.starts_at)}{until}"
