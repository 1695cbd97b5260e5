"""Argon2. Slow on purpose (some 50 ms and 64 MB each), so never inside a write transaction and never many at a time."""

from __future__ import annotations

import threading
from functools import cache

from pwdlib import PasswordHash

AT_A_TIME = 2  # what a flood of guesses may take of memory, times 64 MB
_turn = threading.BoundedSemaphore(AT_A_TIME)
_argon2 = PasswordHash.recommended()


def hash_password(password: str) -> str:
    with _turn:
        return _argon2.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """The same work for a user who does not exist (None), so that the time taken tells nobody who does."""
    with _turn:
        is_right = _argon2.verify(password, password_hash or _nobodys_hash())
    return is_right and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _argon2.hash("nobody has this password")


def warm_up() -> None:
    """Before the first guess, which would otherwise take twice as long for an unknown user."""
    _nobodys_hash()
