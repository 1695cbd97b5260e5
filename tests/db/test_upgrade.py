"""Databases are made and brought up to date by the same steps, and a copy that cannot be trusted is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

import db.models  # noqa: F401 - fills the metadata
from db import upgrade
from db.base import Base
from db.derived import derived
from db.engine import Database
from db.models.people import Person
from db.search_tables import is_known_to_alembic

NOW = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)


def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": is_known_to_alembic}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, [Base.metadata, derived]) == []


def test_a_fresh_database_has_nothing_pending(database: Database, tmp_path: Path) -> None:
    assert upgrade.pending(database) == []
    assert upgrade.upgrade(database, backups=tmp_path / "backups", now=NOW) is None


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "kulturcrm.db"
    path.write_text("something of somebody's")
    with pytest.raises(FileExistsError):
        upgrade.create(f"sqlite:///{path}")
    assert path.read_text() == "something of somebody's"


def test_a_database_from_a_newer_version_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(upgrade.NewerDatabase):
        upgrade.pending(database)


def test_a_backup_equals_its_source_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "kulturcrm.db"
    upgrade.create(f"sqlite:///{path}")
    copy = upgrade.back_up(path, tmp_path / "backups", NOW)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        assert upgrade.content_digest(source) == upgrade.content_digest(target)
    assert copy.stat().st_mode & 0o077 == 0


def test_one_changed_cell_changes_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "kulturcrm.db"
    upgrade.create(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        before = upgrade.content_digest(connection)
        connection.execute("UPDATE data_versions SET number = 1")
        assert upgrade.content_digest(connection) != before


def of_the_first_version(path: Path, *statements: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (KJAERSTI, *statements):
            connection.exec_driver_sql(statement)
    engine.dispose()


KJAERSTI = (
    "INSERT INTO persons (id, name, sort_key, search_key, loose_key, note, created_at, version) "
    "VALUES (7, 'Kjærsti Øyen', '1', 'kjærsti øyen', 'kjarsti oyen', 'ringer helst', '2024-01-01 08:00:00', 3)"
)


def test_what_stood_in_the_first_version_is_there_after_all_later_ones(tmp_path: Path) -> None:
    path = tmp_path / "kulturcrm.db"
    of_the_first_version(path, "ANALYZE")  # the statistics somebody had SQLite make are no data, and may change
    database = Database(f"sqlite:///{path}")
    upgrade.upgrade(database, backups=tmp_path / "backups", now=NOW)
    with Database(f"sqlite:///{path}").reading() as session:
        person = session.get_one(Person, 7)
        assert (person.name, person.note, person.version, person.languages) == ("Kjærsti Øyen", "ringer helst", 3, "")


def test_an_upgrade_from_nothing_takes_a_backup_first(tmp_path: Path) -> None:
    path = tmp_path / "kulturcrm.db"
    sqlite3.connect(path).close()
    database = Database(f"sqlite:///{path}")
    assert upgrade.pending(database)
    backup = upgrade.upgrade(database, backups=tmp_path / "backups", now=NOW)
    assert backup is not None
    assert backup.is_file()
    assert upgrade.pending(Database(f"sqlite:///{path}")) == []
