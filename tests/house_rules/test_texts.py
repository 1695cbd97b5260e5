"""What people read is bokmål in the code and English in the .po files, each text once, none forgotten."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.house_rules.source import ROOT, called, python_files, shown, tree

TEXTS = ROOT / "crm" / "texts" / "en"
OURS = ("crm", "pages", "streamlit_config")
WIDGETS = (
    "button",
    "caption",
    "checkbox",
    "date_input",
    "datetime_input",
    "download_button",
    "error",
    "expander",
    "file_uploader",
    "form_submit_button",
    "header",
    "info",
    "link_button",
    "markdown",
    "metric",
    "multiselect",
    "number_input",
    "pills",
    "popover",
    "radio",
    "segmented_control",
    "selectbox",
    "spinner",
    "subheader",
    "success",
    "text",
    "text_area",
    "text_input",
    "time_input",
    "title",
    "toast",
    "toggle",
    "warning",
    "write",
)
SHOWN_FIRST = {f"{place}{name}" for place in ("st.", "st.sidebar.") for name in WIDGETS}


def asked_texts() -> Iterator[tuple[str, Path, int]]:
    for path in python_files(*OURS):
        for node in ast.walk(tree(path)):
            if called(node) in {"t", "tn"}:
                assert isinstance(node, ast.Call)
                for argument in node.args[: 1 if called(node) == "t" else 2]:
                    assert isinstance(argument, ast.Constant), f"{shown(path)}:{node.lineno}: t() takes the text itself"
                yield ast.literal_eval(node.args[0]), path, node.lineno


def translations() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(TEXTS.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                    found[one] = strings
    return found


def test_every_text_has_its_english() -> None:
    known = translations()
    missing = sorted(
        {f"{shown(path)}:{line}: {text}" for text, path, line in asked_texts() if not all(known.get(text, [""]))}
    )
    assert missing == []


def test_no_translation_is_left_over() -> None:
    asked = {text for text, _, _ in asked_texts()}
    assert sorted(set(translations()) - asked) == []


def test_both_languages_have_the_same_blanks_to_fill() -> None:
    differing = [
        source
        for source, targets in translations().items()
        if any(not _blanks(target) <= _blanks(source) | {"n"} for target in targets)
    ]
    assert differing == []


def test_nothing_is_shown_that_did_not_go_through_a_translation() -> None:
    bare = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("pages", "streamlit_config")
        for node in ast.walk(tree(path))
        if called(node) in SHOWN_FIRST and isinstance(node, ast.Call) and node.args and _is_words(node.args[0])
    ]
    assert bare == []


def test_norwegian_letters_stand_only_in_texts_and_comments() -> None:
    strays = [
        f"{shown(path)}:{node.lineno}: {node.value}"
        for path in python_files("pages", "streamlit_config")
        for node in _strings_outside_texts(tree(path))
        if set(node.value) & set("æøåÆØÅ")
    ]
    assert strays == []


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _is_words(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(letter.isalpha() for letter in node.value)
    )


def _strings_outside_texts(module: ast.Module) -> Iterator[ast.Constant]:
    inside = {id(argument) for node in ast.walk(module) if called(node) in {"t", "tn"} for argument in ast.walk(node)}
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | docstrings:
            yield node
