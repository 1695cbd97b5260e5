"""Rows of earlier imports know their house and their person again, also those where somebody had to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models.house_keeping import ImportBatch
from db.models.importing import ImportRow
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.undo import UndoBatch

AT_ONCE = 1_000


@dataclass(frozen=True)
class ImportedBefore:
    """Ids by the digest of the row; the latest import counts."""

    houses: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)


def imported_before(session: Session, digests: Sequence[str]) -> ImportedBefore:
    found = ImportedBefore()
    for start in range(0, len(digests), AT_ONCE):
        query = _still_there().where(ImportRow.digest.in_(digests[start : start + AT_ONCE])).order_by(ImportRow.id)
        for digest, house, person in session.execute(query):
            if house is not None:
                found.houses[digest] = house
            if person is not None:
                found.persons[digest] = person
    return found


def _still_there() -> Select[str, int | None, int | None]:
    """Not of an import that was taken back. An id given out anew since is somebody else's, and a merged one is the other's."""
    batch_undone = and_(
        UndoBatch.subject_kind == ImportBatch.__tablename__,
        UndoBatch.subject_id == ImportBatch.id,
        UndoBatch.undone_at.is_not(None),
    )
    return (
        select(
            ImportRow.digest,
            func.coalesce(Organisation.merged_into_id, Organisation.id),
            func.coalesce(Person.merged_into_id, Person.id),
        )
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .outerjoin(
            Organisation,
            and_(Organisation.id == ImportRow.organisation_id, Organisation.created_at <= ImportBatch.at),
        )
        .outerjoin(Person, and_(Person.id == ImportRow.person_id, Person.created_at <= ImportBatch.at))
        .where(~select(UndoBatch.id).where(batch_undone).exists())
        .where(or_(Organisation.id.is_not(None), Person.id.is_not(None)))
    )
