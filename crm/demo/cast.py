"""The invented houses and people, with numbers and addresses that lead nowhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from stdnum.no import orgnr

from crm.demo.stage import data
from crm.names import search_key

FIRST_ORG_NUMBER = 31000001  # without its check digit; no register gives out numbers on 3
MOBILES, LANDLINES = 40612000, 21234000  # two blocks of a thousand that are printed as examples everywhere
BLOCK = 1000


@dataclass
class Contact:
    name: str
    title: str
    mobile: str
    email: str
    id: int = 0
    post_id: int = 0


@dataclass
class House:
    """`id` is 0 until it stands in the database; a house that has left keeps its id but no longer calls."""

    name: str
    municipality: str
    owner_form: str | None
    former: str | None
    org_number: str
    landline: str
    domain: str
    contacts: list[Contact] = field(default_factory=list)
    id: int = 0
    calls: bool = False


class Numbers:
    """Phone numbers, each given out once, written in the ways people write them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._mobiles = iter(chance.sample(range(MOBILES, MOBILES + BLOCK), BLOCK))
        self._landlines = iter(chance.sample(range(LANDLINES, LANDLINES + BLOCK), BLOCK))

    def mobile(self) -> str:
        digits = str(next(self._mobiles))
        ways = (
            f"{digits[:3]} {digits[3:5]} {digits[5:]}",
            f"+47 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}",
            digits,
        )
        return self._chance.choices(ways, (6, 2, 1))[0]

    def landline(self) -> str:
        digits = str(next(self._landlines))
        return " ".join(digits[place : place + 2] for place in range(0, 8, 2))


def houses(chance: random.Random, numbers: Numbers, *, share: float = 1.0) -> list[House]:
    """All of them, or a share (the first two stay, others keep all counties in turn)."""
    lines = [line.split(" | ") for line in data("houses")["houses"]]
    step = max(1, round(1 / share))
    org_numbers = valid_org_numbers()
    cast = [_house(fields, next(org_numbers), numbers) for fields in lines]
    kept = [house for place, house in enumerate(cast) if place < 2 or place % step == 0]
    names = _names(chance)
    for house in kept:
        house.contacts = _contacts(chance, house, numbers, names)
    return kept


def valid_org_numbers() -> Iterator[str]:
    """310000019, 310000027, ...: with a right check digit, and in a series that is never given out."""
    for body in count(FIRST_ORG_NUMBER):
        for digit in range(10):
            if orgnr.is_valid(f"{body}{digit}"):
                yield f"{body}{digit}"


def stranger(chance: random.Random, numbers: Numbers) -> str:
    """What is typed about somebody nobody knows."""
    who = chance.choice(data("calls")["words"]["strangers"])
    return f"{who} {numbers.mobile()}" if chance.random() < 0.7 else str(who)


def address(text: str) -> str:
    """The mailbox or domain part of a name: `kjersti.oyen`."""
    plain = search_key(text).replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in plain).strip("-")


def _house(fields: list[str], org_number: str, numbers: Numbers) -> House:
    name, municipality, owner_form, *former = (field.strip() for field in fields)
    return House(
        name=name,
        municipality=municipality,
        owner_form=owner_form or None,
        former=former[0] if former else None,
        org_number=org_number,
        landline=numbers.landline(),
        domain=f"{address(name)}.example",
    )


def _names(chance: random.Random) -> Iterator[str]:
    """Full names without end, none twice."""
    people, seen = data("people"), set[str]()
    while True:
        name = f"{chance.choice(people['first'])} {chance.choice(people['last'])}"
        if name not in seen:
            seen.add(name)
            yield name


def _contacts(chance: random.Random, house: House, numbers: Numbers, names: Iterator[str]) -> list[Contact]:
    """One to four, the first of them the leader."""
    people = data("people")
    many = chance.choices((1, 2, 3, 4), (3, 4, 2, 1))[0]
    titles = [chance.choice(people["titles"][:2]), *chance.sample(people["titles"][2:], many - 1)]
    return [contact(next(names), title, house, numbers) for title in titles]


def contact(name: str, title: str, house: House, numbers: Numbers) -> Contact:
    return Contact(name, title, numbers.mobile(), f"{address(name).replace('-', '.')}@{house.domain}")
