"""A file taken the whole way in, as the screen does it."""

from __future__ import annotations

from crm.context import Context
from crm.transfer.columns import Subject, header_place, headings, likely_subject
from crm.transfer.commands import SeenImport, import_list
from crm.transfer.examination import Choice, RowResult
from crm.transfer.queries import Examined, examine_list, read_list_file, remembered_meanings
from crm.transfer.row_reading import NEW_KIND, lines_of, list_as, read_rows
from crm.transfer.rows import ListRow
from crm.transfer.tables import Table

Choices = dict[int, Choice]
FIRST = "first"


def rows_in(ctx: Context, data: bytes, name: str = "liste.csv", subject: Subject | None = None) -> list[ListRow]:
    """Read in the process of its own, with what we would say the columns mean."""
    return rows_of_table(ctx, read_list_file(ctx, data, name), subject)


def rows_of_table(ctx: Context, table: Table, subject: Subject | None = None) -> list[ListRow]:
    header = header_place(table.lines)
    assert header is not None
    names = headings(table, header)
    subject = subject or likely_subject(names)
    wanted = list_as(table, header, subject, remembered_meanings(ctx, names, subject), NEW_KIND[subject])
    return list(read_rows(lines_of(table, header), wanted))


def looked_through(ctx: Context, rows: list[ListRow], choices: Choices | None = None) -> dict[int, RowResult]:
    """What would happen, by line."""
    return {result.row.line: result for result in examine_list(ctx, rows, choices or {}).results}


def taken_in(ctx: Context, rows: list[ListRow], choices: Choices | None = None, *, token: str = FIRST) -> int:
    examined: Examined = examine_list(ctx, rows, choices or {})
    return import_list(ctx, SeenImport("liste.csv", rows, choices or {}, examined, token))
