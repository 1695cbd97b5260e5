"""What use-cases of cases and inquiries do to drafts inside their own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.models.cases import Inquiry, SupportCase
from db.models.house_keeping import Draft, DraftKind


def forget_draft(session: Session, token: str | None, *, user_id: int) -> datetime | None:
    """When its first word was typed; None when nothing was kept.

    Only one's own: a token out of another's address bar deletes nothing.
    """
    forgotten = delete(Draft).where(Draft.token == token, Draft.user_id == user_id).returning(Draft.created_at)
    return session.scalar(forgotten)


def written_draft(
    session: Session, token: str, kind: DraftKind, fields: Mapping[str, Any], *, user_id: int, now: datetime
) -> Draft:
    draft = Draft(token=token, user_id=user_id, kind=kind, fields=dict(fields), created_at=now, updated_at=now)
    session.add(draft)
    return draft


def is_saved(session: Session, token: str) -> bool:
    """Whether the form with this token has become a case or an inquiry."""
    saved = (
        select(SupportCase.id)
        .where(SupportCase.token == token)
        .union_all(select(Inquiry.id).where(Inquiry.token == token))
    )
    return session.execute(saved.limit(1)).first() is not None
