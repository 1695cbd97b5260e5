"""What people write over the columns of their lists, Norwegian and English, by what it means there."""

from __future__ import annotations

from collections.abc import Mapping

from crm.names import search_key
from crm.transfer.meanings import Meaning

_ORGANISATIONS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "navn", "name", "medlem", "medlemsnavn", "kulturhus", "hus", "husnavn", "organisasjon", "organisasjonsnavn", "bedrift",
        "bedriftsnavn", "firma", "firmanavn", "virksomhet", "navn på hus", "navn på kulturhus", "house", "organisation",
    ),
    Meaning.ORG_NUMBER: (
        "org nr", "orgnr", "org nummer", "orgnummer", "organisasjonsnr", "organisasjonsnummer", "foretaksnummer", "org no",
        "organisation number",
    ),
    Meaning.KIND: (
        "type", "organisasjonstype", "type organisasjon", "medlemstype", "kategori", "medlemskategori", "medlemskap", "kind",
        "category", "kind of organisation",
    ),
    Meaning.OWNER_FORM: ("eierform", "organisasjonsform", "selskapsform", "eier", "driftsform", "org form", "form of ownership"),
    Meaning.MEMBER_SINCE: (
        "medlem siden", "medlem fra", "innmeldt", "innmeldt dato", "innmeldingsdato", "medlemskap fra", "startdato", "member since",
    ),
    Meaning.MUNICIPALITY: ("kommune", "kommunenr", "kommunenummer", "kommunenavn", "knr", "municipality"),
    Meaning.COUNTY: ("fylke", "fylkesnavn", "fylkesnr", "county"),
    Meaning.ADDRESS: ("adresse", "gateadresse", "postadresse", "besøksadresse", "forretningsadresse", "gate", "address"),
    Meaning.POSTAL_CODE: ("postnr", "post nr", "postnummer", "zip"),
    Meaning.POSTAL_PLACE: ("poststed", "sted", "by"),
    Meaning.PHONE: ("telefon", "tlf", "telefonnr", "tlf nr", "telefonnummer", "sentralbord", "mobil", "mobiltelefon", "phone"),
    Meaning.EMAIL: ("e post", "epost", "e postadresse", "epostadresse", "mail", "e mail", "email", "mailadresse"),
    Meaning.WEBSITE: ("nettside", "nettsted", "hjemmeside", "web", "www", "url", "website", "nettadresse"),
    Meaning.PERSON: (
        "kontaktperson", "kontakt", "kontaktnavn", "navn kontaktperson", "kontaktperson navn", "daglig leder", "leder", "contact",
    ),
    Meaning.TITLE: ("tittel", "stilling", "rolle", "stillingstittel", "kontaktperson tittel", "title"),
    Meaning.PERSON_PHONE: (
        "telefon kontaktperson", "kontaktperson telefon", "tlf kontaktperson", "mobil kontaktperson", "kontaktperson mobil",
        "kontaktperson tlf", "telefon kontakt",
    ),
    Meaning.PERSON_EMAIL: (
        "e post kontaktperson", "epost kontaktperson", "kontaktperson e post", "kontaktperson epost", "mail kontaktperson",
    ),
    Meaning.NOTE: ("merknad", "merknader", "kommentar", "notat", "note"),
}  # fmt: skip

_PERSONS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.PERSON: (
        "navn", "name", "fullt navn", "full name", "fornavn og etternavn", "kontaktperson", "kontakt", "person", "personnavn",
        "visningsnavn", "display name", "deltaker", "deltakers navn", "journalist",
    ),
    Meaning.OTHER_NAMES: ("andre navn", "other names"),
    Meaning.GIVEN_NAME: ("fornavn", "first name", "given name", "firstname"),
    Meaning.MIDDLE_NAME: ("mellomnavn", "middle name", "additional name"),
    Meaning.FAMILY_NAME: ("etternavn", "last name", "family name", "surname", "lastname"),
    Meaning.TITLE: ("tittel", "stilling", "stillingstittel", "rolle", "verv", "job title", "position", "title", "funksjon"),
    Meaning.NAME: (
        "organisasjon", "organisasjonsnavn", "firma", "firmanavn", "bedrift", "virksomhet", "selskap", "arbeidssted",
        "arbeidsgiver", "kulturhus", "hus", "organisation", "organization", "company", "company name",
        "redaksjon", "medium", "mediehus", "avis",
    ),
    Meaning.ORG_NUMBER: (
        "org nr", "orgnr", "org nummer", "organisasjonsnr", "organisasjonsnummer", "organisation number", "org no",
    ),
    Meaning.KIND: ("organisasjonstype", "type organisasjon", "kind of organisation"),
    Meaning.MUNICIPALITY: ("kommune", "kommunenr", "kommunenummer", "kommunenavn", "knr", "municipality"),
    Meaning.COUNTY: ("fylke", "fylkesnavn", "county"),
    Meaning.POST_KIND: ("stillingstype", "kind of post"),
    Meaning.POST_SINCE: ("i stillingen fra", "in the post since"),
    Meaning.POST_UNTIL: ("i stillingen til", "in the post until"),
    Meaning.LEGAL_BASIS: ("behandlingsgrunnlag", "legal basis"),
    Meaning.PARTY: ("parti", "party", "political party"),
    Meaning.PARTY_SOURCE: ("parti oppgitt av", "party according to"),
    Meaning.PERSON_PHONE: (
        "telefon", "tlf", "telefonnr", "tlf nr", "telefonnummer", "mobil", "mobilnr", "mobilnummer", "mobiltelefon", "mobil nr",
        "telefon arbeid", "telefon jobb", "telefon privat", "direktenummer", "phone", "phone number", "mobile", "mobile phone",
        "work phone", "cell",
    ),
    Meaning.PERSON_EMAIL: (
        "e post", "epost", "e postadresse", "epostadresse", "mail", "mailadresse", "e mail", "email", "email address",
        "e mail address", "e post privat", "e post jobb",
    ),
    Meaning.PERSON_ADDRESS: ("adresse", "gateadresse", "postadresse", "gate", "address", "street"),
    Meaning.PERSON_POSTAL_CODE: ("postnr", "post nr", "postnummer", "zip", "postal code"),
    Meaning.PERSON_POSTAL_PLACE: ("poststed", "sted", "by", "city"),
    Meaning.PERSON_WEBSITE: ("nettside", "nettsted", "hjemmeside", "web", "www", "url", "website"),
    Meaning.OLD_PHONE: ("gamle telefonnumre", "old phone numbers"),
    Meaning.OLD_EMAIL: ("gamle e postadresser", "old e mail addresses"),
    Meaning.OLD_ADDRESS: ("gamle adresser", "old addresses"),
    Meaning.OLD_WEBSITE: ("gamle nettsider", "old websites"),
    Meaning.LANGUAGES: ("språk", "language", "languages", "målform"),
    Meaning.DO_NOT_CONTACT: ("ikke kontakt på", "do not contact by", "reservert", "reservasjon"),
    Meaning.PERSON_NOTE: ("merknad", "merknader", "kommentar", "notat", "notater", "note", "notes"),
    Meaning.SOURCE_NUMBER: ("kulturcrm nr", "kulturcrm no"),
}  # fmt: skip


def _by_heading(headings: Mapping[Meaning, tuple[str, ...]]) -> Mapping[str, Meaning]:
    return {search_key(heading): meaning for meaning, written in headings.items() for heading in written}


OF_ORGANISATIONS = _by_heading(_ORGANISATIONS)
OF_PERSONS = _by_heading(_PERSONS)
# A column named after a title says it of everybody in it.
TITLES = {search_key("daglig leder"): "Daglig leder", search_key("journalist"): "Journalist"}
