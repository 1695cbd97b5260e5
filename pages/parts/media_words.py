"""What media, outcomes, deadlines and states are called on the screens."""

from __future__ import annotations

from datetime import datetime

from crm.i18n import shown_moment, t
from crm.media.queries import InquiryRow
from crm.media.rules import Channel, DeadlineState, InquiryStatus, Medium, Outcome
from pages.parts.plain import escaped


def medium_name(medium: Medium) -> str:
    return {
        Medium.WEB: t("Nett"),
        Medium.TELEVISION: t("TV"),
        Medium.RADIO: t("Radio"),
        Medium.NEWSPAPER: t("Avis"),
        Medium.PODCAST: t("Podkast"),
    }[medium]


def outcome_name(outcome: Outcome) -> str:
    return {
        Outcome.QUOTED: t("Sitert"),
        Outcome.INTERVIEW: t("Intervju"),
        Outcome.BACKGROUND: t("Bakgrunn"),
        Outcome.REFERRED: t("Henvist"),
        Outcome.DECLINED: t("Avslått"),
        Outcome.WITHDRAWN: t("Trukket"),
    }[outcome]


def channel_name(channel: Channel) -> str:
    return {
        Channel.PHONE: t("Telefon"),
        Channel.EMAIL: t("E-post"),
        Channel.MEETING: t("Møte"),
        Channel.OTHER: t("Annet"),
    }[channel]


def asker(row: InquiryRow) -> str:
    """`Torunn Bråten, Nordlyspressen`, as typed: escape it where Markdown is read."""
    return ", ".join(name for name in (row.journalist, row.outlet) if name) or t("Ukjent journalist")


def status_badge(row: InquiryRow) -> str:
    """Markdown. Said in words; the colour only helps."""
    said = {
        InquiryStatus.UNANSWERED: t("Ubesvart"),
        InquiryStatus.HELD_OFF: t("Vi skal ringe tilbake"),
        InquiryStatus.WAITING: t("Venter på journalisten"),
        InquiryStatus.ANSWERED: t("Besvart"),
        InquiryStatus.CLOSED_UNANSWERED: t("Lukket uten svar"),
        InquiryStatus.WITHDRAWN: t("Trukket"),
    }[row.status]
    colour = {InquiryStatus.ANSWERED: "green", InquiryStatus.WITHDRAWN: "gray"}.get(row.status, "orange")
    badges = [f":{colour}-badge[{said}]"]
    if row.status is InquiryStatus.ANSWERED and row.outcome is not None:
        badges.append(f":gray-badge[{outcome_name(row.outcome)}]")
    if row.status is InquiryStatus.ANSWERED and not row.is_closed:
        badges.append(f":gray-badge[{t('ikke lukket')}]")
    return " ".join(badges)


def deadline_badge(row: InquiryRow, now: datetime) -> str:
    """Markdown. A deadline that passed without an answer is the loudest thing on the screen."""
    if row.deadline_at is None:
        return f":gray-badge[{t('Ingen frist')}]"
    moment = escaped(shown_moment(row.deadline_at, now=now))
    if row.deadline is DeadlineState.PASSED_UNANSWERED:
        return f":red-badge[:material/error: **{t('Frist passert ubesvart')}**] {moment}"
    if row.deadline is DeadlineState.KEPT:
        return f":green-badge[{t('Før fristen')}] {moment}"
    if row.deadline is DeadlineState.MISSED:
        return f":red-badge[{t('Besvart etter fristen')}] {moment}"
    if row.deadline is DeadlineState.NOT_COUNTED:
        return t("Frist {moment}", moment=moment)
    return f":blue-badge[**{t('Frist')}**] **{moment}**"
