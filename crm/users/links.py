"""Links that work once: the first administrator's, an invitation or a new password, and the demonstration's entrance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import NotFound, Refused
from crm.permissions import Permission
from crm.users.sessions import new_token, token_hash
from db.engine import Database
from db.models.users import LinkPurpose as LinkPurpose
from db.models.users import OneTimeLink, User

VALID_FOR = {
    LinkPurpose.SET_UP: timedelta(hours=12),
    LinkPurpose.CHOOSE_PASSWORD: timedelta(days=7),
    LinkPurpose.SIGN_IN: timedelta(minutes=30),
}


@dataclass(frozen=True)
class OpenLink:
    """A link that still works, and whose it is; the set-up link is nobody's yet."""

    purpose: LinkPurpose
    user_id: int | None
    name: str
    email: str


def is_empty(database: Database) -> bool:
    """Whether nobody has been made a user yet."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(User)) == 0


def open_set_up(ctx: Context) -> str:
    """The token of a link where the first administrator is made. A newer link puts out the older."""
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        require_no_users(session)
        token = new_link(session, LinkPurpose.SET_UP, None, ctx.now)
        ctx.record(session, "user.set_up_opened", ("users", "first"))
    return token


def open_sign_in(ctx: Context, user_id: int) -> str:
    """The token of a link that signs this user in, once."""
    with ctx.write(Permission.MANAGE_USERS, changes_figures=False) as session:
        user = session.get(User, user_id)
        if user is None:
            raise NotFound(kind="user", id=user_id)
        token = new_link(session, LinkPurpose.SIGN_IN, user_id, ctx.now)
        ctx.record(session, "user.sign_in_link_opened", user)
    return token


def find_link(database: Database, token: str, now: datetime) -> OpenLink | None:
    """None for a link that never was, has been used, or is too old."""
    query = (
        select(OneTimeLink.purpose, OneTimeLink.user_id, User.name, User.email)
        .outerjoin(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.token_hash == token_hash(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .where((OneTimeLink.user_id.is_(None)) | User.is_active)
    )
    with database.reading() as session:
        row = session.execute(query).first()
    return None if row is None else OpenLink(row.purpose, row.user_id, row.name or "", row.email or "")


def new_link(session: Session, purpose: LinkPurpose, user_id: int | None, now: datetime) -> str:
    token = new_token()
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == purpose, OneTimeLink.user_id == user_id))
    session.add(
        OneTimeLink(
            token_hash=token_hash(token),
            purpose=purpose,
            user_id=user_id,
            created_at=now,
            expires_at=now + VALID_FOR[purpose],
            used_at=None,
        )
    )
    return token


def use_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> int | None:
    """Whose link it was. One statement decides, so that of two clicks only one gets through; the other is refused."""
    using = (
        update(OneTimeLink)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(OneTimeLink.id, OneTimeLink.user_id)
    )
    row = session.execute(using).first()
    if row is None:
        raise Refused("link_not_valid")
    user_id: int | None = row.user_id
    return user_id


def require_no_users(session: Session) -> None:
    if session.scalar(select(func.count()).select_from(User)):
        raise Refused("already_set_up")
