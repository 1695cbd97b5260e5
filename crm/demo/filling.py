"""Filling a database with the demonstration, through the same use-cases the screens call, each at its own moment in the past."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import SecretStr

from crm.cases.queries import list_topic_choices
from crm.context import Actor, command_line
from crm.demo.calls import Switchboard, call_stories
from crm.demo.cast import Numbers, houses
from crm.demo.civic import civic_stories
from crm.demo.errands import errand_stories
from crm.demo.lists import list_stories
from crm.demo.marking import mark_as_demonstration
from crm.demo.meetings import meeting_stories
from crm.demo.membership import membership_stories
from crm.demo.press import press_stories
from crm.demo.stage import Stage
from crm.demo.storytelling import Story, tell
from crm.installation import first_contents
from crm.users.commands import add_user
from crm.users.forms import ChosenPassword, NewUser
from crm.users.links import open_sign_in
from crm.users.sign_in import choose_password, sign_in_by_link
from db.engine import Database
from db.models.users import Role

STAFF = {
    "ingunn": ("Ingunn Ås", "ingunn.as@norskekulturhus.example", Role.ADMINISTRATOR),
    "bjørn_ærlend": ("Bjørn-Ærlend Wiik", "bjorn-aerlend.wiik@norskekulturhus.example", Role.COLLEAGUE),
    "styret": ("Solfrid Ødegård", "solfrid.odegard@styret.example", Role.READER),
}
LEADER = STAFF["ingunn"][1]


def fill(database: Database, now: datetime, *, seed: str = "kulturcrm", scale: float = 1.0) -> None:
    """Two years of work up to `now`, into a database that was just created. The same seed and moment give the same work.

    `scale` below 1 makes a smaller one. Nothing lies in the future but meetings that are planned, and journalists' deadlines.
    """
    stage = Stage(database, now, seed, scale)
    first_contents(database, stage.begins)
    mark_as_demonstration(command_line(database, stage.begins))
    hire(stage)
    tell(list(_stories(stage)), until=now)


def _stories(stage: Stage) -> Iterator[Story]:
    chance = stage.chance("cast")
    numbers = Numbers(chance)
    cast = houses(chance, numbers, share=stage.scale)
    topics = {topic.name: topic.id for topic in list_topic_choices(stage.as_("ingunn", stage.begins))}
    yield _signing_in(stage, "styret", stage.now - timedelta(days=9))
    yield _signing_in(stage, "bjørn_ærlend", stage.now - timedelta(hours=2))
    yield from membership_stories(stage, cast, numbers)
    yield from civic_stories(stage, cast, numbers)
    yield from meeting_stories(stage)
    yield from call_stories(Switchboard(stage, cast, numbers, topics))
    yield from press_stories(stage, numbers)
    yield from errand_stories(stage)
    yield from list_stories(stage)


def _signing_in(stage: Stage, who: str, at: datetime) -> Story:
    """So that the list of users has somebody who was here. Nobody holds the session's key."""
    yield at
    user_id = stage.staff[who].user_id or 0
    sign_in_by_link(stage.database, at, token=open_sign_in(command_line(stage.database, at), user_id))


def hire(stage: Stage) -> None:
    """With passwords nobody knows, so that the only way in is the demonstration's own link."""
    ctx = command_line(stage.database, stage.begins)
    for key, (name, email, role) in STAFF.items():
        invitation = add_user(ctx, NewUser(name=name, email=email, role=role))
        secret = SecretStr(secrets.token_urlsafe(32))
        chosen = ChosenPassword(email=email, password=secret, again=secret)
        at = stage.begins + timedelta(minutes=10)
        choose_password(stage.database, at, token=invitation.token, form=chosen)
        stage.staff[key] = Actor(invitation.user_id, name, role)
