"""Persons as vCard 4.0 (RFC 6350), one card each: who they are, where they work now, how to reach them today.

Posts and numbers that are over stay behind: an address book has no place for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm.transfer.people_out import ContactOut, PersonOut, PostOut
from db.models.people import ContactKind

_PROPERTY = {
    ContactKind.PHONE: "TEL",
    ContactKind.EMAIL: "EMAIL",
    ContactKind.WEB: "URL",
}
OUR_CARDS = "kulturcrm-"  # begins the UID of each: a card of ours stands for one person, whatever others are called
_LONGEST_LINE = 75  # octets
_SPECIAL = re.compile(r"([\\,;])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def as_cards(people: Iterable[PersonOut]) -> bytes:
    return b"".join(_folded(line) for person in people for line in _card(person))


def _card(person: PersonOut) -> Iterator[str]:
    given, _, family = person.name.rpartition(" ")
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"UID:{OUR_CARDS}{person.number}")
    yield f"FN:{_text(person.name)}"
    yield f"N:{_text(family)};{_text(given)};;;"
    for place, post in enumerate((post for post in person.posts if post.until is None), start=1):
        yield from _post(post, f"post{place}")
    for place, contact in enumerate((contact for contact in person.contacts if contact.until is None), start=1):
        yield from _contact(contact, f"item{place}")
    for place, code in enumerate(person.languages.split(), start=1):
        yield f"LANG;PREF={place}:{_text(code)}"
    if person.note:
        yield f"NOTE:{_text(person.note)}"
    yield "END:VCARD"


def _post(post: PostOut, group: str) -> Iterator[str]:
    """Grouped, because a person can have two posts, and which title is held where matters."""
    yield f"{group}.ORG:{_text(post.organisation)}"
    if post.title:
        yield f"{group}.TITLE:{_text(post.title)}"


def _contact(contact: ContactOut, group: str) -> Iterator[str]:
    """An address as one text in the street's place: taking it apart would be guessing."""
    written = _text(contact.raw)
    is_address = contact.kind is ContactKind.ADDRESS
    yield f"{group}.ADR:;;{written};;;;" if is_address else f"{group}.{_PROPERTY[contact.kind]}:{written}"
    if contact.label:
        yield f"{group}.X-ABLABEL:{_text(contact.label)}"


def _text(value: str) -> str:
    lines = _SPECIAL.sub(r"\\\1", value.replace("\r\n", "\n")).replace("\n", "\\n")
    return _CONTROLS.sub("", lines)


def _folded(line: str) -> bytes:
    """In pieces of at most 75 octets, none of which ends inside a letter."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
