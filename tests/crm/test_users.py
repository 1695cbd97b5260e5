"""Who may come in. The house is never left without an administrator who can sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from crm.context import ABSOLUTE_LIMIT, IDLE_LIMIT, Context
from crm.errors import InvalidForm, NotFound, Refused, SignedOut
from crm.permissions import Permission
from crm.users.commands import (
    add_user,
    change_own_password,
    change_role,
    disable_user,
    enable_user,
    invite_again,
    set_language,
    set_shortcuts,
)
from crm.users.forms import ChangedPassword, ChosenPassword, FirstAdministrator, NewUser
from crm.users.links import find_link, open_set_up, open_sign_in
from crm.users.queries import list_colleagues, list_users, user_by_email
from crm.users.rules import LONGEST_WAIT, password_problem, seconds_left, wait_after
from crm.users.sessions import actor_for_session, begin_session, find_session, listening, sign_out
from crm.users.sign_in import choose_password, make_first_administrator, sign_in, sign_in_by_link
from crm.users.texts import REASONS
from db.engine import Database
from db.models.house_keeping import AuditEntry
from db.models.users import Role, User
from tests.conftest import oslo

NOW = oslo("2026-11-24 10:02")
PASSWORD = SecretStr("fire enkle ord her")


def new(
    name: str = "Kari Nordmann", role: Role = Role.COLLEAGUE, email: str = "kari@norskekulturhus.example"
) -> NewUser:
    return NewUser.checked(name=name, email=email, role=role)


def invited(ctx: Context, new_user: NewUser) -> int:
    """A user who has chosen a password."""
    invitation = add_user(ctx, new_user)
    form = ChosenPassword(email=new_user.email, password=PASSWORD, again=PASSWORD)
    choose_password(ctx.database, ctx.now, token=invitation.token, form=form)
    return invitation.user_id


def logged(ctx: Context) -> list[str]:
    with ctx.database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def as_user(ctx: Context, user_id: int, at: datetime = NOW) -> Context:
    """The context of somebody signed in, with a session row of their own."""
    with ctx.database.writing() as session:
        token = begin_session(session, user_id, ctx.now)
    signed_in = find_session(ctx.database, token, ctx.now)
    assert signed_in is not None
    actor = actor_for_session(ctx.database, signed_in.session_id, ctx.now)
    assert actor is not None
    return Context(actor, ctx.database, at)


def test_kari_is_added_and_comes_in_with_the_password_she_chose(ctx: Context) -> None:
    invitation = add_user(ctx, new())
    (row,) = [row for row in list_users(ctx) if row.id == invitation.user_id]
    assert (row.name, row.role, row.is_active, row.is_invited, row.last_seen_at) == (
        "Kari Nordmann", Role.COLLEAGUE, True, True, None,
    )  # fmt: skip
    link = find_link(ctx.database, invitation.token, ctx.now)
    assert link is not None
    assert link.name == "Kari Nordmann"
    form = ChosenPassword(email=row.email, password=PASSWORD, again=PASSWORD)
    choose_password(ctx.database, ctx.now, token=invitation.token, form=form)
    token = sign_in(ctx.database, NOW, email="KARI@Norskekulturhus.example", password=PASSWORD, address="127.0.0.1")
    assert find_session(ctx.database, token, NOW) is not None
    assert logged(ctx) == ["user.added", "user.password_chosen", "user.signed_in", "user.signed_in"]


def test_one_mailbox_is_one_user_however_it_is_spelt(ctx: Context) -> None:
    add_user(ctx, new())
    with pytest.raises(InvalidForm) as refused:
        add_user(ctx, new(email="Kari@NorskeKulturhus.example"))
    assert refused.value.problems == {"email": "email_taken"}
    assert logged(ctx) == ["user.added"]


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"name": " "}, {"name": "string_too_short"}),
        ({"name": "x" * 201}, {"name": "string_too_long"}),
        ({"email": "kari"}, {"email": "email_not_valid"}),
        ({"email": ""}, {"email": "email_not_valid"}),
        ({"email": "kari@example.test"}, {"email": "email_not_valid"}),  # nothing ever arrives there
        ({"name": "", "email": "kari@"}, {"name": "string_too_short", "email": "email_not_valid"}),
    ],
)
def test_a_user_who_cannot_be_added_is_told_why(typed: dict[str, str], problems: dict[str, str]) -> None:
    good = {"name": "Kari", "email": "kari@hus.example", "role": Role.READER}
    with pytest.raises(InvalidForm) as refused:
        NewUser.checked(**(good | typed))
    assert refused.value.problems == problems
    assert set(problems.values()) <= REASONS.keys()


def test_the_last_administrator_is_neither_disabled_nor_demoted(ctx: Context) -> None:
    """Ingunn of the fixture has no password; an administrator who cannot sign in does not count."""
    only = invited(ctx, new("Kari Nordmann", Role.ADMINISTRATOR))
    add_user(ctx, new("Bare Invitert", Role.ADMINISTRATOR, "bare@norskekulturhus.example"))
    for attempt in (lambda: disable_user(ctx, only), lambda: change_role(ctx, only, Role.READER)):
        with pytest.raises(Refused, match="last_administrator"):
            attempt()
    second = invited(ctx, new("Ola Nordmann", Role.ADMINISTRATOR, "ola@norskekulturhus.example"))
    disable_user(ctx, only)
    with pytest.raises(Refused, match="last_administrator"):
        change_role(ctx, second, Role.COLLEAGUE)
    assert logged(ctx).count("user.disabled") == 1


def test_a_disabled_user_is_out_at_once_and_may_be_let_in_again(ctx: Context) -> None:
    kari = invited(ctx, new())
    hers = as_user(ctx, kari)
    with hers.read(Permission.SEE_RECORDS):
        pass
    disable_user(ctx, kari)
    with pytest.raises(SignedOut), hers.read(Permission.SEE_RECORDS):
        pass
    with pytest.raises(Refused, match="wrong_name_or_password"):
        sign_in(ctx.database, NOW, email=new().email, password=PASSWORD, address="127.0.0.1")
    with pytest.raises(Refused, match="user_disabled"):
        invite_again(ctx, kari)
    enable_user(ctx, kari)
    with pytest.raises(SignedOut), hers.read(Permission.SEE_RECORDS):
        pass  # the old session stays ended
    sign_in(ctx.database, NOW, email=new().email, password=PASSWORD, address="127.0.0.1")
    enable_user(ctx, kari)  # twice: nothing to do, nothing to log
    assert logged(ctx).count("user.enabled") == 1


def test_a_new_role_counts_from_the_next_step(ctx: Context) -> None:
    kari = invited(ctx, new())
    hers = as_user(ctx, kari)
    change_role(ctx, kari, Role.READER)
    change_role(ctx, kari, Role.READER)
    assert actor_for_session(ctx.database, str(hers.actor.session_id), NOW) == replace(hers.actor, role=Role.READER)
    with ctx.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "user.role_changed")).one()
        assert entry.facts == {"changed": {"role": ["colleague", "reader"]}}


@pytest.mark.parametrize("age", [IDLE_LIMIT, ABSOLUTE_LIMIT])
def test_a_session_ends_by_itself(ctx: Context, age: timedelta) -> None:
    kari = invited(ctx, new())
    hers = as_user(ctx, kari)
    for past, is_live in ((-timedelta(seconds=1), True), (timedelta(0), False)):
        with ctx.database.writing() as session:
            token = begin_session(session, kari, NOW)
        if age == ABSOLUTE_LIMIT:  # used all the time
            _used_until(ctx.database, token, NOW, NOW + age + past)
        assert (find_session(ctx.database, token, NOW + age + past) is not None) is is_live
    with pytest.raises(SignedOut), replace(hers, now=NOW + IDLE_LIMIT).read(Permission.SEE_RECORDS):
        pass


def _used_until(database: Database, token: str, start: datetime, end: datetime) -> None:
    moment = start
    while moment < end - timedelta(hours=1):
        moment += timedelta(hours=1)
        assert find_session(database, token, moment) is not None


def test_a_change_of_password_leaves_only_the_browser_it_was_made_in(ctx: Context) -> None:
    kari = invited(ctx, new())
    here, at_home = as_user(ctx, kari), as_user(ctx, kari)
    ended: list[str] = []
    other = SecretStr("fem ganske nye ord")
    form = ChangedPassword(email=new().email, password=other, again=other, current=PASSWORD)
    with listening(ended.extend):
        change_own_password(here, form)
    assert at_home.actor.session_id in ended
    assert here.actor.session_id not in ended
    with pytest.raises(InvalidForm) as refused:
        change_own_password(here, form)
    assert refused.value.problems == {"current": "password_wrong"}
    sign_in(ctx.database, NOW, email=new().email, password=other, address="127.0.0.1")


def test_signing_out_ends_that_session_alone(ctx: Context) -> None:
    kari = invited(ctx, new())
    here, at_home = as_user(ctx, kari), as_user(ctx, kari)
    ended: list[str] = []
    with listening(ended.extend):
        sign_out(here)
    assert ended == [here.actor.session_id]
    with pytest.raises(SignedOut), here.read(Permission.OWN_ACCOUNT):
        pass
    with at_home.read(Permission.OWN_ACCOUNT):
        pass


def test_language_and_shortcuts_are_each_users_own(ctx: Context) -> None:
    hers = as_user(ctx, invited(ctx, new()))
    set_language(hers, "en")
    set_shortcuts(hers, single_letters=False)
    actor = actor_for_session(ctx.database, str(hers.actor.session_id), NOW)
    assert actor is not None
    assert (actor.language, actor.single_letter_shortcuts) == ("en", False)
    with pytest.raises(InvalidForm):
        set_language(hers, "sv")


def test_colleagues_are_listed_the_norwegian_way_without_the_board(ctx: Context) -> None:
    for name in ("Åse Vik", "Ærlig Berg", "Øystein Dal", "Aase Moen", "Berit Ås"):
        add_user(ctx, new(name, email=f"{name[-3:].strip().lower()}{len(name)}@hus.example".replace("å", "a")))
    names = [colleague.name for colleague in list_colleagues(ctx)]
    assert names == [
        "Berit Ås", "Bjørn-Ærlend Wiik", "Ingunn Ås", "Ærlig Berg", "Øystein Dal", "Aase Moen", "Åse Vik",
    ]  # fmt: skip


def test_users_are_found_by_their_address_on_the_command_line(ctx: Context) -> None:
    kari = add_user(ctx, new()).user_id
    assert user_by_email(ctx, " KARI@norskekulturhus.example ").id == kari
    with pytest.raises(NotFound):
        user_by_email(ctx, "ingen@norskekulturhus.example")


def test_a_user_who_is_not_there(ctx: Context) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: disable_user(ctx, 999),
        lambda: enable_user(ctx, 999),
        lambda: invite_again(ctx, 999),
        lambda: change_role(ctx, 999, Role.READER),
        lambda: open_sign_in(ctx, 999),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_the_first_administrator_and_nobody_after(database: Database) -> None:
    from crm.context import command_line

    ctx = command_line(database, NOW)
    key = open_set_up(ctx)
    form = FirstAdministrator.checked(name="Ingunn Ås", email="ingunn@hus.example", password=PASSWORD, again=PASSWORD)
    token = make_first_administrator(database, NOW, token=key, form=form)
    assert find_session(database, token, NOW) is not None
    with pytest.raises(Refused, match="already_set_up"):
        make_first_administrator(database, NOW, token=key, form=form)
    assert logged(ctx) == ["user.set_up_opened", "user.added", "user.signed_in"]


def test_a_sign_in_link_works_for_half_an_hour_and_once(ctx: Context) -> None:
    kari = invited(ctx, new())
    late = open_sign_in(ctx, kari)
    with pytest.raises(Refused, match="link_not_valid"):
        sign_in_by_link(ctx.database, NOW + timedelta(minutes=30), token=late)
    sign_in_by_link(ctx.database, NOW + timedelta(minutes=29), token=late)
    with pytest.raises(Refused, match="link_not_valid"):
        sign_in_by_link(ctx.database, NOW, token=late)


def test_guessing_gets_slower_and_is_forgiven_by_the_right_password(ctx: Context) -> None:
    invited(ctx, new())
    moment = NOW

    def guess(password: str, at: datetime) -> object:
        try:
            return sign_in(ctx.database, at, email=new().email, password=SecretStr(password), address="203.0.113.7")
        except Refused as refused:
            return refused.facts.get("seconds", refused.code)

    said = [guess("feil passord her", moment) for _ in range(7)]
    assert said == ["wrong_name_or_password"] * 5 + [2, 2]
    moment += timedelta(seconds=2)
    assert guess("feil passord her", moment) == "wrong_name_or_password"
    assert guess(PASSWORD.get_secret_value(), moment) == 4
    moment += timedelta(seconds=4)
    assert isinstance(guess(PASSWORD.get_secret_value(), moment), str)
    assert guess("feil passord her", moment) == "wrong_name_or_password"


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (11, 128), (12, 256), (13, 300), (10_000, 300)],
)
def test_each_failure_doubles_the_wait(failures: int, wait: int) -> None:
    assert wait_after(failures, free=4) == timedelta(seconds=wait)
    assert seconds_left(failures, NOW, NOW, free=4) == wait
    assert seconds_left(failures, NOW, NOW + LONGEST_WAIT, free=4) == 0


def test_a_part_of_a_second_left_is_a_second() -> None:
    assert seconds_left(5, NOW, NOW + timedelta(seconds=1.2), free=4) == 1
    assert seconds_left(5, None, NOW, free=4) == 0


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("fire enkle ord her", None),
        ("tolv tegn jo", None),  # twelve to the letter
        ("elleve tegn", "password_too_short"),
        ("æøåæøåæøåæøå", "password_too_simple"),
        ("121212121212", "password_too_simple"),
        ("KARIN er på jobb", "password_has_your_name"),
        ("x" * 201, "password_too_long"),
    ],
)
def test_what_a_password_must_be(password: str, problem: str | None) -> None:
    assert password_problem(password, "karin@norskekulturhus.example") == problem


def test_a_short_mailbox_name_may_stand_in_a_password() -> None:
    """`ole` is in too many words."""
    assert password_problem("skolen ved elva", "ole@norskekulturhus.example") is None


def test_no_password_can_be_read_from_a_form_or_a_row(ctx: Context) -> None:
    kari = invited(ctx, new())
    form = ChosenPassword(email=new().email, password=PASSWORD, again=PASSWORD)
    with ctx.database.reading() as session:
        user = session.get_one(User, kari)
        assert PASSWORD.get_secret_value() not in f"{form!r} {form} {user.password_hash}"
        assert str(user.password_hash).startswith("$argon2id$")
