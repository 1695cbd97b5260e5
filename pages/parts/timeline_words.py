"""What happened with somebody, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from crm.i18n import t

_HAPPENED: dict[str, Callable[[], str]] = {
    "support_case": lambda: t("Henvendelse"),
    "case_message_in": lambda: t("Svar fra medlemmet"),
    "case_message_out": lambda: t("Svar fra oss"),
    "inquiry_received": lambda: t("Mediehenvendelse"),
    "inquiry_message_in": lambda: t("Fra journalisten"),
    "inquiry_message_out": lambda: t("Svar til journalisten"),
    "body_meeting": lambda: t("Møte"),
    "body_meeting_planned": lambda: t("Planlagt møte"),
    "body_meeting_cancelled": lambda: t("Avlyst møte"),
}


def happened_words(kind: str) -> str:
    """A new feature's happening is named by its own word until it gets one here."""
    return _HAPPENED[kind]() if kind in _HAPPENED else t("Hendelse")


def record_words(record: str) -> str:
    return {"case": t("Saker"), "inquiry": t("Mediehenvendelser"), "meeting": t("Møter")}[record]
