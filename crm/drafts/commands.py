"""Keeping and throwing away half-written calls. Typing is no event, so nothing of it stands in the change log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm.context import Context
from crm.drafts.steps import forget_draft, is_saved, written_draft
from crm.errors import NotFound, Refused
from crm.permissions import Permission
from db.models.house_keeping import Draft, DraftKind

LONGEST_FIELD = 100_000
LONGEST_TOKEN = 43


def keep_draft(
    ctx: Context, token: str, *, kind: DraftKind, fields: Mapping[str, Any], began_at: datetime | None = None
) -> bool:
    """What is typed so far, under the token in the address. `fields` are plain words, numbers and None.

    False, and nothing kept, when the form with this token is saved already: in another tab with the same address.

    `began_at` is for a draft that comes back after it was thrown away or saved; else it began now.
    Raises NotFound when the token is another user's, Refused for what no hand has typed.
    """
    with ctx.write(Permission.LOG_CASES, changes_figures=False) as session:
        _require_sane(token, fields)
        draft = session.get(Draft, token)
        if draft is None and is_saved(session, token):
            return False
        if draft is None:
            written_draft(session, token, kind, fields, user_id=ctx.user_id, now=began_at or ctx.now)
            return True
        if draft.user_id != ctx.user_id:
            raise NotFound(kind="draft")
        draft.fields, draft.updated_at = dict(fields), ctx.now
        return True


def throw_away_draft(ctx: Context, token: str) -> None:
    """Gone at once; the screen that did it can put it back with `keep_draft`. One that is gone already is no error."""
    with ctx.write(Permission.LOG_CASES, changes_figures=False) as session:
        forget_draft(session, token, user_id=ctx.user_id)


def _require_sane(token: str, fields: Mapping[str, Any]) -> None:
    """Tokens come out of the address bar, which people can edit."""
    if not token or len(token) > LONGEST_TOKEN:
        raise Refused("draft_token")
    if any(isinstance(value, str) and len(value) > LONGEST_FIELD for value in fields.values()):
        raise Refused("draft_too_long")
