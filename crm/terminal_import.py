"""`kulturcrm import members` and `import people`: the same dry run as on the screen, in lines."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from crm.context import Context
from crm.errors import Refused
from crm.i18n import t
from crm.transfer.columns import Subject, header_place, headings
from crm.transfer.commands import SeenImport, import_list
from crm.transfer.examination import WRITTEN, RowResult
from crm.transfer.file_words import notice_words, refusal_words, remark_words
from crm.transfer.limits import LARGEST_FILE
from crm.transfer.queries import Examined, examine_list, read_list_file, remembered_meanings
from crm.transfer.row_reading import NEW_KIND, lines_of, list_as, read_rows
from crm.transfer.rows import ListRow
from crm.transfer.words import outcome_words


def import_file(ctx: Context, file: Path, subject: Subject, *, apply: bool) -> None:
    """Raises Refused; whoever calls says it with `refused_words`."""
    rows = _read(ctx, file, subject)
    examined = examine_list(ctx, rows, {})
    for result in examined.results:
        click.echo(_line(result))
    click.echo("; ".join(f"{outcome_words(outcome)}: {count}" for outcome, count in examined.counts.items()))
    if not apply:
        click.echo(t("Ingenting er lagret. Legg til --apply for å lagre dette."))
        return
    _store(ctx, file, rows, examined)


def refused_words(error: Refused) -> str:
    return refusal_words(error.code, error.facts)


def _read(ctx: Context, file: Path, subject: Subject) -> list[ListRow]:
    if file.stat().st_size > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    table = read_list_file(ctx, file.read_bytes(), file.name)
    for notice in table.notices:
        click.echo(notice_words(notice))
    header = header_place(table.lines)
    if header is None:
        raise Refused("no_rows")
    meanings = remembered_meanings(ctx, headings(table, header), subject)
    wanted = list_as(table, header, subject, meanings, NEW_KIND[subject])
    return list(read_rows(lines_of(table, header), wanted))


def _store(ctx: Context, file: Path, rows: list[ListRow], examined: Examined) -> None:
    if not any(result.outcome in WRITTEN for result in examined.results):
        click.echo(t("Det er ingenting nytt å lagre."))
        return
    import_list(ctx, SeenImport(file.name, rows, {}, examined, secrets.token_urlsafe(32)))
    click.echo(t("Lagret. Radene som venter på et valg, tas på skjermen Import."))


def _line(result: RowResult) -> str:
    remarks = " ".join(remark_words(remark.code, remark.cell) for remark in result.remarks)
    said = f"{result.row.line:>6}  {outcome_words(result.outcome):<28} {result.row.shown}"
    return f"{said}  ({remarks})" if remarks else said
