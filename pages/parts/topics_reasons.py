"""What the reason codes of topics mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "topic_name_missing": lambda: t("Skriv hva temaet heter."),
        "topic_name_taken": lambda: t("Temaet finnes allerede. Er det tatt ut av bruk, kan det tas i bruk igjen."),
    }
)
