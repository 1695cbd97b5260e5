"""Municipalities and counties of Norway as from 2024, and what a place written in a list may mean.

The lists lie in `data/`, from Kartverket (CC BY 4.0). Two municipalities are called Våler and two Herøy, and 1507 was split in
two: then every candidate comes back and somebody chooses. A number is text; lists from spreadsheets have lost the leading zero.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from crm.names import loose_key, search_forms, search_key, sort_key


@dataclass(frozen=True, slots=True)
class County:
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    number: str
    name: str
    county: County

    @property
    def shown(self) -> str:
        return f"{self.name} ({self.county.name})" if _is_shared(self.name) else self.name


@dataclass(frozen=True, slots=True)
class Renumbering:
    """`becomes` has two numbers for the one municipality that was split."""

    number: str
    name: str
    becomes: tuple[str, ...]


class PlaceReason(StrEnum):
    UNKNOWN = "place_unknown"
    SEVERAL = "place_several"  # one name, several municipalities
    SPLIT = "place_split"  # a number from before 2024 whose municipality was divided


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """`number` is None unless exactly one municipality is meant; `candidates` are the numbers to choose among.

    `renumbered_from` is the number as it was written when it was one from before 2024.
    """

    number: str | None
    candidates: tuple[str, ...] = ()
    reason: PlaceReason | None = None
    renumbered_from: str | None = None


@cache
def counties() -> tuple[County, ...]:
    """The fifteen, in alphabetical order, with the name Norwegians know them by."""
    rows = [County(row["number"], row["short_name"]) for row in data_rows("counties.csv")]
    return tuple(sorted(rows, key=lambda county: sort_key(county.name)))


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 357, in alphabetical order; of two with one name, the lower number first."""
    by_number = {county.number: county for county in counties()}
    rows = [
        Municipality(row["number"], row["name"], by_number[row["county_number"]])
        for row in data_rows("municipalities.csv")
    ]
    return tuple(sorted(rows, key=lambda place: (sort_key(place.name), place.number)))


def municipality(number: str | None) -> Municipality | None:
    return _by_number().get(number or "")


def municipalities_named_like(words: str) -> tuple[str, ...]:
    """Numbers of the municipalities whose name, or one of whose names, begins with these words."""
    forms = search_forms(words)
    return tuple(
        place.number
        for place in municipalities()
        if any(f" {form}" in f" {key(place.name)}" for form in forms for key in (search_key, loose_key))
    )


@lru_cache(maxsize=4096)  # a list says the same places again and again
def read_municipality(written: str, county: str = "") -> ReadPlace:
    """What `0301`, `301`, `1508 Ålesund`, `Våler (Innlandet)`, `Våler i Østfold` or `Ålesund kommune` means.

    `county` is what the list says about the county beside it, if anything; it only ever chooses among several.
    """
    numbers = re.findall(r"(?<![0-9])[0-9]{3,4}(?![0-9])", written)
    if numbers:
        return _read_number(numbers[0].zfill(4))
    name, hint = _name_and_hint(written)
    found = _by_name().get(search_key(name), ())
    if len(found) > 1:
        found = _in_county(found, hint or county)
    if len(found) == 1:
        return ReadPlace(found[0])
    if found:
        return ReadPlace(None, found, PlaceReason.SEVERAL)
    # Alesund is perhaps Ålesund, but A is not Å: offered, not taken.
    near = tuple(place.number for place in municipalities() if loose_key(place.name) == loose_key(name))
    return ReadPlace(None, near, PlaceReason.UNKNOWN)


def county_number(written: str) -> str | None:
    """The number of the county with this name or number; None for anything else."""
    wanted = search_key(written).removesuffix(" fylke").removesuffix(" fylkeskommune")
    for county in counties():
        if wanted in {county.number, search_key(county.name)}:
            return county.number
    return None


def _read_number(number: str) -> ReadPlace:
    if number in _by_number():
        return ReadPlace(number)
    today = _becomes().get(number, ())
    if len(today) == 1:
        return ReadPlace(today[0], renumbered_from=number)
    return ReadPlace(
        None, today, PlaceReason.SPLIT if today else PlaceReason.UNKNOWN, renumbered_from=number if today else None
    )


def _name_and_hint(written: str) -> tuple[str, str]:
    """`Våler (i Østfold)` as name and county; `Nes i Akershus` likewise, but Nore og Uvdal stays whole."""
    bare = re.sub(r"\bkommune\b", " ", written, flags=re.IGNORECASE).strip()
    found = re.fullmatch(
        r"(?P<name>.+?)\s*(?:\((?:i )?(?P<inside>[^)]*)\)|[,/]\s*(?P<after>.+)|\s+i\s+(?P<of>.+))", bare
    )
    if found is None or search_key(bare) in _by_name():
        return bare, ""
    return found["name"], found["inside"] or found["after"] or found["of"] or ""


def _in_county(numbers: tuple[str, ...], county: str) -> tuple[str, ...]:
    wanted = county_number(county)
    chosen = tuple(number for number in numbers if _by_number()[number].county.number == wanted)
    return chosen or numbers


@cache
def _by_number() -> dict[str, Municipality]:
    return {place.number: place for place in municipalities()}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Both names of a municipality with two (`Gáivuotna - Kåfjord - Kaivuono` by each of them), and the whole."""
    found: dict[str, tuple[str, ...]] = {}
    for place in municipalities():
        for name in dict.fromkeys(search_key(part) for part in (place.name, *place.name.split(" - "))):
            found[name] = (*found.get(name, ()), place.number)
    return found


def _is_shared(name: str) -> bool:
    return len(_by_name().get(search_key(name), ())) > 1


@cache
def renumberings() -> tuple[Renumbering, ...]:
    """The 114 municipalities that got another number on 1 January 2024; the other 242 kept theirs."""
    return tuple(
        Renumbering(row["old_number"], row["old_name"], tuple(row["new_numbers"].split("|")))
        for row in data_rows("renumberings_2024.csv")
    )


@cache
def _becomes() -> dict[str, tuple[str, ...]]:
    return {old.number: old.becomes for old in renumberings()}


def data_rows(name: str) -> list[dict[str, str]]:
    text = (files("crm") / "members" / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))
