"""What the reason codes of bodies and meetings mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "attendee_missing": lambda: t("Velg hvem det gjelder."),
        "attendee_twice": lambda: t("Samme person står både som møtt og med forfall."),
        "body_name_missing": lambda: t("Skriv hva organet heter."),
        "body_name_taken": lambda: t("Det finnes allerede et organ med dette navnet."),
        "date_out_of_range": lambda: t("Se over årstallet i datoen."),
        "date_type": lambda: t("Velg en dato."),
        "held_in_future": lambda: t("Møtet har ikke begynt ennå. Lagre det som planlagt, eller rett tidspunktet."),
        "int_type": lambda: t("Velg hvem det gjelder."),
        "meeting_cancelled": lambda: t("Møtet er avlyst. Sett det opp igjen først."),
        "meeting_has_belongings": lambda: t(
            "Møtet har merkelapper, oppgaver eller vedlegg, så det er vel ingen feil. Ta dem bort først, eller avlys møtet."
        ),
        "meeting_ends_before_it_starts": lambda: t("Møtet slutter før det begynner. Se over klokkeslettene."),
        "minimum_out_of_range": lambda: t("Antall møter må være fra 0 til 20."),
        "only_apologies_before": lambda: t("Før møtet er holdt, kan bare forfall registreres."),
        "seat_ends_before_it_starts": lambda: t("Plassen slutter før den begynner. Se over datoene."),
        "seat_taken": lambda: t("Denne kollegaen har allerede en plass i organet i dette tidsrommet."),
        "time_type": lambda: t("Velg et klokkeslett."),
    }
)
