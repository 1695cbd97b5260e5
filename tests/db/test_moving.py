"""An office that outgrows its one file takes everything along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.attachments.commands import add_attachment
from crm.attachments.forms import NewFile
from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.context import Context
from crm.installation import first_contents
from crm.members.commands import add_organisation
from crm.members.forms import NewOrganisation
from crm.records import Kind, Record
from db.base import Base
from db.engine import Database
from db.models.attachments import Attachment, AttachmentContent
from db.models.organisations import Organisation, OrganisationKind
from db.moving import FILES_AT_ONCE, TargetNotEmpty, move_all
from db.upgrade import create


@pytest.fixture
def target(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A new, empty SQLite database: the other one is `database`, which `make test` also has on PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'moved.db'}"
    create(url)
    opened = Database(url)
    yield opened
    opened.close()


def log_a_call(ctx: Context) -> int:
    return open_case(
        ctx, NewCase(token="en-lang-nok-token-for-dette", what="Gjelder momsen også utleie?", answered=True)
    )


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


def test_every_row_of_every_table_arrives_as_it_was(ctx: Context, target: Database) -> None:
    first_contents(ctx.database, datetime(2026, 11, 24, tzinfo=UTC))
    log_a_call(ctx)
    before = contents(ctx.database)
    assert move_all(ctx.database, target) == sum(len(rows) for rows in before.values())
    assert contents(target) == before


def test_a_part_may_stand_before_the_whole_it_belongs_to(ctx: Context, target: Database) -> None:
    scene = add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.AUTHORITY, name="Kulturavdelingen"))
    ministry = add_organisation(ctx, NewOrganisation.checked(kind=OrganisationKind.AUTHORITY, name="Departementet"))
    with ctx.database.writing() as session:
        session.get_one(Organisation, scene).parent_id = ministry
    before = contents(ctx.database)
    move_all(ctx.database, target)
    assert contents(target) == before


def test_files_come_along_a_few_at_a_time(ctx: Context, target: Database) -> None:
    record = Record(Kind.CASE, log_a_call(ctx))
    files = {f"{number}.bin": bytes([number, 0, 255]) * 1000 for number in range(FILES_AT_ONCE + 1)}
    for name, content in files.items():
        add_attachment(ctx, record, NewFile.checked(name=name, content=content))
    move_all(ctx.database, target)
    with target.reading() as session:
        arrived = session.execute(select(Attachment.name, AttachmentContent.content).join(AttachmentContent))
        assert {row.name: row.content for row in arrived} == files


def test_the_way_back_gives_new_rows_new_numbers(ctx: Context, target: Database) -> None:
    """Towards PostgreSQL as well: there the next case must not get a number that was copied."""
    case = log_a_call(ctx)
    move_all(ctx.database, target)
    with ctx.database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    move_all(target, ctx.database)
    later = open_case(ctx, NewCase(token="enda-en-lang-nok-token", what="Og gjelder den kafeen?", answered=False))
    assert later > case


def test_nothing_is_put_on_top_of_somebodys_data(ctx: Context, target: Database) -> None:
    first_contents(target, datetime(2026, 11, 24, tzinfo=UTC))
    before = contents(target)
    with pytest.raises(TargetNotEmpty):
        move_all(ctx.database, target)
    assert contents(target) == before
