"""Security headers on every answer, and a start page that is ours."""

from __future__ import annotations

import base64
import hashlib
import re

import httpx
import pytest

from streamlit_config import start_page
from tests.gate.serving import Served

ANSWERS = ["/", "/saker", "/logg-inn", "/kom-i-gang", "/lenke", "/logg-ut", "/healthz", "/finnes/ikke", "/_stcore/health",
           "/_stcore/host-config", "/_stcore/metrics", "/media/x.csv", "/kulturcrm/session", "/kulturcrm/static/shell.js",
           "/kulturcrm/static/finnes-ikke"]  # fmt: skip


@pytest.fixture
def colleague(served: Served) -> httpx.Client:
    return served.client(served.sign_in(served.add("Kari Nordmann")))


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_guarded(served: Served, colleague: httpx.Client, path: str) -> None:
    for client in (colleague, served.client()):
        answer = client.get(path)
        policy = policy_of(answer)
        assert policy["default-src"] == ["'none'"]
        assert policy["frame-ancestors"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
        assert "'unsafe-inline'" not in policy.get("script-src", [])
        assert "'unsafe-eval'" not in policy.get("script-src", [])
        assert not re.search(r"https?:|\*", answer.headers["content-security-policy"])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "server" not in answer.headers


def test_what_is_private_is_kept_in_no_cache(colleague: httpx.Client) -> None:
    for path in ("/", "/logg-inn", "/lenke", "/media/x.csv", "/_stcore/host-config", "/kulturcrm/session"):
        assert colleague.get(path).headers["cache-control"] == "no-store"


def test_streamlits_own_files_are_kept_for_long_and_need_no_session(served: Served) -> None:
    with served.client() as stranger:
        for path in sorted(start_page.static_files())[:3]:
            answer = stranger.get(path)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]


def test_the_start_page_is_ours(colleague: httpx.Client) -> None:
    page = colleague.get("/saker").text
    assert '<html lang="nb">' in page
    assert "<title>kulturcrm</title>" in page
    assert '<script src="/kulturcrm/static/shell.js" defer></script>' in page
    assert "kulturcrm trenger JavaScript" in page
    assert "_stcore/agent" not in page
    assert "favicon.png" not in page


def test_the_start_page_follows_the_users_language(served: Served) -> None:
    from sqlalchemy import update

    from db.models.users import User

    user = served.add("Kari Nordmann")
    with served.database.writing() as session:
        session.execute(update(User).where(User.id == user).values(language="en"))
    with served.client(served.sign_in(user)) as colleague:
        assert '<html lang="en">' in colleague.get("/").text


def test_the_policy_names_the_one_inline_script_by_its_hash(colleague: httpx.Client) -> None:
    answer = colleague.get("/")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(scripts) == 1
    assert f"'sha256-{hashes[0]}'" in policy_of(answer)["script-src"]


def test_the_first_screens_own_address_leads_to_it(colleague: httpx.Client) -> None:
    """Streamlit knows the first screen as "/" only, and would say that the page is not found."""
    answer = colleague.get("/i-dag")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_nothing_on_the_start_page_comes_from_elsewhere(colleague: httpx.Client) -> None:
    for page in (colleague.get("/").text, colleague.get("/kom-i-gang").text):
        for address in re.findall(r'(?:src|href|action)="([^"]*)"', page):
            assert address.startswith(("./", "/"))
            assert not address.startswith("//")


def test_a_start_page_of_another_version_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than serve one without our script or with an inline script the policy does not know."""
    with pytest.raises(start_page.StartPageChanged):
        start_page._replaced("<html>", r'<html lang="en">', "")


def test_a_screen_that_fails_shows_a_number_and_the_log_has_it(served: Served) -> None:
    with served.screen(served.sign_in(served.add("Kari Nordmann"))) as screen:
        screen.run()
        said = screen.run("Feil")[-1]
    number = re.search(r"Feilnummer: ([0-9a-f]{8})", said)
    assert number is not None
    assert "40 61 23 45" not in said
    assert f"error {number[1]}" in served.log.read_text("utf-8")
