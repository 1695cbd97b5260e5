"""The database is made on first use only; a lost one stops the start; the terminal says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from crm.__main__ import main
from crm.installation import InstallationError, marker, open_database
from crm.settings import Settings
from db.models.cases import Topic
from db.models.plan import Measure
from db.upgrade import content_digest
from tests.db.test_upgrade import of_the_first_version

NOW = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "kulturcrm")


def database_file(settings: Settings) -> Path:
    return settings.data_folder / "kulturcrm.db"


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data-folder", str(settings.data_folder)])


def test_the_first_start_makes_a_database_with_the_plan_and_the_topics(settings: Settings) -> None:
    database = open_database(settings, NOW)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Measure)) == 26
        assert session.scalar(select(func.count()).select_from(Topic)) == 19
    database.close()
    assert marker(database_file(settings)).is_file()
    assert database_file(settings).stat().st_mode & 0o077 == 0


def test_the_second_start_finds_what_the_first_one_made(settings: Settings) -> None:
    open_database(settings, NOW).close()
    open_database(settings, NOW).close()


def test_a_database_that_is_gone_is_not_made_anew(settings: Settings) -> None:
    open_database(settings, NOW).close()
    for file in settings.data_folder.glob("kulturcrm.db*"):
        if file != marker(database_file(settings)):
            file.unlink()
    with pytest.raises(InstallationError) as refused:
        open_database(settings, NOW)
    assert refused.value.code == "database_gone"
    assert not database_file(settings).exists()
    said = run(settings, "check")
    assert said.exit_code == 1
    assert "sikkerhetskopi" in said.output
    assert "finnes" in said.output


def test_without_a_database_the_commands_say_how_to_get_one(settings: Settings) -> None:
    said = run(settings, "user", "list")
    assert said.exit_code == 1
    assert "kulturcrm serve" in said.output
    assert not settings.data_folder.exists()


def test_an_upgrade_that_finds_torn_rows_says_so_and_changes_nothing(settings: Settings) -> None:
    settings.data_folder.mkdir()
    path = database_file(settings)
    nobodys_post = "INSERT INTO posts (id, person_id, organisation_id, title, kind, legal_basis, version) "
    of_the_first_version(path, nobodys_post + "VALUES (1, 999, 999, 'Leder', 'other', 'contract', 1)")
    with closing(sqlite3.connect(path)) as connection:
        before = content_digest(connection)
    said = run(settings, "upgrade")
    assert said.exit_code == 1
    assert "viste til noe som ikke finnes (posts). Databasen er som den var." in said.output
    with closing(sqlite3.connect(path)) as connection:
        assert content_digest(connection) == before


def test_check_finds_a_whole_database_whole_and_a_torn_one_torn(settings: Settings) -> None:
    open_database(settings, NOW).close()
    assert run(settings, "check").exit_code == 0
    with sqlite3.connect(database_file(settings)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("UPDATE measures SET goal_id = 999 WHERE code = 'M1.1'")
    said = run(settings, "check")
    assert said.exit_code == 1
    assert "✗ 1 rad viser til noe som ikke finnes" in said.output


def test_users_are_added_listed_and_shut_out_from_the_terminal(settings: Settings) -> None:
    open_database(settings, NOW).close()
    added = run(
        settings, "user", "add", "ingunn@norskekulturhus.example", "--name", "Ingunn Ås", "--role", "administrator"
    )
    assert added.exit_code == 0
    assert "/lenke?nokkel=" in added.output
    assert "Ingunn Ås" in run(settings, "user", "list").output
    run(settings, "user", "add", "bjorn@norskekulturhus.example", "--name", "Bjørn-Ærlend Wiik")
    assert run(settings, "user", "disable", "bjorn@norskekulturhus.example").exit_code == 0
    assert "sperret" in run(settings, "user", "list").output


def test_a_wrong_address_gets_a_line_and_no_traceback(settings: Settings) -> None:
    open_database(settings, NOW).close()
    said = run(settings, "user", "add", "ikke en adresse", "--name", "Noen")
    assert said.exit_code == 1
    assert "e-postadresse" in said.output
    assert "Traceback" not in said.output
    assert run(settings, "user", "reset", "ukjent@norskekulturhus.example").exit_code == 1


def test_a_member_list_is_looked_at_first_and_stored_when_asked(settings: Settings, tmp_path: Path) -> None:
    open_database(settings, NOW).close()
    file = tmp_path / "medlemmer.csv"
    file.write_bytes("Navn;Kommune\nFjordglimt kulturhus;Ålesund\nÅsgard konserthus;Ås\n".encode("cp1252"))
    looked = run(settings, "import", "members", str(file))
    assert looked.exit_code == 0, looked.output
    assert "Ingenting er lagret" in looked.output
    stored = run(settings, "import", "members", str(file), "--apply")
    assert stored.exit_code == 0, stored.output
    again = run(settings, "import", "members", str(file), "--apply")
    assert "ingenting nytt" in again.output


def test_a_file_that_is_no_list_is_refused_in_words(settings: Settings, tmp_path: Path) -> None:
    open_database(settings, NOW).close()
    file = tmp_path / "tom.csv"
    file.write_bytes(b"")
    said = run(settings, "import", "members", str(file), "--apply")
    assert said.exit_code == 1
    assert "tom" in said.output


def test_the_quarters_report_is_written_for_the_board(settings: Settings, tmp_path: Path) -> None:
    open_database(settings, NOW).close()
    target = tmp_path / "k4.md"
    said = run(settings, "report", "--quarter", "2026-K4", "--to", str(target))
    assert said.exit_code == 0, said.output
    written = target.read_text(encoding="utf-8")
    assert "4. kvartal 2026" in written
    assert "M2.5" in written
