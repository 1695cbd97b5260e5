"""Opening the database so that nothing acknowledged is lost, and nothing is created by accident.

SQLite measured with SQLAlchemy's defaults lost updates (two threads read, both write). Here every write runs in BEGIN IMMEDIATE
behind one first-come lock of the process, with WAL and synchronous=FULL; PostgreSQL gets the same sessions without the lock.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_SECONDS = 30


class DatabaseMissing(Exception):
    """The SQLite file is not there. Opening would create an empty one, so we do not."""


class FairLock:
    """A lock handed on in the order it was asked for. `threading.Lock` lets one busy thread starve the others."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


class Database:
    """One database, opened. `reading()` and `writing()` are the only ways to a session."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.path = _sqlite_path(url) if self.is_sqlite else None
        self.engine = _sqlite_engine(self.path) if self.path else _server_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._writer = FairLock()
        self._afterwards: list[threading.Thread] = []

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one snapshot; whatever it changed is thrown away."""
        with self._sessions() as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits when the block ends well, and leaves nothing when it does not.

        Not re-entrant. No slow work inside (mail, hashing, files): every other writer waits.
        """
        if not self.is_sqlite:
            with self._sessions.begin() as session:
                yield session
            return
        with self._writer, self._sessions() as session:
            session.connection(execution_options={"immediate": True})
            with _committing(session):
                yield session

    def afterwards(self, work: Callable[[Self], object]) -> None:
        """Runs it beside everything else, for what nobody should wait for. The program does not end before it is through."""
        thread = threading.Thread(target=work, args=(self,), name=work.__name__)
        self._afterwards = [one for one in self._afterwards if one.is_alive()] + [thread]
        thread.start()

    def wait(self) -> None:
        """Until what was to be done afterwards is done."""
        for thread in self._afterwards:
            thread.join()

    def close(self) -> None:
        self.wait()
        self.engine.dispose()


@contextmanager
def _committing(session: Session) -> Iterator[None]:
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _sqlite_path(url: str) -> Path:
    database = make_url(url).database
    if not database or database == ":memory:":
        raise ValueError("kulturcrm keeps its data in a file or a PostgreSQL server, never in memory alone")
    return Path(database)


def _sqlite_engine(path: Path) -> Engine:
    if not path.is_file():
        raise DatabaseMissing(str(path))
    # mode=rw: should the file vanish between the check and the opening, SQLite answers an error instead of an empty database.
    engine = create_engine(
        f"sqlite:///file:{path.resolve()}?mode=rw&uri=true",
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
        pool_size=20,
        max_overflow=60,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _server_engine(url: str) -> Engine:
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=20, max_overflow=60)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to be IMMEDIATE
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",  # KiB: what a list by words reads lies scattered, and SQLite's own 2,000 hold a tenth of it
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
