"""Our own words for outcomes, columns and likenesses, in the reader's language."""

from __future__ import annotations

from crm.i18n import t
from crm.likeness import Likeness, Reason
from crm.transfer.changes import Field
from crm.transfer.examination import Outcome
from crm.transfer.meanings import Meaning


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.NEW: t("Ny"),
        Outcome.UPDATED: t("Finnes, får nye opplysninger"),
        Outcome.UNCHANGED: t("Finnes, ingenting nytt"),
        Outcome.ASKED: t("Må avgjøres"),
        Outcome.SKIPPED: t("Utelatt"),
        Outcome.REJECTED: t("Avvist"),
    }[outcome]


def field_words(field: Field) -> str:
    return {
        Field.ORG_NUMBER: t("organisasjonsnummer"),
        Field.MUNICIPALITY: t("kommune"),
        Field.OWNER_FORM: t("eierform"),
        Field.WEBSITE: t("nettside"),
        Field.NOTE: t("merknad"),
        Field.ALIAS: t("navn det også kalles"),
        Field.MEMBERSHIP: t("medlemskap"),
        Field.CONTACT: t("kontaktopplysninger"),
        Field.PERSON: t("person"),
        Field.POST: t("stilling"),
        Field.PERSON_CONTACT: t("personens kontaktopplysninger"),
        Field.PERSON_NAME: t("navn vedkommende også kalles"),
        Field.PERSON_NOTE: t("merknad om personen"),
        Field.LANGUAGES: t("språk"),
        Field.DO_NOT_CONTACT: t("ønske om ikke å bli kontaktet"),
    }[field]


def reason_words(reason: Reason) -> str:
    return {
        Reason.ORG_NUMBER: t("samme organisasjonsnummer"),
        Reason.NAME: t("samme navn"),
        Reason.EMAIL: t("samme e-postadresse"),
        Reason.PHONE: t("samme telefonnummer"),
        Reason.WORKPLACE: t("samme arbeidssted"),
        Reason.DOMAIN: t("samme domene"),
        Reason.NAME_WITHOUT_LETTERS: t("samme navn uten æ, ø og å"),
        Reason.NAME_BEGINS: t("navnet begynner likt"),
        Reason.NAME_SIMILAR: t("lignende navn"),
    }[reason]


def likeness_words(likeness: Likeness) -> str:
    return ", ".join(map(reason_words, likeness.reasons))


def meaning_words(meaning: Meaning) -> str:
    return {
        Meaning.NAME: t("Organisasjonens navn"),
        Meaning.ORG_NUMBER: t("Organisasjonsnummer"),
        Meaning.KIND: t("Type (hus, leverandør, myndighet …)"),
        Meaning.OWNER_FORM: t("Eierform"),
        Meaning.MEMBER_SINCE: t("Medlem siden"),
        Meaning.MUNICIPALITY: t("Kommune"),
        Meaning.COUNTY: t("Fylke"),
        Meaning.ADDRESS: t("Adresse"),
        Meaning.POSTAL_CODE: t("Postnummer"),
        Meaning.POSTAL_PLACE: t("Poststed"),
        Meaning.PHONE: t("Telefon"),
        Meaning.EMAIL: t("E-post"),
        Meaning.WEBSITE: t("Nettside"),
        Meaning.PERSON: t("Kontaktperson"),
        Meaning.TITLE: t("Kontaktpersonens tittel"),
        Meaning.PERSON_PHONE: t("Kontaktpersonens telefon"),
        Meaning.PERSON_EMAIL: t("Kontaktpersonens e-post"),
        Meaning.NOTE: t("Merknad om huset"),
        Meaning.PERSON: t("Personens navn"),
        Meaning.OTHER_NAMES: t("Andre navn"),
        Meaning.GIVEN_NAME: t("Fornavn"),
        Meaning.MIDDLE_NAME: t("Mellomnavn"),
        Meaning.FAMILY_NAME: t("Etternavn"),
        Meaning.TITLE: t("Personens stilling"),
        Meaning.POST_KIND: t("Stillingstype"),
        Meaning.POST_SINCE: t("I stillingen fra"),
        Meaning.POST_UNTIL: t("I stillingen til"),
        Meaning.LEGAL_BASIS: t("Behandlingsgrunnlag"),
        Meaning.PARTY: t("Parti"),
        Meaning.PARTY_SOURCE: t("Parti oppgitt av"),
        Meaning.PERSON_PHONE: t("Personens telefon"),
        Meaning.PERSON_EMAIL: t("Personens e-post"),
        Meaning.PERSON_ADDRESS: t("Personens adresse"),
        Meaning.PERSON_POSTAL_CODE: t("Personens postnummer"),
        Meaning.PERSON_POSTAL_PLACE: t("Personens poststed"),
        Meaning.PERSON_WEBSITE: t("Personens nettside"),
        Meaning.OLD_PHONE: t("Gamle telefonnumre"),
        Meaning.OLD_EMAIL: t("Gamle e-postadresser"),
        Meaning.OLD_ADDRESS: t("Gamle adresser"),
        Meaning.OLD_WEBSITE: t("Gamle nettsider"),
        Meaning.LANGUAGES: t("Språk"),
        Meaning.DO_NOT_CONTACT: t("Ikke kontakt på"),
        Meaning.PERSON_NOTE: t("Merknad om personen"),
        Meaning.SOURCE_NUMBER: t("Nummer i listen det kommer fra"),
    }[meaning]
