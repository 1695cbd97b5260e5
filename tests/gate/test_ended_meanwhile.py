"""A session that ends while its screen is open: nothing more is read or written, in fragments too, and the socket closes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from websockets.exceptions import ConnectionClosed, InvalidStatus

from crm.context import command_line
from crm.users.commands import change_role, disable_user
from db.models.users import Role, SignedInSession, User
from tests.gate.conftest import copied
from tests.gate.serving import Screen, Served, serving

SIGNED_OUT = "Du er logget ut. Utkastene dine er lagret."
AT_ONCE_SECONDS = 2.0


def has_single_letters(served: Served, user: int) -> bool:
    with served.database.reading() as session:
        return session.get_one(User, user).single_letter_shortcuts


def test_a_user_disabled_from_the_terminal_neither_reads_nor_writes_from_an_open_fragment(served: Served) -> None:
    user = served.add("Kari Nordmann")
    with served.screen(served.sign_in(user)) as kari:
        kari.run()
        assert any("Kari Nordmann" in text for text in kari.run("Les", fragment=True))  # the control
        disable_user(command_line(served.database, datetime.now(UTC)), user)
        assert kari.run("Skriv", fragment=True) == [SIGNED_OUT]
        assert kari.run("Les", fragment=True) == [SIGNED_OUT]
        assert kari.run("Les") == [SIGNED_OUT]
    assert has_single_letters(served, user)


def test_the_control_writes_from_the_same_fragment(served: Served) -> None:
    user = served.add("Kari Nordmann")
    with served.screen(served.sign_in(user)) as kari:
        kari.run()
        assert "written" in kari.run("Skriv", fragment=True)
    assert not has_single_letters(served, user)


def test_who_became_a_reader_meanwhile_reads_no_records_from_an_open_fragment(served: Served) -> None:
    user = served.add("Kari Nordmann")
    with served.screen(served.sign_in(user)) as kari:
        kari.run()
        change_role(command_line(served.database, datetime.now(UTC)), user, Role.READER)
        assert kari.run("Les", fragment=True) == ["Rollen din gir ikke tilgang til dette."]


def test_a_user_disabled_on_the_users_page_is_cut_off_at_once_in_every_tab(served: Served) -> None:
    administrator = served.add("Ingunn Ås", Role.ADMINISTRATOR)
    user = served.add("Kari Nordmann")
    one, two = served.sign_in(user), served.sign_in(user)
    with served.screen(one) as first, served.screen(one) as second, served.screen(two) as elsewhere:
        for screen in (first, second, elsewhere):
            screen.run()
        with served.screen(served.sign_in(administrator), query=f"user={user}") as ingunn:
            ingunn.run()
            ingunn.run("Steng ute")
            for screen in (first, second, elsewhere):
                assert closed_with(screen) == 1008
            assert "signed in as Ingunn Ås" in ingunn.run()
    with pytest.raises(InvalidStatus), served.screen(one):
        pass


def test_signing_out_closes_the_other_tabs_of_the_browser_and_only_those(served: Served) -> None:
    user = served.add("Kari Nordmann")
    here, at_home = served.sign_in(user), served.sign_in(user)
    with served.screen(here) as tab, served.screen(at_home) as other, served.client(here) as browser:
        tab.run(), other.run()
        answer = browser.post("/logg-ut")
        assert (answer.status_code, answer.headers["location"]) == (303, "/logg-inn?ut=1")
        assert closed_with(tab) == 1008
        assert "signed in as Kari Nordmann" in other.run()
    assert not served.is_live(here)
    assert served.is_live(at_home)


def test_a_session_that_another_process_ended_is_cut_off_when_it_is_looked_up_again(
    tmp_path: Path, empty_database_file: Path
) -> None:
    """Once a minute in earnest; at each message here."""
    with serving(copied(empty_database_file, tmp_path), tmp_path, check_every=0.0) as server:
        user = server.add("Kari Nordmann")
        with server.screen(server.sign_in(user)) as kari:
            kari.run()
            kari.run()
            with server.database.writing() as session:
                session.execute(update(SignedInSession).values(revoked_at=datetime.now(UTC)))
            with pytest.raises(ConnectionClosed) as closed:
                kari.run("Les", fragment=True)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


def closed_with(screen: Screen) -> int:
    """The code the server closes the websocket with; fails when it stays open."""
    with pytest.raises(ConnectionClosed) as closed:
        listen(screen)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def listen(screen: Screen) -> None:
    until = time.monotonic() + AT_ONCE_SECONDS
    while True:
        screen.socket.recv(timeout=max(0.01, until - time.monotonic()))
