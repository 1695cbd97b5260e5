"""What kinds of organisations and owners are called, on screens and in lists that leave the house."""

from __future__ import annotations

from crm.i18n import t
from db.models.organisations import OrganisationKind, OwnerForm


def kind_words(kind: OrganisationKind) -> str:
    return {
        OrganisationKind.HOUSE: t("Kulturhus"),
        OrganisationKind.SUPPLIER: t("Leverandør"),
        OrganisationKind.OUTLET: t("Redaksjon"),
        OrganisationKind.AUTHORITY: t("Myndighet"),
        OrganisationKind.PARTY: t("Parti"),
        OrganisationKind.NETWORK_BODY: t("Organ"),
        OrganisationKind.PARTNER: t("Samarbeidspartner"),
        OrganisationKind.OWN: t("Oss selv"),
    }[kind]


def owner_words(form: str) -> str:
    return {
        OwnerForm.MUNICIPALITY: t("Kommunen"),
        OwnerForm.MUNICIPAL_ENTERPRISE: t("Kommunalt foretak (KF)"),
        OwnerForm.INTERMUNICIPAL: t("Interkommunalt selskap (IKS)"),
        OwnerForm.COUNTY: t("Fylkeskommunen"),
        OwnerForm.STATE: t("Staten"),
        OwnerForm.LIMITED_COMPANY: t("Aksjeselskap (AS)"),
        OwnerForm.FOUNDATION: t("Stiftelse"),
        OwnerForm.ASSOCIATION: t("Forening"),
        OwnerForm.COOPERATIVE: t("Samvirkeforetak (SA)"),
        OwnerForm.OTHER: t("Annet"),
    }[OwnerForm(form)]
