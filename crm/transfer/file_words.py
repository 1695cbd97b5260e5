"""What is said about a file or a row, in the reader's language: why it is refused, and what was read otherwise than it stands."""

from __future__ import annotations

from collections.abc import Mapping

from crm.i18n import shown_number, t
from crm.transfer.meanings import Meaning
from crm.transfer.tables import Notice
from crm.transfer.words import meaning_words

Facts = Mapping[str, object]


def refusal_words(code: str, facts: Facts) -> str:
    """Why a file or an import is refused as a whole. KeyError for a code that is none of ours: ask `is_refusal`."""
    return _refusals()[code].format(**_shown(facts))


def is_refusal(code: str) -> bool:
    return code in _refusals()


def notice_words(notice: Notice) -> str:
    return _notices()[notice.code].format(**_shown(notice.facts))


def remark_words(code: str, cell: str) -> str:
    """`cell` is what stood in the list; "" in kept reports, where it was somebody's phone or address."""
    return " ".join(_remarks()[code].format(cell=f"«{cell}»" if cell else "").split()).replace(" ,", ",")


def _refusals() -> dict[str, str]:
    return {
        "file_too_large": t("Filen er større enn {limit} MB. Del den opp, eller fjern det som ikke er listen."),
        "empty_file": t("Filen er tom."),
        "binary": t(
            "Dette er ikke en tekstfil: linje {line} har tegn som ikke er tekst. Lagre listen som CSV, .xlsx eller .ods."
        ),
        "line_too_long": t("Linje {line} er lengre enn {limit} tegn. Det er neppe en liste."),
        "cell_too_long": t("En celle i linje {line} er lengre enn {limit} tegn."),
        "too_many_rows": t("Listen har flere enn {limit} rader, som er det meste vi leser på én gang. Del den opp."),
        "too_many_columns": t("Linje {line} har flere enn {limit} kolonner."),
        "too_much_text": t("Cellene har til sammen mer tekst enn vi leser på én gang. Del listen opp."),
        "quote_unclosed": t(
            "Et anførselstegn som åpnes i linje {line}, lukkes aldri. Rett linjen, eller les anførselstegn som vanlige tegn."
        ),
        "quote_misplaced": t(
            "Linje {line} har et anførselstegn på feil sted. Rett linjen, eller les anførselstegn som vanlige tegn."
        ),
        "rows_swallowed": t(
            "Linje {line} til {ends} er blitt til én rad, fordi et anførselstegn mangler. "
            "Rett linjen, eller les anførselstegn som vanlige tegn."
        ),
        "old_excel": t(
            "Dette er en gammel Excel-fil (.xls) eller en fil med passord. Lagre den som .xlsx uten passord."
        ),
        "not_a_workbook": t("Dette er en zip-fil, men ikke et regneark. Lagre listen som .xlsx, .ods eller CSV."),
        "workbook_broken": t("Regnearket er skadet og kan ikke leses. Åpne det og lagre det på nytt."),
        "workbook_locked": t("Regnearket har passord. Lagre det uten."),
        "workbook_empty": t("Regnearket har ingen ark som vises."),
        "unpacks_too_large": t("Filen pakkes ut til mer enn {limit} MB. Den blir ikke åpnet."),
        "cell_too_far": t(
            "Arket har en celle i rad {row}, kolonne {column}. Slett alt utenfor selve listen, og lagre på nytt."
        ),
        "too_demanding": t("Lesingen ble stoppet fordi filen krevde for mye tid eller minne. Ingenting er lagret."),
        "calendar_without_people": t("Kalenderfilen har ingen deltakere."),
        "no_name_column": t("Velg hvilken kolonne som har navnet på huset."),
        "no_person_column": t("Velg hvilken kolonne som har personens navn."),
        "column_twice": t("To kolonner er valgt som «{column}». Velg bare én."),
        "no_rows": t("Listen har overskrifter, men ingen rader under."),
        "import_outdated": t(
            "Noe er endret siden listen ble kontrollert, så noen rader ville havnet et annet sted. "
            "Se over på nytt. Ingenting er lagret."
        ),
        "import_nothing": t("Det er ikke noe nytt å lagre."),
    }


def _notices() -> dict[str, str]:
    return {
        "mangled": t(
            "Bokstaver er ødelagt {count} steder, først i linje {line}: «Ã¥» skulle vært «å». Velg en annen tegnkoding."
        ),
        "characters_lost": t("{count} tegn kan ikke leses med denne tegnkodingen. Velg en annen."),
        "formulas": t("Arket har {count} formler. Verdiene som sist ble regnet ut, er brukt."),
        "left_out": t("Dette i kortene blir ikke med: {names}."),
    }


def _remarks() -> dict[str, str]:
    return {
        "row_too_wide": t("Raden har flere celler enn det er overskrifter: noe er forskjøvet."),
        "name_missing": t("Navnet mangler."),
        "person_missing": t("Raden har verken navn eller e-postadresse."),
        "name_too_long": t("Navnet {cell} er for langt."),
        "named_by_email": t("Navnet mangler, så e-postadressen står som navn."),
        "card_line": t("Kortet har linjer som ikke kan leses."),
        "card_unclosed": t("Kortet er ikke avsluttet slik det skal."),
        "suppressed": t("Vedkommende har bedt om å bli slettet og er ikke tatt med."),
        "contact_suppressed": t("Kontaktpersonen har bedt om å bli slettet og er ikke tatt med."),
        "name_damaged": t("Navnet {cell} har tegn som ikke kunne leses."),
        "national_number": t(
            "Det står et fødselsnummer der organisasjonsnummeret skulle vært. Raden er ikke tatt med."
        ),
        "national_number_in_note": t("Merknaden har et fødselsnummer og er ikke tatt med."),
        "org_number_empty": t("Organisasjonsnummeret {cell} har ingen tall."),
        "org_number_not_nine_digits": t("Organisasjonsnummeret {cell} har ikke ni sifre og er utelatt."),
        "org_number_wrong_series": t("Organisasjonsnummeret {cell} begynner ikke på 8 eller 9 og er utelatt."),
        "org_number_wrong_check_digit": t("Organisasjonsnummeret {cell} har feil kontrollsiffer og er utelatt."),
        "place_unknown": t("Vi kjenner ingen kommune som heter {cell}."),
        "place_several": t("Flere kommuner heter {cell}."),
        "place_split": t("Kommunen {cell} ble delt i 2024."),
        "place_renumbered": t("Kommunenummeret er fra før 2024: {cell}."),
        "kind_unknown": t("Typen {cell} er ukjent og utelatt."),
        "ourselves": t("Det er oss selv. Vi finnes her fra før, og en liste endrer ikke på det."),
        "owner_form_unknown": t("Eierformen {cell} er ukjent og utelatt."),
        "post_kind_unknown": t("Stillingstypen {cell} er ukjent og utelatt."),
        "legal_basis_unknown": t("Behandlingsgrunnlaget {cell} er ukjent og utelatt."),
        "party_not_in_office": t("Parti føres bare på folkevalgte og oppnevnte verv, og er utelatt."),
        "party_without_source": t("Det står ikke hvem som har oppgitt partiet, så det er utelatt."),
        "post_dates_crossed": t("Stillingen slutter før den begynner: {cell}. Begynnelsen er utelatt."),
        "title_in_note": t("Stillingen hører ikke til noen organisasjon og er satt i merknaden."),
        "language_unknown": t("Språket {cell} er ukjent og utelatt."),
        "do_not_contact_unknown": t("Ønsket {cell} om ikke å bli kontaktet er ikke forstått."),
        "date_not_read": t("Datoen {cell} kunne ikke leses."),
        "phone_not_read": t("Telefonnummeret {cell} kunne ikke leses. Det er tatt med som det står."),
        "email_not_read": t("E-postadressen {cell} er ikke gyldig. Den er tatt med som den står."),
        "contact_without_name": t("Kontaktpersonen mangler navn, så telefon og e-post til vedkommende er utelatt."),
        "kept_org_number": t("Listen har organisasjonsnummer {cell}; vårt er beholdt."),
        "kept_municipality_number": t("Listen har kommune {cell}; vår er beholdt."),
        "kept_owner_form": t("Listen har en annen eierform; vår er beholdt."),
        "kept_kind": t("Listen har typen {cell}; vår er beholdt. Den kan endres på organisasjonens egen side."),
        "kind_no_member": t(
            "Vi har den som noe annet enn et kulturhus eller en leverandør, så den blir ikke medlem. "
            "Endre typen på organisasjonens egen side, og importer på nytt."
        ),
        "kept_website": t("Listen har nettsiden {cell}; vår er beholdt."),
        "kept_name": t("Vi kjenner vedkommende som {cell}; navnet er beholdt."),
        "kept_title": t("Listen har stillingen {cell}; vår er beholdt."),
        "kept_member_since": t("Listen sier medlem siden {cell}; vår dato er beholdt."),
        "former_member": t("Huset er tidligere medlem. Start medlemskapet på husets egen side hvis det er med igjen."),
    }


def _shown(facts: Facts) -> dict[str, object]:
    return {name: _shown_fact(name, value) for name, value in facts.items()}


def _shown_fact(name: str, value: object) -> object:
    if name == "column" and not isinstance(value, int):
        return meaning_words(Meaning(str(value)))
    return shown_number(value) if isinstance(value, int) else value
