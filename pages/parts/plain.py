"""What people typed, where Streamlit would read Markdown."""

from __future__ import annotations

import re

_MEANT_AS_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=\"'])")


def escaped(text: str) -> str:
    """One line that shows the text as it was typed: no link, picture, colour or heading comes of it."""
    return _MEANT_AS_MARKUP.sub(r"\\\1", " ".join(text.split()))
