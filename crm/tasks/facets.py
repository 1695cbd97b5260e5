"""What tasks offer to the agenda and the search.

They are no happenings: ticking off "Ring Fjordglimt" is not having spoken with them, and would make every "last contact" wrong.
The call itself is a case. What is done stands on the record's own screen and in the list of tasks.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, literal, select

from crm.searchable import Field, Line, Searchable
from crm.tasks.selects import ABOUT, with_records
from db.models.tasks import Task


def deadlines() -> Select[Any]:
    """Open tasks; `at` is when their day is over, null where nobody has set one."""
    about: Any = func.coalesce(func.nullif(ABOUT, "") + ": ", "")
    return with_records(
        select(
            literal("task").label("kind"),
            Task.due_at.label("at"),
            literal("task").label("record"),
            Task.id.label("record_id"),
            (about + Task.what).label("title"),
            Task.responsible_id.label("responsible_id"),
        )
    ).where(Task.done_at.is_(None))


def searchable() -> Searchable:
    return Searchable(
        record="task",
        number=7,
        own=Task,
        at=Task.created_at,
        lines=(Line(Field.TEXT, Task.what, of=Task.id),),
    )
