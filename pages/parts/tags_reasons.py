"""What the reason codes of tags mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "tag_name_missing": lambda: t("En merkelapp må ha en bokstav eller et tall."),
        "tag_name_long": lambda: t("En merkelapp er ett ord eller noen få, høyst 60 tegn."),
        "tag_name_taken": lambda: t("Merkelappen finnes allerede. Slå dem sammen i stedet."),
        "tag_in_use": lambda: t("Merkelappen er i bruk. Slå den sammen med en annen, eller ta den av først."),
        "too_many_at_once": lambda: t("Det er for mange på én gang. Velg færre."),
    }
)
