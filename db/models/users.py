"""Who may come in, and the tickets they hold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Versioned
from db.types import word


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    COLLEAGUE = "colleague"
    READER = "reader"


class LinkPurpose(StrEnum):
    SET_UP = "set_up"  # makes the first administrator
    CHOOSE_PASSWORD = "choose_password"  # an invitation, or a reset
    SIGN_IN = "sign_in"  # the demonstration's one-time entrance


class User(Versioned, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    # Casefolded with the domain in one form: two spellings of one mailbox are one user.
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    role: Mapped[Role] = mapped_column(word(Role))
    # None until the invited person has chosen one; there is never a default password.
    password_hash: Mapped[str | None] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(5), default="nb")
    single_letter_shortcuts: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignedInSession(Base):
    """One signed-in browser. Ending it (`revoked_at`) shuts the browser out at its next step."""

    __tablename__ = "sessions"

    # Public: travels between the gate and the screens. The cookie's token is another secret, kept only as its hash.
    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class OneTimeLink(Base):
    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(word(LinkPurpose))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """Kept a day, so that the growing delay survives a restart. `key` is a hash of the address or of the name tried."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index("ix_failed_sign_ins_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
