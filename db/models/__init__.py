"""All tables. Importing this module is what makes `Base.metadata` complete."""

from db.models import (
    attachments,
    cases,
    house_keeping,
    importing,
    lists,
    meetings,
    merging,
    organisations,
    people,
    plan,
    tags,
    tasks,
    undo,
    users,
)

__all__ = [
    "attachments",
    "cases",
    "house_keeping",
    "importing",
    "lists",
    "meetings",
    "merging",
    "organisations",
    "people",
    "plan",
    "tags",
    "tasks",
    "undo",
    "users",
]
