"""The words of a text as they are indexed and looked for, and what else somebody who types one may mean."""

from __future__ import annotations

import re
from functools import lru_cache

from snowballstemmer import stemmer

from crm.names import search_forms, search_key
from db.search_tables import LONGEST_WORD

# Beyond this a text is a whole book, and a search for one of its later words is no search for it.
LONGEST_TEXT = 100_000
_SHORT = 200

NUMBER = re.compile(r"(?<![0-9])\+?[0-9][0-9 .\-]{6,30}[0-9](?![0-9])")
_PUNYCODE = re.compile(r"\bxn--([a-z0-9-]+)", re.IGNORECASE)
_AT_HOME = re.compile(r"^(?:\+|00)47")
_norwegian = stemmer("norwegian")


def words_of(text: str) -> tuple[str, ...]:
    """Every word once, in the order they come. A number written in groups is also one word: 40 61 23 45, 974 760 673."""
    return _words_of_short(text) if len(text) <= _SHORT else _words_worked_out(text)


def _words_worked_out(text: str) -> tuple[str, ...]:
    text = with_own_letters(text[:LONGEST_TEXT])
    found = [word[:LONGEST_WORD] for word in search_key(text).split()]
    found += (digits_of(number[0]) for number in NUMBER.finditer(text))
    return tuple(dict.fromkeys(found))


# A house's name and a title stand at everybody who works there.
_words_of_short = lru_cache(maxsize=8192)(_words_worked_out)


def digits_of(number: str) -> str:
    """Without spaces, marks, +47 and 0047: as numbers are indexed."""
    return re.sub("[^0-9]", "", _AT_HOME.sub("", number.strip()))[:LONGEST_WORD]


def with_own_letters(text: str) -> str:
    """`post@xn--sgard-lra.example` as post@åsgard.example; what only looks like it stays as it is."""
    return _PUNYCODE.sub(_decoded, text) if "--" in text else text


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """`tariffen`, `tariffer` and `tariff` have one."""
    return str(_norwegian.stemWord(word))[:LONGEST_WORD] if word.isalpha() else word


def loose_form(word: str) -> str | None:
    """As somebody without æ, ø and å types it. None for a short word that has one of them: it is meant to the letter."""
    forms = search_forms(word)
    return None if forms == (word,) and not word.isascii() else forms[-1]


def _decoded(found: re.Match[str]) -> str:
    try:
        return found[1].encode("ascii").decode("punycode")
    except UnicodeError:
        return found[0]
