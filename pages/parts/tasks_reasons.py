"""What the reason codes of tasks mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "task_missing": lambda: t("Skriv hva som skal gjøres."),
        "task_long": lambda: t("Oppgaven er for lang. Skriv den på én linje, høyst 500 tegn."),
        "task_year": lambda: t("Se over årstallet i fristen."),
        "task_repeats_from": lambda: t("Velg en frist, så vet vi hvilken dag oppgaven gjentas fra."),
        "colleague_gone": lambda: t("Kollegaen du valgte, kan ikke ha oppgaver lenger. Velg en annen."),
    }
)
