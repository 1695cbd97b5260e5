"""The stored words of mailing lists, for screens: they never touch the tables themselves."""

from __future__ import annotations

from db.models.lists import ConsentHow

__all__ = ["ConsentHow"]
