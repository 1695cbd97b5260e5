"""Where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.context import ABSOLUTE_LIMIT, IDLE_LIMIT, Context
from crm.permissions import Permission
from db.models.users import SignedInSession, User

AT_MOST = 50


@dataclass(frozen=True)
class OwnSession:
    """`is_this` is the browser that asks. What browser another one is, is not kept."""

    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def list_own_sessions(ctx: Context) -> list[OwnSession]:
    """Those still live, the one that asks first, then the latest used."""
    with ctx.read(Permission.OWN_ACCOUNT) as session:
        query = (
            select(SignedInSession.id, SignedInSession.created_at, SignedInSession.last_seen_at)
            .where(
                SignedInSession.user_id == ctx.user_id,
                SignedInSession.revoked_at.is_(None),
                SignedInSession.last_seen_at > ctx.now - IDLE_LIMIT,
                SignedInSession.created_at > ctx.now - ABSOLUTE_LIMIT,
            )
            .order_by(SignedInSession.last_seen_at.desc())
            .limit(AT_MOST)
        )
        found = [
            OwnSession(row.created_at, row.last_seen_at, row.id == ctx.actor.session_id)
            for row in session.execute(query)
        ]
    return sorted(found, key=lambda one: not one.is_this)


def own_address(ctx: Context) -> str:
    """The e-mail address one signs in with."""
    with ctx.read(Permission.OWN_ACCOUNT) as session:
        return session.scalars(select(User.email).where(User.id == ctx.user_id)).one()
