"""What the reason codes of attachments mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "attachment_empty": lambda: t("Filen er tom."),
        "attachment_too_large": lambda: t("Filen er større enn 10 MB, som er det meste."),
        "attachment_there": lambda: t("Denne filen ligger her allerede, kanskje under et annet navn."),
        "attachments_too_many": lambda: t("Her er det alt 200 vedlegg, og det er det meste."),
    }
)
