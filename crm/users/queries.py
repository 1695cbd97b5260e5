"""Who the users are. Names of colleagues are no secret among those who are signed in; the rest is for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from crm.context import Context
from crm.errors import NotFound
from crm.names import sort_key
from crm.permissions import Permission
from crm.users.forms import email_key
from crm.users.sessions import actor_for_session
from db.models.users import Role, SignedInSession, User

__all__ = ["Colleague", "Role", "UserRow", "actor_for_session", "list_colleagues", "list_users", "user_by_email"]

AT_MOST = 200


@dataclass(frozen=True)
class Colleague:
    """For choosing who is responsible."""

    id: int
    name: str


@dataclass(frozen=True)
class UserRow:
    """`last_seen_at` is None for who never signed in; `is_invited` until the first password is chosen."""

    id: int
    name: str
    email: str
    role: Role
    is_active: bool
    is_invited: bool
    last_seen_at: datetime | None


def list_colleagues(ctx: Context) -> list[Colleague]:
    """The active users who can have work, by name."""
    with ctx.read(Permission.SEE_RECORDS) as session:
        query = select(User.id, User.name).where(User.is_active, User.role != Role.READER).limit(AT_MOST)
        colleagues = [Colleague(row.id, row.name) for row in session.execute(query)]
    return sorted(colleagues, key=lambda colleague: sort_key(colleague.name))


def list_users(ctx: Context) -> list[UserRow]:
    """Active ones first, then by name."""
    with ctx.read(Permission.MANAGE_USERS) as session:
        query = (
            select(User, func.max(SignedInSession.last_seen_at))
            .outerjoin(SignedInSession, SignedInSession.user_id == User.id)
            .group_by(User.id)
            .limit(AT_MOST)
        )
        rows = [_row(user, last_seen_at) for user, last_seen_at in session.execute(query)]
    return sorted(rows, key=lambda row: (not row.is_active, sort_key(row.name)))


def user_by_email(ctx: Context, email: str) -> UserRow:
    """For the command line, where users are named by their address."""
    with ctx.read(Permission.MANAGE_USERS) as session:
        user = session.scalar(select(User).where(User.email_key == email_key(email)))
        if user is None:
            raise NotFound(kind="user", email=email)
        return _row(user, None)


def _row(user: User, last_seen_at: datetime | None) -> UserRow:
    return UserRow(
        id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        is_active=user.is_active,
        is_invited=user.password_hash is None,
        last_seen_at=last_seen_at,
    )
