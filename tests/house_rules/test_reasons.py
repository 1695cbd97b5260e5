"""Whatever is refused is refused in words: every reason code has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house_rules.source import called, python_files, shown, tree

# Said elsewhere: the screens catch these and say them with what they know.
SAID_WHERE_IT_IS_CAUGHT = {
    "needs_a_user": "only the command line has none, and nothing there asks for one",
    "wait": "the sign-in page says how many seconds",
    "contact_owner": "no screen can leave it out: each adds to the house or person it shows",
}


def raised_codes() -> Iterator[tuple[str, str]]:
    """(code, where) of each `Refused("code")`, `InvalidForm({"field": "code"})` and `PydanticCustomError("code", ...)`."""
    for path in python_files("crm"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args:
                yield from ((code, f"{shown(path)}:{node.lineno}") for code in _codes(node))


def _codes(call: ast.Call) -> list[str]:
    first = call.args[0]
    if called(call) in {"Refused", "PydanticCustomError", "NotAllowed"}:
        return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
    if called(call) == "InvalidForm" and isinstance(first, ast.Dict):
        return [
            value.value for value in first.values if isinstance(value, ast.Constant) and isinstance(value.value, str)
        ]
    return []


def explained_codes() -> set[str]:
    """The keys of every table whose values are sentences, or ways to make one."""
    files: list[Path] = [*python_files("pages"), *python_files("crm")]
    tables = [node for path in files for node in ast.walk(tree(path)) if isinstance(node, ast.Dict)]
    return {
        key.value
        for table in tables
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and _is_sentence(value)
    }


def _is_sentence(value: ast.expr) -> bool:
    said = value.body if isinstance(value, ast.Lambda) else value
    return any(called(node) in {"t", "tn"} for node in ast.walk(said))


def test_every_reason_has_its_sentence() -> None:
    known = explained_codes() | set(SAID_WHERE_IT_IS_CAUGHT)
    assert sorted({f"{code} ({where})" for code, where in raised_codes() if code not in known}) == []


def test_there_are_reasons_to_look_at() -> None:
    assert len({code for code, _ in raised_codes()}) > 40
