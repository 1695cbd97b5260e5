"""Signing out elsewhere."""

from __future__ import annotations

from crm.context import Context
from crm.permissions import Permission
from crm.users.sessions import announce_ended, end_sessions


def end_other_sessions(ctx: Context) -> int:
    """Every browser one is signed in with, but for the one that asks; how many they were."""
    with ctx.write(Permission.OWN_ACCOUNT, changes_figures=False) as session:
        ended = end_sessions(session, ctx.user_id, ctx.now, but=ctx.actor.session_id)
        ctx.record(session, "user.other_sessions_ended", ("users", ctx.user_id), number=len(ended))
    announce_ended(ended)
    return len(ended)
