"""axe-core in a page of ours or of anybody's: which rules are broken, by which kind of element."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page

SOURCE = Path(__file__).parent / "axe" / "axe.min.js"
# What is fading in has no contrast yet.
STAND_STILL = """
  const still = new CSSStyleSheet();
  still.replaceSync("* { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [still];
"""
# An element's kind is the Streamlit element it belongs to.
ASK = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const kindOf = (selector) => {
    const element = document.querySelector(selector);
    return element?.closest('[data-testid^="st"]')?.dataset.testid ?? element?.tagName.toLowerCase() ?? selector;
  };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => [id, kindOf(node.target[0]), `${node.html.slice(0, 300)} ${node.failureSummary ?? ""}`]));
}"""


class Finding(NamedTuple):
    rule: str
    kind: str

    def __str__(self) -> str:
        return f"{self.rule} on {self.kind}"


def bring_axe(context: BrowserContext) -> None:
    """Before the first page. The browser itself adds it to each document, which no content security policy concerns."""
    context.add_init_script(path=SOURCE)
    context.add_init_script(STAND_STILL)


def findings(page: Page) -> dict[Finding, str]:
    """Each with its first element and what axe-core says about it."""
    found: dict[Finding, str] = {}
    for rule, kind, said in page.evaluate(ASK):
        found.setdefault(Finding(rule, kind), said)
    return found
