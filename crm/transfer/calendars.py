"""The people invited to what stands in a calendar file (.ics), each once, with the first thing they were invited to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm.transfer.content_lines import Property, plain, properties
from crm.transfer.letters import Decoded
from crm.transfer.limits import MOST_ROWS
from crm.transfer.tables import Line, ReadAs, Source, Table, Unreadable

HEADINGS = ("CN", "MAILTO", "PARTSTAT", "SUMMARY", "DTSTART")
_NOBODY = frozenset({"ROOM", "RESOURCE", "GROUP"})


def looks_like_a_calendar(text: str) -> bool:
    return re.match(r"\s*BEGIN\s*:\s*VCALENDAR\b", text, re.IGNORECASE) is not None


def read_calendar(letters: Decoded, file_name: str) -> Table:
    people: dict[str, Line] = {}
    for summary, start, invited in _invitations(letters.text):
        address = re.sub("^mailto:", "", plain(invited.value), flags=re.IGNORECASE)
        name = " ".join(invited.parameters.get("CN", ("",))[0].strip("'").split())
        answer = " ".join(invited.parameters.get("PARTSTAT", ()))
        cells = ("" if "@" in name else name, address, answer, summary, start)
        people.setdefault(address.casefold() or name, Line(invited.line, invited.line, cells))
        if len(people) > MOST_ROWS:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
    if not people:
        raise Unreadable("calendar_without_people")
    lines = (Line(0, 0, HEADINGS), *people.values())
    return Table(file_name, ReadAs(letters.encoding), (), lines, letters.notices, Source.CALENDAR)


def _invitations(text: str) -> Iterator[tuple[str, str, Property]]:
    """What the event is about, when it begins, and who is invited. An event's lines stand in any order, so they are held back."""
    summary = start = ""
    invited: list[Property] = []
    for one in properties(text):
        if isinstance(one, int):
            continue
        match one.name:
            case "BEGIN" | "END":
                yield from ((summary, start, person) for person in invited)
                invited = []
                if one.value.strip().upper() == "VEVENT":
                    summary = start = ""
            case "SUMMARY":
                summary = plain(one.value)
            case "DTSTART":
                start = one.value[:8]
            case "ATTENDEE" | "ORGANIZER" if _is_somebody(one):
                invited.append(one)
    yield from ((summary, start, person) for person in invited)


def _is_somebody(one: Property) -> bool:
    return _NOBODY.isdisjoint(value.upper() for value in one.parameters.get("CUTYPE", ()))
