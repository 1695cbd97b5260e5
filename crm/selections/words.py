"""The stored words of selections, for screens: they never touch the tables themselves."""

from __future__ import annotations

from db.models.lists import ListedKind

__all__ = ["ListedKind"]
