"""Without a live session of ours nothing is served: no page, no media, no upload, no metrics, no websocket."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus

from crm.context import ABSOLUTE_LIMIT, IDLE_LIMIT
from crm.users.sessions import token_hash
from db.models.users import SignedInSession, User
from streamlit_config.asgi import ENTRY
from streamlit_config.navigation import SCREENS
from tests.gate.conftest import copied
from tests.gate.serving import UNUSED, Served, serving

ADDRESSES = ["", *(screen.address for screen in SCREENS.values())]


def no_cookie(served: Served) -> str | None:
    return None


def forged(served: Served) -> str:
    return secrets.token_urlsafe(32)


def idle_too_long(served: Served) -> str:
    return _aged(served, last_seen_at=datetime.now(UTC) - IDLE_LIMIT)


def too_old(served: Served) -> str:
    return _aged(served, created_at=datetime.now(UTC) - ABSOLUTE_LIMIT)


def revoked(served: Served) -> str:
    return _aged(served, revoked_at=datetime.now(UTC))


def of_a_disabled_user(served: Served) -> str:
    """Without the sessions being ended: the user's row alone must be enough."""
    user = served.add("Sperret Bruker")
    token = served.sign_in(user)
    with served.database.writing() as session:
        session.execute(update(User).where(User.id == user).values(is_active=False))
    return token


def the_public_session_id(served: Served) -> str:
    """It travels in headers inside the server; whoever reads it in a log cannot use it as a cookie."""
    token = served.sign_in(served.add("Kari Nordmann"))
    with served.database.reading() as session:
        found = session.query(SignedInSession.id).filter_by(token_hash=token_hash(token)).one()
    return str(found.id)


def _aged(served: Served, **values: datetime) -> str:
    token = served.sign_in(served.add("Kari Nordmann"))
    assert served.is_live(token)
    with served.database.writing() as session:
        session.execute(update(SignedInSession).where(SignedInSession.token_hash == token_hash(token)).values(**values))
    return token


COOKIES = [no_cookie, forged, idle_too_long, too_old, revoked, of_a_disabled_user, the_public_session_id]
Cookie = Callable[[Served], str | None]

CLOSED = [
    *(("GET", f"/{address}") for address in ADDRESSES),
    ("GET", "/noe-annet"),
    ("GET", "/i-dag/under"),
    ("GET", "/index.html"),
    ("GET", "/manifest.json"),
    ("GET", "/favicon.png"),
    ("GET", "/static/"),
    ("GET", "/static/finnes-ikke.js"),  # Streamlit answers this with its start page
    ("GET", "/static/../index.html"),
    ("GET", "/kulturcrm/session"),
    ("GET", "/_stcore/health"),
    ("GET", "/_stcore/script-health-check"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/stream"),
    ("GET", "/_stcore/agent/openapi.json"),
    ("POST", "/_stcore/agent/interact"),
    ("POST", "/_stcore/agent/mcp"),
    ("OPTIONS", "/_stcore/upload_file/en/to"),
    ("PUT", "/_stcore/upload_file/en/to"),
    ("DELETE", "/_stcore/upload_file/en/to"),
    ("GET", "/_stcore/bidi-components/x/y.js"),
    ("GET", "/media/0123456789abcdef.csv"),
    ("GET", "/component/x/index.html"),
    ("GET", "/app/static/x.png"),
    ("GET", "/auth/login"),
    ("GET", "/oauth2callback"),
    ("POST", "/"),
    ("HEAD", "/"),
]


@pytest.mark.parametrize("cookie", COOKIES)
def test_every_path_is_refused(served: Served, cookie: Cookie) -> None:
    with served.client(cookie(served)) as browser:
        answers = {(method, path): browser.request(method, path).status_code for method, path in CLOSED}
    assert answers == dict.fromkeys(CLOSED, 401)


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_person_is_sent_to_sign_in_and_back_again(served: Served, cookie: Cookie) -> None:
    with served.client(cookie(served), Accept="text/html") as browser:
        for address in ADDRESSES:
            answer = browser.get(f"/{address}", params={"id": "12"})
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/logg-inn?neste=%2F{address}%3Fid%3D12"
            assert answer.text == ""


@pytest.mark.parametrize("cookie", COOKIES)
def test_the_websocket_is_refused_before_it_is_accepted(served: Served, cookie: Cookie) -> None:
    with pytest.raises(InvalidStatus) as refused, served.screen(cookie(served)):
        pass
    assert refused.value.response.status_code == 403


def test_a_file_on_karis_screen_is_refused_without_a_cookie(served: Served) -> None:
    with served.screen(served.sign_in(served.add("Kari Nordmann"))) as kari:
        kari.run()
        with served.client() as stranger:
            assert stranger.get(kari.media[0]).status_code == 401
            upload = stranger.put(f"/_stcore/upload_file/{kari.id}/1", files={"file": b"Navn"})
            assert upload.status_code == 401


def test_a_live_session_opens_what_the_others_found_closed(served: Served) -> None:
    """The control."""
    token = served.sign_in(served.add("Kari Nordmann"))
    with served.client(token) as browser:
        assert browser.get("/").status_code == 200
        assert browser.get("/_stcore/health").text == "ok"
        assert browser.get("/_stcore/metrics").status_code == 200
        assert browser.get("/kulturcrm/session").status_code == 204
    with served.screen(token) as screen:
        assert "signed in as Kari Nordmann" in screen.run()


@pytest.mark.parametrize(
    "origin",
    [
        None,  # no browser: browsers always say where a websocket comes from
        "null",  # a page in a sandbox, or a file on the disk
        "http://angriper.example",
        "https://127.0.0.1:{port}",  # another scheme
        "http://127.0.0.1:1",  # another program on the same machine
        "http://127.0.0.1",
        "http://localhost:{port}",  # the same machine under a name the request did not use
        "http://127.0.0.1:{port}.angriper.example",
        "http://127.0.0.1:{port}/",
    ],
)
def test_a_foreign_page_cannot_use_the_browsers_cookie(served: Served, origin: str | None) -> None:
    token = served.sign_in(served.add("Kari Nordmann"))
    foreign = origin.format(port=served.settings.port) if origin else None
    with pytest.raises(InvalidStatus) as refused, served.screen(token, origin=foreign):
        pass
    assert refused.value.response.status_code == 403
    headers = {"Cookie": f"{served.cookie_name}={token}"} | ({"Origin": foreign} if foreign else {})
    for method, path in (
        ("POST", "/logg-ut"),
        ("POST", "/logg-inn"),
        ("PUT", "/_stcore/upload_file/en/to"),
        ("POST", "/lenke"),
    ):
        answer = httpx.request(method, served.address + path, headers=headers, verify=UNUSED)
        assert answer.status_code == 403
    assert served.is_live(token)


@pytest.mark.parametrize(
    "host", ["angriper.example", "127.0.0.1.angriper.example", "angriper.example:8501", "a@127.0.0.1", ""]
)
def test_a_name_that_is_not_ours_is_not_answered(served: Served, host: str) -> None:
    """DNS rebinding: a page elsewhere points its own name at this machine, and the browser takes us for that page."""
    token = served.sign_in(served.add("Kari Nordmann"))
    headers = {"Host": host, "Cookie": f"{served.cookie_name}={token}", "Origin": f"http://{host}"}
    for path in ("/", "/logg-inn", "/healthz", "/_stcore/health"):
        assert httpx.get(served.address + path, headers=headers, verify=UNUSED).status_code in {400, 421}


def test_only_the_hash_of_a_token_is_kept(served: Served) -> None:
    token = served.sign_in(served.add("Kari Nordmann"))
    assert served.database.path is not None
    with served.database.reading() as session:
        rows = session.query(SignedInSession).all()
        assert all(token not in (row.id, row.token_hash) for row in rows)
        assert token_hash(token) in {row.token_hash for row in rows}


def test_use_is_noted_at_most_once_a_minute(served: Served) -> None:
    token = served.sign_in(served.add("Kari Nordmann"))

    def seen_at() -> datetime:
        with served.database.reading() as session:
            found: datetime = (
                session.query(SignedInSession.last_seen_at).filter_by(token_hash=token_hash(token)).one()[0]
            )
            return found

    first = seen_at()
    with served.client(token) as browser:
        browser.get("/kulturcrm/session")
        assert seen_at() == first
        with served.database.writing() as session:
            earlier = first - timedelta(minutes=2)
            mine = SignedInSession.token_hash == token_hash(token)
            session.execute(update(SignedInSession).where(mine).values(last_seen_at=earlier))
        browser.get("/kulturcrm/session")
    assert seen_at() >= first


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_first_request_after_start_meets_the_gate(address: str, tmp_path: Path, empty_database_file: Path) -> None:
    """Streamlit ran `pages/x.py` without its entry script when that was the first address asked for after a start.

    A fresh server for each address, with the real entry: first without a cookie, then as the first screen ever run.
    """
    with serving(copied(empty_database_file, tmp_path), tmp_path, entry=ENTRY) as server:
        with pytest.raises(InvalidStatus), server.screen(None, page=address):
            pass
        with server.client() as stranger:
            assert stranger.get(f"/{address}").status_code == 401
        token = server.sign_in(server.add("Kari Nordmann"))
        with server.screen(token, page=address) as screen:
            with server.database.writing() as session:
                session.execute(update(SignedInSession).values(revoked_at=datetime.now(UTC)))
            assert screen.run() == ["Du er logget ut. Utkastene dine er lagret."]
