"""What cases are called on the screens."""

from __future__ import annotations

from typing import Literal

from crm.cases.cards import CaseCard, CaseLine, CaseStatus
from crm.cases.queries import Channel
from crm.i18n import t

STATUS_COLORS: dict[CaseStatus, Literal["orange", "blue", "violet", "green"]] = {
    CaseStatus.UNANSWERED: "orange",
    CaseStatus.ANSWERED: "blue",
    CaseStatus.WAITING: "violet",
    CaseStatus.CLOSED: "green",
}


def status_name(status: CaseStatus) -> str:
    return {
        CaseStatus.UNANSWERED: t("ubesvart"),
        CaseStatus.ANSWERED: t("besvart, fortsatt åpen"),
        CaseStatus.WAITING: t("venter på dem"),
        CaseStatus.CLOSED: t("lukket"),
    }[status]


def case_channel(channel: Channel) -> str:
    return {
        Channel.PHONE: t("telefon"),
        Channel.EMAIL: t("e-post"),
        Channel.MEETING: t("møte"),
        Channel.OTHER: t("annet"),
    }[channel]


def caller_name(case: CaseLine) -> str:
    """`Fjordglimt kulturhus, Kjærsti Øyen`, or what was typed, or that nobody knows."""
    known = ", ".join(name for name in (case.house, case.person) if name)
    return known or case.caller or t("ukjent innringer")


def card_title(case: CaseCard) -> str:
    if case.house is not None:
        return case.house.name
    return case.person.name if case.person is not None else case.caller or t("ukjent innringer")
