"""The stored words of persons, for screens: they never touch the tables themselves."""

from __future__ import annotations

from crm.i18n import t
from db.models.people import AddressUse, ContactChannel, ContactKind, LegalBasis, PostKind

__all__ = [
    "IN_OFFICE",
    "LANGUAGES",
    "AddressUse",
    "ContactChannel",
    "ContactKind",
    "LegalBasis",
    "PostKind",
    "basis_words",
    "post_kind_words",
]

# Only these may carry a party: the table says so too.
IN_OFFICE = (PostKind.ELECTED, PostKind.NOMINATED)

# Offered in this order; others can come with an import.
LANGUAGES = ("nb", "nn", "se", "sma", "smj", "fkv", "en", "sv", "da", "fi", "de", "fr", "es", "pl", "uk", "ar")


def post_kind_words(kind: PostKind) -> str:
    return {
        PostKind.EMPLOYEE: t("Ansatt"),
        PostKind.JOURNALIST: t("Journalist"),
        PostKind.ADVISER: t("Rådgiver"),
        PostKind.ELECTED: t("Folkevalgt"),
        PostKind.NOMINATED: t("Oppnevnt"),
        PostKind.BOARD: t("Styreverv"),
        PostKind.OTHER: t("Annet"),
    }[kind]


def basis_words(basis: LegalBasis) -> str:
    return {
        LegalBasis.CONTRACT: t("Avtale"),
        LegalBasis.LEGITIMATE_INTEREST: t("Berettiget interesse"),
        LegalBasis.CONSENT: t("Samtykke"),
    }[basis]
