"""Who asked to be forgotten and must not come back with the next list.

Only a digest of the e-mail address is kept, made with a key of this installation's own, so that nobody can try addresses against a
copy of the table alone. The key lies among the settings: without it, after a restored backup, nobody would be known again.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.house_keeping import Setting
from db.models.importing import Suppression

_KEY = "suppression_key"


def suppress(session: Session, email_key: str, *, at: datetime) -> None:
    """`email_key` is the address as it is compared. A second time does nothing."""
    digest = _digest(_key(session), email_key)
    if session.scalar(select(Suppression.id).where(Suppression.digest == digest)) is None:
        session.add(Suppression(digest=digest, at=at))
        session.flush()


def suppressed(session: Session, email_keys: Collection[str]) -> frozenset[str]:
    """Those of the addresses that must stay out."""
    known = frozenset(session.scalars(select(Suppression.digest)))
    if not known:
        return frozenset()
    key = _key(session)
    return frozenset(email for email in email_keys if _digest(key, email) in known)


def _key(session: Session) -> bytes:
    kept = session.get(Setting, _KEY)
    if kept is None:
        kept = Setting(key=_KEY, value={"key": secrets.token_hex(32)})
        session.add(kept)
    return bytes.fromhex(kept.value["key"])


def _digest(key: bytes, email_key: str) -> str:
    return hmac.new(key, email_key.encode(), "sha256").hexdigest()
