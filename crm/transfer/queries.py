"""Looking at a list before it is imported, and at what earlier imports did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.context import Context
from crm.errors import NotFound
from crm.permissions import Permission
from crm.transfer.columns import Meanings, Subject, headings_key, proposed_meanings
from crm.transfer.examination import Choice, Examination, Outcome, RowResult
from crm.transfer.meanings import Meaning
from crm.transfer.ours import load
from crm.transfer.reading import read_file
from crm.transfer.reports import report_file
from crm.transfer.rows import ListRow
from crm.transfer.rules import fingerprint
from crm.transfer.tables import ReadAs, Table
from crm.undo.rules import KEPT_FOR, Standing, standing
from db.models.house_keeping import DataVersion, ImportBatch
from db.models.importing import ImportProfile, ImportRow
from db.models.undo import UndoBatch
from db.models.users import User

LATEST = 20


@dataclass(frozen=True)
class Examined:
    """`fingerprint` says whether a later examination would come to the same. `data_version` is what it was made of."""

    results: list[RowResult]
    fingerprint: str
    data_version: int

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return Counter(result.outcome for result in self.results)


@dataclass(frozen=True)
class BatchRow:
    """`by` is None for an import from the command line. `undo_id` is what it is taken back by, None when there is nothing."""

    id: int
    at: datetime
    by: str | None
    file_name: str
    rows: int
    new: int
    updated: int
    undo_id: int | None
    standing: Standing
    until: datetime


def read_list_file(ctx: Context, data: bytes, file_name: str, wanted: ReadAs | None = None) -> Table:
    """The file's lines, read in a process of its own. Refused when it cannot be read."""
    ctx.require(Permission.KEEP_MEMBERS)
    return read_file(data, file_name, wanted)


def remembered_meanings(ctx: Context, names: Sequence[str], subject: Subject) -> Meanings:
    """What the columns were said to mean the last time, or what we would say ourselves."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        key = headings_key(names, subject)
        said = session.scalar(select(ImportProfile.meanings).where(ImportProfile.headings_key == key))
    if said is None or len(said) != len(names):
        return proposed_meanings(names, subject)
    return tuple(Meaning(one) if one else None for one in said)


def examine_list(ctx: Context, rows: Sequence[ListRow], choices: Mapping[int, Choice]) -> Examined:
    """The dry run: what would happen to each row, with the choices made so far (by line). Stores nothing."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        version = session.scalars(select(DataVersion.number)).one()
        ours = load(session, rows, ctx.today)
    results = Examination(ours, choices).results(rows)
    return Examined(results, fingerprint(results), version)


def import_batches(ctx: Context) -> list[BatchRow]:
    """The latest imports, newest first."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        columns = (ImportBatch.id, ImportBatch.at, ImportBatch.file_name, ImportBatch.rows, ImportBatch.report)
        of_batch = (UndoBatch.subject_kind == ImportBatch.__tablename__) & (UndoBatch.subject_id == ImportBatch.id)
        query = (
            select(
                *columns, User.name.label("by"), UndoBatch.id.label("undo"), UndoBatch.undone_at, UndoBatch.forgotten_at
            )
            .outerjoin(User, User.id == ImportBatch.user_id)
            .outerjoin(UndoBatch, of_batch)
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
                undo_id=row.undo,
                standing=standing(row.at, undone_at=row.undone_at, forgotten_at=row.forgotten_at, now=ctx.now),
                until=row.at + KEPT_FOR,
            )
            for row in session.execute(query)
        ]


def import_report(ctx: Context, batch_id: int) -> bytes:
    """What became of each row, as a CSV file that is safe to open in a spreadsheet, in the reader's language."""
    with ctx.read(Permission.KEEP_MEMBERS) as session:
        if session.get(ImportBatch, batch_id) is None:
            raise NotFound(kind="import", id=batch_id)
        columns = (ImportRow.line, ImportRow.name, ImportRow.outcome, ImportRow.said)
        query = select(*columns).where(ImportRow.batch_id == batch_id).order_by(ImportRow.line, ImportRow.id)
        rows = session.execute(query).all()
    return report_file(rows)
