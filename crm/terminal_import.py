"""`kulturcrm import members`: the same dry run as on the screen, in lines."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from crm.context import Context
from crm.errors import Refused
from crm.i18n import t
from crm.transfer.columns import header_place, headings, proposed_meanings
from crm.transfer.commands import SeenImport
from crm.transfer.commands import import_members as store
from crm.transfer.examination import WRITTEN, RowResult
from crm.transfer.file_words import notice_words, refusal_words, remark_words
from crm.transfer.limits import LARGEST_FILE
from crm.transfer.queries import Examined, examine_members, read_member_file
from crm.transfer.rows import MemberRow
from crm.transfer.rules import member_rows
from crm.transfer.words import outcome_words


def import_file(ctx: Context, file: Path, *, apply: bool) -> None:
    """Raises Refused; whoever calls says it with `refused_words`."""
    rows = _read(ctx, file)
    examined = examine_members(ctx, rows, {})
    for result in examined.results:
        click.echo(_line(result))
    click.echo("; ".join(f"{outcome_words(outcome)}: {count}" for outcome, count in examined.counts.items()))
    if not apply:
        click.echo(t("Ingenting er lagret. Legg til --apply for å lagre dette."))
        return
    _store(ctx, file, rows, examined)


def refused_words(error: Refused) -> str:
    return refusal_words(error.code, error.facts)


def _read(ctx: Context, file: Path) -> list[MemberRow]:
    if file.stat().st_size > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    table = read_member_file(ctx, file.read_bytes(), file.name)
    for notice in table.notices:
        click.echo(notice_words(notice))
    header = header_place(table.lines)
    if header is None:
        raise Refused("no_name_column")
    return member_rows(table, header, proposed_meanings(headings(table, header)))


def _store(ctx: Context, file: Path, rows: list[MemberRow], examined: Examined) -> None:
    if not any(result.outcome in WRITTEN for result in examined.results):
        click.echo(t("Det er ingenting nytt å lagre."))
        return
    store(ctx, SeenImport(file.name, rows, {}, examined.fingerprint, secrets.token_urlsafe(32)))
    click.echo(t("Lagret. Radene som venter på et valg, tas på skjermen Import av medlemmer."))


def _line(result: RowResult) -> str:
    remarks = " ".join(remark_words(remark.code, remark.cell) for remark in result.remarks)
    said = f"{result.row.line:>6}  {outcome_words(result.outcome):<28} {result.row.name}"
    return f"{said}  ({remarks})" if remarks else said
