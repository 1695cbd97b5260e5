"""The database of this installation: made on first use only, upgraded after a verified backup, never quietly replaced."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from crm.cases.topic_commands import adopt_topics
from crm.context import command_line
from crm.derived import rebuild
from crm.errors import CrmError
from crm.networks.body_commands import adopt_bodies
from crm.plan.commands import adopt_plan
from crm.settings import Settings
from crm.undo.commands import forget_old_batches
from db.engine import Database
from db.upgrade import BackupBroken, NewerDatabase, UpgradeBroken, all_revisions, create, pending, upgrade

# SQLite's locks and its shared memory do not work over these; a database there is torn sooner or later.
REFUSED_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "davfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "vboxsf",
        "drvfs",
    }
)


class InstallationError(CrmError):
    """It stops with a clear line. Codes: database_gone, newer_database, network_drive, backup_broken, upgrade_broken."""

    code = "installation"


def open_database(settings: Settings, now: datetime) -> Database:
    """The database, complete and up to date. Made new only where none has ever been."""
    if not settings.is_sqlite:
        return _open_server(settings, now)
    path = _path(settings)
    _refuse_network_drives(path.parent)
    if not path.exists():
        _make_first(settings, path, now)
    elif not marker(path).exists():
        _mark(path, now)
    database = Database(settings.url)
    bring_up_to_date(database, settings, now)
    return database


def bring_up_to_date(database: Database, settings: Settings, now: datetime) -> Path | None:
    """Returns the backup that was made first, None when there was nothing to do. What is too old to be taken back goes."""
    try:
        is_behind = bool(pending(database))
        backup = upgrade(database, backups=settings.data_folder / "backups", now=now)
    except NewerDatabase as error:
        raise InstallationError("newer_database", revision=str(error)) from error
    except BackupBroken as error:
        raise InstallationError("backup_broken", path=str(error)) from error
    except UpgradeBroken as error:
        raise InstallationError("upgrade_broken", tables=str(error)) from error
    if is_behind:
        rebuild(database)
    forget_old_batches(command_line(database, now))
    return backup


def marker(path: Path) -> Path:
    """Beside the database: remembers that there was one, so that a lost file is never taken for a first start."""
    return path.with_name(path.name + ".finnes")


def _make_first(settings: Settings, path: Path, now: datetime) -> None:
    if marker(path).exists():
        raise InstallationError(
            "database_gone", path=str(path), marker=str(marker(path)), backups=str(path.parent / "backups")
        )
    create(settings.url)
    database = Database(settings.url)
    first_contents(database, now)
    database.close()
    _mark(path, now)


def first_contents(database: Database, now: datetime) -> None:
    """What every installation begins with: the plan, the bodies it names, and the topics of member support."""
    ctx = command_line(database, now)
    adopt_plan(ctx)
    adopt_bodies(ctx)
    adopt_topics(ctx)


def _open_server(settings: Settings, now: datetime) -> Database:
    database = Database(settings.url)
    is_new = pending(database) == all_revisions()
    bring_up_to_date(database, settings, now)
    if is_new:
        first_contents(database, now)
    return database


def _mark(path: Path, now: datetime) -> None:
    marker(path).write_text(json.dumps({"database": path.name, "created": now.isoformat()}), encoding="utf-8")


def _path(settings: Settings) -> Path:
    return Path(settings.url.removeprefix("sqlite:///"))


def _refuse_network_drives(folder: Path) -> None:
    kind = _file_system(folder)
    if kind in REFUSED_FILE_SYSTEMS:
        raise InstallationError("network_drive", folder=str(folder), kind=kind)


def _file_system(folder: Path) -> str:
    """The type of the longest mount point above the folder, "" where the system does not tell (not Linux)."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    target = str(folder.resolve())
    found = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()]
    above = [(point, kind) for point, kind in found if target == point or target.startswith(point.rstrip("/") + "/")]
    return max(above, key=lambda mount: len(mount[0]))[1] if above else ""
