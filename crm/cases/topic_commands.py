"""What is done about the topics of member support. A topic in use is retired, never deleted: old cases keep it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotFound
from crm.forms import Form
from crm.names import search_key, sort_key
from crm.permissions import Permission
from db.models.cases import Topic

MOST_TOPICS = 200


def _filled(typed: str) -> str:
    if not search_key(typed):
        raise PydanticCustomError("topic_name_missing", "a topic needs a name")
    return typed


class TopicName(Form):
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_filled)]


def adopt_topics(ctx: Context) -> int:
    """The proposed topics, at first start; how many were added. Nothing where there is a topic already."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        if session.scalar(select(exists().where(Topic.id.is_not(None)))):
            return 0
        names = tomllib.loads((files("crm.cases") / "topics.toml").read_text("utf-8"))["topics"]
        for name in names:
            topic = Topic(name=name, sort_key=sort_key(name))
            session.add(topic)
            ctx.record(session, "topic.added", topic, name=name, proposed=True)
        return len(names)


def add_topic(ctx: Context, form: TopicName) -> int:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        _require_free_name(session, form.name)
        topic = Topic(name=form.name, sort_key=sort_key(form.name))
        session.add(topic)
        ctx.record(session, "topic.added", topic, name=topic.name)
        return topic.id


def rename_topic(ctx: Context, topic_id: int, form: TopicName, *, version: int) -> None:
    """Its cases follow: they hold the topic, not its words."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        topic = _topic(session, topic_id, version=version)
        if form.name == topic.name:
            return
        _require_free_name(session, form.name, but=topic.id)
        before = topic.name
        topic.name, topic.sort_key = form.name, sort_key(form.name)
        ctx.record(session, "topic.renamed", topic, name=topic.name, changed={"name": [before, topic.name]})


def retire_topic(ctx: Context, topic_id: int, *, version: int) -> None:
    """No longer offered for new cases; the old ones and their figures keep it."""
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        topic = _topic(session, topic_id, version=version)
        topic.is_active = False
        ctx.record(session, "topic.retired", topic, name=topic.name)


def restore_topic(ctx: Context, topic_id: int, *, version: int) -> None:
    with ctx.write(Permission.CHANGE_SETTINGS) as session:
        topic = _topic(session, topic_id, version=version)
        topic.is_active = True
        ctx.record(session, "topic.restored", topic, name=topic.name)


def _topic(session: Session, topic_id: int, *, version: int) -> Topic:
    topic = session.get(Topic, topic_id)
    if topic is None:
        raise NotFound(kind="topic", id=topic_id)
    if topic.version != version:
        raise ChangedMeanwhile
    return topic


def _require_free_name(session: Session, name: str, *, but: int | None = None) -> None:
    """Also among the retired ones: two topics of one name would split the figures of one. Case and marks do not count."""
    taken = session.execute(select(Topic.id, Topic.name).limit(MOST_TOPICS * 5))
    if any(search_key(row.name) == search_key(name) and row.id != but for row in taken):
        raise InvalidForm({"name": "topic_name_taken"})
