"""Names as Norwegians sort, type and compare them.

The keys are worked out here and stored beside the name, because the databases disagree with us and with each other:
SQLite puts Å before Æ and knows no case beyond ASCII, and PostgreSQL sorts by whatever locale its server was made with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Longer than any name in a list; the key must fit its column on PostgreSQL, which refuses what is too long.
SORT_KEY_LENGTH = 200

# As in the CLDR order for nb: Swedish ä and ö stand with æ and ø, ü stands with y.
_SORTED_AS = {"ä": "æ", "ö": "ø", "ő": "ø", "ü": "y", "ű": "y"}
# As people search: somebody who types Muller means Müller, somebody who types Østerlund means Österlund too.
_SEARCHED_AS = {"ä": "æ", "ö": "ø", "ő": "ø"}
# Letters that no decomposition takes apart; the Sami ones stand in the names of houses in the north.
_SPELLED_OUT = {"œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t", "ħ": "h", "ı": "i"}

_ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
# Punctuation in the order of the Unicode collation, which for names matters between a space and a hyphen.
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_WEIGHTS = (
    {" ": "10"}
    | {mark: f"{11 + place}" for place, mark in enumerate(_PUNCTUATION)}
    | {letter: f"{60 + place}" for place, letter in enumerate(_ALPHABET)}
)
_OTHER_MARK, _NUMBER, _OTHER_LETTER = "49", "50", "99"
_PLAIN, _DOUBLE_A, _MARKED = "0", "1", "2"
# A run of digits is one piece; its length is written with two digits, hence 99.
_PIECE = re.compile(r"[0-9]{1,99}|aa|.", re.DOTALL)

# A few signs stand for whole words (the Arabic ligature U+FDFA for eighteen letters); PostgreSQL refuses what overflows.
_KEY_GROWTH = 2
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_LOOSE = re.compile("ae|æ|å|oe|ø")
_NORWEGIAN = re.compile("[æøå]")
_NAME = 200  # letters: what is longer is a note, which nobody asks for twice
# Ål, Bø, Sør: written with their own letter and this short, they are meant to the letter.
_SHORT = 4

_FORM = "(?:as|a s|asa|kf|k f|fkf|iks|i k s|sa|s a|ba|b a|ans|da|nuf|stiftelsen|stiftelse|stiftinga|stifting)"
_FORMS_AFTER = re.compile(f"(?: {_FORM})+$")
_FORM_BEFORE = re.compile("^(?:as|a s|stiftelsen|stiftinga) ")

_LOOSELY = 5


def sort_key(text: str) -> str:
    """Decimal digits only, at most SORT_KEY_LENGTH of them, whose plain order is the order of nb_NO.

    Each letter becomes two digits, a number is compared by size (Sal 2 before Sal 10), case does not count. `aa` is å
    everywhere, in Isaac too, as in the CLDR order. What differs only in spelling (Åsen, Aasen) is told apart last.
    Digits sort alike in every locale, so the column needs no collation of its own; the cost is an unreadable key.
    """
    weights, spellings = [], []
    for piece in _PIECE.findall(" ".join(_unified(text).split())):
        for weight, spelling in _weighed(piece):
            weights.append(weight)
            spellings.append(spelling)
    told_apart = "".join(spellings).rstrip(_PLAIN)
    return ("".join(weights) + "00" + told_apart)[:SORT_KEY_LENGTH]


def search_key(text: str) -> str:
    """Lower case letters, digits and single spaces: æ, ø and å are letters, other diacritics are folded away.

    `aa` is å, since Aasgard and Åsgard are one house; `&` is `og`; an apostrophe joins (o'neil), all other
    marks part. The result has neither `%` nor `_`, so it may stand in a LIKE pattern, or quoted in a full-text query,
    as it is. Never more than twice as long as the text, so it fits a column twice as wide as the name's.
    """
    return _search_key(text) if len(text) <= _NAME else _worked_out(text)


def _worked_out(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.lower().replace("aa", "å")
    letters = _unified(_APOSTROPHES.sub("", text)).translate(_SEARCHED)
    letters = unicodedata.normalize("NFC", letters).replace("&", " og ").replace("aa", "å")
    key = " ".join(letters.translate(_WORDS_APART).split())
    return key[: _KEY_GROWTH * len(text)].rstrip()


# One name is asked for several times in a row: for its sort, search and loose keys, its words, and whom it is like.
_search_key = lru_cache(maxsize=8192)(_worked_out)


def loose_key(text: str) -> str:
    """The search key for whoever lacks the letters: å is a, æ and `ae` are a, ø and `oe` are o.

    One letter each, so that Alesund, Aalesund and Ålesund, Baerum and Bærum, Oeygarden and Oygarden meet.
    """
    return _LOOSE.sub(lambda found: "o" if found[0] in {"oe", "ø"} else "a", search_key(text))


def search_forms(query: str) -> tuple[str, ...]:
    """What a typed query may mean: to the letter first, then loosely; () when there is nothing to search for.

    A name is found when all words of one form stand in its `search_key` or all stand in its `loose_key`; every form may
    be held against both columns. A query shorter than four letters that has æ, ø or å is only meant to the letter:
    whoever typed Ål has the key for it and does not want every Al.
    """
    exact = search_key(query)
    if not exact:
        return ()
    if _NORWEGIAN.search(exact) and len(exact) < _SHORT:
        return (exact,)
    loose = loose_key(query)
    return (exact,) if loose == exact else (exact, loose)


def match_rank(query: str, name: str) -> int | None:
    """How well a name answers a query; lower is better, None when it does not.

    0 the whole name, 1 its beginning, 2 the beginning of a word in it, 3 inside a word (hus in kulturhus), 4 all words
    somewhere in any order. 5 to 9 are the same five steps with the loose keys.
    """
    forms = search_forms(query)
    if not forms:
        return None
    exact = _rank(forms[0], search_key(name))
    if exact is not None:
        return exact
    loose = _rank(forms[-1], loose_key(name))
    return None if loose is None else loose + _LOOSELY


def stripped_name(text: str) -> str:
    """The name of an organisation for comparing: without company form (AS, KF, stiftelsen ...), spaces and marks.

    `Aasgard Konserthus AS` and `ÅSGARD KONSERTHUS` become the same, `Asgard Konserthus` does not. A name that is
    nothing but a company form keeps it, so that two of those are not taken for one.
    """
    bare = _FORMS_AFTER.sub("", search_key(text))
    return _FORM_BEFORE.sub("", bare).replace(" ", "")


def _unified(text: str) -> str:
    """NFKC rather than NFC: names copied from a PDF have one sign for `fi`, those from abroad full-width letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _searched_as(letter: str) -> str:
    letter = _SEARCHED_AS.get(letter, letter)
    if letter == "å":
        return letter
    return _SPELLED_OUT.get(letter) or _without_marks(letter)


class _EachLetter(dict[int, str]):
    """A table for `str.translate` where a letter is worked out the first time it comes: the index reads millions of them."""

    def __init__(self, worked_out: Callable[[str], str]) -> None:
        super().__init__()
        self._worked_out = worked_out

    def __missing__(self, code: int) -> str:
        self[code] = self._worked_out(chr(code))
        return self[code]


_SEARCHED = _EachLetter(_searched_as)
_WORDS_APART = _EachLetter(lambda letter: letter if letter.isalnum() else " ")


def _weighed(piece: str) -> list[tuple[str, str]]:
    """Pairs of (weight, spelling); no weight is the beginning of another, so keys compare letter by letter."""
    if piece.isascii() and piece.isdigit():
        size = piece.lstrip("0")
        return [(f"{_NUMBER}{len(size):02}{size}", _PLAIN if size == piece else _MARKED)]
    if piece == "aa":
        return [(_WEIGHTS["å"], _DOUBLE_A)]
    if piece in _WEIGHTS:
        return [(_WEIGHTS[piece], _PLAIN)]
    base = _SORTED_AS.get(piece) or _SPELLED_OUT.get(piece) or _without_marks(piece)
    return [(_WEIGHTS.get(letter) or _far_away(letter), _MARKED) for letter in base]


def _far_away(letter: str) -> str:
    series = _OTHER_LETTER if letter.isalnum() else _OTHER_MARK
    return f"{series}{ord(letter):07}"


def _rank(form: str, key: str) -> int | None:
    if form == key:
        return 0
    if key.startswith(form):
        return 1
    if f" {form}" in key:
        return 2
    if form in key:
        return 3
    return 4 if all(word in key for word in form.split()) else None
