"""English that Streamlit brings along and nobody has translated, anywhere on the screen."""

from __future__ import annotations

import re

from playwright.sync_api import Page

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
    if (!around.closest("script, style, noscript, [data-testid=stIconMaterial]")) words.push(walker.currentNode.data.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [aria-valuetext]")) {
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) words.push(element.getAttribute(name) ?? "");
  }
  return [...new Set(words)].filter(Boolean);
}"""


def foreign_words(page: Page) -> list[str]:
    return [words for words in page.evaluate(ALL_WORDS) if STREAMLITS.match(words)]
