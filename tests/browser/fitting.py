"""What is wider than the place it has: it would have to be pushed aside, or is cut."""

from __future__ import annotations

from playwright.sync_api import Page

# A field's own text may be longer than the field, and Streamlit keeps the values chosen in one on a line of their own.
SPILLS = """() => {
  const everything = document.querySelectorAll('html, [data-testid="stMain"], [data-testid="stMain"] *');
  const isWhole = (element) => element.matches('html, [data-testid="stMain"]');
  const isField = (element) => element.matches("input, textarea")
    || element.closest('[data-testid="stMultiSelectTagsContainer"], [data-testid$="FieldsScroller"]');
  const holdsBack = (element) => {
    const { overflowX, textOverflow } = getComputedStyle(element);
    return overflowX === "hidden" ? textOverflow === "ellipsis" : overflowX !== "visible";
  };
  return [...everything]
    .filter((element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
    .filter((element) => isWhole(element) || (holdsBack(element) && !isField(element)))
    .map((element) => `${element.scrollWidth} in ${element.clientWidth} pixels: ${element.textContent.slice(0, 80)}`);
}"""


def spills(page: Page) -> list[str]:
    return list(page.evaluate(SPILLS))
