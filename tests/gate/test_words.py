"""The built-in words we translate are those of the Streamlit we pin: one that is gone would show in English again."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from streamlit_config.asgi import HERE
from streamlit_config.start_page import INDEX

WORDS = (HERE / "static" / "words.js").read_text("utf-8")
# Made of parts in Streamlit's scripts, or written without the capital they are shown with.
PUT_TOGETHER = {"The page that you have requested does not seem to exist. Running the app's main page."}


@cache
def bundled() -> str:
    return "\n".join(Path(file).read_text("utf-8") for file in (INDEX.parent / "static" / "js").glob("*.js"))


@pytest.mark.parametrize("word", sorted(set(re.findall(r'^    "([^"]+)":', WORDS, re.MULTILINE)) - PUT_TOGETHER))
def test_the_word_stands_in_streamlits_scripts(word: str) -> None:
    assert any(f"{quote}{word}{quote}" in bundled() for quote in "`\"'")


def test_nothing_in_our_scripts_is_code_from_text() -> None:
    """What the content security policy forbids would only fail in a browser."""
    scripts = "".join(path.read_text("utf-8") for path in (HERE / "static").glob("*.js"))
    forbidden = r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|setAttribute\(.style"
    assert not re.search(forbidden, scripts)
    assert not re.search(r"https?://", scripts)
