"""Storing a list that was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from crm.context import Context
from crm.errors import Refused
from crm.i18n import local
from crm.permissions import Permission
from crm.transfer.examination import WRITTEN, Choice, Examination
from crm.transfer.ours import load
from crm.transfer.reports import as_stored
from crm.transfer.rows import MemberRow
from crm.transfer.rules import fingerprint
from crm.transfer.writing import write
from db.models.house_keeping import ImportBatch


@dataclass(frozen=True)
class SeenImport:
    """What was seen and agreed to: `fingerprint` is that of the examination on the screen.

    `token` is one press of the button: the same token twice is one import.
    """

    file_name: str
    rows: Sequence[MemberRow]
    choices: Mapping[int, Choice]
    fingerprint: str
    token: str


def import_members(ctx: Context, seen: SeenImport) -> int:
    """Writes all of it or nothing, and keeps the report. The id of the import.

    Refused with "import_outdated" when a colleague has changed something since the list was looked at, so that a row would
    now go elsewhere; with "import_nothing" when no row has anything new.
    """
    with ctx.write(Permission.KEEP_MEMBERS) as session:
        already = session.scalar(select(ImportBatch.id).where(ImportBatch.token == seen.token))
        if already is not None:
            return already
        index, houses = load(session, local(ctx.now).date())
        results = Examination(index, houses, seen.choices).results(seen.rows)
        if fingerprint(results) != seen.fingerprint:
            raise Refused("import_outdated")
        if not any(result.outcome in WRITTEN for result in results):
            raise Refused("import_nothing")
        house_of = write(ctx, session, results)
        counts = Counter(result.outcome.value for result in results)
        batch = ImportBatch(
            token=seen.token,
            at=ctx.now,
            user_id=ctx.actor.user_id,
            file_name=seen.file_name[:300],
            rows=len(results),
            report={
                "counts": dict(counts),
                "rows": [as_stored(result, house_of.get(result.row.line)) for result in results],
            },
        )
        session.add(batch)
        ctx.record(session, "members.imported", batch, file=batch.file_name, rows=batch.rows, **dict(counts))
        return batch.id
