"""What is said of houses and what happened with them, in the reader's language."""

from __future__ import annotations

from datetime import date

from crm.i18n import shown_date, t
from crm.members.queries import MembershipLine
from crm.members.said import kind_words as kind_words
from crm.members.said import owner_words as owner_words
from crm.members.words import ContactKind, MembershipKind


def membership_words(kind: MembershipKind) -> str:
    return {MembershipKind.HOUSE: t("Medlem"), MembershipKind.SUPPLIER: t("Leverandørmedlem")}[kind]


def membership_period(line: MembershipLine) -> str:
    return period_words(line.since, line.until) or t("fra før vi førte datoer")


def membership_line_words(line: MembershipLine) -> str:
    return f"{membership_words(line.kind)} {membership_period(line)}"


def contact_words(kind: ContactKind) -> str:
    return {
        ContactKind.PHONE: t("Telefon"),
        ContactKind.EMAIL: t("E-post"),
        ContactKind.WEB: t("Nettside"),
        ContactKind.ADDRESS: t("Adresse"),
    }[kind]


def period_words(since: date | None, until: date | None) -> str:
    """`siden 01.03.2019`, `01.03.2019 – 31.12.2024`, `til 31.12.2024`; "" when nothing is known."""
    if since and until:
        return f"{shown_date(since)} – {shown_date(until)}"
    if until:
        return t("til {day}", day=shown_date(until))
    return t("siden {day}", day=shown_date(since)) if since else ""
