"""Address labels as a page to print: three across and eight down on A4, 70 by 37 millimetres each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from crm.i18n import language, t

ACROSS, DOWN = 3, 8

_STYLE = """
@page { size: A4; margin: 0; }
body { margin: 0; font: 10.5pt/1.3 Arial, Helvetica, sans-serif; color: #000; }
.sheet { display: grid; grid-template: repeat(8, 37mm) / repeat(3, 70mm); width: 210mm; height: 296mm; break-after: page; }
.sheet:last-child { break-after: auto; }
.label { box-sizing: border-box; padding: 6mm 5mm 3mm 8mm; overflow: hidden; overflow-wrap: anywhere; }
p { margin: 0; }
.how { padding: 5mm 8mm; }
@media print { .how { display: none; } }
"""


@dataclass(frozen=True)
class Label:
    """`address` may be written on several lines, or with commas where the lines part."""

    name: str
    at: str
    address: str

    @property
    def lines(self) -> list[str]:
        written = self.address.replace("\r", "\n").replace(", ", "\n").split("\n")
        return [line.strip() for line in (self.name, self.at, *written) if line.strip()]


def as_page(labels: Sequence[Label]) -> bytes:
    """A whole page of its own: no script, nothing from elsewhere, and every text escaped."""
    how = escape(t("Skriv ut i 100 % størrelse, uten marger, på ark med 3 x 8 etiketter (70 x 37 mm)."))
    head = f'<meta charset="utf-8"><title>{escape(t("Etiketter"))}</title><style>{_STYLE}</style>'
    sheets = "".join(_sheets(labels))
    page = f'<!doctype html><html lang="{language()}"><head>{head}</head><body><p class="how">{how}</p>{sheets}</body></html>'
    return page.encode()


def _sheets(labels: Sequence[Label]) -> Iterator[str]:
    for start in range(0, len(labels), ACROSS * DOWN):
        some = labels[start : start + ACROSS * DOWN]
        yield f'<div class="sheet">{"".join(_label(label) for label in some)}</div>'


def _label(label: Label) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in label.lines)
    return f'<div class="label">{lines}</div>'
