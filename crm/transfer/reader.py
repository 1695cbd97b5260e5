"""The process that reads a file from outside: `python -m crm.transfer.reader`, with limits on what it may take.

It gets one line of JSON (file name and how to read) and then the bytes on its standard input, and answers one line of JSON. A
parser that goes astray takes this process with it, not the house.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from crm.transfer.calendars import looks_like_a_calendar, read_calendar
from crm.transfer.cards import looks_like_cards, read_cards
from crm.transfer.letters import decoded
from crm.transfer.limits import LARGEST_FILE, MEMORY, PROCESSOR_TIME
from crm.transfer.separated import read_separated
from crm.transfer.tables import ReadAs, Table, Unreadable, as_words


def limit_ourselves() -> None:
    seconds = int(PROCESSOR_TIME.total_seconds())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it answers through a pipe and has nothing to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, file_name: str, wanted: ReadAs) -> Table:
    """By what the bytes are, not by what the file is called: a list from a system is often .xls and in truth text."""
    if not data.strip():
        raise Unreadable("empty_file")
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from crm.transfer.workbooks import read_workbook  # only where it is needed: it loads a native library

        return read_workbook(data, file_name, wanted)
    letters = decoded(data, wanted.encoding)
    if looks_like_cards(letters.text):
        return read_cards(letters, file_name)
    if looks_like_a_calendar(letters.text):
        return read_calendar(letters, file_name)
    return read_separated(letters, file_name, wanted)


def answer(file_name: str, wanted: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"table": as_words(read(data, file_name, ReadAs(**wanted)))}
    except Unreadable as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        return {"refused": "too_demanding", "facts": {}}


def main() -> None:
    limit_ourselves()
    asked = json.loads(sys.stdin.buffer.readline())
    found = answer(asked["file_name"], asked["read_as"], sys.stdin.buffer.read(LARGEST_FILE + 1))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
