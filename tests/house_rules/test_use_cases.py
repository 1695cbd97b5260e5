"""A use-case asks for its permission first, says what it did last, and stands in the one table of permissions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.permissions import USE_CASES
from tests.house_rules.source import ROOT, called, python_files, shown, top_level_functions, tree, without_docstring

FEATURE_FILES = re.compile(r"(^|_)(commands|queries)\.py$")

# What may change rows without a line in the change log, and why.
NOT_AUDITED = {
    "drafts": "typing is no event; the record that comes of it is",
}


def use_case_files() -> list[Path]:
    return [path for path in python_files("crm") if FEATURE_FILES.search(path.name)]


def use_cases() -> Iterator[tuple[str, Path, ast.FunctionDef]]:
    """("cases.open_case", its file, its definition) for each public function whose first argument is the context."""
    for path in use_case_files():
        feature = path.relative_to(ROOT / "crm").parts[0]
        for function in top_level_functions(tree(path)):
            arguments = [*function.args.posonlyargs, *function.args.args]
            if not function.name.startswith("_") and arguments and arguments[0].arg == "ctx":
                yield f"{feature}.{function.name}", path, function


ALL = sorted(use_cases(), key=lambda case: case[0])


def test_there_are_use_cases_to_look_at() -> None:
    assert len(ALL) > 30


def test_every_use_case_stands_in_the_table_and_the_table_has_no_others() -> None:
    assert set(USE_CASES) == {name for name, _, _ in ALL}


@pytest.mark.parametrize(("name", "path", "function"), ALL, ids=[name for name, _, _ in ALL])
def test_a_use_case_asks_for_its_permission_before_anything_else(
    name: str, path: Path, function: ast.FunctionDef
) -> None:
    asked = _first_asked(function)
    assert asked is not None, (
        f"{shown(path)}: {function.name} must begin with ctx.write(...), ctx.read(...) or ctx.require(...)"
    )
    assert asked == f"Permission.{USE_CASES[name].name}"


@pytest.mark.parametrize(("name", "path", "function"), ALL, ids=[name for name, _, _ in ALL])
def test_a_use_case_that_writes_says_so_in_the_change_log(name: str, path: Path, function: ast.FunctionDef) -> None:
    writes = any(called(node) == "ctx.write" for node in ast.walk(function))
    records = any(called(node) == "ctx.record" for node in ast.walk(function))
    if writes and name.partition(".")[0] not in NOT_AUDITED:
        assert records, f"{shown(path)}: {function.name} writes without ctx.record(...)"


def test_only_the_engine_commits() -> None:
    committing = [
        shown(path)
        for path in python_files("crm", "pages", "streamlit_config")
        if any(called(node).endswith(".commit") for node in ast.walk(tree(path)))
    ]
    assert committing == []


def _first_asked(function: ast.FunctionDef) -> str | None:
    """The permission in the first statement, looking into a `try` and through `return ctx.frame(...)`."""
    statement = without_docstring(function.body)[0]
    while isinstance(statement, ast.Try):
        statement = statement.body[0]
    candidates: list[ast.AST] = []
    if isinstance(statement, ast.With):
        candidates = [statement.items[0].context_expr]
    elif isinstance(statement, ast.Expr | ast.Return | ast.Assign) and statement.value is not None:
        candidates = [statement.value]
    for candidate in candidates:
        if called(candidate) in {"ctx.write", "ctx.read", "ctx.require", "ctx.frame", "ctx.version_seen"}:
            assert isinstance(candidate, ast.Call)
            return ast.unparse(candidate.args[0])
    return None
