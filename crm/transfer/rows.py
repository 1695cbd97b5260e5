"""One row of a member list, read: what it says of a house, and what could not be taken as it stands."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from crm.contact_details import national_number_in, read_org_number, read_phones
from crm.members.places import PlaceReason, read_municipality
from crm.names import search_key
from crm.people.steps import as_compared
from crm.transfer.columns import TITLES
from crm.transfer.meanings import Meaning
from crm.transfer.tables import Line
from db.models.organisations import OrganisationKind, OwnerForm
from db.models.people import ContactKind

_LONGEST_NAME, _LONGEST_PERSON = 300, 200

_SUPPLIERS = frozenset(
    map(search_key, ("leverandør", "leverandørmedlem", "bransje", "bransjemedlem", "supplier", "støttemedlem"))
)
_FORMS: dict[str, OwnerForm] = {
    search_key(written): form
    for form, forms in {
        OwnerForm.MUNICIPALITY: ("kommune", "kommunal", "kommunalt", "kommunen"),
        OwnerForm.MUNICIPAL_ENTERPRISE: ("kf", "kommunalt foretak"),
        OwnerForm.INTERMUNICIPAL: ("iks", "interkommunalt", "interkommunalt selskap"),
        OwnerForm.COUNTY: ("fylkeskommune", "fylkeskommunal", "fylkeskommunalt"),
        OwnerForm.STATE: ("stat", "staten", "statlig"),
        OwnerForm.LIMITED_COMPANY: ("as", "aksjeselskap", "a/s", "asa"),
        OwnerForm.FOUNDATION: ("stiftelse", "stiftelsen", "sti"),
        OwnerForm.ASSOCIATION: ("forening", "lag", "frivillig", "forening/lag"),
        OwnerForm.COOPERATIVE: ("sa", "samvirke", "samvirkeforetak"),
    }.items()
    for written in forms
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a row that was read otherwise than it stands, or not at all. `cell` is what stood there."""

    code: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone, an e-mail or a street address. `normalised` is what it is compared by, None when it could not be read."""

    kind: ContactKind
    raw: str
    normalised: str | None
    is_valid: bool

    @property
    def key(self) -> tuple[str, str]:
        return (self.kind.value, self.normalised or search_key(self.raw))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """`refused` is why nothing of the row can be used; the rest is then empty. `digest` knows the row again."""

    line: int
    name: str
    digest: str
    refused: Remark | None = None
    kind: OrganisationKind = OrganisationKind.HOUSE
    org_number: str | None = None
    municipality_number: str | None = None
    place_candidates: tuple[str, ...] = ()
    owner_form: OwnerForm | None = None
    member_since: date | None = None
    website: str | None = None
    note: str = ""
    contacts: tuple[Contact, ...] = ()
    person: str = ""
    title: str = ""
    person_contacts: tuple[Contact, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def email_keys(self) -> tuple[str, ...]:
        return tuple(one.normalised for one in self.contacts if one.kind is ContactKind.EMAIL and one.normalised)


@dataclass
class _Reading:
    """A row while it is read."""

    cells: dict[Meaning, list[str]]
    remarks: list[Remark] = field(default_factory=list)

    def one(self, meaning: Meaning) -> str:
        return next((cell for cell in self.cells.get(meaning, []) if cell), "")

    def remark(self, code: str, cell: str = "") -> None:
        self.remarks.append(Remark(code, cell[:100]))


def read_rows(lines: Sequence[Line], header: int, meanings: Sequence[Meaning | None]) -> list[MemberRow]:
    """The rows under the headings, empty ones left out. Some seconds for 20,000 rows: never inside a transaction."""
    titled = TITLES.get(search_key(_heading_of(lines[header], meanings, Meaning.PERSON)), "")
    return [read_row(line, meanings, titled) for line in lines[header + 1 :] if any(line.cells)]


def read_row(line: Line, meanings: Sequence[Meaning | None], titled: str = "") -> MemberRow:
    """`titled` is the contact person's title when the heading of the column says it."""
    reading = _Reading(_by_meaning(line, meanings))
    name = " ".join(reading.one(Meaning.NAME).split())
    refused = _why_refused(line, meanings, name, reading)
    if refused is not None:
        return MemberRow(line.number, name[:_LONGEST_NAME], _digest(line.cells), refused)
    place, candidates = _place(reading)
    return MemberRow(
        line=line.number,
        name=name,
        digest=_digest([meaning or "" for meaning in meanings] + list(line.cells)),
        kind=_kind(reading),
        org_number=_org_number(reading),
        municipality_number=place,
        place_candidates=candidates,
        owner_form=_owner_form(reading),
        member_since=_since(reading),
        website=reading.one(Meaning.WEBSITE)[:500] or None,
        note="\n".join(_safe(reading, filter(None, reading.cells.get(Meaning.NOTE, [])))),
        contacts=(*_phones(reading, Meaning.PHONE), *_emails(reading, Meaning.EMAIL), *_address(reading)),
        person=_person(reading),
        title=reading.one(Meaning.TITLE)[:200] or (titled if reading.one(Meaning.PERSON) else ""),
        person_contacts=(*_phones(reading, Meaning.PERSON_PHONE), *_emails(reading, Meaning.PERSON_EMAIL)),
        remarks=tuple(reading.remarks),
    )


def _heading_of(header: Line, meanings: Sequence[Meaning | None], wanted: Meaning) -> str:
    return next((cell for cell, meaning in zip(header.cells, meanings, strict=False) if meaning is wanted), "")


def _by_meaning(line: Line, meanings: Sequence[Meaning | None]) -> dict[Meaning, list[str]]:
    found: dict[Meaning, list[str]] = {}
    for cell, meaning in zip(line.cells, meanings, strict=False):
        if meaning is not None:
            found.setdefault(meaning, []).append(cell)
    return found


def _why_refused(line: Line, meanings: Sequence[Meaning | None], name: str, reading: _Reading) -> Remark | None:
    """A cell beyond the last heading means that cells have shifted: then no cell of the row can be trusted."""
    if any(line.cells[len(meanings) :]):
        return Remark("row_too_wide", str(len(line.cells)))
    if not search_key(name):
        return Remark("name_missing", name)
    if len(name) > _LONGEST_NAME:
        return Remark("name_too_long", name[:100])
    if "\ufffd" in name:
        return Remark("name_damaged", name)
    return Remark("national_number", "") if national_number_in(reading.one(Meaning.ORG_NUMBER)) else None


def _kind(reading: _Reading) -> OrganisationKind:
    return OrganisationKind.SUPPLIER if search_key(reading.one(Meaning.KIND)) in _SUPPLIERS else OrganisationKind.HOUSE


def _org_number(reading: _Reading) -> str | None:
    written = reading.one(Meaning.ORG_NUMBER)
    read = read_org_number(written, allow_fictitious=True)
    if written and read.reason is not None:
        reading.remark(f"org_number_{read.reason.value}", written)
    return read.number


def _place(reading: _Reading) -> tuple[str | None, tuple[str, ...]]:
    written = reading.one(Meaning.MUNICIPALITY)
    if not written:
        return None, ()
    read = read_municipality(written, reading.one(Meaning.COUNTY))
    if read.reason is not None:
        reading.remark(read.reason.value if read.candidates else PlaceReason.UNKNOWN.value, written)
    elif read.renumbered_from is not None:
        reading.remark("place_renumbered", f"{read.renumbered_from} → {read.number}")
    return read.number, read.candidates


def _owner_form(reading: _Reading) -> OwnerForm | None:
    written = reading.one(Meaning.OWNER_FORM)
    form = _FORMS.get(search_key(written))
    if written and form is None:
        reading.remark("owner_form_unknown", written)
    return form


def _since(reading: _Reading) -> date | None:
    """`2019-03-01`, `1.3.2019`, `01.03.19` or a year alone, which then begins with its first day."""
    written = reading.one(Meaning.MEMBER_SINCE)
    if not written:
        return None
    if re.fullmatch("(19|20)[0-9]{2}", written):
        return date(int(written), 1, 1)
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y"):
        try:
            day = datetime.strptime(re.sub(r"\.\s+", ".", written), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if 1900 <= day.year <= 2999:
            return day
    reading.remark("date_not_read", written)
    return None


def _address(reading: _Reading) -> Iterator[Contact]:
    street = ", ".join(filter(None, (" ".join(cell.split()) for cell in reading.cells.get(Meaning.ADDRESS, []))))
    code = reading.one(Meaning.POSTAL_CODE)
    code = code.zfill(4) if code.isascii() and code.isdigit() else code
    place = " ".join(filter(None, (code, reading.one(Meaning.POSTAL_PLACE))))
    if street:
        yield _contact(ContactKind.ADDRESS, ", ".join(filter(None, (street, place))))


def _phones(reading: _Reading, meaning: Meaning) -> Iterator[Contact]:
    """Two numbers in a cell are two; what is no number is kept as it is written."""
    for written in filter(None, reading.cells.get(meaning, [])):
        numbers = read_phones(written)
        is_read = len(numbers) > 1 and all(number.valid for number in numbers)
        for piece in [number.raw for number in numbers] if is_read else [written]:
            contact = _contact(ContactKind.PHONE, piece)
            if not contact.is_valid:
                reading.remark("phone_not_read", piece)
            yield contact


def _emails(reading: _Reading, meaning: Meaning) -> Iterator[Contact]:
    for written in filter(None, reading.cells.get(meaning, [])):
        pieces = [piece for piece in re.split(r"[;,\s]+", written) if piece] if written.count("@") > 1 else [written]
        for piece in pieces:
            contact = _contact(ContactKind.EMAIL, piece)
            if not contact.is_valid:
                reading.remark("email_not_read", piece)
            yield contact


def _contact(kind: ContactKind, raw: str) -> Contact:
    read = as_compared(kind, raw[:500])
    return Contact(kind, raw[:500], read.normalised, read.is_valid)


def _person(reading: _Reading) -> str:
    name = " ".join(reading.one(Meaning.PERSON).split())
    if not name and any(reading.one(meaning) for meaning in (Meaning.PERSON_PHONE, Meaning.PERSON_EMAIL)):
        reading.remark("contact_without_name")
    return name[:_LONGEST_PERSON]


def _safe(reading: _Reading, notes: Iterator[str]) -> Iterator[str]:
    for note in notes:
        if national_number_in(note):
            reading.remark("national_number_in_note")
        else:
            yield note


def _digest(cells: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(cells)).encode()).hexdigest()[:32]
