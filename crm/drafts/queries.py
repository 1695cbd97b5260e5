"""One's own half-written calls. Nobody else's are ever read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from crm.context import Context
from crm.drafts.steps import is_saved
from crm.permissions import Permission
from db.models.house_keeping import Draft, DraftKind

__all__ = ["DraftKind", "KeptDraft", "list_drafts", "read_draft"]


@dataclass(frozen=True)
class KeptDraft:
    """`fields` as the screen wrote them; every screen reads its own. `created_at` is when the first word was typed."""

    token: str
    kind: DraftKind
    fields: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


def list_drafts(ctx: Context, limit: int = 20) -> list[KeptDraft]:
    """The last touched first, of both kinds: a call may be waiting behind an inquiry."""
    with ctx.read(Permission.LOG_CASES) as session:
        query = select(Draft).where(Draft.user_id == ctx.user_id).order_by(Draft.updated_at.desc(), Draft.token)
        return [_kept(draft) for draft in session.scalars(query.limit(limit))]


def read_draft(ctx: Context, token: str) -> KeptDraft | None:
    """None for one that was saved, thrown away, or is somebody else's."""
    with ctx.read(Permission.LOG_CASES) as session:
        draft = session.get(Draft, token)
        return _kept(draft) if draft is not None and draft.user_id == ctx.user_id else None


def is_token_free(ctx: Context, token: str) -> bool:
    """Whether a form may be filled under this token: nothing was saved under it, and it is no colleague's draft."""
    with ctx.read(Permission.LOG_CASES) as session:
        draft = session.get(Draft, token)
        return not is_saved(session, token) and (draft is None or draft.user_id == ctx.user_id)


def _kept(draft: Draft) -> KeptDraft:
    return KeptDraft(draft.token, draft.kind, draft.fields, draft.created_at, draft.updated_at)
