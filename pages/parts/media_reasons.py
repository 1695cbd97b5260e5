"""Why something about a press inquiry was refused, in words."""

from __future__ import annotations

import pages.parts.correspondence_reasons as _reasons  # noqa: F401 - registers what a correspondence's codes mean
from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "question_missing": lambda: t("Skriv med noen ord hva journalisten spør om."),
        "string_too_long": lambda: t("Teksten er for lang."),
        "deadline_before_received": lambda: t("Fristen kan ikke være før henvendelsen kom. Rett en av dem."),
        "deadline_unlikely": lambda: t("Fristen er mer enn to år fram i tid. Rett datoen."),
        "outcome_needs_answer": lambda: t("Registrer svaret først. Et utfall uten svar kan bare være trukket."),
        "outcome_closes": lambda: t("En trukket henvendelse skal lukkes. Velg «Lukk» og utfallet trukket."),
        "withdrawn_is_no_answer": lambda: t("Trukket er ikke et svar. Velg «Lukk» og utfallet trukket."),
        "inquiry_in_use": lambda: t(
            "Det har skjedd noe med henvendelsen siden den ble lagret, så den kan ikke angres. Rett den i stedet."
        ),
        "undo_not_yours": lambda: t("Bare den som lagret henvendelsen, kan angre."),
        "undo_too_late": lambda: t(
            "Det er gått mer enn et kvarter, så henvendelsen kan ikke angres. Rett den i stedet."
        ),
        "token_used": lambda: t(
            "Dette skjemaet er alt lagret i en annen fane. Lagre en gang til, så blir det en ny henvendelse."
        ),
    }
)
