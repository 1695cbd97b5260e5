"""What the reason codes of the plan's forms mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "maximum_below_minimum": lambda: t("Det høyeste antallet kan ikke være lavere enn det minste."),
        "maximum_without_minimum": lambda: t("Et høyeste antall trenger et minste antall."),
        "deadline_missing": lambda: t("En rytme med frist trenger en frist."),
        "reading_since_too_early": lambda: t("Lesningen kan ikke begynne før den som gjelder nå."),
    }
)
