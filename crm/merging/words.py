"""Why two look like one, what they are told apart by, and why they cannot become one, in words."""

from __future__ import annotations

from collections.abc import Callable

from crm.i18n import t, tn
from crm.likeness import Reason

REASONS: dict[str, Callable[[], str]] = {
    "merge_own": lambda: t("Foreningen selv kan ikke slås sammen med noen."),
    "merge_kinds_differ": lambda: t("De to er av ulikt slag, for eksempel et hus og en redaksjon, og kan ikke bli én."),
    "merge_done_already": lambda: t("Én av de to er alt slått sammen med en annen."),
    "merge_in_future": lambda: t("Vent til dagen er kommet: fram til da ringer de to hver for seg."),
    "merge_needs_two": lambda: t("Velg to forskjellige."),
    "merge_both_only_notes": lambda: t("Bare notater kan settes sammen. Velg én av verdiene."),
}

LIKENESS: dict[Reason, Callable[[], str]] = {
    Reason.ORG_NUMBER: lambda: t("samme organisasjonsnummer"),
    Reason.NAME: lambda: t("samme navn"),
    Reason.EMAIL: lambda: t("samme e-postadresse"),
    Reason.PHONE: lambda: t("samme telefonnummer"),
    Reason.WORKPLACE: lambda: t("samme arbeidssted"),
    Reason.DOMAIN: lambda: t("samme nettsted"),
    Reason.NAME_WITHOUT_LETTERS: lambda: t("samme navn når æ, ø og å skrives uten"),
    Reason.NAME_BEGINS: lambda: t("det ene navnet begynner som det andre"),
    Reason.NAME_SIMILAR: lambda: t("navn som ligner"),
}

FIELDS: dict[str, Callable[[], str]] = {
    "name": lambda: t("Navn"),
    "org_number": lambda: t("Organisasjonsnummer"),
    "municipality_number": lambda: t("Kommune"),
    "owner_form": lambda: t("Eierform"),
    "owner_municipality_number": lambda: t("Eierkommune"),
    "governs_number": lambda: t("Styrer kommunen eller fylket"),
    "parent_id": lambda: t("Del av"),
    "website": lambda: t("Nettside"),
    "languages": lambda: t("Språk"),
    "note": lambda: t("Merknad"),
}


def likeness_words(reason: Reason) -> str:
    return LIKENESS[reason]()


def follows_count(table: str, n: int) -> str:
    """`14 saker`: what would follow to the one that stays."""
    return {
        "support_cases": lambda: tn("{n} sak", "{n} saker", n),
        "inquiries": lambda: tn("{n} mediehenvendelse", "{n} mediehenvendelser", n),
        "persons": lambda: tn("{n} person", "{n} personer", n),
        "events": lambda: tn("{n} møte", "{n} møter", n),
        "contact_points": lambda: tn("{n} nummer eller adresse", "{n} numre og adresser", n),
    }[table]()
