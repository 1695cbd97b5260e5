"""Letting somebody in: by password, by a one-time link, or as the first administrator.

Nobody acts yet, so these take the database and the moment instead of a context; what they let in is recorded as its own act.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from crm.context import Actor, Context, command_line
from crm.errors import Refused
from crm.users.commands import added_user
from crm.users.forms import ChosenPassword, FirstAdministrator, NewUser, email_key
from crm.users.links import require_no_users, use_link
from crm.users.passwords import hash_password, is_password
from crm.users.rules import FREE_FAILURES_OF_ACCOUNT, FREE_FAILURES_OF_ADDRESS, seconds_left
from crm.users.sessions import announce_ended, begin_session, end_sessions
from db.engine import Database
from db.models.users import FailedSignIn, LinkPurpose, Role, User

REMEMBER_FAILURES = timedelta(days=1)


def sign_in(database: Database, now: datetime, *, email: str, password: SecretStr, address: str) -> str:
    """The new session's token, or `Refused`: `wait` with the seconds, else `wrong_name_or_password` whatever was wrong.

    The failure is noted before the password is looked at and struck out when it was right: guesses sent at the same time
    count each other, and an account that does not exist has its delays as well.
    """
    key = email_key(email)
    keys = {_hashed("account", key): FREE_FAILURES_OF_ACCOUNT, _hashed("address", address): FREE_FAILURES_OF_ADDRESS}
    noted = _note_attempt(database, keys, now)
    with database.reading() as session:
        query = select(User.id, User.password_hash).where(User.email_key == key, User.is_active)
        user_id, password_hash = session.execute(query).first() or (None, None)
    if not is_password(password.get_secret_value(), password_hash):
        raise Refused("wrong_name_or_password")
    with database.writing() as session:
        user = session.scalar(select(User).where(User.id == user_id, User.is_active))
        if user is None:  # disabled while the password was looked at
            raise Refused("wrong_name_or_password")
        account = next(iter(keys))
        session.execute(delete(FailedSignIn).where(FailedSignIn.id.in_(noted) | (FailedSignIn.key == account)))
        return _let_in(session, user, database, now)


def sign_in_by_link(database: Database, now: datetime, *, token: str) -> str:
    """The new session's token. The link is used up even when its user has been disabled since."""
    with database.writing() as session:
        user_id = use_link(session, token, LinkPurpose.SIGN_IN, now)
        user = session.scalar(select(User).where(User.id == user_id, User.is_active))
        if user is None:
            raise Refused("link_not_valid")
        return _let_in(session, user, database, now)


def choose_password(database: Database, now: datetime, *, token: str, form: ChosenPassword) -> str:
    """Sets the invited or resetting user's password, ends every session they had, and lets them in."""
    password_hash = hash_password(form.password.get_secret_value())
    with database.writing() as session:
        user_id = use_link(session, token, LinkPurpose.CHOOSE_PASSWORD, now)
        user = session.scalar(select(User).where(User.id == user_id, User.is_active))
        if user is None:
            raise Refused("link_not_valid")
        user.password_hash = password_hash
        ended = end_sessions(session, user.id, now)
        ctx = _acting_as(user, database, now)
        ctx.record(session, "user.password_chosen", user)
        session_token = _let_in(session, user, database, now)
    announce_ended(ended)
    return session_token


def make_first_administrator(database: Database, now: datetime, *, token: str, form: FirstAdministrator) -> str:
    """The first user, signed in. `Refused("already_set_up")` once there is anybody."""
    password_hash = hash_password(form.password.get_secret_value())
    with database.writing() as session:
        require_no_users(session)
        use_link(session, token, LinkPurpose.SET_UP, now)
        new = NewUser(name=form.name, email=form.email, role=Role.ADMINISTRATOR, language=form.language)
        user = added_user(session, new, now)
        user.password_hash = password_hash
        command_line(database, now).record(session, "user.added", user, name=user.name, role=user.role)
        return _let_in(session, user, database, now)


def _let_in(session: Session, user: User, database: Database, now: datetime) -> str:
    token = begin_session(session, user.id, now)
    _acting_as(user, database, now).record(session, "user.signed_in", user)
    return token


def _acting_as(user: User, database: Database, now: datetime) -> Context:
    return Context(Actor(user.id, user.name, user.role, user.language), database, now)


def _note_attempt(database: Database, keys: dict[str, int], now: datetime) -> list[int]:
    """The ids of the failures noted, or `Refused("wait")`. A try during the wait is not heard, and does not lengthen it."""
    with database.writing() as session:
        session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - REMEMBER_FAILURES))
        seconds = max(_seconds_left(session, key, free, now) for key, free in keys.items())
        if seconds:
            raise Refused("wait", seconds=seconds)
        failures = [FailedSignIn(key=key, at=now) for key in keys]
        session.add_all(failures)
        session.flush()
        return [failure.id for failure in failures]


def _seconds_left(session: Session, key: str, free: int, now: datetime) -> int:
    counted = session.execute(select(func.count(), func.max(FailedSignIn.at)).where(FailedSignIn.key == key)).one()
    return seconds_left(counted[0], counted[1], now, free=free)


def _hashed(kind: str, value: str) -> str:
    """Addresses and mistyped names are people's data: only what is needed to count them is kept."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
