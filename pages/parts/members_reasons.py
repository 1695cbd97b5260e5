"""What the reason codes of houses, members and places mean."""

from __future__ import annotations

from crm.i18n import t
from pages.parts.plain import escaped
from streamlit_config.shell import explain_reasons

explain_reasons(
    {
        "org_number_not_nine_digits": lambda: t("Et organisasjonsnummer har ni sifre."),
        "org_number_wrong_series": lambda: t("Organisasjonsnumre begynner på 8 eller 9."),
        "org_number_wrong_check_digit": lambda: t(
            "Organisasjonsnummeret har feil kontrollsiffer. Se om to sifre er byttet om."
        ),
        "org_number_empty": lambda: t("Et organisasjonsnummer har ni sifre."),
        "org_number_taken": lambda name: t("{name} har dette organisasjonsnummeret.", name=escaped(name)),
        "municipality_unknown": lambda: t("Velg en kommune fra listen."),
        "date_unlikely": lambda: t("Se over datoen: året kan ikke stemme."),
        "until_before_since": lambda: t("Medlemskapet kan ikke slutte før det begynner."),
        "name_ends_before_it_begins": lambda: t("Navnet kan ikke slutte før det begynner."),
        "kind_ourselves": lambda: t("Vi selv er bare én, og blir ikke noe annet."),
        "kind_no_member": lambda: t("Bare kulturhus og leverandører kan være medlem."),
        "kind_is_member": lambda: t(
            "Bare kulturhus og leverandører kan være medlem. Avslutt medlemskapet før typen endres."
        ),
        "kind_has_inquiries": lambda: t(
            "Det er ført mediehenvendelser på redaksjonen. Rett dem til en annen redaksjon før typen endres."
        ),
        "kind_governs": lambda: t(
            "Den står som den som styrer en kommune eller et fylke. Ta det bort under tilhørighet før typen endres."
        ),
        "kind_has_meetings": lambda: t("Organet har møter, plasser eller en rytme, og må fortsatt være et organ."),
        "kind_body_taken": lambda: t("Et annet organ har dette navnet."),
        "part_of_itself": lambda: t("En organisasjon kan ikke være del av seg selv."),
        "governed_already": lambda: t("En annen organisasjon styrer denne kommunen eller dette fylket."),
        "already_member": lambda: t(
            "Huset er allerede medlem i dette tidsrommet. Rett datoene på det medlemskapet, eller fjern det."
        ),
        "memberships_overlap": lambda: t("Medlemskapet ville overlappe et annet medlemskap."),
        "membership_after_merge": lambda: t(
            "Huset er slått sammen med et annet. Medlemskapet må slutte før den dagen."
        ),
        "string_too_short": lambda: t("Navnet mangler."),
        "string_too_long": lambda: t("Teksten er for lang."),
    }
)
