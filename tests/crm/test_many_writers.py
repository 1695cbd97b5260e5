"""Fifty threads and twenty processes write at once, and writers are killed in the middle: nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select, text

from crm.context import Context
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from db.engine import Database
from db.models.cases import SupportCase
from db.models.house_keeping import AuditEntry
from tests.crm.writers import log_call
from tests.house_rules.source import ROOT

pytestmark = pytest.mark.usefixtures("right_last_contacts")

SECONDS, THREADS, PROCESSES, KILLS = 10, 50, 20, 200


def started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crm.writers", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What each of the writers says, in no order."""
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.slow
def test_fifty_threads_and_twenty_processes_lose_no_update(ctx: Context) -> None:
    database, user_id = ctx.database, ctx.user_id
    shared = log_call(database, user_id, "0")
    house = add_house(
        ctx, NewHouse(name="Fjordglimt kulturhus")
    )  # all of them from one: when it last called is right too
    said = finished(started("write", database.url, user_id, SECONDS, THREADS, PROCESSES, shared, house))
    assert len(said) == 1 + PROCESSES
    done = sum((Counter(one) for one in said), Counter())
    errors = {word: count for word, count in done.items() if word.startswith("error")}
    assert errors == {}
    with database.reading() as session:
        cases = session.scalar(select(func.count()).select_from(SupportCase))
        counted = int(session.scalars(select(SupportCase.what).where(SupportCase.id == shared)).one())
        lines = dict(session.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).all())
    print(f"\n{done['opened']} calls, {done['counted']} counts, {done['refused']} refused in {SECONDS} s")
    assert cases == done["opened"] + 1
    assert counted == done["counted"]
    assert lines["case.opened"] == done["opened"] + 1
    assert lines.get("case.corrected", 0) == done["counted"]
    assert done["opened"] > THREADS + PROCESSES, "a test of many writers that hardly wrote shows nothing"
    assert min(done["refused"], done["counted"]) > 20, "nor does one in which nobody met anybody"


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(ctx: Context) -> None:
    database = ctx.database
    [said] = finished(started("killable", database.url, ctx.user_id, KILLS))
    acknowledged = said["acknowledged"]
    assert len(acknowledged) > KILLS
    database.close()
    again = Database(database.url)
    with again.reading() as session:
        kept = set(session.scalars(select(SupportCase.id)))
        audited = {
            int(key) for key in session.scalars(select(AuditEntry.subject_id).where(AuditEntry.action == "case.opened"))
        }
        if again.is_sqlite:
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    again.close()
    print(
        f"\n{len(acknowledged)} acknowledged calls over {KILLS} kills; {len(kept - set(acknowledged))} kept without acknowledgement"
    )
    assert set(acknowledged) <= kept
    assert kept == audited, "a call without its line in the change log, or a line without its call"
