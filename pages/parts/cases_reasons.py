"""Why a call could not be saved, corrected or taken back, in words."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "what_missing": lambda: t("Skriv med noen ord hva det gjelder, så lagres henvendelsen."),
        "received_in_future": lambda: t("Tidspunktet henvendelsen kom inn, er ikke kommet ennå. Rett det."),
        "received_too_long_ago": lambda: t("Henvendelsen kan ikke være så gammel. Rett datoen."),
        "house_gone": lambda: t("Huset du valgte, finnes ikke lenger. Velg et annet, eller lagre navnet som tekst."),
        "person_gone": lambda: t(
            "Personen du valgte, finnes ikke lenger. Velg en annen, eller lagre navnet som tekst."
        ),
        "nobody_chosen": lambda: t("Velg et hus eller en person."),
        "topic_gone": lambda: t("Temaet du valgte, finnes ikke lenger. Velg et annet."),
        "token_used": lambda: t(
            "Dette skjemaet er alt lagret i en annen fane. Lagre en gang til, så blir det en ny henvendelse."
        ),
        "undo_not_yours": lambda: t("Bare den som lagret henvendelsen, kan angre."),
        "undo_too_late": lambda: t(
            "Det er gått mer enn et kvarter, så henvendelsen kan ikke angres. Rett den i stedet."
        ),
        "undo_has_happened": lambda: t(
            "Det har skjedd noe med saken siden den ble lagret, så den kan ikke angres. Rett den i stedet."
        ),
        "draft_token": lambda: t("Adressen til utkastet er feil. Åpne en ny henvendelse."),
        "draft_too_long": lambda: t("Teksten er for lang til å tas vare på som utkast."),
    }
)
