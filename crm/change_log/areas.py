"""The parts of the work that the log can be narrowed to. An action's first word says where it belongs."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    CASES = "cases"
    MEDIA = "media"
    NETWORKS = "networks"
    MEMBERS = "members"
    BESIDE = "beside"  # what hangs on records of any kind
    PLAN = "plan"
    SETUP = "setup"
    USERS = "users"


FIRST_WORDS: dict[Area, tuple[str, ...]] = {
    Area.CASES: ("case",),
    Area.MEDIA: ("inquiry",),
    Area.NETWORKS: ("body", "meeting"),
    Area.MEMBERS: (
        *("organisation", "membership", "person", "post", "contact", "members"),
        *("mailing_list", "selection", "export", "import", "merge", "undo"),
    ),
    Area.BESIDE: ("tag", "task", "attachment"),
    Area.PLAN: ("plan", "reading"),
    Area.SETUP: ("office", "topic", "demonstration"),
    Area.USERS: ("user",),
}
