"""What is said of mailing lists and of those on them, and what their reason codes mean."""

from __future__ import annotations

from collections.abc import Mapping

from crm.i18n import t, tn
from crm.mailing.queries import Standing
from crm.mailing.rules import LeftOut
from crm.mailing.words import ConsentHow
from crm.people.words import ContactChannel
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "list_name_missing": lambda: t("Skriv hva listen heter."),
        "list_name_taken": lambda: t(
            "En annen e-postliste heter det. Er den tatt ut av bruk, kan den tas i bruk igjen."
        ),
        "consent_how_missing": lambda: t("Velg hvordan det ble sagt ja."),
        "said_in_the_future": lambda: t("Dagen har ikke vært ennå."),
        "consent_before_the_no": lambda: t("Samtykket er eldre enn avmeldingen. Det trengs et nytt."),
        "has_unsubscribed": lambda: t("Mottakeren har meldt seg av. Bare et nytt samtykke melder på igjen."),
        "a_no_is_kept": lambda: t(
            "En avmelding slettes ikke: uten den kunne et utvalg eller en import meldt på igjen."
        ),
    }
)


def consent_words(how: ConsentHow) -> str:
    return {
        ConsentHow.FORM: t("Skjema"),
        ConsentHow.EMAIL: t("E-post"),
        ConsentHow.PHONE: t("Telefon"),
        ConsentHow.IN_PERSON: t("Ansikt til ansikt"),
        ConsentHow.OTHER: t("På annen måte"),
    }[how]


def standing_words(standing: Standing) -> str:
    return {
        Standing.ON: t("På listen"),
        Standing.NO_CONSENT: t("Uten samtykke"),
        Standing.UNSUBSCRIBED: t("Avmeldt"),
    }[standing]


def left_out_words(left_out: Mapping[LeftOut, int], channel: ContactChannel = ContactChannel.EMAIL) -> str:
    """`2 har meldt seg av, 1 mangler e-postadresse`; "" when nobody is left out."""
    return ", ".join(_reason(reason, left_out[reason], channel) for reason in LeftOut if left_out.get(reason))


def _reason(reason: LeftOut, n: int, channel: ContactChannel) -> str:
    return {
        LeftOut.UNSUBSCRIBED: tn("{n} har meldt seg av", "{n} har meldt seg av", n),
        LeftOut.DECLINES: {
            ContactChannel.EMAIL: tn("{n} vil ikke ha e-post", "{n} vil ikke ha e-post", n),
            ContactChannel.PHONE: tn("{n} vil ikke ha telefon", "{n} vil ikke ha telefon", n),
            ContactChannel.LETTER: tn("{n} vil ikke ha brev", "{n} vil ikke ha brev", n),
        }[channel],
        LeftOut.NO_CONSENT: tn("{n} mangler samtykke", "{n} mangler samtykke", n),
        LeftOut.NO_ADDRESS: {
            ContactChannel.EMAIL: tn("{n} mangler e-postadresse", "{n} mangler e-postadresse", n),
            ContactChannel.PHONE: tn("{n} mangler telefonnummer", "{n} mangler telefonnummer", n),
            ContactChannel.LETTER: tn("{n} mangler postadresse", "{n} mangler postadresse", n),
        }[channel],
        LeftOut.SAME_ADDRESS: tn("{n} har samme adresse som en annen", "{n} har samme adresse som en annen", n),
    }[reason]
