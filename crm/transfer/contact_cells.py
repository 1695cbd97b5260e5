"""Phones, e-mails, addresses and websites in the cells of a row. Nothing is refused for a bad number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from crm.contact_details import read_phones
from crm.people.steps import Written, as_compared
from crm.transfer.cells import Cells, read_day
from crm.transfer.meanings import Meaning
from crm.transfer.rows import Contact
from db.models.people import ContactKind

BETWEEN = ":::"  # several values in one cell, as Google writes them and we do
_LONGEST = 500
_NOTHING = frozenset({"-", "–", "ingen", "n/a"})
_ANNOTATED = re.compile(
    r"(?P<raw>.*?) \[(?:(?P<until>[0-9]{4}-[0-9]{2}-[0-9]{2})(?: |(?=\])))?(?P<label>[^\[\]]*)\]", re.DOTALL
)


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
    )
    return tuple({contact.key: contact for contact in reversed(found)}.values())[::-1]


def _phones(cells: Cells, meaning: Meaning, *, is_exact: bool = False) -> Iterator[Contact]:
    """Two numbers in a cell are two; what is no number is kept as it is written."""
    for written, label, until in _values(cells, meaning, is_exact=is_exact):
        numbers = [] if is_exact else read_phones(written)
        is_read = len(numbers) > 1 and all(number.valid for number in numbers)
        for piece in [number.raw for number in numbers] if is_read else [written]:
            yield _remarked(cells, _contact(ContactKind.PHONE, piece, label, until))


def _emails(cells: Cells, meaning: Meaning, *, is_exact: bool = False) -> Iterator[Contact]:
    for written, label, until in _values(cells, meaning, is_exact=is_exact):
        is_several = not is_exact and written.count("@") > 1
        for piece in filter(None, re.split(r"[;,\s]+", written)) if is_several else [written]:
            yield _remarked(cells, _contact(ContactKind.EMAIL, piece, label, until))


def _address(cells: Cells, street: Meaning, code: Meaning, place: Meaning, *, is_exact: bool) -> Iterator[Contact]:
    if is_exact:
        yield from _plain(cells, ContactKind.ADDRESS, street, is_exact=True)
        return
    written = ", ".join(" ".join(cell.split()) for cell in cells.all(street))
    number = cells.one(code)
    number = number.zfill(4) if number.isascii() and number.isdigit() else number
    town = " ".join(filter(None, (number, cells.one(place))))
    if written:
        yield _contact(ContactKind.ADDRESS, ", ".join(filter(None, (written, town))))


def _plain(cells: Cells, kind: ContactKind, meaning: Meaning, *, is_exact: bool) -> Iterator[Contact]:
    return (_contact(kind, *value) for value in _values(cells, meaning, is_exact=is_exact))


def _old(cells: Cells, kind: ContactKind, meaning: Meaning) -> Iterator[Contact]:
    """Without a last day of its own, a number in such a column has been out of use for longer than anybody wrote down."""
    for raw, label, until in _values(cells, meaning, is_exact=True):
        yield _contact(kind, raw, label, until or date(1900, 1, 1))


def _values(cells: Cells, meaning: Meaning, *, is_exact: bool) -> Iterator[tuple[str, str, date | None]]:
    for cell in cells.all(meaning):
        for piece in cell.split(BETWEEN):
            written = piece.strip()
            found = _ANNOTATED.fullmatch(written) if is_exact else None
            if found is not None:
                yield found["raw"], found["label"], read_day(found["until"] or "")
            elif written and (is_exact or written.lower() not in _NOTHING):
                yield written, "", None


def _remarked(cells: Cells, contact: Contact) -> Contact:
    if not contact.is_valid:
        cells.remark(f"{contact.kind.value}_not_read", contact.raw)
    return contact


def _contact(kind: ContactKind, raw: str, label: str = "", until: date | None = None) -> Contact:
    read = _compared(kind, raw[:_LONGEST])
    return Contact(kind, raw[:_LONGEST], read.normalised, read.is_valid, label[:100], until)


@lru_cache(maxsize=4096)  # a switchboard stands in every row
def _compared(kind: ContactKind, raw: str) -> Written:
    return as_compared(kind, raw)
