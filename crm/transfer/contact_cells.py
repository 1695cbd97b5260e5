"""Phones, e-mails, addresses and websites in the cells of a row. Nothing is refused for a bad number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from crm.contact_details import read_phones
from crm.people.steps import Written, as_compared
from crm.transfer.annotations import BETWEEN, Annotated, values_in
from crm.transfer.cells import Cells, address_use, read_day
from crm.transfer.meanings import Meaning
from crm.transfer.rows import Contact
from db.models.people import ContactKind

_LONGEST = 500
_LONG_AGO = "1900-01-01"
_NOTHING = frozenset({"-", "–", "ingen", "n/a"})


def organisations_contacts(cells: Cells) -> tuple[Contact, ...]:
    street = _address(cells, Meaning.ADDRESS, Meaning.POSTAL_CODE, Meaning.POSTAL_PLACE, is_exact=False)
    return (*_phones(cells, Meaning.PHONE), *_emails(cells, Meaning.EMAIL), *street)


def persons_contacts(cells: Cells, *, is_exact: bool) -> tuple[Contact, ...]:
    """`is_exact`: values are parted by `:::` alone, and may end with a label or a last day in square brackets."""
    found = (
        *_phones(cells, Meaning.PERSON_PHONE, is_exact=is_exact),
        *_emails(cells, Meaning.PERSON_EMAIL, is_exact=is_exact),
        *_address(
            cells,
            Meaning.PERSON_ADDRESS,
            Meaning.PERSON_POSTAL_CODE,
            Meaning.PERSON_POSTAL_PLACE,
            is_exact=is_exact,
        ),
        *_plain(cells, ContactKind.WEB, Meaning.PERSON_WEBSITE, is_exact=is_exact),
        *_old(cells, ContactKind.PHONE, Meaning.OLD_PHONE),
        *_old(cells, ContactKind.EMAIL, Meaning.OLD_EMAIL),
        *_old(cells, ContactKind.ADDRESS, Meaning.OLD_ADDRESS),
        *_old(cells, ContactKind.WEB, Meaning.OLD_WEBSITE),
    )
    return tuple({contact.key: contact for contact in reversed(found)}.values())[::-1]


def _phones(cells: Cells, meaning: Meaning, *, is_exact: bool = False) -> Iterator[Contact]:
    """Two numbers in a cell are two; what is no number is kept as it is written."""
    for one in _values(cells, meaning, is_exact=is_exact):
        numbers = [] if is_exact else read_phones(one.raw)
        is_read = len(numbers) > 1 and all(number.valid for number in numbers)
        for piece in [number.raw for number in numbers] if is_read else [one.raw]:
            yield _remarked(cells, _contact(ContactKind.PHONE, replace(one, raw=piece)))


def _emails(cells: Cells, meaning: Meaning, *, is_exact: bool = False) -> Iterator[Contact]:
    for one in _values(cells, meaning, is_exact=is_exact):
        is_several = not is_exact and one.raw.count("@") > 1
        for piece in filter(None, re.split(r"[;,\s]+", one.raw)) if is_several else [one.raw]:
            yield _remarked(cells, _contact(ContactKind.EMAIL, replace(one, raw=piece)))


def _address(cells: Cells, street: Meaning, code: Meaning, place: Meaning, *, is_exact: bool) -> Iterator[Contact]:
    if is_exact:
        yield from _plain(cells, ContactKind.ADDRESS, street, is_exact=True)
        return
    written = ", ".join(" ".join(cell.split()) for cell in cells.all(street))
    number = cells.one(code)
    number = number.zfill(4) if number.isascii() and number.isdigit() else number
    town = " ".join(filter(None, (number, cells.one(place))))
    if written:
        yield _contact(ContactKind.ADDRESS, Annotated(", ".join(filter(None, (written, town)))))


def _plain(cells: Cells, kind: ContactKind, meaning: Meaning, *, is_exact: bool) -> Iterator[Contact]:
    return (_contact(kind, one) for one in _values(cells, meaning, is_exact=is_exact))


def _old(cells: Cells, kind: ContactKind, meaning: Meaning) -> Iterator[Contact]:
    """Without a last day of its own, a number in such a column has been out of use for longer than anybody wrote down."""
    for one in _values(cells, meaning, is_exact=True):
        yield _contact(kind, one if read_day(one.day) else replace(one, day=_LONG_AGO))


def _values(cells: Cells, meaning: Meaning, *, is_exact: bool) -> Iterator[Annotated]:
    for cell in cells.all(meaning):
        if is_exact:
            yield from values_in(cell)
            continue
        pieces = (piece.strip() for piece in cell.split(BETWEEN))
        yield from (Annotated(piece) for piece in pieces if piece and piece.lower() not in _NOTHING)


def _remarked(cells: Cells, contact: Contact) -> Contact:
    if not contact.is_valid:
        cells.remark(f"{contact.kind.value}_not_read", contact.raw)
    return contact


def _contact(kind: ContactKind, one: Annotated) -> Contact:
    """A word before a colon is somebody's own label, unless it says what an address is used for."""
    raw, use = one.raw[:_LONGEST], address_use(one.word) if kind is ContactKind.ADDRESS else None
    label = one.words if use or not one.word else f"{one.word}: {one.words}".strip()
    read = _compared(kind, raw)
    return Contact(kind, raw, read.normalised, read.is_valid, label[:100], read_day(one.day), use)


@lru_cache(maxsize=4096)  # a switchboard stands in every row
def _compared(kind: ContactKind, raw: str) -> Written:
    return as_compared(kind, raw)
