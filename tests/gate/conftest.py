"""One running server for all tests that do not need one of their own; each test makes its own users and sessions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from db.models.users import FailedSignIn, Role
from tests.gate.serving import PASSWORD, Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, empty_database_file: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with serving(copied(empty_database_file, folder), folder) as server:
        server.add("Daglig Leder", Role.ADMINISTRATOR, password=PASSWORD)
        yield server


@pytest.fixture(autouse=True)
def _nobody_guessed_before(request: pytest.FixtureRequest) -> None:
    """The delays after failures would follow from one test to the next: all come from this machine's address."""
    for name in {"served", "proxied"} & set(request.fixturenames):
        server: Served = request.getfixturevalue(name)
        with server.database.writing() as session:
            session.execute(delete(FailedSignIn))


def copied(empty: Path, folder: Path) -> str:
    shutil.copy(empty, folder / "kulturcrm.db")
    return f"sqlite:///{folder / 'kulturcrm.db'}"
