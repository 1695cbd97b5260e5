"""Streamlit's start page, made ours: language, title, icon, and our small script.

Streamlit's index.html is one file in its package, with English as its language and a pointer to an API that we have turned
off. We read it once, change what must be changed, and stop when a new version no longer has what we look for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import HTMLResponse

from crm.i18n import t, use_language

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEAD = """<link rel="icon" type="image/svg+xml" href="/kulturcrm/static/favicon.svg" />
    <link rel="stylesheet" href="/kulturcrm/static/shell.css" />
    <script src="/kulturcrm/static/start.js"></script>
    <script src="/kulturcrm/static/words.js" defer></script>
    <script src="/kulturcrm/static/shell.js" defer></script>"""


class StartPageChanged(Exception):
    """Streamlit's index.html is not the one this version was made for."""


def inline_script_hash() -> str:
    """The content security policy's name for the one script that stands inside the page."""
    scripts = INLINE_SCRIPT.findall(INDEX.read_text("utf-8"))
    if len(scripts) != 1:
        raise StartPageChanged(f"{len(scripts)} inline scripts instead of 1")
    return "sha256-" + base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()


@cache
def static_files() -> frozenset[str]:
    """The addresses of Streamlit's scripts, styles and fonts: the same for everybody who installs it."""
    files = (file for file in (INDEX.parent / "static").rglob("*") if file.is_file())
    return frozenset(f"/{file.relative_to(INDEX.parent).as_posix()}" for file in files)


def start_page(language: str) -> HTMLResponse:
    use_language(language)
    return HTMLResponse(_markup(language))


@cache
def _markup(language: str) -> str:
    page = INDEX.read_text("utf-8")
    page = _replaced(page, r'<html lang="en">', f'<html lang="{language}">')
    page = _replaced(page, r'<link rel="shortcut icon"[^>]*/>', HEAD)
    page = _replaced(page, r'<link\s+rel="preload"\s[^>]*as="font"[^>]*/>', "")  # a font our theme does not use
    page = _replaced(page, r"<title>Streamlit</title>", "<title>kulturcrm</title>")
    page = _replaced(page, r"<!--(?:(?!-->).)*-->\s*<link rel=\"service-desc\"[^>]*/>", "")
    without_script = t("kulturcrm trenger JavaScript. Slå det på i nettleseren, og last siden på nytt.")
    return _replaced(page, r"<noscript>.*?</noscript>", f"<noscript><p>{without_script}</p></noscript>")


def _replaced(page: str, pattern: str, new: str) -> str:
    changed, times = re.subn(pattern, lambda _: new, page, count=1, flags=re.DOTALL)
    if times != 1:
        raise StartPageChanged(pattern)
    return changed
