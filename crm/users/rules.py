"""Decisions about users that need no database."""

from __future__ import annotations

from datetime import datetime, timedelta

from crm.errors import Refused

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
FEWEST_DIFFERENT_CHARACTERS = 5

# A mistyped password is no attack. From then on each failure doubles the wait, up to what a person still sits through.
FREE_FAILURES_OF_ACCOUNT, FREE_FAILURES_OF_ADDRESS = 4, 20  # an office shares one address
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=5)


def password_problem(password: str, email: str) -> str | None:
    """The reason code of the first thing wrong. Length counts, as in NIST SP 800-63B: no rules of digits and signs."""
    if len(password) < SHORTEST_PASSWORD:
        return "password_too_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_too_long"
    if len(set(password.casefold())) < FEWEST_DIFFERENT_CHARACTERS:
        return "password_too_simple"
    name = email.partition("@")[0].casefold()
    return "password_has_your_name" if len(name) >= 4 and name in password.casefold() else None


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long after its latest failure an account or an address must wait."""
    if failures <= free:
        return timedelta(0)
    doublings: int = min(failures - free - 1, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def seconds_left(failures: int, latest: datetime | None, now: datetime, *, free: int) -> int:
    """Whole seconds until the next try is heard, rounded up; 0 when it is heard now."""
    if latest is None:
        return 0
    left = (latest + wait_after(failures, free=free) - now).total_seconds()
    return max(0, -int(-left // 1))


def require_another_administrator(others: int) -> None:
    """`others` are active administrators with a password besides the one who is to lose the role."""
    if others == 0:
        raise Refused("last_administrator")
