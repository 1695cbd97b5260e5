"""Invitations, new passwords, the demonstration's entrance: each link opens the door once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from crm.context import Context, command_line
from crm.users.commands import disable_user, invite_again
from crm.users.links import open_sign_in
from crm.users.sessions import token_hash
from db.models.users import OneTimeLink
from tests.gate.serving import PASSWORD, Served

NEW = "et helt nytt passord"


def ctx_of(served: Served) -> Context:
    return command_line(served.database, datetime.now(UTC))


def followed(served: Served, key: str, method: str = "GET", **headers: str) -> httpx.Response:
    with served.client(**headers) as browser:
        return browser.request(method, "/lenke", params={"nokkel": key})


def chosen(served: Served, key: str, password: str = NEW, again: str | None = None) -> httpx.Response:
    with served.client() as browser:
        return browser.post("/lenke", data={"nokkel": key, "passord": password, "gjenta": again or password})


def signed_in_with(served: Served, email: str, password: str) -> int:
    with served.client() as browser:
        return browser.post("/logg-inn", data={"epost": email, "passord": password}).status_code


def test_an_invited_colleague_chooses_a_password_and_is_in(served: Served) -> None:
    user = served.add("Kari Nordmann")
    key = invite_again(ctx_of(served), user).token
    page = followed(served, key)
    assert "Hei, Kari Nordmann." in page.text
    assert re.search(r'name="epost" type="email" autocomplete="username"[^>]* readonly', page.text)
    assert page.text.count('autocomplete="new-password"') == 2
    answer = chosen(served, key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert served.is_live(answer.cookies[served.cookie_name])
    assert signed_in_with(served, served.email_of(user), NEW) == 303


def test_looking_at_an_invitation_does_not_use_it_up(served: Served) -> None:
    """Mail programs and chats follow links before people do."""
    key = invite_again(ctx_of(served), served.add("Kari Nordmann")).token
    assert [followed(served, key).status_code for _ in range(3)] == [200, 200, 200]
    assert chosen(served, key).status_code == 303


def test_an_invitation_works_once(served: Served) -> None:
    user = served.add("Kari Nordmann")
    key = invite_again(ctx_of(served), user).token
    assert chosen(served, key).status_code == 303
    assert chosen(served, key, "noe annet som er langt").status_code == 410
    assert followed(served, key).status_code == 410
    assert signed_in_with(served, served.email_of(user), NEW) == 303


def test_a_newer_link_puts_out_the_older(served: Served) -> None:
    user = served.add("Kari Nordmann")
    older, newer = (invite_again(ctx_of(served), user).token for _ in range(2))
    assert chosen(served, older).status_code == 410
    assert chosen(served, newer).status_code == 303


def test_a_reset_leaves_the_old_password_until_the_new_is_chosen_and_then_ends_every_session(served: Served) -> None:
    user = served.add("Kari Nordmann", password=PASSWORD)
    session = served.sign_in(user)
    key = invite_again(ctx_of(served), user).token
    assert signed_in_with(served, served.email_of(user), PASSWORD) == 303
    assert served.is_live(session)
    assert chosen(served, key).status_code == 303
    assert not served.is_live(session)
    assert signed_in_with(served, served.email_of(user), PASSWORD) == 401


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kort", "kort", "Passordet må ha minst 12 tegn."),
        ("", "", "Passordet må ha minst 12 tegn."),
        ("et helt nytt passord", "et helt nytt pasord", "De to passordene er ikke like."),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "Passordet må ha minst fem forskjellige tegn."),
        ("x" * 201, "x" * 201, "Passordet kan ha høyst 200 tegn."),
    ],
)
def test_a_refused_password_says_why_and_keeps_the_link(served: Served, password: str, again: str, said: str) -> None:
    key = invite_again(ctx_of(served), served.add("Kari Nordmann")).token
    answer = chosen(served, key, password, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert not password or password not in answer.text
    assert chosen(served, key).status_code == 303


def test_blanks_at_the_ends_of_a_password_count(served: Served) -> None:
    user = served.add("Kari Nordmann")
    assert chosen(served, invite_again(ctx_of(served), user).token, f" {NEW} ").status_code == 303
    assert signed_in_with(served, served.email_of(user), NEW) == 401
    assert signed_in_with(served, served.email_of(user), f" {NEW} ") == 303


@pytest.mark.parametrize("key", ["", "feil", "x" * 5000, "'; DROP TABLE users"])
def test_a_key_that_never_was(served: Served, key: str) -> None:
    assert followed(served, key).status_code == 410
    assert chosen(served, key).status_code == 410


def test_a_link_that_is_too_old(served: Served) -> None:
    key = invite_again(ctx_of(served), served.add("Kari Nordmann")).token
    with served.database.writing() as session:
        mine = OneTimeLink.token_hash == token_hash(key)
        session.execute(update(OneTimeLink).where(mine).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert followed(served, key).status_code == 410
    assert chosen(served, key).status_code == 410


def test_a_disabled_users_link_is_dead(served: Served) -> None:
    user = served.add("Kari Nordmann")
    key = invite_again(ctx_of(served), user).token
    disable_user(ctx_of(served), user)
    assert followed(served, key).status_code == 410
    assert chosen(served, key).status_code == 410


def test_the_demonstrations_link_signs_in_once_at_the_first_look(served: Served) -> None:
    key = open_sign_in(ctx_of(served), served.add("Demo Leder"))
    assert followed(served, key, "HEAD").status_code == 405
    assert followed(served, key, **{"Sec-Purpose": "prefetch;prerender"}).status_code == 503
    answer = followed(served, key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert served.is_live(answer.cookies[served.cookie_name])
    assert followed(served, key).status_code == 410


def test_one_kind_of_link_is_no_other(served: Served) -> None:
    sign_in = open_sign_in(ctx_of(served), served.add("Demo Leder"))
    assert chosen(served, sign_in).status_code == 410
    with served.client() as browser:
        assert browser.get("/kom-i-gang", params={"nokkel": sign_in}).status_code == 410
    assert followed(served, sign_in).status_code == 303
