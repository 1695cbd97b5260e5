"""Colleagues who write without rest, in a process of their own. Started by test_many_writers.

python -m tests.crm.writers write URL USER SECONDS THREADS PROCESSES CASE
                                                              one process with threads and others beside it; each counts what
                                                              was acknowledged and prints it as a line of JSON
python -m tests.crm.writers killable URL USER KILLS          forks writers, kills each with -9, prints what they acknowledged
"""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select

import crm.search.index  # noqa: F401 - here once, and not by each writer that is forked
from crm.cases.commands import correct_case, open_case
from crm.cases.forms import CorrectedCase, NewCase
from crm.context import Actor, Context
from crm.errors import ChangedMeanwhile
from db.engine import Database
from db.models.cases import SupportCase
from db.models.users import Role

EARLY = 200
AT_MOST = 300  # of an error: a longer line than the pipe takes at once would run into another writer's


def context(database: Database, user_id: int) -> Context:
    return Context(Actor(user_id=user_id, name="Ingunn Ås", role=Role.ADMINISTRATOR), database, datetime.now(UTC))


def log_call(database: Database, user_id: int, what: str, house: int | None = None) -> int:
    new = NewCase(token=secrets.token_urlsafe(24), answered=False, what=what, organisation_id=house)
    return open_case(context(database, user_id), new)


def count_one_more(database: Database, user_id: int, case_id: int) -> bool:
    """Reads the number in the case's text, writes the next one. False when somebody was quicker: refused, not lost."""
    with database.reading() as session:
        text, version = session.execute(
            select(SupportCase.what, SupportCase.version).where(SupportCase.id == case_id)
        ).one()
    try:
        correct_case(context(database, user_id), case_id, CorrectedCase(what=str(int(text) + 1), version=version))
    except ChangedMeanwhile:
        return False
    return True


def write_side_by_side(
    url: str, user_id: int, seconds: float, threads: int, processes: int, shared_case: int, house: int
) -> None:
    """Forked, so that what they import is read once; before there is any connection or thread to inherit."""
    for _ in range(processes):
        if os.fork() == 0:
            write(url, user_id, seconds, 1, shared_case, house)
            sys.stdout.flush()
            os._exit(0)
    write(url, user_id, seconds, threads, shared_case, house)
    ended = [os.wait()[1] for _ in range(processes)]
    sys.exit(any(ended))


def write(url: str, user_id: int, seconds: float, threads: int, shared_case: int, house: int) -> None:
    database, done, guard = Database(url), Counter[str](), threading.Lock()
    until = time.monotonic() + seconds

    def work() -> None:
        mine = Counter[str]()
        while time.monotonic() < until:
            try:
                log_call(database, user_id, "Gjelder driftstilskuddet når tariffen endres?", house)
                mine["opened"] += 1
                mine["counted" if count_one_more(database, user_id, shared_case) else "refused"] += 1
            except Exception as error:  # noqa: BLE001 - what is counted here is exactly the unexpected
                mine[f"error {type(error).__name__}: {str(error)[:AT_MOST]}"] += 1
        with guard:
            done.update(mine)

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(json.dumps(done), flush=True)


def killable(url: str, user_id: int, kills: int) -> None:
    """Forks a writer, lets it write for some milliseconds, kills it. Each acknowledgement comes through a pipe after the commit."""
    database, chance = Database(url), random.Random(20261124)
    # Statements are put together once, here; a writer that is forked has them ready and no connection of ours.
    acknowledged = [log_call(database, user_id, "Den første.")]
    database.close()
    for _ in range(kills):
        reading, writing = os.pipe()
        writer = os.fork()
        if writer == 0:
            os.close(reading)
            write_until_killed(database, user_id, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            first = pipe.readline()  # the writer is at it now; the kill falls anywhere in its next transactions
            time.sleep(chance.uniform(0, 0.08))
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
            acknowledged += [int(line) for line in (first + pipe.read()).split(b"\n")[:-1]]
    print(json.dumps({"acknowledged": acknowledged}))


def write_until_killed(database: Database, user_id: int, pipe: int) -> None:
    while True:
        case_id = log_call(database, user_id, "En samtale som må være der etterpå.")
        os.write(pipe, b"%d\n" % case_id)


if __name__ == "__main__":
    command, url, user = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if command == "write":
        write_side_by_side(url, user, float(sys.argv[4]), *map(int, sys.argv[5:]))
    else:
        killable(url, user, int(sys.argv[4]))
