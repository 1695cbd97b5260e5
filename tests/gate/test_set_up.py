"""The first start: an empty house, a link in the terminal, and the first administrator. Started as people start it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from crm.context import command_line
from crm.errors import Refused
from crm.users.links import open_set_up
from db.engine import Database
from db.models.users import OneTimeLink, Role, User
from tests.gate.conftest import copied
from tests.gate.serving import PASSWORD, Served, free_port, serving

GOOD = {"navn": "Ingunn Ås", "epost": "ingunn@norskekulturhus.example", "passord": PASSWORD, "gjenta": PASSWORD}
LINK = re.compile(r"(http://127\.0\.0\.1:\d+/kom-i-gang\?nokkel=[\w-]{43})")


@pytest.fixture
def empty(tmp_path: Path, empty_database_file: Path) -> Iterator[Served]:
    with serving(copied(empty_database_file, tmp_path), tmp_path) as server:
        yield server


def key_of(server: Served) -> str:
    return open_set_up(command_line(server.database, datetime.now(UTC)))


def sent(server: Served, key: str, **typed: str) -> httpx.Response:
    with server.client() as browser:
        return browser.post("/kom-i-gang", data=GOOD | {"nokkel": key} | typed)


def test_the_link_of_the_terminal_makes_the_first_administrator(tmp_path: Path) -> None:
    with started(tmp_path) as (_, lines):
        link = LINK.search(lines)
        assert link is not None
        address, key = link[1].split("/kom-i-gang?nokkel=")
        with httpx.Client(base_url=address, headers={"Origin": address}) as browser:
            assert "Lag administrator" in browser.get("/kom-i-gang", params={"nokkel": key}).text
            answer = browser.post("/kom-i-gang", data=GOOD | {"nokkel": key})
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
            assert browser.get("/").status_code == 200
            assert browser.get("/kom-i-gang", params={"nokkel": key}).status_code == 410
    database = Database(f"sqlite:///{tmp_path / 'kulturcrm.db'}")
    with database.reading() as session:
        (user,) = session.scalars(select(User)).all()
        assert (user.name, user.role, user.is_active) == ("Ingunn Ås", Role.ADMINISTRATOR, True)
        assert user.password_hash is not None
        assert user.password_hash.startswith("$argon2id$")
    database.close()


def test_a_house_with_users_starts_without_a_link(tmp_path: Path) -> None:
    with started(tmp_path) as (_, lines):
        link = LINK.search(lines)
        assert link is not None
        address, key = link[1].split("/kom-i-gang?nokkel=")
        httpx.post(f"{address}/kom-i-gang", data=GOOD | {"nokkel": key}, headers={"Origin": address})
    with started(tmp_path) as (_, lines):
        assert "kom-i-gang" not in lines
        assert "kulturcrm svarer på http://127.0.0.1:" in lines


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with started(tmp_path) as (_, lines):
        port = re.search(r":(\d+)", lines)
        assert port is not None
        second = run_serve(tmp_path, int(port[1]))
        _, said = second.communicate(timeout=30)
    assert second.returncode == 1
    assert said == (
        f"Port {port[1]} er i bruk. Kjører kulturcrm allerede? Ellers velg en annen: kulturcrm serve --port {int(port[1]) + 1}\n"
    )


def test_the_sign_in_page_of_an_empty_house_tells_where_the_link_is(empty: Served) -> None:
    with empty.client() as browser:
        page = browser.get("/logg-inn").text
    assert "ble det skrevet ut en lenke i terminalen" in page
    assert "<form" not in page


def test_set_up_works_once(empty: Served) -> None:
    key = key_of(empty)
    assert sent(empty, key).status_code == 303
    assert sent(empty, key, epost="inntrenger@angriper.example").status_code == 410
    with pytest.raises(Refused, match="already_set_up"):
        key_of(empty)
    with empty.database.reading() as session:
        assert session.query(User).count() == 1


def test_a_link_left_over_makes_nobody_once_there_is_a_user(empty: Served) -> None:
    """Somebody was added from the terminal while the set-up page stood open."""
    key = key_of(empty)
    empty.add("Kari Nordmann")
    assert sent(empty, key).status_code == 410
    with empty.database.reading() as session:
        assert session.query(User).count() == 1


def test_a_newer_start_puts_out_the_older_link(empty: Served) -> None:
    older, newer = key_of(empty), key_of(empty)
    assert sent(empty, older).status_code == 410
    assert sent(empty, newer).status_code == 303


def test_a_link_that_is_too_old(empty: Served) -> None:
    key = key_of(empty)
    with empty.database.writing() as session:
        session.execute(update(OneTimeLink).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    with empty.client() as browser:
        assert browser.get("/kom-i-gang", params={"nokkel": key}).status_code == 410
    assert sent(empty, key).status_code == 410


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_only_this_machine_may_set_up(empty: Served, header: str) -> None:
    """Through a proxy that nobody told us of, everybody seems to be this machine."""
    key = key_of(empty)
    with empty.client(**{header: "203.0.113.7"}) as browser:
        assert browser.get("/kom-i-gang", params={"nokkel": key}).status_code == 403
        assert browser.post("/kom-i-gang", data=GOOD | {"nokkel": key}).status_code == 403
    assert sent(empty, key).status_code == 303


def test_a_refused_form_keeps_all_but_the_passwords(empty: Served) -> None:
    answer = sent(empty, key_of(empty), navn="Ingunn <b>Ås</b>", epost="ingunn", passord="hemmelig", gjenta="hemmelig")
    assert answer.status_code == 422
    assert 'value="Ingunn &lt;b&gt;Ås&lt;/b&gt;"' in answer.text
    assert 'value="ingunn"' in answer.text
    assert "Skriv en hel e-postadresse" in answer.text
    assert "Passordet må ha minst 12 tegn" in answer.text
    assert "hemmelig" not in answer.text
    assert answer.text.count("autofocus") == 1


def test_the_own_name_is_no_password(empty: Served) -> None:
    answer = sent(empty, key_of(empty), passord="ingunn er sjefen", gjenta="ingunn er sjefen")
    assert "Passordet kan ikke inneholde det som står foran @" in answer.text


@contextmanager
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`kulturcrm serve` in a folder of its own; what it has written once it answers."""
    port = free_port()
    process = run_serve(folder, port)
    try:
        for _ in range(600):
            try:
                httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.communicate()
                time.sleep(0.05)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        yield process, process.stdout.read()
    finally:
        process.terminate()
        process.wait(20)


def run_serve(folder: Path, port: int) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-c",
        "from crm.__main__ import main; main()",
        "serve",
        "--port",
        str(port),
        "--no-browser",
    ]
    return subprocess.Popen(
        [*command, "--data-folder", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
