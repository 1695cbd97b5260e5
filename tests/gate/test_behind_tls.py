"""Behind a proxy that speaks TLS for us: cookies never travel in clear, and Origin is the name people type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from crm.users.rules import FREE_FAILURES_OF_ADDRESS
from tests.gate.conftest import copied
from tests.gate.serving import PASSWORD, Served, serving

NAME = "crm.kulturhuset.example"
FROM_THE_PROXY = {
    "Host": NAME,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.7",
    "Origin": f"https://{NAME}",
}


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, empty_database_file: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("proxied")
    with serving(copied(empty_database_file, folder), folder, behind_proxy=True, allowed_hosts=(NAME,)) as server:
        yield server


def signed_in(proxied: Served, **headers: str) -> httpx.Response:
    email = proxied.email_of(proxied.add("Kari Nordmann", password=PASSWORD))
    typed = {"epost": email, "passord": PASSWORD}
    return httpx.post(f"{proxied.address}/logg-inn", data=typed, headers=FROM_THE_PROXY | headers, timeout=20)


def test_the_session_cookie_is_secure_and_bound_to_the_host(proxied: Served) -> None:
    answer = signed_in(proxied)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-kulturcrm=")
    assert {"secure", "httponly", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()


def test_browsers_are_told_to_stay_with_tls(proxied: Served) -> None:
    assert signed_in(proxied).headers["strict-transport-security"] == "max-age=31536000"


def test_streamlits_own_cookie_is_secure_too(proxied: Served) -> None:
    token = proxied.sign_in(proxied.add("Kari Nordmann"))
    headers = FROM_THE_PROXY | {"Cookie": f"__Host-kulturcrm={token}"}
    cookie = httpx.get(f"{proxied.address}/_stcore/health", headers=headers).headers["set-cookie"]
    assert cookie.startswith("_streamlit_xsrf=")
    assert "Secure" in cookie


def test_a_page_over_plain_http_is_foreign(proxied: Served) -> None:
    assert signed_in(proxied, Origin=f"http://{NAME}").status_code == 403


def test_the_guesser_waits_and_not_the_proxy(proxied: Served) -> None:
    """The count is per address: all visitors must not be one because they come through one machine."""
    for n in range(FREE_FAILURES_OF_ADDRESS + 2):
        typed = {"epost": f"{n}@norskekulturhus.example", "passord": "x"}
        wrong = httpx.post(f"{proxied.address}/logg-inn", data=typed, headers=FROM_THE_PROXY, timeout=20)
    assert wrong.status_code == 429
    assert signed_in(proxied, **{"X-Forwarded-For": "203.0.113.8"}).status_code == 303
