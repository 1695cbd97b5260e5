"""Signed-in browsers. The cookie holds a random token, we hold its hash: a stolen database opens no door.

`crm.context` compares the session row at each read and write; here sessions begin, are looked up by the gate, and end.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from crm.context import ABSOLUTE_LIMIT, IDLE_LIMIT, Actor, Context
from crm.permissions import Permission
from db.engine import Database
from db.models.users import SignedInSession, User

TOKEN_BYTES = 32
NOTE_USE_EVERY = timedelta(
    minutes=1
)  # one write a minute for a busy colleague, and an idle limit that is right to the minute
FORGET_AFTER = timedelta(days=30)

SessionsEnded = Callable[[frozenset[str]], None]
_listeners: list[SessionsEnded] = []


@dataclass(frozen=True)
class SignedIn:
    session_id: str
    user_id: int
    language: str


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Plain SHA-256: 32 random bytes cannot be guessed, so a slow hash would only make the gate slow."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(session: Session, user_id: int, now: datetime) -> str:
    """A new session's token, for the cookie. Part of the use-cases that let somebody in."""
    token = new_token()
    session.execute(delete(SignedInSession).where(SignedInSession.created_at < now - FORGET_AFTER))
    session.add(
        SignedInSession(
            id=new_token(),
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            revoked_at=None,
        )
    )
    return token


def find_session(database: Database, token: str, now: datetime) -> SignedIn | None:
    """The live session of a cookie's token, noted as in use; None for a forged, expired, ended or disabled one's."""
    with database.reading() as session:
        row = session.execute(_LIVE_BY_TOKEN, {"token_hash": token_hash(token), **_limits(now)}).first()
    if row is None:
        return None
    if row.last_seen_at <= now - NOTE_USE_EVERY:
        _note_use(database, row.session_id, now)
    return SignedIn(row.session_id, row.user_id, row.language)


def actor_for_session(database: Database, session_id: str, now: datetime) -> Actor | None:
    """Who acts in a screen that the gate opened for this session; None when it has ended since."""
    with database.reading() as session:
        row = session.connection().execute(_LIVE_BY_ID, {"id": session_id, **_limits(now)}).first()
    if row is None:
        return None
    return Actor(row.user_id, row.name, row.role, row.language, row.single_letter_shortcuts, row.session_id)


def sign_out(ctx: Context) -> None:
    """End the acting session: its other tabs too."""
    with ctx.write(Permission.OWN_ACCOUNT, changes_figures=False) as session:
        ended = end_sessions(session, ctx.user_id, ctx.now, only=ctx.actor.session_id)
        ctx.record(session, "user.signed_out", ("users", ctx.user_id))
    announce_ended(ended)


def end_sessions(
    session: Session, user_id: int, now: datetime, *, only: str | None = None, but: str | None = None
) -> frozenset[str]:
    """The ids of the sessions that ended. They are told to `announce_ended` when the transaction is through."""
    ending = (
        update(SignedInSession)
        .where(SignedInSession.user_id == user_id, SignedInSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(SignedInSession.id)
    )
    if only is not None:
        ending = ending.where(SignedInSession.id == only)
    if but is not None:
        ending = ending.where(SignedInSession.id != but)
    return frozenset(session.scalars(ending))


def announce_ended(session_ids: Iterable[str]) -> None:
    ended = frozenset(session_ids)
    for listener in _listeners:
        listener(ended)


@contextmanager
def listening(listener: SessionsEnded) -> Iterator[None]:
    """Hear of sessions that end in this process, as the gate does to close their websockets."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


# Each step of a screen asks this, so it is put together once.
_LIVE = (
    select(
        SignedInSession.id.label("session_id"),
        SignedInSession.last_seen_at,
        User.id.label("user_id"),
        User.name,
        User.role,
        User.language,
        User.single_letter_shortcuts,
    )
    .join(User, User.id == SignedInSession.user_id)
    .where(
        User.is_active,
        SignedInSession.revoked_at.is_(None),
        SignedInSession.last_seen_at > bindparam("idle"),
        SignedInSession.created_at > bindparam("absolute"),
    )
)
_LIVE_BY_TOKEN = _LIVE.where(SignedInSession.token_hash == bindparam("token_hash"))
_LIVE_BY_ID = _LIVE.where(SignedInSession.id == bindparam("id"))


def _limits(now: datetime) -> dict[str, datetime]:
    return {"idle": now - IDLE_LIMIT, "absolute": now - ABSOLUTE_LIMIT}


def _note_use(database: Database, session_id: str, now: datetime) -> None:
    with database.writing() as session:
        session.execute(update(SignedInSession).where(SignedInSession.id == session_id).values(last_seen_at=now))
