"""The fourth quarter of 2026 as the association worked it: bodies, press and support, put in by the use-cases themselves.

131 member houses; 38 support cases from 29 of them; 9 press inquiries, of which 8 were answered, 7 before their deadline, and 1 was
withdrawn; one meeting in MIR, and one in Arrangørforum that was cancelled.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import delete

from crm.cases.commands import open_case
from crm.cases.forms import NewCase
from crm.cases.rules import Channel
from crm.media.commands import answer_inquiry, close_inquiry, open_inquiry
from crm.media.forms import Answer, Closing, NewInquiry
from crm.media.rules import Medium, Outcome
from crm.members.commands import add_house
from crm.members.forms import NewHouse
from crm.networks.body_commands import adopt_bodies
from crm.networks.commands import cancel_meeting, log_meeting
from crm.networks.forms import Cancellation, Mark, NewMeeting
from crm.networks.queries import list_bodies, meeting_card
from crm.networks.words import AttendanceStatus
from crm.plan.commands import adopt_plan
from db.engine import Database
from db.models.users import User
from db.moving import move_all
from db.upgrade import create
from tests.conftest import ContextFor, oslo

MEMBER_HOUSES = 131
HELPED_HOUSES = 29
MEDIA = [
    Medium.WEB,
    Medium.RADIO,
    Medium.NEWSPAPER,
    Medium.WEB,
    Medium.TELEVISION,
    Medium.NEWSPAPER,
    Medium.WEB,
    Medium.RADIO,
]
# Minutes from the question on a Tuesday or Wednesday at 09:00 to the answer; the last one is later than its deadline.
ANSWERED_AFTER = [0, 10, 25, 40, 60, 90, 110, 300]


_kept: dict[bool, Path] = {}


def logged_quarter(context_for: ContextFor, folder: Path) -> None:
    """The quarter in this test's database. Logging it takes seconds, so it is done once on each kind of database, by the use-cases
    themselves; the next test to ask gets a copy of the rows.
    """
    database = context_for("ingunn").database
    if database.is_sqlite in _kept:
        _copy_into(database, _kept[database.is_sqlite])
        return
    log_the_quarter(context_for)
    kept = folder / "quarter.db"
    if database.path is not None:
        _copy(database.path, kept)
    else:
        create(f"sqlite:///{kept}")
        with closing(Database(f"sqlite:///{kept}")) as copy:
            move_all(database, copy)
    _kept[database.is_sqlite] = kept


def _copy_into(database: Database, kept: Path) -> None:
    if database.path is not None:
        _copy(kept, database.path)
        return
    with database.engine.begin() as connection:
        connection.execute(delete(User))  # the staff is among the rows that come
    with closing(Database(f"sqlite:///{kept}")) as copy:
        move_all(copy, database)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as first, closing(sqlite3.connect(target)) as second:
        first.backup(second)


def log_the_quarter(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-10-01 08:00")
    adopt_plan(ctx)
    adopt_bodies(ctx)
    _meet(context_for)
    _support(context_for, _houses(context_for))
    _press(context_for)


def _houses(context_for: ContextFor) -> list[int]:
    ctx = context_for("ingunn", "2026-10-01 09:00")
    return [
        add_house(ctx, NewHouse(name=f"Hus {n:03} kulturhus", member_since=date(2023, 1, 1)))
        for n in range(MEMBER_HOUSES)
    ]


def _meet(context_for: ContextFor) -> None:
    ctx = context_for("ingunn", "2026-11-20 15:00")
    bodies = {body.name: body.id for body in list_bodies(ctx)}
    mark = Mark(status=AttendanceStatus.ATTENDED, user_id=ctx.user_id)
    held = NewMeeting(
        body_id=bodies["MIR"],
        day=date(2026, 11, 17),
        starts=time(12),
        is_held=True,
        marks=(mark,),
        token="mir-november",
    )
    planned = NewMeeting(
        body_id=bodies["Arrangørforum"], day=date(2026, 12, 2), starts=time(10), is_held=False, token="forum-desember"
    )
    log_meeting(ctx, held)
    meeting_id = log_meeting(ctx, planned)
    version = meeting_card(ctx, meeting_id).version
    cancel_meeting(ctx, meeting_id, Cancellation(because="for få påmeldte"), version=version)


def _support(context_for: ContextFor, houses: list[int]) -> None:
    """One call a working day or so, answered in the call; every fourth by e-mail."""
    at = oslo("2026-10-05 10:00")
    for n in range(38):
        ctx = context_for("ingunn", at + timedelta(days=2 * n))
        channel = Channel.EMAIL if n % 4 == 0 else Channel.PHONE
        what = f"Spørsmål {n + 1} om TONO"
        token = f"saken-i-kvartalet-{n:03}"
        house = houses[n % HELPED_HOUSES]
        open_case(ctx, NewCase(organisation_id=house, what=what, channel=channel, answered=True, token=token))


def _press(context_for: ContextFor) -> None:
    for n, (medium, minutes) in enumerate(zip(MEDIA, ANSWERED_AFTER, strict=True)):
        asked = oslo("2026-10-06 09:00") + timedelta(days=7 * n)
        outcome = Outcome.INTERVIEW if n in (1, 4, 7) else Outcome.QUOTED
        inquiry_id = _ask(context_for, asked, medium, n)
        answer_inquiry(
            context_for("bjørn_ærlend", asked + timedelta(minutes=minutes)), inquiry_id, Answer(outcome=outcome)
        )
    withdrawn = _ask(context_for, oslo("2026-12-09 09:00"), Medium.WEB, 8)
    close_inquiry(context_for("bjørn_ærlend", "2026-12-09 10:00"), withdrawn, Closing(outcome=Outcome.WITHDRAWN))


def _ask(context_for: ContextFor, asked: datetime, medium: Medium, n: int) -> int:
    """With four hours to answer in."""
    new = NewInquiry(
        outlet="Nordlyspressen",
        journalist="Torunn Bråten",
        medium=medium,
        question=f"Spørsmål {n + 1} om kutt i kommunene",
        deadline_at=asked + timedelta(hours=4),
        token=f"henvendelsen-i-kvartalet-{n}",
    )
    return open_inquiry(context_for("bjørn_ærlend", asked), new)
