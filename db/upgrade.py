"""Making a new database, and bringing an old one up to date without the risk of losing it.

Alembic's batch mode on SQLite rebuilds tables, and with foreign keys on it deletes child rows. So: a verified backup first, foreign
keys off before the transaction, everything in one BEGIN IMMEDIATE, row counts and foreign keys checked before the commit.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, make_url

from db.engine import Database

MIGRATIONS = Path(__file__).with_name("migrations")
# Without those that FTS5 and SQLite keep for themselves: no data, some without a rowid, and made anew whenever they like.
TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"


class BackupBroken(Exception):
    """The copy did not equal its source; nothing was upgraded."""


class UpgradeBroken(Exception):
    """Rows of these tables point nowhere, or were lost; it was rolled back and the database is as it was."""


class NewerDatabase(Exception):
    """A later version of kulturcrm wrote this database."""


def create(url: str) -> None:
    """An empty, complete database. For SQLite the file must not be there yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        _run_migrations(url)
        return
    path = Path(str(parsed.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)  # only its owner reads it
    os.close(handle)
    _run_migrations(url)


def pending(database: Database) -> list[str]:
    """Revisions not yet applied, oldest first. `NewerDatabase` when the database knows one that we do not."""
    script = ScriptDirectory.from_config(_config())
    with database.engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if now is not None and now not in known:
        raise NewerDatabase(now)
    return [revision.revision for revision in reversed(list(script.iterate_revisions("head", now or "base")))]


def all_revisions() -> list[str]:
    """Every revision there is, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def upgrade(database: Database, *, backups: Path, now: datetime) -> Path | None:
    """Apply what is pending. Returns the backup made before, None when nothing was pending or the server keeps its own."""
    if not pending(database):
        return None
    backup = back_up(database.path, backups, now) if database.path else None
    database.close()  # a pooled connection with foreign keys on must not take part
    _run_migrations(database.url)
    return backup


def back_up(path: Path, folder: Path, now: datetime) -> Path:
    """A verified copy `kulturcrm-YYYYMMDD-HHMMSS.db`: made by SQLite's own backup, compared, then renamed into place."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"kulturcrm-{now:%Y%m%d-%H%M%S}.db"
    draft = target.with_suffix(".tmp")
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as source, closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
        if content_digest(source) != content_digest(copy) or _integrity(copy) != "ok":
            raise BackupBroken(str(draft))
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.rename(target)
    return target


def content_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over every row of every table. `integrity_check` alone missed 57 of 60 flipped bits."""
    digest = hashlib.sha256()
    for (table,) in connection.execute(TABLES).fetchall():
        digest.update(table.encode())
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _integrity(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _run_migrations(url: str) -> None:
    with _migrating(url) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(url, hide_parameters=True)
    if is_sqlite:
        event.listen(engine, "connect", _without_foreign_keys)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection, connection.begin():
            before = _row_counts(connection) if is_sqlite else {}
            yield connection
            if is_sqlite:
                _check_upgraded(connection, before)
    finally:
        engine.dispose()


def _without_foreign_keys(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=OFF")


def _row_counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(TABLES).scalars().all()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _check_upgraded(connection: Connection, before: dict[str, int]) -> None:
    torn = connection.exec_driver_sql("PRAGMA foreign_key_check").scalars().all()
    if torn:
        raise UpgradeBroken(", ".join(sorted(set(torn))))
    after = _row_counts(connection)
    lost = {
        name: count for name, count in before.items() if after.get(name, count) < count and name != "alembic_version"
    }
    if lost:
        raise UpgradeBroken(", ".join(sorted(lost)))
