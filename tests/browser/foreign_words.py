"""Words in the other language, anywhere on the screen: English of Streamlit's, and Norwegian that nobody has translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page
from sqlalchemy import select

import crm
from crm.i18n import LANGUAGES
from crm.members.places import counties, municipalities
from db.base import Base
from db.engine import Database

# How Streamlit's built-in words begin; none begins anything of ours or of our fictitious people's.
STREAMLITS = re.compile(
    r"^(Add files?|App pages|Choose|Clear|Collapse|Copy to|Decrement|Dismiss|Drag and drop|Expand|Fullscreen|Hide |Increment|"
    r"Keyboard|Loading|Main menu|Next|No (options|results)|Open |Page |Pagination|Press |Previous|Remove|Running|Scroll|Search|"
    r"Select|Shortcut|Show|Sidebar|Skip to|Stop|Streamlit|This |Toggle|Upload|View |Browse|Help for|Close|Connecting|.*\byyyy\b)",
    re.IGNORECASE,
)
ALL_WORDS = """() => {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (!around.closest("script, style, noscript, [translate=no]")) words.push(walker.currentNode.data.trim());
  }
  for (const chosen of document.querySelectorAll('input[role="combobox"]')) words.push(chosen.value);
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [aria-valuetext]")) {
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) words.push(element.getAttribute(name) ?? "");
  }
  return [...new Set(words)].filter(Boolean);
}"""
WORD = re.compile(r"[^\W\d_]{2,}\b(?!…)")  # not what is cut


def words_on(page: Page) -> list[str]:
    """Each text, and each name that is only spoken or shown on pointing."""
    return list(page.evaluate(ALL_WORDS))


def streamlits(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if STREAMLITS.match(text)]


def left_in_norwegian(texts: Iterable[str], before: Iterable[str], data: set[str]) -> list[str]:
    """Of the texts on an English screen: those that are Norwegian in the catalogue, or that stood on the Norwegian screen `before`
    with a word that is no name and that nobody wrote. `data` is what the database holds.
    """
    written, stood_before = words_in(data), set(before)
    left = _translated() - data
    return [text for text in texts if text in left or (text in stood_before and words_in([text]) - written - _alike())]


def words_in(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(text.casefold())}


def written_in(database: Database) -> set[str]:
    """Every text of every table, and where in Norway it may be."""
    with database.reading() as session:
        rows = (session.execute(select(table)) for table in Base.metadata.sorted_tables)
        written = {text for row in rows for one in row for value in one for text in _texts(value)}
    return written | {county.name for county in counties()} | {place.name for place in municipalities()}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _catalogue() -> Iterator[tuple[str, str]]:
    """Each text in Norwegian and in English; one for several things in both its forms."""
    for file in (Path(crm.__file__).parent / "texts" / "en").glob("*.po"):
        for message in read_po(file.open("rb"), locale="en"):
            one, other = message.id, message.string
            yield from [(one, other)] if isinstance(one, str) else zip(one, other, strict=True)  # type: ignore[misc]


@cache
def _translated() -> set[str]:
    """Norwegian texts that are others in English."""
    return {one for one, other in _catalogue() if one != other} - {other for _, other in _catalogue()}


@cache
def _alike() -> set[str]:
    """Words of English texts: a screen may hold them in both languages."""
    return words_in([*LANGUAGES.values(), *(other for _, other in _catalogue())])
