"""Has a file read by a process of its own, so that nothing somebody sends can take the house down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import crm
from crm.errors import Refused
from crm.transfer.limits import LARGEST_FILE, WALL_TIME
from crm.transfer.tables import ReadAs, Table, from_words

# The folder that holds `crm`: the process starts there, so a folder of the same name elsewhere is never taken for ours.
_HOME = Path(crm.__file__).resolve().parent.parent


def read_file(data: bytes, file_name: str, wanted: ReadAs | None = None) -> Table:
    """The rows of a CSV file or workbook. Refused, with the reason's code and facts, when they cannot be had.

    Takes from a tenth of a second up to `limits.WALL_TIME`: never call it inside a transaction.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    if not data.strip():
        raise Refused("empty_file")
    asked = json.dumps({"file_name": file_name, "read_as": asdict(wanted or ReadAs())})
    found = _answer(asked.encode() + b"\n" + data)
    if "refused" in found:
        raise Refused(found["refused"], **found["facts"])
    return from_words(found["table"], file_name)


def _answer(question: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", "crm.transfer.reader"]
    environment = {"PATH": os.defpath, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the file comes on its standard input
            command,
            input=question,
            capture_output=True,
            cwd=_HOME,
            env=environment,
            timeout=WALL_TIME.total_seconds(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_demanding") from error
    if (
        done.returncode != 0
    ):  # ended by its limits, or by a parser's own fault: for the reader of the file it is the same
        raise Refused("too_demanding")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
