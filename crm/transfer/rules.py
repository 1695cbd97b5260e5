"""Decisions about an import that need no database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from crm.transfer.examination import RowResult


def fingerprint(results: Sequence[RowResult]) -> str:
    """Changes when any row would have another fate: then somebody has to look again before it is stored."""
    fates = hashlib.sha256()
    for result in results:
        changes = ",".join(f"{change.field.value}={change.value}" for change in result.changes)
        fates.update(f"{result.row.digest}|{result.outcome.value}|{result.means}|{changes}\n".encode())
    return fates.hexdigest()
