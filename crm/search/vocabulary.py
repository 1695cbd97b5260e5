"""The table of all words in the index: what new entries add to it, and what the last entry with a word takes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session

from crm.names import loose_key
from crm.search import engine
from crm.search.entries import Entry, names_of
from crm.search.words import stem_of
from crm.touched import in_portions
from db.search_tables import words

_KNOWN: Final = select(words.c.word, words.c.is_name).where(words.c.word.in_(bindparam("words", expanding=True)))
# Two who write at once may both bring the same new word; the second one's is then there already.
_ADD: Final = text(
    "INSERT INTO search_words (word, loose, stem, is_name) VALUES (:word, :loose, :stem, :is_name) ON CONFLICT (word) DO NOTHING"
)


def follow(session: Session, *, gone: Sequence[Entry], new: Sequence[Entry]) -> None:
    """After the entries are written."""
    was, now = words_in(gone), words_in(new)
    names = names_in(new)
    _add(session, now - was | names, names)
    engine.forget_words(session, engine.unused(session, sorted(was - now)))


def words_in(entries: Iterable[Entry]) -> set[str]:
    return set(chain.from_iterable(entry.words.split() for entry in entries))


def names_in(entries: Iterable[Entry]) -> set[str]:
    return {word for entry in entries for name in names_of(entry) for word in name.split()}


def _add(session: Session, wanted: set[str], names: set[str]) -> None:
    """In alphabetical order: of two transactions that bring the same words, one then waits and neither blocks the other."""
    for some in in_portions(wanted):
        known: dict[str, bool] = {row.word: row.is_name for row in session.execute(_KNOWN, {"words": some})}
        fresh = [word for word in some if word not in known]
        if fresh:
            rows = [
                {"word": word, "loose": loose_key(word), "stem": stem_of(word), "is_name": word in names}
                for word in fresh
            ]
            session.execute(_ADD, rows)
            engine.add_parts(session, fresh)
        became_names = [word for word, is_name in known.items() if word in names and not is_name]
        if became_names:
            session.execute(update(words).where(words.c.word.in_(became_names)).values(is_name=True))
