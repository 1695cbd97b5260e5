"""Every screen is guarded, short, and safe with what people typed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from streamlit_config.navigation import PAGES_FOLDER, SCREENS
from tests.house_rules.source import PACKAGES, ROOT, called, functions, python_files, shown, tree, without_docstring

PAGES = sorted(path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")


def test_every_page_has_an_address_and_every_address_a_page() -> None:
    assert {path.name for path in PAGES} == {screen.file for screen in SCREENS.values()}
    assert PAGES_FOLDER == ROOT / "pages"
    addresses = [screen.address for screen in SCREENS.values()]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_begins_with_who_is_looking(path: Path) -> None:
    """The first thing that runs asks `context()`: some way to a page may lead past the entry script."""
    module = tree(path)
    assert ast.get_docstring(module), f"{shown(path)} does not say what it is for"
    running = [
        node
        for node in module.body
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
    ]
    first = next(node for node in without_docstring(running) if not _is_constant(node))
    entered = _entered(module, first)
    assert ast.unparse(entered) == "ctx = context()", f"{shown(path)} begins with {ast.unparse(first)[:60]}"


@pytest.mark.parametrize("path", python_files("pages"), ids=shown)
def test_fragments_and_dialogs_ask_again_who_is_looking(path: Path) -> None:
    for function in functions(tree(path)):
        decorators = {ast.unparse(node).partition("(")[0] for node in function.decorator_list}
        if decorators & {"st.fragment", "st.dialog"}:
            first = without_docstring(function.body)[0]
            assert ast.unparse(first) == "ctx = context()", f"{shown(path)}: {function.name} runs without its page"


@pytest.mark.parametrize("path", python_files(*PACKAGES), ids=shown)
def test_files_stay_readable_in_one_sitting(path: Path) -> None:
    limit = 120 if path.parent == ROOT / "pages" else 300
    if "migrations" not in path.parts:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", python_files("pages"), ids=shown)
def test_no_level_of_headings_is_skipped(path: Path) -> None:
    """Under `st.title` comes `st.header`, and only under that `st.subheader`: people who do not see go from heading to heading."""
    source = path.read_text(encoding="utf-8")
    assert ".subheader(" not in source or ".header(" in source, f"{shown(path)}: say st.header"


@pytest.mark.parametrize("path", python_files("pages", "streamlit_config"), ids=shown)
def test_no_markup_is_made_of_data_and_no_write_hangs_on_a_callback(path: Path) -> None:
    """The first callback after a server restart is silently skipped; markup from data lets forms and trackers in."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            # `on_change="rerun"` is Streamlit's word for "run again", no function of ours.
            words = {
                keyword.arg
                for keyword in node.keywords
                if not isinstance(keyword.value, ast.Constant) or keyword.value.value is True
            }
            assert not words & {"unsafe_allow_html", "on_click", "on_change", "on_submit", "clear_on_submit"}, (
                f"{shown(path)}:{node.lineno}"
            )


@pytest.mark.parametrize("path", python_files("pages"), ids=shown)
def test_a_field_for_a_day_says_how_far_it_reaches(path: Path) -> None:
    """Unsaid, it is ten years to either side: an association is older, and its first members left before that."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node).endswith((".date_input", ".datetime_input")):
            assert {"min_value", "max_value"} <= {keyword.arg for keyword in node.keywords}, (
                f"{shown(path)}:{node.lineno}"
            )


@pytest.mark.parametrize("path", python_files("pages"), ids=shown)
def test_a_choice_stands_in_the_address_by_its_word_and_not_as_it_is_read(path: Path) -> None:
    """Streamlit binds what is read, and throws it away in the other language; `pages.parts.address` has a way for choices."""
    choices = (".selectbox", ".multiselect", ".segmented_control", ".pills", ".radio")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node).endswith(choices):
            assert "bind" not in {keyword.arg for keyword in node.keywords}, f"{shown(path)}:{node.lineno}"


def test_a_file_is_offered_in_one_way() -> None:
    """`offer_download` knows why its press begins no run."""
    found = {
        shown(path)
        for path in python_files("pages")
        if any(called(node).endswith(".download_button") for node in ast.walk(tree(path)))
    }
    assert found == {"pages/parts/downloads.py"}


def test_screens_know_no_sql() -> None:
    pattern = re.compile(r"\b(sqlalchemy|from db|import db)\b")
    assert [
        shown(path) for path in python_files("pages", "streamlit_config") if pattern.search(path.read_text("utf-8"))
    ] == []


def _is_constant(node: ast.stmt) -> bool:
    """`AT_MOST = 50` and the like: naming a thing runs nothing."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return all(isinstance(target, ast.Name) and target.id.isupper() for target in targets)


def _entered(module: ast.Module, first: ast.stmt) -> ast.stmt:
    """The first statement that runs: of `main()` when the page is one call to it."""
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Call):
        name = called(first.value)
        for function in functions(module):
            if function.name == name:
                return without_docstring(function.body)[0]
    return first
