"""What the reason codes of users mean, for the sign-in pages and the screens alike."""

from __future__ import annotations

from collections.abc import Callable

from crm.i18n import t
from crm.users.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD

REASONS: dict[str, Callable[[], str]] = {
    "already_set_up": lambda: t("kulturcrm er allerede satt opp. Logg inn i stedet."),
    "email_not_valid": lambda: t("Skriv en hel e-postadresse, for eksempel kari@kulturhuset.example."),
    "email_taken": lambda: t("Det finnes allerede en bruker med denne e-postadressen."),
    "language_unknown": lambda: t("Velg norsk eller engelsk."),
    "last_administrator": lambda: t(
        "Dette er den siste administratoren som kan logge inn. Gjør først en annen til administrator."
    ),
    "link_not_valid": lambda: t("Lenken er brukt eller for gammel."),
    "password_has_your_name": lambda: t("Passordet kan ikke inneholde det som står foran @ i e-postadressen."),
    "password_too_long": lambda: t("Passordet kan ha høyst {n} tegn.", n=LONGEST_PASSWORD),
    "password_too_short": lambda: t(
        "Passordet må ha minst {n} tegn. Tre eller fire ord duger godt.", n=SHORTEST_PASSWORD
    ),
    "password_too_simple": lambda: t("Passordet må ha minst fem forskjellige tegn."),
    "password_wrong": lambda: t("Dette er ikke passordet du har nå."),
    "passwords_differ": lambda: t("De to passordene er ikke like."),
    "string_too_short": lambda: t("Dette feltet må fylles ut."),
    "string_too_long": lambda: t("Teksten er for lang."),
    "user_disabled": lambda: t("Brukeren er sperret. Åpne for brukeren igjen først."),
    "wrong_name_or_password": lambda: t("Feil e-postadresse eller passord."),
}
