"""Decisions about an import that need no database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from crm.errors import Refused
from crm.transfer.columns import doubled
from crm.transfer.examination import RowResult, key_of
from crm.transfer.limits import MOST_ROWS
from crm.transfer.meanings import Meaning
from crm.transfer.rows import MemberRow, read_rows
from crm.transfer.tables import Table


def member_rows(table: Table, header: int, meanings: Sequence[Meaning | None]) -> list[MemberRow]:
    """The rows under the headings at index `header`. Refused when the columns cannot make a list of members."""
    if Meaning.NAME not in meanings:
        raise Refused("no_name_column")
    twice = doubled(meanings)
    if twice:
        raise Refused("column_twice", column=twice[0].value)
    lines = [line for line in table.lines[header + 1 :] if any(line.cells)]
    if not lines:
        raise Refused("no_rows")
    if len(lines) > MOST_ROWS:
        raise Refused("too_many_rows", limit=MOST_ROWS)
    return read_rows(table.lines, header, meanings)


def fingerprint(results: Sequence[RowResult]) -> str:
    """Changes when any row would have another fate: then somebody has to look again before it is stored."""
    fates = hashlib.sha256()
    for result in results:
        target = key_of(result.target) if result.target else ""
        changes = ",".join(f"{change.field.value}={change.value}" for change in result.changes)
        fates.update(f"{result.row.digest}|{result.outcome.value}|{target}|{changes}\n".encode())
    return fates.hexdigest()
