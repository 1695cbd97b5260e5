"""Files as people have them, written by us after what each program exports. All persons in them are made up.

Each sample: the name, the bytes, and what is expected of each row as "outcome: name; remarks". The rows are compared with an empty
system, so all that can be used is new.
"""

from __future__ import annotations

import io
import quopri
from collections.abc import Sequence
from typing import NamedTuple

import xlsxwriter

from tests.crm.sheets import opendocument


class Sample(NamedTuple):
    what: str
    name: str
    data: bytes
    expected: tuple[str, ...]


KARI, ODD, ASE = "new: Kari Nordmann", "new: Odd Ærø", "new: Åse Vågå"


def table(rows: Sequence[Sequence[str]], separator: str = ",", quote: str = '"') -> str:
    """As most programs write CSV: quoted where it must be."""
    return "\r\n".join(separator.join(_quoted(cell, separator, quote) for cell in row) for row in rows) + "\r\n"


def _quoted(cell: str, separator: str, quote: str) -> str:
    needs = any(mark in cell for mark in (separator, quote, "\n"))
    return f"{quote}{cell.replace(quote, quote * 2)}{quote}" if needs else cell


def under(headings: str, *rows: dict[str, str], separator: str = ",") -> str:
    names = headings.split("|")
    return table([names, *([row.get(name, "") for name in names] for row in rows)], separator)


def workbook(rows: Sequence[Sequence[object]], before: Sequence[Sequence[object]] = ()) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Ark1")
    for number, row in enumerate([*before, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def printable(text: str, encoding: str = "utf-8") -> str:
    return quopri.encodestring(text.encode(encoding), quotetabs=False).decode("ascii").replace("=\n", "=\r\n").strip()


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


OUTLOOK = (
    "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business City|"
    "Business Postal Code|Business Country/Region|Business Fax|Business Phone|Business Phone 2|Home Phone|Mobile Phone|"
    "Birthday|Categories|E-mail Address|E-mail Type|E-mail Display Name|E-mail 2 Address|Notes|Web Page"
)
OUTLOOK_NO = (
    "Tittel|Fornavn|Mellomnavn|Etternavn|Suffiks|Firma|Avdeling|Stilling|Arbeidsadresse, gate|Arbeidsadresse, poststed|"
    "Arbeidsadresse, postnummer|Arbeidstelefon|Mobiltelefon|E-postadresse|E-posttype|E-postadresse 2|Notater|Webside"
)
GOOGLE = (
    "First Name|Middle Name|Last Name|Phonetic First Name|Name Prefix|Nickname|File As|Organization Name|Organization Title|"
    "Organization Department|Birthday|Notes|Photo|Labels|E-mail 1 - Label|E-mail 1 - Value|E-mail 2 - Label|E-mail 2 - Value|"
    "Phone 1 - Label|Phone 1 - Value|Phone 2 - Label|Phone 2 - Value|Address 1 - Label|Address 1 - Formatted|"
    "Address 1 - Street|Address 1 - City|Address 1 - Postal Code|Website 1 - Label|Website 1 - Value"
)
GOOGLE_OLD = (
    "Name|Given Name|Additional Name|Family Name|Yomi Name|Notes|Group Membership|E-mail 1 - Type|E-mail 1 - Value|"
    "Phone 1 - Type|Phone 1 - Value|Organization 1 - Type|Organization 1 - Name|Organization 1 - Title"
)
MAILCHIMP = (
    "Email Address|First Name|Last Name|Address|Phone Number|Birthday|MEMBER_RATING|OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|"
    "LATITUDE|LONGITUDE|TIMEZONE|CC|REGION|LAST_CHANGED|LEID|EUID|NOTES|TAGS"
)
LINKEDIN = "First Name|Last Name|URL|Email Address|Company|Position|Connected On"
LINKEDIN_NOTE = (
    'Notes:\r\n"When exporting your connection data, you may notice that some addresses are missing."\r\n\r\n'
)
THUNDERBIRD = (
    "First Name|Last Name|Display Name|Nickname|Primary Email|Secondary Email|Screen Name|Work Phone|Home Phone|Fax Number|"
    "Pager Number|Mobile Number|Work Address|Work City|Work ZipCode|Job Title|Department|Organization|Web Page 1|Notes"
)
KARI_OUTLOOK = {
    "Title": "Ms.",
    "First Name": "Kari",
    "Last Name": "Nordmann",
    "Company": "Fjordglimt kulturhus",
    "Job Title": "Daglig leder",
    "Business Phone": "21 23 45 67",
    "Mobile Phone": "40 61 23 45",
    "E-mail Address": "kari@fjordglimt.example",
    "E-mail Display Name": "Kari Nordmann (kari@fjordglimt.example)",
    "Birthday": "0.0.00",
}
KARI_NO = {
    "Fornavn": "Kari",
    "Etternavn": "Nordmann",
    "Firma": "Fjordglimt kulturhus",
    "Stilling": "Daglig leder",
    "Mobiltelefon": "40612345",
    "E-postadresse": "kari@fjordglimt.example",
}
KARI_GOOGLE = {
    "First Name": "Kari",
    "Last Name": "Nordmann",
    "Organization Name": "Fjordglimt kulturhus",
    "Organization Title": "Daglig leder",
    "Labels": "Kulturhus ::: * myContacts",
    "E-mail 1 - Label": "* Work",
    "E-mail 1 - Value": "kari@fjordglimt.example ::: post@fjordglimt.example",
    "Phone 1 - Value": "+47 40 61 23 45 ::: 21 23 45 67",
    "Address 1 - Street": "Kaia 1",
    "Address 1 - City": "Ulsteinvik",
    "Address 1 - Postal Code": "6065",
}
PLAIN = "Navn|Stilling|Organisasjon|Telefon|E-post"
KARI_PLAIN = {
    "Navn": "Kari Nordmann",
    "Stilling": "Daglig leder",
    "Organisasjon": "Fjordglimt kulturhus",
    "Telefon": "40 61 23 45",
    "E-post": "kari@fjordglimt.example",
}
ODD_PLAIN = {"Navn": "Odd Ærø", "Organisasjon": "Ørneredet", "E-post": "odd@ørneredet.example"}

TABLES = [
    Sample("Outlook, English", "contacts.csv", under(OUTLOOK, KARI_OUTLOOK).encode("utf-8-sig"), (KARI,)),
    Sample(
        "Outlook, Windows-1252",
        "contacts.CSV",
        under(OUTLOOK, {"First Name": "Odd", "Last Name": "Ærø", "Company": "Ørneredet"}).encode("cp1252"),
        (ODD,),
    ),
    Sample(
        "Outlook, only e-mail",
        "c.csv",
        under(OUTLOOK, {"E-mail Address": "post@kulturhus.example"}).encode(),
        ("new: post@kulturhus.example; named_by_email",),
    ),
    Sample(
        "Outlook, nothing of use",
        "c.csv",
        under(OUTLOOK, {"Categories": "Venner"}, KARI_OUTLOOK).encode(),
        ("rejected: ; person_missing", KARI),
    ),
    Sample(
        "Outlook, a note over two lines",
        "c.csv",
        under(OUTLOOK, KARI_OUTLOOK | {"Notes": "Ring først,\r\nhelst før 12"}).encode(),
        (KARI,),
    ),
    Sample(
        "Outlook, Norwegian, semicolon",
        "kontakter.csv",
        under(OUTLOOK_NO, KARI_NO, separator=";").encode("cp1252"),
        (KARI,),
    ),
    Sample("Outlook, Norwegian, comma", "kontakter.csv", under(OUTLOOK_NO, KARI_NO).encode("utf-8-sig"), (KARI,)),
    Sample("Google", "contacts.csv", under(GOOGLE, KARI_GOOGLE).encode(), (KARI,)),
    Sample(
        "Google, a bad phone in a joined cell",
        "c.csv",
        under(GOOGLE, KARI_GOOGLE | {"Phone 1 - Value": "123 ::: 40 61 23 45"}).encode(),
        (f"{KARI}; phone_not_read",),
    ),
    Sample(
        "Google, old headings",
        "google.csv",
        under(
            GOOGLE_OLD,
            {
                "Name": "Kari Nordmann",
                "Given Name": "Kari",
                "Family Name": "Nordmann",
                "E-mail 1 - Value": "kari@x.example",
                "Phone 1 - Value": "40612345",
            },
        ).encode(),
        (KARI,),
    ),
    Sample(
        "Google, UTF-16 with its mark",
        "google.csv",
        under(GOOGLE_OLD, {"Name": "Åse Vågå", "E-mail 1 - Value": "ase@x.example"}).encode("utf-16"),
        (ASE,),
    ),
    Sample(
        "Google, UTF-16 without a mark",
        "google.csv",
        under(GOOGLE_OLD, {"Name": "Åse Vågå", "E-mail 1 - Value": "ase@x.example"}).encode("utf-16-le"),
        (ASE,),
    ),
    Sample(
        "UTF-16 big-endian without a mark",
        "google.csv",
        under(GOOGLE_OLD, {"Name": "Åse Vågå"}).encode("utf-16-be"),
        (ASE,),
    ),
    Sample(
        "Mailchimp, subscribed",
        "subscribed.csv",
        under(
            MAILCHIMP,
            {"Email Address": "kari@x.example", "First Name": "Kari", "Last Name": "Nordmann", "MEMBER_RATING": "3"},
        ).encode(),
        (KARI,),
    ),
    Sample(
        "Mailchimp, without a name",
        "subscribed.csv",
        under(MAILCHIMP, {"Email Address": "post@x.example", "MEMBER_RATING": "2"}).encode(),
        ("new: post@x.example; named_by_email",),
    ),
    Sample(
        "Mailchimp, unsubscribed",
        "unsub.csv",
        under(
            MAILCHIMP + "|UNSUB_TIME|UNSUB_REASON",
            {
                "Email Address": "kari@x.example",
                "First Name": "Kari",
                "Last Name": "Nordmann",
                "UNSUB_TIME": "2026-03-01 10:02:11",
            },
        ).encode(),
        (KARI,),
    ),
    Sample(
        "LinkedIn, with its preamble",
        "Connections.csv",
        (
            LINKEDIN_NOTE
            + under(
                LINKEDIN,
                {
                    "First Name": "Kari",
                    "Last Name": "Nordmann",
                    "URL": "https://social.example/kari",
                    "Company": "Fjordglimt kulturhus",
                    "Position": "Daglig leder",
                    "Connected On": "01 Mar 2024",
                },
            )
        ).encode(),
        (KARI,),
    ),
    Sample(
        "LinkedIn, somebody who hid the name",
        "Connections.csv",
        (
            LINKEDIN_NOTE + under(LINKEDIN, {"Connected On": "01 Mar 2024"}, {"First Name": "Odd", "Last Name": "Ærø"})
        ).encode(),
        ("rejected: ; person_missing", ODD),
    ),
    Sample(
        "Thunderbird",
        "abook.csv",
        under(
            THUNDERBIRD,
            {
                "Display Name": "Kari Nordmann",
                "Primary Email": "kari@x.example",
                "Work Phone": "21 23 45 67",
                "Organization": "Fjordglimt",
            },
        ).encode(),
        (KARI,),
    ),
    Sample(
        "Thunderbird, tabs",
        "abook.tab",
        under(
            THUNDERBIRD,
            {"First Name": "Kari", "Last Name": "Nordmann", "Primary Email": "kari@x.example"},
            separator="\t",
        ).encode(),
        (KARI,),
    ),
    Sample(
        "a plain list",
        "deltakere.csv",
        under(PLAIN, KARI_PLAIN, ODD_PLAIN, separator=";").encode("cp1252"),
        (KARI, ODD),
    ),
    Sample(
        "Excel's own line about the separator",
        "x.csv",
        ("sep=|\r\n" + under(PLAIN, KARI_PLAIN, separator="|")).encode(),
        (KARI,),
    ),
    Sample("Macintosh letters", "x.csv", under(PLAIN, ODD_PLAIN, separator=";").encode("mac_roman"), (ODD,)),
    Sample(
        "a title and a blank line above",
        "x.csv",
        ("Deltakere på landsmøtet;;;;\r\n;;;;\r\n" + under(PLAIN, ODD_PLAIN, separator=";")).encode(),
        (ODD,),
    ),
    Sample(
        "family name first",
        "x.csv",
        under(PLAIN, KARI_PLAIN | {"Navn": "Nordmann, Kari"}, separator=";").encode(),
        (KARI,),
    ),
    Sample(
        "two numbers in a cell",
        "x.csv",
        under(PLAIN, KARI_PLAIN | {"Telefon": "40 61 23 45 / 21 23 45 67"}, separator=";").encode(),
        (KARI,),
    ),
    Sample(
        "a row that has shifted",
        "x.csv",
        (under(PLAIN, KARI_PLAIN, separator=";") + "Odd;Ærø;a;b;c;d\r\n").encode(),
        (KARI, "rejected: a; row_too_wide"),
    ),
    Sample(
        "a note with a national number",
        "x.csv",
        under("Navn|Firma|Merknad", {"Navn": "Kari Nordmann", "Merknad": "f. 02029950094"}, separator=";").encode(),
        (f"{KARI}; national_number_in_note",),
    ),
    Sample(
        "a title at no place of work",
        "x.csv",
        under(PLAIN, {"Navn": "Kari Nordmann", "Stilling": "Musiker"}, separator=";").encode(),
        (f"{KARI}; title_in_note",),
    ),
    Sample(
        "a workbook with numbers as numbers",
        "x.xlsx",
        workbook([PLAIN.split("|"), ["Kari Nordmann", "Leder", "Fjordglimt", 40612345, "kari@x.example"]]),
        (KARI,),
    ),
    Sample(
        "a workbook below a title",
        "x.xlsx",
        workbook([PLAIN.split("|"), ["Odd Ærø", "", "Ørneredet", "", ""]], [["Kontaktliste 2026"], []]),
        (ODD,),
    ),
    Sample(
        "LibreOffice",
        "x.ods",
        opendocument([PLAIN.split("|"), ["Åse Vågå", "", "Ørneredet", "40 61 23 45", ""]]),
        (ASE,),
    ),
]

CARDS = [
    Sample(
        "vCard 4.0",
        "k.vcf",
        card(
            "FN:Kari Nordmann",
            "N:Nordmann;Kari;;;",
            "ORG:Fjordglimt",
            "TITLE:Leder",
            "TEL;VALUE=uri;TYPE=cell:tel:+47-40-61-23-45",
            "EMAIL:kari@x.example",
            version="4.0",
        ).encode(),
        (KARI,),
    ),
    Sample(
        "vCard 3.0 of a phone",
        "k.vcf",
        card("N:Ærø;Odd;;;", "FN:Odd Ærø", "TEL;TYPE=CELL:40 61 23 45").encode(),
        (ODD,),
    ),
    Sample(
        "vCard 2.1, quoted-printable",
        "k.vcf",
        card(
            f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{printable('Vågå')};{printable('Åse')};;;",
            "TEL;CELL:40612345",
            version="2.1",
        ).encode(),
        (ASE,),
    ),
    Sample(
        "vCard 2.1, a soft break in the name",
        "k.vcf",
        card("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85se =\r\nV=C3=A5g=C3=A5", version="2.1").encode(),
        (ASE,),
    ),
    Sample(
        "vCard 2.1 in Latin-1",
        "k.vcf",
        card(f"FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:{printable('Åse Vågå', 'latin-1')}", version="2.1").encode(),
        (ASE,),
    ),
    Sample("vCard in UTF-16 without a mark", "k.vcf", card("FN:Åse Vågå").encode("utf-16-le"), (ASE,)),
    Sample("vCard in Windows-1252", "k.vcf", card("FN:Åse Vågå", "NOTE:Må ringes på kvelden").encode("cp1252"), (ASE,)),
    Sample(
        "Apple's groups and labels",
        "k.vcf",
        card(
            "FN:Kari Nordmann",
            "item1.EMAIL;type=INTERNET:kari@x.example",
            "item1.X-ABLabel:_$!<Work>!$_",
            "item2.URL:https://x.example",
        ).encode(),
        (KARI,),
    ),
    Sample(
        "Roundcube",
        "r.vcf",
        card(
            "N:Nordmann;Kari;;;",
            "FN:Kari Nordmann",
            "EMAIL;TYPE=INTERNET;TYPE=home:kari@x.example",
            "X-MAIDENNAME:Hansen",
            "REV:2026-01-01T10:00:00Z",
        ).encode(),
        (KARI,),
    ),
    Sample("folded lines", "k.vcf", card("FN:Kari\r\n  Nordmann", "NOTE:en lang\r\n  merknad").encode(), (KARI,)),
    Sample(
        "a picture", "k.vcf", card("FN:Kari Nordmann", "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 200_000).encode(), (KARI,)
    ),
    Sample(
        "one card without an end among others",
        "k.vcf",
        (card("FN:Kari Nordmann") + "BEGIN:VCARD\r\nFN:Odd Ærø\r\n" + card("FN:Åse Vågå")).encode(),
        (KARI, f"{ODD}; card_unclosed", ASE),
    ),
    Sample(
        "rubbish in and between the cards",
        "k.vcf",
        (card("FN:Kari Nordmann", ";;;", "=====") + "hei\r\n" + card("FN:Odd Ærø")).encode(),
        (f"{KARI}; card_line", ODD),
    ),
    Sample(
        "a card without anybody",
        "k.vcf",
        (card("TEL:40612345") + card("FN:Odd Ærø")).encode(),
        ("rejected: ; person_missing", ODD),
    ),
    Sample(
        "a company's card",
        "k.vcf",
        card("ORG:Lydlageret AS", "FN:Lydlageret AS", "X-ABShowAs:COMPANY", "TEL:21 23 45 67").encode(),
        ("new: Lydlageret AS",),
    ),
    Sample(
        "somebody with two posts",
        "k.vcf",
        card("FN:Kari Nordmann", "a.ORG:Fjordglimt", "a.TITLE:Leder", "b.ORG:Ørneredet", "b.TITLE:Styreleder").encode(),
        (KARI, "updated: Kari Nordmann"),
    ),
    Sample("line ends of an old Macintosh", "k.vcf", card("FN:Odd Ærø").replace("\r\n", "\r").encode(), (ODD,)),
]

CALENDARS = [
    Sample(
        "invitations of Outlook",
        "m.ics",
        event(
            'ORGANIZER;CN="Kari Nordmann":MAILTO:kari@x.example',
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Odd Ærø:mailto:odd@x.example",
            "SUMMARY:Nettverksmøte",
        ).encode(),
        (KARI, ODD),
    ),
    Sample(
        "invitations of Google, without names",
        "m.ics",
        event("ATTENDEE;CUTYPE=INDIVIDUAL;CN=post@x.example;X-NUM-GUESTS=0:mailto:post@x.example").encode(),
        ("new: post@x.example; named_by_email",),
    ),
    Sample(
        "folded invitations and a room",
        "m.ics",
        event(
            "ATTENDEE;CUTYPE=ROOM;CN=Sal 1:mailto:sal1@x.example",
            "ATTENDEE;CN=Åse Vågå;PARTSTAT=NEEDS-\r\n ACTION:mailto:ase@x.example",
        ).encode(),
        (ASE,),
    ),
]

SAMPLES = [*TABLES, *CARDS, *CALENDARS]
