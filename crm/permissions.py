"""Who may do what. Three roles, a handful of permissions, one table."""

from __future__ import annotations

from enum import StrEnum

from db.models.users import Role


class Permission(StrEnum):
    OWN_ACCOUNT = "own_account"  # one's own password, language, shortcuts
    SEE_FIGURES = "see_figures"  # the plan, its counts, response times: no case text, no contact data
    SEE_RECORDS = "see_records"  # cases, inquiries, members, people
    LOG_CASES = "log_cases"
    LOG_MEDIA = "log_media"
    LOG_NETWORKS = "log_networks"
    KEEP_MEMBERS = "keep_members"  # organisations, persons, imports
    MANAGE_USERS = "manage_users"
    CHANGE_SETTINGS = "change_settings"  # working hours, topics, bodies, readings of the plan
    SEE_CHANGE_LOG = "see_change_log"


_READER = frozenset({Permission.OWN_ACCOUNT, Permission.SEE_FIGURES})
_COLLEAGUE = _READER | {
    Permission.SEE_RECORDS,
    Permission.LOG_CASES,
    Permission.LOG_MEDIA,
    Permission.LOG_NETWORKS,
    Permission.KEEP_MEMBERS,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.COLLEAGUE: _COLLEAGUE,
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    return permission in GRANTS[role]


# Every use-case and every look, by feature. A house rule refuses one that is not here, and a test calls each as the wrong role.
USE_CASES: dict[str, Permission] = {
}
