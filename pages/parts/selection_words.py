"""What is said of selections: their conditions and columns, and what their reason codes mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "selection_not_understood": lambda: t(
            "En betingelse i dette utvalget betyr ikke noe lenger, eller adressen er skrevet av feil. "
            "Utvalget vises ikke, for uten betingelsen ville det vist for mange."
        ),
        "selection_name_missing": lambda: t("Skriv hva utvalget heter."),
        "selection_name_taken": lambda: t("Et annet utvalg heter det."),
        "selection_too_large": lambda: t("Utvalget har mer enn 20 000. Legg til en betingelse til."),
        "no_such_export": lambda: t("Dette kan bare lages av personer."),
        "column_unknown": lambda: t("Velg minst én kolonne. En kolonne som ikke finnes lenger, må velges bort."),
    }
)


def condition_words(word: str) -> str:
    return {
        "kind": t("Type organisasjon"),
        "membership": t("Medlemskap"),
        "county": t("Fylke"),
        "municipality": t("Kommune"),
        "owner_form": t("Eierform"),
        "topic": t("Tema"),
        "tag": t("Merkelapp"),
        "mailing_list": t("E-postliste"),
        "reached_by": t("Kan nås på"),
        "quiet": t("Ingen kontakt på"),
        "post": t("Stilling"),
        "declines": t("Vil ikke ha"),
    }[word]
