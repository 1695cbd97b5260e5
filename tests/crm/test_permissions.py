"""A reader cannot write and a colleague cannot administer: every use-case is called as everyone who may not."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from crm.context import Context
from crm.errors import CrmError, NotAllowed, SignedOut
from crm.permissions import GRANTS, USE_CASES, Permission
from db.models.users import Role, User
from tests.conftest import ContextFor
from tests.house_rules.test_use_cases import ALL

STAFF_BY_ROLE = {Role.ADMINISTRATOR: "ingunn", Role.COLLEAGUE: "bjørn_ærlend", Role.READER: "styret"}


def the_function(name: str) -> Callable[..., Any]:
    path = next(path for known, path, _ in ALL if known == name)
    module = ".".join(path.with_suffix("").parts[path.parts.index("crm") :])
    return getattr(importlib.import_module(module), name.partition(".")[2])  # type: ignore[no-any-return]


def call_with_nothing(function: Callable[..., Any], ctx: object) -> object:
    """Arguments are not looked at before the permission, so nonsense will do."""
    wanted = [
        parameter
        for parameter in list(inspect.signature(function).parameters.values())[1:]
        if parameter.default is parameter.empty
    ]
    positional = [None for parameter in wanted if parameter.kind is not parameter.KEYWORD_ONLY]
    named = {parameter.name: None for parameter in wanted if parameter.kind is parameter.KEYWORD_ONLY}
    return function(ctx, *positional, **named)


def test_a_role_without_the_permission_is_refused_before_anything_happens(context_for: ContextFor) -> None:
    """In one database for all of them: whoever is refused has changed nothing."""
    staff = {role: context_for(who) for role, who in STAFF_BY_ROLE.items()}
    let_in = [
        f"{name} as {role}"
        for name, permission in sorted(USE_CASES.items())
        for role in Role
        if permission not in GRANTS[role] and not is_refused(NotAllowed, name, staff[role])
    ]
    assert let_in == []


def test_a_disabled_user_is_shut_out_of_everything(context_for: ContextFor) -> None:
    ctx = context_for("ingunn")
    with ctx.database.writing() as session:
        session.get_one(User, ctx.user_id).is_active = False
    assert [name for name in sorted(USE_CASES) if not is_refused(SignedOut, name, ctx)] == []


def is_refused(error: type[CrmError], name: str, ctx: Context) -> bool:
    """Whether calling it ends in just this error. Any other one was met after the permission, and is a fault of ours."""
    try:
        call_with_nothing(the_function(name), ctx)
    except error:
        return True
    except Exception as other:
        raise AssertionError(f"{name} asked for something else before the permission") from other
    return False


def test_a_reader_has_figures_and_nothing_that_names_people() -> None:
    assert GRANTS[Role.READER] == {Permission.OWN_ACCOUNT, Permission.SEE_FIGURES}


def test_only_an_administrator_manages_users_settings_and_the_change_log() -> None:
    for permission in (Permission.MANAGE_USERS, Permission.CHANGE_SETTINGS, Permission.SEE_CHANGE_LOG):
        assert [role for role in Role if permission in GRANTS[role]] == [Role.ADMINISTRATOR]


def test_a_role_that_changed_since_the_screen_was_drawn_counts_at_once(context_for: ContextFor) -> None:
    ctx = context_for("bjørn_ærlend")
    with ctx.database.writing() as session:
        session.get_one(User, ctx.user_id).role = Role.READER
    with pytest.raises(NotAllowed), ctx.write(Permission.LOG_CASES):
        pass
