"""Storing a list that was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import Refused
from crm.permissions import Permission
from crm.transfer.columns import Meanings
from crm.transfer.examination import WRITTEN, Choice, RowResult
from crm.transfer.queries import Examined, examine_list
from crm.transfer.reports import as_stored
from crm.transfer.rows import ListRow
from crm.transfer.writing import Written, write
from crm.undo.journal import recording
from db.base import Base
from db.models.house_keeping import DataVersion, ImportBatch
from db.models.importing import ImportProfile, ImportRow
from db.models.undo import BatchKind

TRIES = 5


@dataclass(frozen=True)
class SaidMeanings:
    """What the columns with these headings mean, as somebody corrected it; remembered for the next list that has them."""

    headings_key: str
    meanings: Meanings


@dataclass(frozen=True)
class SeenImport:
    """What was seen and agreed to. `token` is one press of the button: the same token twice is one import.

    `profile` None: the columns mean what we proposed ourselves.
    """

    file_name: str
    rows: Sequence[ListRow]
    choices: Mapping[int, Choice]
    examined: Examined
    token: str
    profile: SaidMeanings | None = None


class _Outdated(Exception):
    """Somebody has saved something since the list was examined."""


def import_list(ctx: Context, seen: SeenImport) -> int:
    """Writes all of it or nothing, and keeps the report. The id of the import.

    The list is examined outside the transaction, since everybody else waits for that; within it only the data version is
    compared. Has anything been saved in between, the list is examined anew, and "import_outdated" refuses it when a row would now
    go elsewhere; "import_nothing" when no row has anything new.
    """
    ctx.require(Permission.KEEP_MEMBERS)
    for _ in range(TRIES):
        if not any(result.outcome in WRITTEN for result in seen.examined.results):
            raise Refused("import_nothing")
        try:
            return _stored(ctx, seen)
        except _Outdated:
            anew = examine_list(ctx, seen.rows, seen.choices)
            if anew.fingerprint != seen.examined.fingerprint:
                raise Refused("import_outdated") from None
            seen = replace(seen, examined=anew)
    raise Refused("import_outdated")


def _stored(ctx: Context, seen: SeenImport) -> int:
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        already = session.scalar(select(ImportBatch.id).where(ImportBatch.token == seen.token))
        if already is not None:
            return already
        if session.scalar(select(DataVersion.number).with_for_update()) != seen.examined.data_version:
            raise _Outdated
        counts = Counter(result.outcome.value for result in seen.examined.results)
        batch = ImportBatch(
            token=seen.token,
            at=ctx.now,
            user_id=ctx.actor.user_id,
            file_name=seen.file_name[:300],
            rows=len(seen.rows),
            report={"counts": dict(counts)},
        )
        session.add(batch)
        session.flush()
        with recording(ctx, session, BatchKind.IMPORT, file=batch.file_name, rows=batch.rows, **counts) as undo:
            undo.subject_kind, undo.subject_id = ImportBatch.__tablename__, batch.id
            written = write(ctx, session, seen.examined.results)
            _remember_profile(ctx, session, seen.profile)
        _keep_report(session, batch.id, seen.examined.results, written)
        ctx.record(session, "members.imported", batch, file=batch.file_name, rows=batch.rows, **counts)
        return batch.id


def _remember_profile(ctx: Context, session: Session, said: SaidMeanings | None) -> None:
    if said is None:
        return
    query = select(ImportProfile).where(ImportProfile.headings_key == said.headings_key)
    profile = session.scalars(query).first()
    if profile is None:
        profile = ImportProfile(headings_key=said.headings_key)
        session.add(profile)
    profile.meanings = list(said.meanings)
    profile.at, profile.user_id = ctx.now, ctx.actor.user_id


def _keep_report(session: Session, batch: int, results: Iterable[RowResult], written: Written) -> None:
    """Beside the journal: it stays when the import is taken back."""
    rows = [as_stored(result, batch, written) for result in results]
    session.execute(insert(Base.metadata.tables[ImportRow.__tablename__]), rows)
