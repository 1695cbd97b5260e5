"""Why a step in a correspondence was refused, in words."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "already_closed": lambda: t("Denne er allerede lukket."),
        "already_waiting": lambda: t("Vi venter allerede på den andre parten."),
        "answered_before_received": lambda: t("Svaret kan ikke være gitt før henvendelsen kom. Rett tidspunktet."),
        "closed_before_last_message": lambda: t("Den kan ikke lukkes før den siste meldingen. Rett tidspunktet."),
        "closed_before_received": lambda: t("Den kan ikke lukkes før den kom inn. Rett tidspunktet."),
        "message_before_received": lambda: t(
            "Meldingen kan ikke være eldre enn henvendelsen. Rett tidspunktet, eller rett når henvendelsen kom."
        ),
        "moment_in_future": lambda: t("Tidspunktet er ikke kommet ennå."),
        "moment_too_long_ago": lambda: t("Tidspunktet er for lenge siden. Rett datoen."),
        "not_closed": lambda: t("Denne er ikke lukket."),
        "not_waiting": lambda: t("Vi venter ikke på den andre parten."),
        "record_closed": lambda: t("Denne er lukket. Gjenåpne den først."),
        "reopened_before_closed": lambda: t("Den kan ikke gjenåpnes før den ble lukket. Rett tidspunktet."),
        "text_missing": lambda: t("Skriv noe i notatet."),
        "waiting_before_received": lambda: t("Ventetiden kan ikke begynne før henvendelsen kom."),
        "waiting_ends_before_start": lambda: t("Ventetiden kan ikke slutte før den begynte."),
    }
)
