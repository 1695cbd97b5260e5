"""What the staff are to do and have done, and the words they put on houses."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from crm.demo.stage import Stage, data, on_the_wall, token
from crm.demo.storytelling import Story
from crm.members.selects import MemberFilter
from crm.members.words import OrganisationKind
from crm.records import Kind, Record
from crm.tags.commands import tag_many
from crm.tags.forms import TagName
from crm.tasks.commands import add_task, finish_task
from crm.tasks.forms import NewTask
from crm.tasks.queries import Repeats, task_card
from crm.timeline.member_queries import list_members

TAGGED_DAYS_AGO = 40


def errand_stories(stage: Stage) -> Iterator[Story]:
    chance, lists = stage.chance("errands"), data("errands")
    yield _tagging(stage, chance, lists["tags"])
    for task in lists["tasks"]:
        yield _task(stage, random.Random(chance.random()), task)  # noqa: S311
    for habit in lists["habits"]:
        yield _habit(stage, random.Random(chance.random()), habit)  # noqa: S311


def _tagging(stage: Stage, chance: random.Random, tags: list[Mapping[str, Any]]) -> Story:
    yield (at := _morning(stage, TAGGED_DAYS_AGO, chance))
    ctx = stage.as_("ingunn", at)
    houses = _houses(stage, at)
    for tag in tags:
        some = chance.sample(houses, min(tag["houses"], len(houses)))
        tag_many(ctx, Kind.ORGANISATION, some, TagName(name=tag["name"]))


def _task(stage: Stage, chance: random.Random, task: Mapping[str, Any]) -> Story:
    yield (at := _morning(stage, task["written"], chance))
    houses = _houses(stage, at) if task.get("house") else []
    new = NewTask(
        what=task["what"],
        due=stage.today + timedelta(days=task["due"]) if "due" in task else None,
        record=Record(Kind.ORGANISATION, chance.choice(houses)) if houses else None,
        token=token(chance),
    )
    add_task(stage.as_(task["who"], at), new)


def _habit(stage: Stage, chance: random.Random, habit: Mapping[str, Any]) -> Story:
    yield (at := _morning(stage, habit["begun"], chance))
    due = stage.today - timedelta(days=habit["begun"])
    new = NewTask(what=habit["what"], due=due, repeats=Repeats(habit["every"]), token=token(chance))
    task: int | None = add_task(stage.as_(habit["who"], at), new)
    while task is not None:
        day = task_card(stage.as_(habit["who"], at), task).due or stage.today
        yield (at := on_the_wall(day, 14, chance.randrange(60)))
        task = finish_task(stage.as_(habit["who"], at), task)


def _houses(stage: Stage, at: datetime) -> list[int]:
    wanted = MemberFilter(on=stage.today, kind=OrganisationKind.HOUSE)
    return [row.id for row in list_members(stage.as_("ingunn", at), wanted).rows]


def _morning(stage: Stage, days_ago: int, chance: random.Random) -> datetime:
    return on_the_wall(stage.today - timedelta(days=days_ago), 9, chance.randrange(60))
