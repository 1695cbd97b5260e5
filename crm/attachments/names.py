"""File names from other people's machines, made fit to be shown and saved."""

from __future__ import annotations

import re
import unicodedata

LONGEST, LONGEST_ENDING = 150, 12
NAMELESS = "vedlegg"
# No path; nothing Windows refuses in a name.
_PATH = re.compile(r"[/\\]")
_REFUSED = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)")
# Control, format (the ones that turn the reading direction: `fdp.exe` shown as `exe.pdf`), halves of letters, private, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_name(name: str) -> str:
    """One line without a path, at most LONGEST letters, its ending kept; never empty."""
    spaced = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", name))
    seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSEEN)
    last = _REFUSED.sub("_", _PATH.split(seen)[-1])
    bare = " ".join(last.split()).strip(". ")
    if _DEVICES.match(bare):
        bare = f"_{bare}"
    return _shortened(bare) or NAMELESS


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return name[:LONGEST].rstrip()
    return f"{stem[: LONGEST - len(ending) - 1].rstrip()}.{ending}"
