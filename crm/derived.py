"""What is worked out from the rows and kept beside them, because nobody could wait for it: search index and last contacts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm.search import checking, index
from crm.timeline import last_contacts
from crm.touched import take_touched
from db.engine import Database


def follow(session: Session) -> bool:
    """The last step of a writing transaction. False: it did so much that `crm.search.behind.catch_up` must go on after it."""
    touched = take_touched(session)
    last_contacts.follow(session, touched)
    return index.index_touched(session, touched)


def rebuild(database: Database) -> None:
    """All of it from the rows: after migrations, a move, or a bulk insert past the session."""
    index.rebuild(database)
    last_contacts.fill(database)


def disagreements(database: Database) -> int:
    """How many records and organisations are not known as they are stored. Reads everything once."""
    return checking.disagreements(database) + last_contacts.disagreements(database)
