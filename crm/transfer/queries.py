"""Looking at a list before it is imported, and at what earlier imports did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.context import Context
from crm.errors import NotFound
from crm.i18n import local
from crm.permissions import Permission
from crm.transfer.examination import Choice, Examination, Outcome, RowResult
from crm.transfer.ours import load
from crm.transfer.reading import read_file
from crm.transfer.reports import report_file
from crm.transfer.rows import MemberRow
from crm.transfer.rules import fingerprint
from crm.transfer.tables import ReadAs, Table
from db.models.house_keeping import ImportBatch
from db.models.users import User

LATEST = 20
_BATCH = (ImportBatch.id, ImportBatch.at, ImportBatch.file_name, ImportBatch.rows, ImportBatch.report)


@dataclass(frozen=True)
class Examined:
    """`fingerprint` says whether a later examination would come to the same."""

    results: list[RowResult]
    fingerprint: str

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return Counter(result.outcome for result in self.results)


@dataclass(frozen=True)
class BatchRow:
    """`by` is None for an import from the command line."""

    id: int
    at: datetime
    by: str | None
    file_name: str
    rows: int
    new: int
    updated: int


def read_member_file(ctx: Context, data: bytes, file_name: str, wanted: ReadAs | None = None) -> Table:
    """The file's lines, read in a process of its own. Refused when it cannot be read."""
    ctx.require(Permission.KEEP_MEMBERS)
    return read_file(data, file_name, wanted)


def examine_members(ctx: Context, rows: Sequence[MemberRow], choices: Mapping[int, Choice]) -> Examined:
    """The dry run: what would happen to each row, with the choices made so far (by line). Stores nothing."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        index, houses = load(session, local(ctx.now).date())
    results = Examination(index, houses, choices).results(rows)
    return Examined(results, fingerprint(results))


def import_batches(ctx: Context) -> list[BatchRow]:
    """The latest imports, newest first."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        columns = (*_BATCH, User.name.label("by"))
        query = (
            select(*columns)
            .outerjoin(User, User.id == ImportBatch.user_id)
            .order_by(ImportBatch.id.desc())
            .limit(LATEST)
        )
        return [
            BatchRow(
                row.id,
                row.at,
                row.by,
                row.file_name,
                row.rows,
                new=row.report["counts"].get(Outcome.NEW.value, 0),
                updated=row.report["counts"].get(Outcome.UPDATED.value, 0),
            )
            for row in session.execute(query)
        ]


def import_report(ctx: Context, batch_id: int) -> bytes:
    """What became of each row, as a CSV file that is safe to open in a spreadsheet, in the reader's language."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        batch = session.get(ImportBatch, batch_id)
        if batch is None:
            raise NotFound(kind="import", id=batch_id)
        rows = batch.report["rows"]
    return report_file(rows)
