"""Address books as vCard 2.1, 3.0 or 4.0, each card a row. A bad card costs itself at most, never the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.transfer.annotations import annotated, one_cell
from crm.transfer.content_lines import Property, parts, plain, properties
from crm.transfer.letters import Decoded
from crm.transfer.limits import MOST_ROWS
from crm.transfer.tables import Line, Notice, ReadAs, Source, Table, Unreadable

# The columns, by the names the properties have; ORG- is what belongs to the company of a card that is a company's.
HEADINGS = (
    "UID",
    "FN",
    "TITLE",
    "ORG",
    "TEL",
    "EMAIL",
    "ADR",
    "URL",
    "LANG",
    "NOTE",
    "ORG-TEL",
    "ORG-EMAIL",
    "ORG-ADR",
    "ORG-URL",
)
_READ = frozenset({*HEADINGS, "N", "ROLE", "NICKNAME", "LABEL"})
# What says nothing about anybody, or is said by the rest; of all others the reader is told that they were left out.
_OF_NO_USE = re.compile(
    r"BEGIN|END|VERSION|PRODID|REV|KIND|SORT-STRING|SOURCE|MAILER|CLASS|CLIENTPIDMAP|X-.*|CATEGORIES"
)
_LABELS = (("cell", "mobil"), ("fax", "faks"), ("pager", "personsøker"), ("home", "privat"), ("work", "jobb"))
_APPLES_LABEL = re.compile(r"_\$!<(?P<word>.*)>!\$_")


@dataclass
class _Card:
    line: int
    ends: int
    properties: list[Property] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name and one.value.strip()]

    def one(self, name: str) -> str:
        return next((plain(one.value) for one in self.all(name)), "")


def looks_like_cards(text: str) -> bool:
    return re.match(r"\s*BEGIN\s*:\s*VCARD\b", text, re.IGNORECASE) is not None


def read_cards(letters: Decoded, file_name: str) -> Table:
    heading = Line(0, 0, HEADINGS)
    lines, left_out = [heading], set[str]()
    for card in _cards(letters.text):
        left_out |= {
            one.name for one in card.properties if one.name not in _READ and not _OF_NO_USE.fullmatch(one.name)
        }
        lines += _lines(card)
        if len(lines) > MOST_ROWS + 1:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
    said = (Notice("left_out", {"names": ", ".join(sorted(left_out))[:300]}),) if left_out else ()
    return Table(file_name, ReadAs(letters.encoding), (), tuple(lines), (*letters.notices, *said), Source.CARDS)


def _cards(text: str) -> Iterator[_Card]:
    """A card that is not closed ends where the next begins, or with the file."""
    card: _Card | None = None
    for one in properties(text):
        if isinstance(one, int):
            if card is not None and "card_line" not in card.faults:
                card.faults.append("card_line")
            continue
        mark = (one.name, one.value.strip().upper())
        if mark == ("BEGIN", "VCARD"):
            if card is not None:
                yield _unclosed(card)
            card = _Card(one.line, one.line)
        elif card is not None and mark == ("END", "VCARD"):
            yield card
            card = None
        elif card is not None:
            card.properties.append(one)
            card.ends = one.line
    if card is not None:
        yield _unclosed(card)


def _unclosed(card: _Card) -> _Card:
    card.faults.append("card_unclosed")
    return card


def _lines(card: _Card) -> Iterator[Line]:
    """One for each post of the person, at least one; what is not of the post stands in the first alone."""
    name = card.one("FN") or _name(card) or card.one("NICKNAME")
    posts = _posts(card)
    is_company = _is_company(card, name, posts)
    reached = {kind: one_cell(_contacts(card, kind)) for kind in ("TEL", "EMAIL", "ADR", "URL")}
    cells = {f"ORG-{kind}" if is_company else kind: said for kind, said in reached.items()}
    cells |= {"UID": card.one("UID") or f"line {card.line}", "FN": "" if is_company else name}
    cells |= {"LANG": " ".join(plain(one.value) for one in card.all("LANG")), "NOTE": _note(card)}
    for place, (organisation, title) in enumerate(posts or [("", "")]):
        said = cells if place == 0 else {heading: cells[heading] for heading in ("UID", "FN")}
        said = said | {"ORG": organisation, "TITLE": title}
        # A line of its own within the card: choices and the report go by it.
        yield Line(
            card.line + place, card.ends, tuple(said.get(heading, "") for heading in HEADINGS), tuple(card.faults)
        )


def _name(card: _Card) -> str:
    """`N` has family name, given names, further ones, titles before and after."""
    names = [*parts(next((one.value for one in card.all("N")), "")), *[""] * 5]
    return " ".join(filter(None, (names[3], names[1], names[2], names[0], names[4])))


def _posts(card: _Card) -> list[tuple[str, str]]:
    """Organisation and title. Those of one group belong together, those without stand for themselves in their order."""
    titles = card.all("TITLE") or card.all("ROLE")
    of_group = {one.group: plain(one.value) for one in titles if one.group}
    free = [plain(one.value) for one in titles if not one.group]
    posts = [
        (parts(one.value)[0], of_group.pop(one.group, "") or (free.pop(0) if free else "")) for one in card.all("ORG")
    ]
    left = [*of_group.values(), *free]
    return posts or [("", title) for title in left[:1]]


def _is_company(card: _Card, name: str, posts: list[tuple[str, str]]) -> bool:
    if not posts or not posts[0][0]:
        return False
    is_said = card.one("KIND").lower() == "org" or card.one("X-ABSHOWAS").upper() == "COMPANY"
    return is_said or not name or name == posts[0][0]


def _contacts(card: _Card, kind: str) -> Iterator[str]:
    for one in card.all(kind):
        written = _address(one) if kind == "ADR" else _bare(plain(one.value))
        if written:
            yield annotated(written, words=_label(card, one))
    if kind == "ADR" and not card.all("ADR"):
        yield from (annotated(", ".join(plain(one.value).splitlines())) for one in card.all("LABEL"))


def _bare(value: str) -> str:
    """`tel:+47-40612345` and `mailto:` without their scheme, and a telephone's extension as people write it."""
    return re.sub(r"^(?:tel|mailto):", "", value, flags=re.IGNORECASE).replace(";ext=", " x ")


def _address(one: Property) -> str:
    box, more, street, place, region, code, country = [*parts(one.value), *[""] * 7][:7]
    street = ", ".join(filter(None, (box, more, ", ".join(street.split("\n")))))
    abroad = "" if country.lower() in {"norge", "norway", "noreg", "no"} else country
    return ", ".join(filter(None, (street, " ".join(filter(None, (code, place))), region, abroad)))


def _label(card: _Card, one: Property) -> str:
    own = next((plain(other.value) for other in card.all("X-ABLABEL") if one.group and other.group == one.group), "")
    apples = _APPLES_LABEL.fullmatch(own)
    types = one.types | ({apples["word"].lower()} if apples else set())
    return own if own and not apples else " ".join(word for kind, word in _LABELS if kind in types)


def _note(card: _Card) -> str:
    """A department has no place of its own with us; in the note it is not lost."""
    departments = [", ".join(filter(None, parts(one.value)[1:])) for one in card.all("ORG")]
    return "\n".join(filter(None, (*departments, *(plain(one.value) for one in card.all("NOTE")))))
