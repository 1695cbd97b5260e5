"""What the commands of `kulturcrm` do, and how the terminal says it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError

from crm.context import command_line
from crm.derived import disagreements, rebuild
from crm.errors import CrmError, InvalidForm, NotFound, Refused
from crm.i18n import shown_moment, t, tn
from crm.installation import InstallationError, bring_up_to_date, marker, open_database
from crm.periods import Quarter
from crm.reports.board import board_report
from crm.search import checking
from crm.search.behind import catch_up
from crm.settings import Settings
from crm.terminal_import import import_file, refused_words
from crm.timeline import last_contacts
from crm.transfer.columns import Subject
from crm.transfer.file_words import is_refusal
from crm.users.commands import add_user as add
from crm.users.commands import disable_user as disable
from crm.users.commands import invite_again
from crm.users.forms import NewUser
from crm.users.queries import list_users as all_users
from crm.users.queries import user_by_email
from crm.users.texts import REASONS
from db.engine import Database
from db.models.users import Role
from db.moving import TargetNotEmpty, move_all
from db.upgrade import create, pending

EVERYTHING_IN_ORDER, SOMETHING_WRONG = 0, 1


def said(error: CrmError) -> str:
    """One clear line, with what to do about it."""
    if isinstance(error, InstallationError):
        return _said_of_installation(error)
    if isinstance(error, InvalidForm):
        return "\n".join(_reason(code) for code in error.problems.values())
    if isinstance(error, NotFound) and error.facts.get("kind") == "plan":
        return t("Handlingsplanen er ikke tatt inn ennå. Start kulturcrm én gang først.")
    if isinstance(error, NotFound):
        return t("Finner ingen bruker med den e-postadressen.")
    if isinstance(error, Refused) and is_refusal(error.code):
        return refused_words(error)
    return str(error) if type(error).__str__ is not Exception.__str__ else _reason(error.code)


def said_of_settings(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return t("Dette går ikke: {error}", error=error)
    names = ", ".join("CRM_" + str(problem["loc"][0]).upper() for problem in error.errors())
    return t("Innstillingen {names} kan ikke leses. README forklarer hver innstilling.", names=names)


def opened(settings: Settings, now: datetime) -> Database:
    return open_database(settings, now)


def opened_demo(settings: Settings, now: datetime, *, address: str) -> tuple[Database, str]:
    """The demonstration's database, and the path of the link that lets the visitor in."""
    from crm.demo import opening  # the stories and who tells them: no other command needs them

    click.echo(t("Gjør klar demonstrasjonen. Alt i den er oppdiktet."))
    database, entrance = opening.opened_demo(settings, now)
    click.echo(t("Åpne den med denne lenken. Den virker én gang, i en halv time:"))
    click.echo(address + entrance)
    return database, entrance


def upgrade(settings: Settings, now: datetime) -> None:
    database = _existing(settings)
    waiting = pending(database)
    backup = bring_up_to_date(database, settings, now)
    if not waiting:
        click.echo(t("Databasen er alt i riktig utgave."))
        catch_up(database)
        if disagreements(database):
            rebuild(database)
            click.echo(t("Søket og tidene for siste kontakt er bygd opp på nytt."))
        return
    click.echo(tn("{n} steg er utført.", "{n} steg er utført.", len(waiting)))
    if backup:
        click.echo(t("Sikkerhetskopien fra før oppgraderingen: {path}", path=backup))


def check(settings: Settings) -> int:
    """0 when all is well; the terminal gets a line for each thing that was looked at."""
    database = _existing(settings)
    findings = [
        _revision_finding(database),
        *(_file_findings(database.path) if database.path else []),
        *([] if pending(database) else [_search_finding(database), _contacts_finding(database)]),
    ]
    for is_well, line in findings:
        click.echo(("✓ " if is_well else "✗ ") + line)
    return EVERYTHING_IN_ORDER if all(is_well for is_well, _ in findings) else SOMETHING_WRONG


def report(settings: Settings, now: datetime, *, quarter: str | None, target: Path | None) -> None:
    """The quarter's progress in the plan, on the screen or in a file. ValueError for what is no quarter."""
    asked = Quarter.parse(quarter) if quarter else Quarter.at(now)
    written = board_report(command_line(_existing(settings), now), asked)
    if target is None:
        click.echo(written)
        return
    target.write_text(written, encoding="utf-8")
    click.echo(t("Rapporten er skrevet til {file}.", file=target))


def move(settings: Settings, *, target: str) -> None:
    """Copies, never removes: the old database stays as it was until somebody throws it away."""
    source = _existing(settings)
    try:
        create(target)
        new = Database(target)
        copied = move_all(source, new)
    except (TargetNotEmpty, FileExistsError) as error:
        raise InstallationError("target_not_empty", table=str(error)) from error
    rebuild(new)
    click.echo(tn("{n} rad er kopiert.", "{n} rader er kopiert.", copied))
    click.echo(t("Den gamle databasen er urørt. Start nå med CRM_DATABASE_URL={target}", target=target))


def add_user(settings: Settings, now: datetime, *, email: str, name: str, role: Role, address: str) -> None:
    ctx = command_line(_existing(settings), now)
    invitation = add(ctx, NewUser.checked(name=name, email=email, role=role))
    click.echo(t("{name} er lagt til. Send denne lenken; den virker én gang, i sju dager:", name=name))
    click.echo(f"{address}/lenke?nokkel={invitation.token}")


def reset_user(settings: Settings, now: datetime, *, email: str, address: str) -> None:
    ctx = command_line(_existing(settings), now)
    invitation = invite_again(ctx, user_by_email(ctx, email).id)
    click.echo(t("Med denne lenken velges et nytt passord; den virker én gang, i sju dager:"))
    click.echo(f"{address}/lenke?nokkel={invitation.token}")


def disable_user(settings: Settings, now: datetime, *, email: str) -> None:
    ctx = command_line(_existing(settings), now)
    user = user_by_email(ctx, email)
    disable(ctx, user.id)
    click.echo(t("{name} er stengt ute fra neste klikk.", name=user.name))


def list_users(settings: Settings, now: datetime) -> None:
    ctx = command_line(_existing(settings), now)
    users = all_users(ctx)
    if not users:
        click.echo(
            t("Ingen brukere ennå. Start med «kulturcrm serve»; den gir en lenke for den første administratoren.")
        )
    for user in users:
        state = (
            t("sperret") if not user.is_active else t("invitert") if user.is_invited else _last_seen(user.last_seen_at)
        )
        click.echo(f"{user.email:<40} {_role(user.role):<15} {state:<28} {user.name}")


def import_members(settings: Settings, now: datetime, *, file: Path, apply: bool) -> None:
    import_file(command_line(_existing(settings), now), file, Subject.ORGANISATIONS, apply=apply)


def import_people(settings: Settings, now: datetime, *, file: Path, apply: bool) -> None:
    import_file(command_line(_existing(settings), now), file, Subject.PERSONS, apply=apply)


def _existing(settings: Settings) -> Database:
    """For everything but `serve`: a database that is there, or a line that says how to get one."""
    if settings.is_sqlite:
        path = Path(settings.url.removeprefix("sqlite:///"))
        if not path.exists():
            code = "database_gone" if marker(path).exists() else "no_database_yet"
            raise InstallationError(code, path=str(path), marker=str(marker(path)))
    return Database(settings.url)


def _revision_finding(database: Database) -> tuple[bool, str]:
    waiting = pending(database)
    if waiting:
        return False, t("Databasen er av en eldre utgave. Kjør «kulturcrm upgrade».")
    return True, t("Databasen er i riktig utgave.")


def _search_finding(database: Database) -> tuple[bool, str]:
    catch_up(database)
    wrong = checking.disagreements(database)
    if wrong:
        return False, tn(
            "Søket kjenner ikke {n} post slik den er lagret. Kjør «kulturcrm upgrade».",
            "Søket kjenner ikke {n} poster slik de er lagret. Kjør «kulturcrm upgrade».",
            wrong,
        )
    return True, t("Søket kjenner alt som er lagret.")


def _contacts_finding(database: Database) -> tuple[bool, str]:
    wrong = last_contacts.disagreements(database)
    if wrong:
        return False, tn(
            "For {n} organisasjon stemmer det ikke når vi sist hadde kontakt. Kjør «kulturcrm upgrade».",
            "For {n} organisasjoner stemmer det ikke når vi sist hadde kontakt. Kjør «kulturcrm upgrade».",
            wrong,
        )
    return True, t("Det stemmer når vi sist hadde kontakt med hver organisasjon.")


def _file_findings(path: Path) -> list[tuple[bool, str]]:
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    is_private = path.stat().st_mode & 0o077 == 0
    loose = tn("{n} rad viser til noe som ikke finnes.", "{n} rader viser til noe som ikke finnes.", len(orphans))
    return [
        (integrity == "ok", t("Filen er hel.") if integrity == "ok" else t("Filen er skadet: {what}", what=integrity)),
        (not orphans, loose if orphans else t("Alle rader henger sammen.")),
        (
            is_private,
            t("Bare du kan lese filen.")
            if is_private
            else t("Andre kan lese filen. Kjør: chmod 600 {path}", path=path),
        ),
    ]


def _said_of_installation(error: InstallationError) -> str:
    facts = {name: str(value) for name, value in error.facts.items()}
    lines = {
        "database_gone": lambda: t(
            "Databasen {path} er borte, men den har vært her før. Legg tilbake en sikkerhetskopi på det stedet og start igjen. "
            "Vil du begynne helt på nytt, slett først {marker}.",
            **facts,
        ),
        "no_database_yet": lambda: t("Det finnes ingen database i {path} ennå. Start med «kulturcrm serve».", **facts),
        "target_not_empty": lambda: t("Den nye databasen er ikke tom ({table}). Ingenting er flyttet.", **facts),
        "newer_database": lambda: t(
            "Databasen er laget av en nyere utgave av kulturcrm. Installer den, eller legg tilbake en eldre kopi."
        ),
        "backup_broken": lambda: t(
            "Sikkerhetskopien {path} ble ikke lik databasen. Ingenting er oppgradert; databasen er som den var.",
            **facts,
        ),
        "upgrade_broken": lambda: t(
            "Oppgraderingen ble stanset, for etterpå manglet det rader, eller rader viste til noe som ikke finnes ({tables}). "
            "Databasen er som den var.",
            **facts,
        ),
        "network_drive": lambda: t(
            "{folder} ligger på en nettverksdisk ({kind}), og der kan databasen bli ødelagt. "
            "Velg en mappe på denne maskinen med CRM_DATA_FOLDER, eller bruk PostgreSQL.",
            **facts,
        ),
    }
    return lines[error.code]()


def _reason(code: str) -> str:
    explained = REASONS.get(code)
    return explained() if explained else t("Dette går ikke: {error}", error=code)


def _role(role: Role) -> str:
    return {Role.ADMINISTRATOR: t("administrator"), Role.COLLEAGUE: t("kollega"), Role.READER: t("leser")}[role]


def _last_seen(at: datetime | None) -> str:
    return t("aldri logget inn") if at is None else t("sist inne {when}", when=shown_moment(at))
