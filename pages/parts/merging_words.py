"""What the screens of duplicates and merging say; importing it registers why two cannot become one."""

from __future__ import annotations

from crm.i18n import t
from crm.merging.words import REASONS, follows_count
from crm.undo.words import REASONS as UNDO_REASONS
from streamlit_config.shell import explain_reasons

explain_reasons(REASONS | UNDO_REASONS)

# They stand in the address.
KINDS = ("organisasjoner", "personer")
PERSONS = KINDS[1]


def kind_words(kind: str) -> str:
    return t("Personer") if kind == PERSONS else t("Hus og andre organisasjoner")


def follows_words(follows: dict[str, int]) -> str:
    return ", ".join(follows_count(table, n) for table, n in follows.items() if n)
