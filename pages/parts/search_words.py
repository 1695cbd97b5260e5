"""How a hit is written: what was found is marked, and nothing of it is taken for markup."""

from __future__ import annotations

from collections.abc import Iterable

from crm.i18n import shown_date, t
from crm.search.highlight import Piece
from crm.search.queries import Hit
from crm.searchable import Field
from pages.parts.plain import escaped

# For these the day says something; a house or a person has none.
_HAPPENS = frozenset({"case", "inquiry", "meeting", "task"})


def kind_words() -> dict[str, str]:
    """Of each kind of record that can be found, by its screen's key."""
    return {
        "member": t("Hus og andre organisasjoner"),
        "person": t("Personer"),
        "case": t("Saker"),
        "inquiry": t("Mediehenvendelser"),
        "meeting": t("Møter"),
        "body": t("Organer"),
        "task": t("Oppgaver"),
    }


def hit_label(hit: Hit) -> str:
    """Markdown: what it is called on the first line; who, where and when on the second, with what was found in the text."""
    other = f" · {_other_name(hit)}" if hit.other_name else ""
    facts = [*map(marked, hit.about)]
    if hit.quoted and hit.quoted_from:
        facts.append(f"{_from(hit.quoted_from)} {marked(hit.quoted)}".strip())
    if hit.record in _HAPPENS:
        facts.append(escaped(shown_date(hit.at)))
    small = " · ".join([*facts, escaped(f"#{hit.id}")])
    return f"**{marked(hit.title)}**{other}  \n:small[{small}]"


def marked(pieces: Iterable[Piece]) -> str:
    """Markdown of the text with what was found in colour."""
    return "".join(f":orange-background[{_kept(piece)}]" if piece.is_found else _kept(piece) for piece in pieces)


def _kept(piece: Piece) -> str:
    """`escaped` takes the spaces at both ends away, and here a word may go on in the next piece."""
    before, after = (" " if end.isspace() else "" for end in (piece.text[:1], piece.text[-1:]))
    return f"{before}{escaped(piece.text)}{after}" if piece.text.strip() else " "


def _other_name(hit: Hit) -> str:
    name = marked(hit.other_name)
    return t("tidligere {name}", name=name) if hit.is_former else t("også {name}", name=name)


def _from(field: Field) -> str:
    words = {
        Field.NOTE: t("I notat:"),
        Field.MESSAGE: t("I korrespondansen:"),
        Field.TAG: t("Merkelapp:"),
        Field.ORG_NUMBER: t("Org.nr.:"),
    }
    return words.get(field, "")
