"""The sign-in page as a browser without scripts sees it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from crm.context import command_line
from crm.users.commands import disable_user
from crm.users.passwords import _nobodys_hash, hash_password, is_password
from crm.users.rules import FREE_FAILURES_OF_ACCOUNT, FREE_FAILURES_OF_ADDRESS
from db.models.house_keeping import AuditEntry
from db.models.users import FailedSignIn, Role
from tests.gate.conftest import copied
from tests.gate.serving import PASSWORD, Served, serving

WRONG = "Feil e-postadresse eller passord."


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet(served: Served) -> None:
    """All tests come from one address, which has its own count."""
    with served.database.writing() as session:
        session.query(FailedSignIn).delete()


def tried(served: Served, email: str, password: str = PASSWORD, back: str | None = None) -> httpx.Response:
    with served.client() as browser:
        return browser.post("/logg-inn", data={"epost": email, "passord": password} | ({"neste": back} if back else {}))


def person(served: Served, role: Role = Role.COLLEAGUE) -> tuple[int, str]:
    user = served.add("Kari Nordmann", role, password=PASSWORD)
    return user, served.email_of(user)


def test_the_right_password_opens_the_house(served: Served) -> None:
    user, email = person(served)
    answer = tried(served, f"  {email.upper()} ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{served.cookie_name}=")
    assert {"httponly", "samesite=lax", "path=/", "max-age=604800"} <= {
        part.strip().lower() for part in cookie.split(";")
    }
    assert "secure" not in cookie.lower()  # plain HTTP on this machine; test_behind_tls.py has the other case
    with served.client(answer.cookies[served.cookie_name]) as browser:
        assert '<html lang="nb">' in browser.get("/").text
    with served.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == user)).one()
        assert (entry.action, entry.subject_id) == ("user.signed_in", str(user))


def test_every_wrong_guess_gets_the_same_answer(served: Served) -> None:
    """Who is a user here is nobody's business: unknown, wrong, disabled, and invited but without a password look alike."""
    _, known = person(served)
    disabled, disabled_email = person(served)
    disable_user(command_line(served.database, datetime.now(UTC)), disabled)
    invited = served.email_of(served.add("Invitert Kollega"))
    answers = {
        tried(served, email, password).text.replace(email, "…")
        for email, password in [
            (known, "feil passord her"),
            ("ingen@norskekulturhus.example", PASSWORD),
            (disabled_email, PASSWORD),
            (invited, PASSWORD),
            ("ikke-en-adresse", PASSWORD),
            (known, ""),
        ]
    }
    assert len(answers) == 1
    assert WRONG in answers.pop()
    assert tried(served, "ingen2@norskekulturhus.example").status_code == 401


def test_an_unknown_user_costs_the_same_work() -> None:
    """The same kind of hash with the same memory, rounds and lanes is compared, and it is nobody's."""
    _, *of_nobody = _nobodys_hash().split("$")[:4]
    _, *of_somebody = hash_password(PASSWORD).split("$")[:4]
    assert of_nobody == of_somebody
    assert not is_password("nobody has this password", None)


def test_the_name_is_kept_and_the_password_is_not(served: Served) -> None:
    page = tried(served, '"><script>x</script>@a.example', "hemmelig passord").text
    assert 'value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;@a.example"' in page
    assert "hemmelig" not in page
    assert re.search(r'id="passord"[^>]* autofocus', page)


def test_failures_are_followed_by_growing_waits_for_that_account_alone(served: Served) -> None:
    _, email = person(served)
    _, other = person(served)
    for _ in range(FREE_FAILURES_OF_ACCOUNT):
        assert tried(served, email, "feil passord her").status_code == 401
    assert tried(served, email, "feil passord her").status_code == 401
    waiting = tried(served, email)  # the right password, too early
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) in {1, 2}
    assert "For mange forsøk. Vent" in waiting.text
    assert tried(served, other).status_code == 303
    time.sleep(2.1)
    assert tried(served, email, "feil passord her").status_code == 401
    assert 3 <= int(tried(served, email).headers["retry-after"]) <= 4
    _earlier(served, timedelta(seconds=5))
    assert tried(served, email).status_code == 303
    assert tried(served, email, "feil passord her").status_code == 401  # forgiven: counting begins anew


def test_an_account_that_does_not_exist_waits_as_well(served: Served) -> None:
    answers = [tried(served, "ingen3@norskekulturhus.example").status_code for _ in range(FREE_FAILURES_OF_ACCOUNT + 2)]
    assert answers == [401] * (FREE_FAILURES_OF_ACCOUNT + 1) + [429]


def test_one_address_that_tries_many_accounts_waits(served: Served) -> None:
    _, email = person(served)
    answers = [
        tried(served, f"gjetning{n}@norskekulturhus.example").status_code for n in range(FREE_FAILURES_OF_ADDRESS + 1)
    ]
    assert set(answers) == {401}
    assert tried(served, email).status_code == 429


def test_waits_survive_a_restart(tmp_path: Path, empty_database_file: Path) -> None:
    url = copied(empty_database_file, tmp_path)
    with serving(url, tmp_path) as server:
        email = server.email_of(server.add("Kari Nordmann", password=PASSWORD))
        for _ in range(FREE_FAILURES_OF_ACCOUNT + 4):
            tried(server, email, "feil passord her")
            _earlier(server, timedelta(seconds=40))
        tried(server, email, "feil passord her")
    with serving(url, tmp_path) as server:
        assert tried(server, email).status_code == 429


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/saker?side=2&sok=%C3%85l", "/saker?side=2&sok=%C3%85l"),
        ("/", "/"),
        ("", "/"),
        ("https://angriper.example", "/"),
        ("//angriper.example", "/"),
        ("/\\angriper.example", "/"),
        ("\\\\angriper.example", "/"),
        ("/saker\\..\\x", "/"),  # browsers read a backslash as a slash
        ("/\t/angriper.example", "/"),  # and drop tabs and line ends
        ("/\r\nSet-Cookie: a=b", "/"),
        (" //angriper.example", "/"),
        ("javascript:alert(1)", "/"),
        ("saker", "/"),
        ("/logg-inn?neste=/", "/"),  # no going round in circles
    ],
)
def test_the_way_back_leads_nowhere_else(served: Served, back: str, to: str) -> None:
    _, email = person(served)
    assert tried(served, email, back=back).headers["location"] == to
    with served.client(served.sign_in(served.add("Ola Nordmann"))) as browser:
        assert browser.get("/logg-inn", params={"neste": back}).headers["location"] == to


def test_a_new_sign_in_ends_the_session_this_browser_had(served: Served) -> None:
    before = served.sign_in(served.add("Ola Nordmann"))
    _, email = person(served)
    with served.client(before) as browser:
        assert browser.post("/logg-inn", data={"epost": email, "passord": PASSWORD}).status_code == 303
    assert not served.is_live(before)


def test_signing_out_is_a_post_from_a_page_of_ours(served: Served) -> None:
    token = served.sign_in(served.add("Kari Nordmann"))
    with served.client(token) as browser:
        assert browser.get("/logg-ut").status_code == 405
        assert browser.head("/logg-ut").status_code == 405
        assert browser.post("/logg-ut", headers={"Origin": "https://angriper.example"}).status_code == 403
        assert served.is_live(token)
        gone = browser.post("/logg-ut")
    assert "Max-Age=0" in gone.headers["set-cookie"]
    assert not served.is_live(token)
    with served.client(token) as browser:
        assert browser.get("/").status_code == 401
        assert browser.post("/logg-ut").status_code == 303  # once more from another tab: no error


def test_the_page_speaks_english_when_asked_and_remembers(served: Served) -> None:
    with served.client() as browser:
        norwegian = browser.get("/logg-inn", params={"neste": "/saker?id=1"})
        assert '<html lang="nb">' in norwegian.text
        assert (
            'href="/logg-inn?neste=%2Fsaker%3Fid%3D1&amp;lang=en" hreflang="en" lang="en">English</a>' in norwegian.text
        )
        english = browser.get("/logg-inn", params={"lang": "en"})
        assert '<html lang="en">' in english.text
        assert "Sign in" in browser.get("/logg-inn").text
        assert '<html lang="nb">' in browser.get("/logg-inn", params={"lang": "xx"}).text


def test_password_managers_find_their_fields(served: Served) -> None:
    with served.client() as browser:
        page = browser.get("/logg-inn").text
    assert re.search(
        r'<label for="epost">[^<]+</label><input id="epost" name="epost" type="email" autocomplete="username"', page
    )
    assert re.search(r'<input id="passord" name="passord" type="password" autocomplete="current-password"', page)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"epost=" + b"a" * 20_000, b"&" * 100, b"epost=%00&passord=%00", b""])
def test_a_body_that_is_no_form_is_a_wrong_guess(served: Served, body: bytes) -> None:
    with served.client() as browser:
        answer = browser.post("/logg-inn", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 401
    assert WRONG in answer.text


def test_the_log_holds_no_password_and_no_token(served: Served) -> None:
    _, email = person(served)
    token = tried(served, email).cookies[served.cookie_name]
    written = served.log.read_text("utf-8")
    assert PASSWORD not in written
    assert token not in written


def _earlier(served: Served, by: timedelta) -> None:
    """As if the failures had been that much longer ago."""
    with served.database.writing() as session:
        for failure in session.scalars(select(FailedSignIn)).all():
            session.execute(update(FailedSignIn).where(FailedSignIn.id == failure.id).values(at=failure.at - by))
