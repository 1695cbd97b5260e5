"""Where the demonstration lies, and how it is opened: made anew each day and for each version, else found as it was left."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import db
from crm.context import command_line
from crm.demo.filling import LEADER, fill
from crm.i18n import local
from crm.settings import Settings
from crm.users.links import open_sign_in
from crm.users.queries import user_by_email
from db.engine import Database
from db.one_sitting import OneSitting
from db.upgrade import create

# Beside the real one, which may be running at the same time.
PORT = 8502
FOLDER = "demonstrasjon"


def demo_settings(settings: Settings) -> Settings:
    """The same, with a folder of its own and never a server's database. A port that was asked for stays."""
    changed: dict[str, object] = {"data_folder": settings.data_folder / FOLDER, "database_url": ""}
    if "port" not in settings.model_fields_set:
        changed["port"] = PORT
    return settings.model_copy(update=changed)


def opened_demo(settings: Settings, now: datetime, *, scale: float = 1.0) -> tuple[Database, str]:
    """The database, and the path of a link that signs its fictitious leader in, once. `settings` from `demo_settings`.

    `scale` as in `fill`; it is looked at only when the demonstration is made.
    """
    path = settings.data_folder / f"demo-{local(now):%Y-%m-%d}-{_version()}.db"
    if not path.exists():
        _make(path, now, scale)
        _throw_away_others(path)
    database = Database(f"sqlite:///{path}")
    ctx = command_line(database, now)
    token = open_sign_in(ctx, user_by_email(ctx, LEADER).id)
    return database, f"/lenke?nokkel={token}"


def _make(path: Path, now: datetime, scale: float) -> None:
    """Under another name until it is whole: a start that was broken off leaves no half demonstration."""
    gc.freeze()  # all that is imported by now would be searched for garbage again and again: a tenth of the time
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    _remove(draft)
    create(f"sqlite:///{draft}")
    with OneSitting(f"sqlite:///{draft}") as database:
        fill(database, now, scale=scale)
    gc.unfreeze()
    if path.exists():  # a start at the same time was quicker, and may be in use
        _remove(draft)
    else:
        draft.rename(path)


def _throw_away_others(path: Path) -> None:
    """Yesterday's, an older version's, and what a start left behind that was broken off."""
    for other in path.parent.glob("demo-*.db*"):
        if not other.name.startswith(path.name):
            other.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        file.unlink(missing_ok=True)


@cache
def _version() -> str:
    """Of the tables and of the stories: what an older version of either made is not shown."""
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def _sources() -> Iterator[Path]:
    migrations = Path(db.__file__).parent / "migrations" / "versions"
    for folder in (migrations, Path(__file__).parent):
        yield from sorted(file for file in folder.rglob("*") if file.suffix in {".py", ".toml"})
