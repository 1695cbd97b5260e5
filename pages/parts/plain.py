"""What people typed, where Streamlit would read Markdown."""

from __future__ import annotations

import re

_MEANT_AS_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=\"'])")
# Mail and web addresses become links by themselves, whatever is escaped; a joint nobody sees keeps them text.
_MEANT_AS_ADDRESS = re.compile(r"(@|://|www(?=\.))", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def escaped(text: str) -> str:
    """One line that shows the text as it was typed: no link, picture, colour or heading comes of it."""
    return _MEANT_AS_MARKUP.sub(r"\\\1", unlinked(" ".join(text.split())))


def unlinked(text: str) -> str:
    """What the reader's page holds for a typed address: the same to the eye, with a joint in it."""
    return _MEANT_AS_ADDRESS.sub(r"\1" + _WORD_JOINER, text)
