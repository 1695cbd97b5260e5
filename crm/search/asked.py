"""What somebody typed into the search, read once: the words, the numbers, and whether a text answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from crm.contact_details import phone_digits, read_email
from crm.names import loose_key, search_key
from crm.search.words import NUMBER, digits_of, loose_form, stem_of, with_own_letters
from db.search_tables import LONGEST_WORD

LONGEST_QUERY: Final = 200
# A search of more words than these is a sentence.
MOST_WORDS: Final = 6
FEWEST_LETTERS: Final = 2  # Ål, Bø and Ås are whole names
FEWEST_INSIDE: Final = 3  # fewer letters stand inside nearly every word
FEWEST_DIGITS: Final = 3

_ONLY_A_NUMBER: Final = re.compile(r"[+(]?[0-9][0-9 ()./+\-]*")
_WITH_COUNTRY: Final = re.compile(r"\+|00")
_RECORD: Final = re.compile(r"\s*(?P<mark>#?)\s*(?P<number>[0-9]{1,9})\s*")


@dataclass(frozen=True)
class Word:
    """One word that was typed. `loose` None: it is meant to the letter."""

    typed: str

    @cached_property
    def loose(self) -> str | None:
        return loose_form(self.typed)

    @cached_property
    def stem(self) -> str | None:
        return None if self.typed.isdigit() or len(self.typed) < FEWEST_INSIDE else stem_of(self.typed)


Reading = tuple[Word, ...]


@dataclass(frozen=True)
class Asked:
    """`readings`: one is enough, and of one all words. 40 61 23 45 is four words, or one number.

    `number`: the case or inquiry that may be meant. `is_address`: an e-mail address to the end.
    """

    whole: str
    readings: tuple[Reading, ...]
    number: int | None
    is_address: bool

    @cached_property
    def loose(self) -> str:
        return loose_key(self.whole)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(dict.fromkeys(word for reading in self.readings for word in reading))

    def __bool__(self) -> bool:
        return bool(self.readings) or self.number is not None


def read(typed: str) -> Asked:
    """Whatever it is: there is nothing that cannot be searched for, only things that are not found."""
    text = typed[:LONGEST_QUERY].replace("\0", " ").strip()
    is_address = "@" in text and read_email(text).valid
    text = with_own_letters(read_email(text).key if is_address else text)
    whole = search_key(text)
    found = _RECORD.fullmatch(text)
    is_marked = found is not None and bool(found["mark"])  # #12 is a number and no word
    readings = () if is_marked else _readings(text)
    return Asked(
        whole=whole,
        readings=tuple(dict.fromkeys(reading for reading in readings if reading)),
        number=int(found["number"]) if found else None,
        is_address=is_address,
    )


def _readings(text: str) -> list[Reading]:
    numbers = [_reading(several) for several in _with_numbers(text)]
    # +47 40 61 is a telephone number, and nobody looks for the words 40 and 61.
    is_phone = numbers and _ONLY_A_NUMBER.fullmatch(text) and _WITH_COUNTRY.match(text)
    return numbers if is_phone else [_reading(search_key(text)), *numbers]


def _reading(key: str) -> Reading:
    """Single letters say something only beside words, and there they are the beginning of one that is still being typed."""
    words = dict.fromkeys(word[:LONGEST_WORD] for word in key.split() if len(word) >= FEWEST_LETTERS)
    return tuple(Word(word) for word in list(words)[:MOST_WORDS])


def _with_numbers(text: str) -> list[str]:
    """The text with its numbers in one piece: a telephone number in any notation, an organisation number."""
    if _ONLY_A_NUMBER.fullmatch(text):
        digits = phone_digits(text) or digits_of(text)
        return [digits] if len(digits) >= FEWEST_DIGITS else []
    if NUMBER.search(text):
        return [search_key(NUMBER.sub(lambda number: f" {digits_of(number[0])} ", text))]
    return []
