"""What the columns of a member list mean, by their headings. A proposal: whoever imports can correct every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from crm.names import search_key
from crm.transfer.limits import HEADER_WITHIN
from crm.transfer.meanings import MAY_REPEAT, Meaning
from crm.transfer.tables import Line, Table

_HEADINGS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "navn", "name", "medlem", "medlemsnavn", "kulturhus", "hus", "husnavn", "organisasjon", "organisasjonsnavn", "bedrift",
        "bedriftsnavn", "firma", "firmanavn", "virksomhet", "navn på hus", "navn på kulturhus", "house", "organisation",
    ),
    Meaning.ORG_NUMBER: (
        "org nr", "orgnr", "org nummer", "orgnummer", "organisasjonsnr", "organisasjonsnummer", "foretaksnummer", "org no",
    ),
    Meaning.KIND: ("type", "medlemstype", "kategori", "medlemskategori", "medlemskap", "kind"),
    Meaning.OWNER_FORM: ("eierform", "organisasjonsform", "selskapsform", "eier", "driftsform", "org form"),
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

_MEANING_OF = {search_key(heading): meaning for meaning, headings in _HEADINGS.items() for heading in headings}
# What a column of a list of members can be said to be.
CHOICES = tuple(_HEADINGS)
# A manager's column is named after the title: then that is also the title.
TITLES = {search_key("daglig leder"): "Daglig leder"}


def meaning_of(heading: str) -> Meaning | None:
    """By the whole heading, else without what stands in brackets or after a colon: `Org.nr. (9 siffer)`."""
    whole = _MEANING_OF.get(search_key(heading))
    return whole or _MEANING_OF.get(search_key(heading.partition("(")[0].partition(":")[0].rstrip("*")))


def header_place(lines: Sequence[Line]) -> int | None:
    """The index of the line whose cells look most like headings; lists often begin with a title. None: there is none.

    Without any heading we know, the first line with more than one cell filled in.
    """
    first = lines[:HEADER_WITHIN]
    scores = [len({meaning_of(cell) for cell in line.cells}.difference({None})) for line in first]
    most = max(scores, default=0)
    if most:
        return scores.index(most)
    return next((place for place, line in enumerate(first) if sum(map(bool, line.cells)) > 1), 0 if first else None)


def headings(table: Table, header: int) -> tuple[str, ...]:
    """As they stand, trailing empty ones left out."""
    cells = list(table.lines[header].cells)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def proposed_meanings(names: Sequence[str]) -> tuple[Meaning | None, ...]:
    """One for each column. A phone or e-mail column after the contact person's is still the house's, if there is no other hint.

    Of two columns with the same meaning the second is read only where a house can have two.
    """
    seen: Counter[Meaning] = Counter()
    found: list[Meaning | None] = []
    for name in names:
        meaning = meaning_of(name)
        if meaning is not None:
            seen[meaning] += 1
            if seen[meaning] > 1 and meaning not in MAY_REPEAT:
                meaning = None
        found.append(meaning)
    return tuple(found)


def doubled(meanings: Sequence[Meaning | None]) -> tuple[Meaning, ...]:
    """Those chosen for two columns though a house has only one of them."""
    counted = Counter(meaning for meaning in meanings if meaning is not None)
    return tuple(meaning for meaning, count in counted.items() if count > 1 and meaning not in MAY_REPEAT)


def same_headings(names: Sequence[str]) -> tuple[str, ...]:
    """Headings that stand over more than one column."""
    counted = Counter(search_key(name) for name in names if name)
    return tuple(dict.fromkeys(name for name in names if name and counted[search_key(name)] > 1))
