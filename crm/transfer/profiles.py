"""The programs whose lists of persons we know by their headings, and what those mean there.

Outlook's `Title` is Mr. or Mrs. and LinkedIn's `URL` a person's page: what a heading means depends on who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.names import search_key
from crm.transfer.headings import OF_PERSONS
from crm.transfer.meanings import Meaning


@dataclass(frozen=True)
class Profile:
    """`needs` are headings that, all together, nobody else has. Numbers in headings are left out: `Phone 2 - Value`.

    `is_exact`: the program's cells are read to the letter and may say `40 61 23 45 [mobil]`. `keeps_apart`: two rows with
    different numbers are two persons, whatever their names.
    """

    name: str
    needs: frozenset[str]
    meanings: Mapping[str, Meaning]
    is_exact: bool = False
    keeps_apart: bool = False

    def meaning_of(self, heading: str) -> Meaning | None:
        return self.meanings.get(_key(heading))


def profile_of(headings: Sequence[str]) -> Profile | None:
    keys = {_key(heading) for heading in headings}
    return next((profile for profile in PROFILES if profile.needs <= keys), None)


def _key(heading: str) -> str:
    return re.sub("[0-9]+ ?", "", search_key(heading)).strip()


def _profile(
    name: str, needs: Sequence[str], meanings: Mapping[Meaning, Sequence[str]], *, is_exact: bool = False
) -> Profile:
    by_heading = {_key(heading): meaning for meaning, written in meanings.items() for heading in written}
    return Profile(name, frozenset(map(_key, needs)), by_heading, is_exact)


_NAMES = {
    Meaning.GIVEN_NAME: ("First Name", "Given Name", "Fornavn"),
    Meaning.MIDDLE_NAME: ("Middle Name", "Additional Name", "Mellomnavn"),
    Meaning.FAMILY_NAME: ("Last Name", "Family Name", "Etternavn"),
}

PROFILES: tuple[Profile, ...] = (
    Profile("kulturcrm", frozenset({"kulturcrm nr"}), OF_PERSONS, is_exact=True, keeps_apart=True),
    Profile("kulturcrm", frozenset({"kulturcrm no"}), OF_PERSONS, is_exact=True, keeps_apart=True),
    _profile(
        "vCard",
        ("UID", "FN", "ORG-TEL"),
        {
            Meaning.SOURCE_NUMBER: ("UID",),
            Meaning.PERSON: ("FN",),
            Meaning.TITLE: ("TITLE",),
            Meaning.NAME: ("ORG",),
            Meaning.PERSON_PHONE: ("TEL",),
            Meaning.PERSON_EMAIL: ("EMAIL",),
            Meaning.PERSON_ADDRESS: ("ADR",),
            Meaning.PERSON_WEBSITE: ("URL",),
            Meaning.LANGUAGES: ("LANG",),
            Meaning.PERSON_NOTE: ("NOTE",),
            Meaning.PHONE: ("ORG-TEL",),
            Meaning.EMAIL: ("ORG-EMAIL",),
            Meaning.ADDRESS: ("ORG-ADR",),
            Meaning.WEBSITE: ("ORG-URL",),
        },
        is_exact=True,
    ),
    _profile("iCalendar", ("CN", "MAILTO"), {Meaning.PERSON: ("CN",), Meaning.PERSON_EMAIL: ("MAILTO",)}),
    _profile(
        "Outlook",
        ("First Name", "Company", "Business Phone", "E-mail Address"),
        _NAMES
        | {
            Meaning.NAME: ("Company",),
            Meaning.TITLE: ("Job Title",),
            Meaning.PERSON_PHONE: ("Business Phone", "Mobile Phone", "Home Phone", "Primary Phone", "Other Phone"),
            Meaning.PERSON_EMAIL: ("E-mail Address", "E-mail 2 Address"),
            Meaning.PERSON_ADDRESS: ("Business Street",),
            Meaning.PERSON_POSTAL_CODE: ("Business Postal Code",),
            Meaning.PERSON_POSTAL_PLACE: ("Business City",),
            Meaning.PERSON_WEBSITE: ("Web Page", "Personal Web Page"),
            Meaning.PERSON_NOTE: ("Notes", "Department"),
        },
    ),
    _profile(
        "Outlook",
        ("Fornavn", "Firma", "E-postadresse", "Mobiltelefon"),
        _NAMES
        | {
            Meaning.NAME: ("Firma",),
            Meaning.TITLE: ("Stilling",),
            Meaning.PERSON_PHONE: (
                "Telefon, arbeid",
                "Arbeidstelefon",
                "Telefon (arbeid)",
                "Mobiltelefon",
                "Telefon, privat",
            ),
            Meaning.PERSON_EMAIL: ("E-postadresse", "E-postadresse 2", "E-post 2, adresse"),
            Meaning.PERSON_ADDRESS: ("Arbeidsadresse, gate", "Gate (arbeid)", "Arbeid, gate"),
            Meaning.PERSON_POSTAL_CODE: ("Arbeidsadresse, postnummer", "Postnummer (arbeid)", "Arbeid, postnummer"),
            Meaning.PERSON_POSTAL_PLACE: ("Arbeidsadresse, poststed", "Poststed (arbeid)", "Arbeid, poststed"),
            Meaning.PERSON_WEBSITE: ("Webside", "Nettside"),
            Meaning.PERSON_NOTE: ("Notater", "Avdeling"),
        },
    ),
    _profile(
        "Google",
        ("E-mail 1 - Value", "Phone 1 - Value"),
        _NAMES
        | {
            Meaning.PERSON: ("Name",),
            Meaning.NAME: ("Organization Name", "Organization 1 - Name"),
            Meaning.TITLE: ("Organization Title", "Organization 1 - Title"),
            Meaning.PERSON_PHONE: ("Phone 1 - Value",),
            Meaning.PERSON_EMAIL: ("E-mail 1 - Value",),
            Meaning.PERSON_ADDRESS: ("Address 1 - Street",),
            Meaning.PERSON_POSTAL_CODE: ("Address 1 - Postal Code",),
            Meaning.PERSON_POSTAL_PLACE: ("Address 1 - City",),
            Meaning.PERSON_WEBSITE: ("Website 1 - Value",),
            Meaning.PERSON_NOTE: ("Notes", "Organization Department", "Organization 1 - Department"),
        },
    ),
    _profile(
        "Mailchimp",
        ("Email Address", "MEMBER_RATING"),
        _NAMES
        | {
            Meaning.PERSON_EMAIL: ("Email Address",),
            Meaning.PERSON_PHONE: ("Phone Number",),
            Meaning.PERSON_ADDRESS: ("Address",),
            Meaning.NAME: ("Company",),
            Meaning.DO_NOT_CONTACT: ("UNSUB_TIME",),
            Meaning.PERSON_NOTE: ("NOTES",),
        },
    ),
    _profile(
        "LinkedIn",
        ("First Name", "Position", "Connected On"),
        _NAMES
        | {
            Meaning.PERSON_EMAIL: ("Email Address",),
            Meaning.NAME: ("Company",),
            Meaning.TITLE: ("Position",),
            Meaning.PERSON_WEBSITE: ("URL",),
        },
    ),
    _profile(
        "Thunderbird",
        ("Display Name", "Primary Email"),
        _NAMES
        | {
            Meaning.PERSON: ("Display Name",),
            Meaning.PERSON_EMAIL: ("Primary Email", "Secondary Email"),
            Meaning.PERSON_PHONE: ("Work Phone", "Home Phone", "Mobile Number"),
            Meaning.NAME: ("Organization",),
            Meaning.TITLE: ("Job Title",),
            Meaning.PERSON_ADDRESS: ("Work Address",),
            Meaning.PERSON_POSTAL_CODE: ("Work ZipCode",),
            Meaning.PERSON_POSTAL_PLACE: ("Work City",),
            Meaning.PERSON_WEBSITE: ("Web Page 1",),
            Meaning.PERSON_NOTE: ("Notes", "Department"),
        },
    ),
)
