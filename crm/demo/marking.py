"""The sign in a database that says it is a demonstration, for the screens to show and for nobody to take away."""

from __future__ import annotations

from crm.context import Context, Database
from crm.permissions import Permission
from db.models.house_keeping import Setting

KEY = "demonstration"


def mark_as_demonstration(ctx: Context) -> None:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        setting = Setting(key=KEY, value={"since": ctx.now.isoformat()})
        session.add(setting)
        ctx.record(session, "demonstration.marked", setting)


def is_demonstration(database: Database) -> bool:
    """Asked once, when the screens are installed: a database never becomes one later."""
    with database.reading() as session:
        return session.get(Setting, KEY) is not None
