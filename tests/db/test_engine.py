"""Nothing acknowledged is lost, and nothing is created by accident."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db.engine import Database, DatabaseMissing, FairLock
from db.models.house_keeping import DataVersion, Setting
from db.models.users import Role, User
from db.types import UtcDateTime


def test_a_missing_file_is_never_made_into_an_empty_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        Database(f"sqlite:///{tmp_path / 'gone.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_vanishes_while_we_run_is_an_error_at_the_next_connection(tmp_path: Path) -> None:
    from db.upgrade import create

    path = tmp_path / "kulturcrm.db"
    create(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    path.unlink()
    with pytest.raises(Exception, match="unable to open"), database.reading() as session:
        session.execute(select(DataVersion)).all()
    assert not path.exists()


def test_what_a_failed_block_wrote_is_gone(database: Database) -> None:
    def half_a_write() -> None:
        with database.writing() as session:
            session.add(Setting(key="half-written", value={}))
            session.flush()
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        half_a_write()
    with database.reading() as session:
        assert session.get(Setting, "half-written") is None


def test_fifty_colleagues_counting_at_once_lose_no_count(database: Database) -> None:
    def count_up() -> None:
        for _ in range(4):
            with database.writing() as session:
                row = session.execute(select(DataVersion).with_for_update()).scalar_one()
                row.number += 1

    threads = [threading.Thread(target=count_up) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalars(select(DataVersion.number)).one() == 200


def test_sqlite_runs_with_the_settings_that_lose_nothing(empty_database_file: Path, tmp_path: Path) -> None:
    shutil.copy(empty_database_file, tmp_path / "kulturcrm.db")
    with closing(Database(f"sqlite:///{tmp_path / 'kulturcrm.db'}")) as database, database.reading() as session:
        settings = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    assert settings == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_an_instant_without_a_zone_is_refused() -> None:
    from sqlalchemy.dialects import sqlite

    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 24, 10, 2), sqlite.dialect())  # noqa: DTZ001 - the point


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    from zoneinfo import ZoneInfo

    at = datetime(2026, 11, 24, 10, 2, tzinfo=ZoneInfo("Europe/Oslo"))
    with database.writing() as session:
        session.add(
            User(name="Ingunn Ås", email="i@x.example", email_key="i@x.example", role=Role.READER, created_at=at)
        )
    with database.reading() as session:
        back = session.scalars(select(User.created_at)).one()
    assert back == at
    assert back.tzinfo is UTC


def test_the_lock_is_handed_on_in_the_order_it_was_asked_for() -> None:
    lock, order = FairLock(), []
    started = [threading.Event() for _ in range(5)]

    def take(number: int) -> None:
        started[number].set()
        with lock:
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(5)]
    with lock:
        for number, thread in enumerate(threads):
            thread.start()
            started[number].wait()
            while len(lock._waiting) <= number:
                pass
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
