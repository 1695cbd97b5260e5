"""What the reason codes of persons, their posts and their wishes mean."""

from __future__ import annotations

from crm.i18n import t
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "person_name_missing": lambda: t("Skriv hva personen heter."),
        "contact_missing": lambda: t("Skriv nummeret eller adressen."),
        "contact_stopped_already": lambda: t("Det er allerede notert. Endre det som står."),
        "post_ends_before_it_begins": lambda: t("Stillingen kan ikke slutte før den begynner."),
        "last_day_missing": lambda: t("Skriv den siste dagen i stillingen."),
        "post_where": lambda: t("Velg hvor stillingen er."),
        "basis_missing": lambda: t("Velg hvorfor vi kan ha opplysningene (behandlingsgrunnlag)."),
        "party_only_in_office": lambda: t("Parti føres bare på folkevalgte og oppnevnte verv."),
        "party_needs_source": lambda: t("Skriv hvor partiet er oppgitt."),
        "language_unknown": lambda: t("Velg språk fra listen."),
    }
)
