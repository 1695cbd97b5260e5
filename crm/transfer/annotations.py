"""Several values in one cell, each with what is said about it in brackets: `40 61 23 45 [mobil] ::: 21 23 45 67 [2025-12-31 jobb]`.

So our own lists have them, and cards on their way in. Between values stand colons, as Google writes them; a backslash keeps what
somebody wrote from being taken for one of our signs, so that every text comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

BETWEEN = ":::"
_PARTED = re.compile(rf"(?<!\\){BETWEEN}")
_ANNOTATED = re.compile(r"(?P<raw>.*) \[(?P<about>(?:[^\[\]\\]|\\.)*)\]", re.DOTALL)
_DAY, _WORD = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?: |$)", r"(?P<word>[^:\\]{1,40}):(?: |$)"
_ABOUT = re.compile(f"(?:{_DAY})?(?:{_WORD})?(?P<words>.*)", re.DOTALL)
_LIKE_OURS = re.compile(f"{_DAY}|{_WORD}")


@dataclass(frozen=True, slots=True)
class Annotated:
    """`word` is one of ours with a colon after it, such as what an address is used for; `words` are somebody's own."""

    raw: str
    day: str = ""
    word: str = ""
    words: str = ""


def one_cell(values: Iterable[str]) -> str:
    return f" {BETWEEN} ".join(values)


def annotated(raw: str, *, day: date | None = None, word: str = "", words: str = "") -> str:
    said = re.sub(r"[\[\]]", r"\\\g<0>", _kept(words))
    said = f"\\{said}" if _LIKE_OURS.match(said) else said
    about = " ".join(filter(None, (day.isoformat() if day else "", f"{word}:" if word else "", said)))
    return f"{_kept(raw)} [{about}]" if about or raw.endswith("]") else _kept(raw)


def values_in(cell: str) -> Iterator[Annotated]:
    for piece in _PARTED.split(cell):
        written = piece.strip()
        found = _ANNOTATED.fullmatch(written) if written.endswith("]") else None
        about = _ABOUT.fullmatch(found["about"]) if found else None
        if found is not None and about is not None:
            yield Annotated(_bare(found["raw"]), about["day"] or "", about["word"] or "", _bare(about["words"]))
        elif written:
            yield Annotated(_bare(written))


def _kept(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return text.replace(":", "\\:") if BETWEEN in text else text


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL) if "\\" in text else text
