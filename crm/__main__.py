"""The command `kulturcrm`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from crm import terminal
from crm.errors import CrmError
from crm.settings import Settings
from db.models.users import Role

OPTIONS = (
    click.option("--port", type=click.IntRange(1, 65535), help="Porten kulturcrm svarer på (CRM_PORT)."),
    click.option("--address", help="Adressen kulturcrm svarer på (CRM_ADDRESS)."),
    click.option("--no-browser", "headless", is_flag=True, default=None, help="Ikke åpne nettleseren (CRM_HEADLESS)."),
)
WHERE = (
    click.option("--database-url", help="Databasen, når den ikke er SQLite i datamappen (CRM_DATABASE_URL)."),
    click.option(
        "--data-folder", type=click.Path(path_type=Path, file_okay=False), help="Datamappen (CRM_DATA_FOLDER)."
    ),
)


def with_settings(*options: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives the command `settings`: the environment, overruled by the options that were typed. Errors become one clear line."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**typed: Any) -> None:
            own = {name: typed.pop(name) for name in list(typed) if name in Settings.model_fields}
            try:
                settings = Settings(**{name: value for name, value in own.items() if value is not None})
                command(settings, **typed)
            except CrmError as error:
                click.echo(terminal.said(error), err=True)
                sys.exit(1)
            except ValueError as error:
                click.echo(terminal.said_of_settings(error), err=True)
                sys.exit(2)

        for option in reversed((*WHERE, *options)):
            run = option(run)
        return run

    return decorate


@click.group(help="kulturcrm: CRM for små medlemsorganisasjoner, med handlingsplanen som ryggrad.")
@click.version_option(package_name="kulturcrm")
def main() -> None:
    pass


@main.command(help="Start kulturcrm og åpne det i nettleseren.")
@with_settings(*OPTIONS)
def serve(settings: Settings) -> None:
    from streamlit_config import asgi

    asgi.serve(settings, terminal.opened(settings, now()))


@main.command(help="Vis kulturcrm med to år oppdiktet arbeid, i en egen database. Ingenting her er ekte.")
@with_settings(*OPTIONS)
def demo(settings: Settings) -> None:
    from crm.demo.opening import demo_settings
    from streamlit_config import asgi

    settings = demo_settings(settings)
    database, entrance = terminal.opened_demo(settings, now(), address=asgi.own_address(settings))
    asgi.serve(settings, database, entrance=entrance)


@main.command(help="Gjør databasen klar for denne utgaven, etter en kontrollert sikkerhetskopi.")
@with_settings()
def upgrade(settings: Settings) -> None:
    terminal.upgrade(settings, now())


@main.command(help="Se etter at databasen er hel, og si hva som er galt.")
@with_settings()
def check(settings: Settings) -> None:
    sys.exit(terminal.check(settings))


@main.command(help="Skriv kvartalets framdrift i planen, slik styret ser den.")
@click.option("--quarter", help="Kvartalet, som 2026-K4. Uten valg: det kvartalet vi er i.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Filen det skrives til. Uten valg: skjermen.",
)
@with_settings()
def report(settings: Settings, quarter: str | None, target: Path | None) -> None:
    terminal.report(settings, now(), quarter=quarter, target=target)


@main.command(
    help="Flytt alt til en annen, tom database, for eksempel fra SQLite til PostgreSQL. Stopp kulturcrm først."
)
@click.option("--to", "target", required=True, help="Den nye databasen, som postgresql://bruker@tjener/navn.")
@with_settings()
def move(settings: Settings, target: str) -> None:
    terminal.move(settings, target=target)


@main.group(help="Brukere.")
def user() -> None:
    pass


@user.command("add", help="Lag en bruker og få lenken der hun velger passord.")
@click.argument("email")
@click.option("--name", required=True, help="Navnet, som det skal stå på skjermen.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.COLLEAGUE.value, show_default=True
)
@with_settings()
def user_add(settings: Settings, email: str, name: str, role: str) -> None:
    from streamlit_config.asgi import own_address

    terminal.add_user(settings, now(), email=email, name=name, role=Role(role), address=own_address(settings))


@user.command("list", help="Hvem som har tilgang.")
@with_settings()
def user_list(settings: Settings) -> None:
    terminal.list_users(settings, now())


@user.command("reset", help="Få en ny lenke der brukeren velger passord.")
@click.argument("email")
@with_settings()
def user_reset(settings: Settings, email: str) -> None:
    from streamlit_config.asgi import own_address

    terminal.reset_user(settings, now(), email=email, address=own_address(settings))


@user.command("disable", help="Steng brukeren ute, med virkning fra neste klikk.")
@click.argument("email")
@with_settings()
def user_disable(settings: Settings, email: str) -> None:
    terminal.disable_user(settings, now(), email=email)


@main.group("import", help="Hent inn data fra filer.")
def import_() -> None:
    pass


@import_.command("members", help="Hent inn medlemslisten fra CSV, XLSX eller ODS. Uten --apply blir ingenting lagret.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Lagre det prøvekjøringen viser.")
@with_settings()
def import_members(settings: Settings, *, file: Path, apply: bool) -> None:
    terminal.import_members(settings, now(), file=file, apply=apply)


@import_.command(
    "people", help="Hent inn personer fra CSV, XLSX, ODS, vCard eller .ics. Uten --apply blir ingenting lagret."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Lagre det prøvekjøringen viser.")
@with_settings()
def import_people(settings: Settings, *, file: Path, apply: bool) -> None:
    terminal.import_people(settings, now(), file=file, apply=apply)


def now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
