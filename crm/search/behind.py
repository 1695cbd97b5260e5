"""What a large transaction left for the index, taken in soon after it, a portion at a time.

An import of 20,000 persons would otherwise hold the write lock twice as long as storing them takes, and everybody who answers a
call meanwhile waits. Which entries are left stands in a table, so that nothing is forgotten when the power goes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from crm.search.index import index
from crm.word_index import KIND_BITS, record_id_of
from db.engine import Database
from db.models.house_keeping import DataVersion
from db.search_tables import pending

PORTION: Final = 500
TRIES: Final = 5
_FIRST: Final = select(pending.c.id).order_by(pending.c.id).limit(PORTION)
_TAKE: Final = delete(pending).where(pending.c.id.in_(_FIRST)).returning(pending.c.id)


def catch_up(database: Database) -> None:
    """Until nothing is left. Several may do it at once: what one has taken, the others do not see."""
    tries = TRIES
    while tries:
        try:
            if not _take_portion(database):
                return
            tries = TRIES
        except (IntegrityError, OperationalError):
            tries -= 1  # on PostgreSQL: a colleague saved one of these meanwhile, and has written its entry


def _take_portion(database: Database) -> bool:
    """False when nothing was left."""
    with database.writing() as session:
        taken = session.scalars(_TAKE).all()
        touched: defaultdict[int, list[int]] = defaultdict(list)
        for entry in taken:
            touched[entry >> KIND_BITS].append(record_id_of(entry))
        index(session, touched)
        if taken and not _is_behind(session):
            # Lists are kept by the data's version, and those by words may now be longer.
            session.execute(update(DataVersion).values(number=DataVersion.number + 1))
        return bool(taken)


def _is_behind(session: Session) -> bool:
    return session.scalars(select(pending.c.id).limit(1)).first() is not None
