"""What is done about users. The last administrator who can sign in is never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import InvalidForm, NotFound, Refused
from crm.i18n import LANGUAGES
from crm.permissions import Permission
from crm.users.forms import ChangedPassword, NewUser, email_key
from crm.users.links import new_link
from crm.users.passwords import hash_password, is_password
from crm.users.rules import require_another_administrator
from crm.users.sessions import announce_ended, end_sessions
from db.models.users import LinkPurpose, Role, User


@dataclass(frozen=True)
class Invitation:
    """The token is the link's secret: shown once, to whoever made it, and never kept."""

    user_id: int
    token: str


def add_user(ctx: Context, new: NewUser) -> Invitation:
    """A user without a password, and the link where they choose one."""
    try:
        with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
            user = added_user(session, new, ctx.now)
            session.flush()
            token = new_link(session, LinkPurpose.CHOOSE_PASSWORD, user.id, ctx.now)
            ctx.record(session, "user.added", user, name=user.name, role=user.role)
            return Invitation(user.id, token)
    except IntegrityError as error:
        raise InvalidForm({"email": "email_taken"}) from error


def invite_again(ctx: Context, user_id: int) -> Invitation:
    """A new link where the user chooses a password: a lost invitation, or a forgotten password. The old one works until then."""
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        user = _user(session, user_id)
        if not user.is_active:
            raise Refused("user_disabled")
        token = new_link(session, LinkPurpose.CHOOSE_PASSWORD, user.id, ctx.now)
        ctx.record(session, "user.password_link_made", user)
        return Invitation(user.id, token)


def disable_user(ctx: Context, user_id: int) -> None:
    """Shut out at the next click: every session ends with the same transaction. What the user did stays theirs."""
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        user = _user(session, user_id)
        if not user.is_active:
            return
        if user.role == Role.ADMINISTRATOR:
            require_another_administrator(_administrators_besides(session, user))
        user.is_active = False
        ended = end_sessions(session, user.id, ctx.now)
        ctx.record(session, "user.disabled", user)
    announce_ended(ended)


def enable_user(ctx: Context, user_id: int) -> None:
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        user = _user(session, user_id)
        if not user.is_active:
            user.is_active = True
            ctx.record(session, "user.enabled", user)


def change_role(ctx: Context, user_id: int, role: Role) -> None:
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        user = _user(session, user_id)
        if user.role == role:
            return
        if user.role == Role.ADMINISTRATOR and user.is_active:
            require_another_administrator(_administrators_besides(session, user))
        before, user.role = user.role, role
        ctx.record(session, "user.role_changed", user, changed={"role": [before, role]})


def change_own_password(ctx: Context, form: ChangedPassword) -> None:
    """The sessions on other machines end: whoever had the old password is out."""
    with ctx.read(Permission.OWN_ACCOUNT) as session:
        old_hash = _user(session, ctx.user_id).password_hash
    if not is_password(form.current.get_secret_value(), old_hash):
        raise InvalidForm({"current": "password_wrong"})
    new_hash = hash_password(form.password.get_secret_value())
    with ctx.write(Permission.OWN_ACCOUNT, changes_figures=False) as session:
        user = _user(session, ctx.user_id)
        user.password_hash = new_hash
        ended = end_sessions(session, user.id, ctx.now, but=ctx.actor.session_id)
        ctx.record(session, "user.password_changed", user)
    announce_ended(ended)


def set_language(ctx: Context, language: str) -> None:
    with ctx.write(Permission.OWN_ACCOUNT, changes_figures=False) as session:
        user = _user(session, ctx.user_id)
        if language not in LANGUAGES:
            raise InvalidForm({"language": "language_unknown"})
        before, user.language = user.language, language
        ctx.record(session, "user.language_changed", user, changed={"language": [before, language]})


def set_shortcuts(ctx: Context, *, single_letters: bool) -> None:
    """Single letters as shortcuts hinder those who dictate or use a screen reader (WCAG 2.1.4): each turns them off."""
    with ctx.write(Permission.OWN_ACCOUNT, changes_figures=False) as session:
        user = _user(session, ctx.user_id)
        before, user.single_letter_shortcuts = user.single_letter_shortcuts, single_letters
        changed = {"single_letter_shortcuts": [before, single_letters]}
        ctx.record(session, "user.shortcuts_changed", user, changed=changed)


def added_user(session: Session, new: NewUser, now: datetime) -> User:
    """The row of a new user, for the use-cases that make one."""
    user = User(
        name=new.name,
        email=new.email,
        email_key=email_key(new.email),
        role=new.role,
        password_hash=None,
        language=new.language,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(kind="user", id=user_id)
    return user


def _administrators_besides(session: Session, user: User) -> int:
    """Those who could sign in tomorrow; one who was only invited cannot."""
    query = select(func.count()).where(
        User.role == Role.ADMINISTRATOR, User.is_active, User.password_hash.is_not(None), User.id != user.id
    )
    return session.scalar(query) or 0
