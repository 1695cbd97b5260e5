"""The lines that vCards and calendars are written in (RFC 6350, 5545, and vCard 2.1 before them), taken apart without complaint.

The libraries for them give up at the first line they do not like, and the rest of somebody's address book with it. So: a line that
is none is counted and passed over, whatever is nested is read flat, and nothing calls itself.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.transfer.limits import LONGEST_CELL, LONGEST_LINE

# Sounds and pictures: long, and nothing we read.
_SKIPPED = re.compile(r"PHOTO|LOGO|SOUND|KEY|ATTACH|X-[\w-]*(?:PHOTO|PICTURE|IMAGE)[\w-]*")
_START = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)")
# `;TYPE=work`, `;TYPE="a;b",c`, or the bare `;WORK` of vCard 2.1.
_PARAMETER = re.compile(r';(?P<key>[\w-]+)(?:=(?P<values>(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*))?')
_VALUE = re.compile(r'"([^"]*)"|([^,]+)')
_QUOTED_PRINTABLE = re.compile(r"^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE\b[^:]*:", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED_SEMICOLON = re.compile(r"(?<!\\)(?:\\\\)*;")
_WORDS_WITHOUT_KEY = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"})


@dataclass(frozen=True, slots=True)
class Property:
    """`value` is as it stands, escapes and all: only who knows the property knows where its parts end."""

    line: int
    group: str
    name: str
    value: str
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        return frozenset(value.lower() for value in self.parameters.get("TYPE", ()))


def properties(text: str) -> Iterator[Property | int]:
    """Each property, and for a line that is none its number. What is too long to be of use is such a line too."""
    for number, line in _unfolded(text):
        found = _property(number, line)
        if found is not None:
            yield found
        elif line.strip():
            yield number


def plain(value: str) -> str:
    """`\\n`, `\\,` and `\\;` as what they stand for."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def parts(value: str) -> list[str]:
    """What stands between semicolons that are no text: the components of a name, an address, an organisation."""
    found, start = [], 0
    for semicolon in _UNESCAPED_SEMICOLON.finditer(value):
        found.append(plain(value[start : semicolon.end() - 1]))
        start = semicolon.end()
    return [*found, plain(value[start:])]


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """A line that begins with a blank goes on with the one before; so does one after a soft break in quoted-printable."""
    number, pieces, is_soft = 0, [""], False
    for place, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if is_soft:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in {" ", "\t"} and pieces[0]:
            pieces.append(line[1:])
        else:
            yield number, "".join(pieces)
            number, pieces = place, [line]
        is_soft = line.endswith("=") and bool(_QUOTED_PRINTABLE.match(pieces[0]))
    yield number, "".join(pieces)


def _property(number: int, line: str) -> Property | None:
    start = _START.match(line)
    if start is None:
        return None
    group, name = (start["group"] or "").lower(), start["name"].upper()
    if _SKIPPED.fullmatch(name):
        return Property(number, group, name, "")
    if len(line) > LONGEST_LINE:
        return None
    end, parameters = start.end(), dict[str, tuple[str, ...]]()
    while found := _PARAMETER.match(line, end):
        end = found.end()
        key, values = _parameter(found["key"].upper(), found["values"])
        parameters[key] = (*parameters.get(key, ()), *values)
    if line[end : end + 1] != ":":
        return None
    value = _decoded(line[end + 1 :], parameters)
    return Property(number, group, name, value, parameters) if len(value) <= LONGEST_CELL else None


def _parameter(key: str, values: str | None) -> tuple[str, tuple[str, ...]]:
    if values is None:
        return ("ENCODING", (key,)) if key in _WORDS_WITHOUT_KEY else ("TYPE", (key,))
    return key, tuple(quoted or bare for quoted, bare in _VALUE.findall(values))


def _decoded(value: str, parameters: dict[str, tuple[str, ...]]) -> str:
    if "QUOTED-PRINTABLE" not in {one.upper() for one in parameters.get("ENCODING", ())}:
        return value
    octets = quopri.decodestring(value.encode("utf-8", errors="replace"))
    for charset in (*parameters.get("CHARSET", ()), "utf-8", "cp1252"):
        try:
            return octets.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return octets.decode("utf-8", errors="replace")
