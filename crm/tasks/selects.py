"""Which tasks a list wants, in what order, and what a task's record is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from db.models.cases import Inquiry, SupportCase
from db.models.meetings import Event
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.tasks import Task


class Whose(StrEnum):
    MINE = "mine"
    ALL = "all"
    DONE = "done"  # everybody's


@dataclass(frozen=True)
class TaskFilter:
    whose: Whose = Whose.MINE
    responsible_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page ended; `at` is None among the tasks without a day."""

    at: datetime | None
    id: int

    @property
    def key(self) -> str:
        return f"{self.at.isoformat() if self.at else ''}~{self.id}"

    @classmethod
    def parse(cls, key: str) -> Place:
        """ValueError for anything else: keys come from addresses people can edit."""
        at, task_id = key.split("~")
        moment = datetime.fromisoformat(at) if at else None
        if (moment is not None and moment.tzinfo is None) or len(task_id) > 18:
            raise ValueError(f"{key!r} is no place in the list")
        return cls(moment, int(task_id))


# The name of what the task is about: the house or person on it, or those of its case or inquiry.
ABOUT: ColumnElement[str] = func.coalesce(
    Organisation.name, Person.name, Event.title, func.nullif(SupportCase.caller, ""), ""
)


def with_records(query: Select[Any]) -> Select[Any]:
    """Joined to all that `ABOUT` needs."""
    organisation = func.coalesce(Task.organisation_id, SupportCase.organisation_id, Inquiry.outlet_id)
    person = func.coalesce(Task.person_id, SupportCase.person_id, Inquiry.journalist_id)
    return (
        query.outerjoin(SupportCase, SupportCase.id == Task.case_id)
        .outerjoin(Inquiry, Inquiry.id == Task.inquiry_id)
        .outerjoin(Event, Event.id == Task.event_id)
        .outerjoin(Organisation, Organisation.id == organisation)
        .outerjoin(Person, Person.id == person)
    )


def conditions(wanted: TaskFilter, user_id: int) -> list[ColumnElement[bool]]:
    is_done = Task.done_at.is_not(None)
    found: list[ColumnElement[bool]] = [is_done if wanted.whose is Whose.DONE else ~is_done]
    responsible = user_id if wanted.whose is Whose.MINE else wanted.responsible_id
    if responsible is not None:
        found.append(Task.responsible_id == responsible)
    return found


def ordered(query: Select[Any], wanted: TaskFilter, after: Place | None) -> Select[Any]:
    """What is due first comes first, what has no day last; what is done the other way round."""
    if wanted.whose is Whose.DONE:
        query = query.order_by(Task.done_at.desc(), Task.id.desc())
        if after is not None and after.at is not None:
            query = query.where(tuple_(Task.done_at, Task.id) < (after.at, after.id))
        return query
    return in_order(query if after is None else query.where(_later(after)))


def in_order(query: Select[Any]) -> Select[Any]:
    return query.order_by(Task.due_at.is_(None), Task.due_at, Task.id)


def _later(place: Place) -> ColumnElement[bool]:
    if place.at is None:
        return and_(Task.due_at.is_(None), Task.id > place.id)
    return or_(Task.due_at.is_(None), tuple_(Task.due_at, Task.id) > (place.at, place.id))


def whole() -> Select[Any]:
    return with_records(select(Task).add_columns(ABOUT.label("about")))
