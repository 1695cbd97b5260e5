"""The bottom of the search index, which the features' own lists stand on: which records can have these words at all.

A list is read in its own order until a page is full. That is soon where many rows answer, and reads everything where few do; so the
few are asked for here first. The index only narrows: what answers is decided by the feature's own condition, either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.names import loose_key, search_forms
from db.models.organisations import Organisation, OrganisationName
from db.models.people import Person, PersonName
from db.search_tables import LONGEST_WORD, entries, pending

LAST: Final = "\U0010ffff"  # sorts after whatever may follow a beginning
# One kind's ids are a range: its number stands above the record's own id, which has forty bits.
KIND_BITS: Final = 40
# The vocabulary says of each word where it stands: in the records of a kind, by its number, and in their names, this much above it.
IN_NAMES: Final = 32
# Before each word of a name: other words than those of the texts, or a house's name would be looked for among all its calls.
NAME_MARK: Final = "§"

# Reading on in the list's own order among more than these costs less than fetching them all and putting them in order.
FEW: Final = 10_000
# A part of more of a kind's words than these says too little: they are looked for one by one.
MOST_WORDS: Final = 2_000
# With fewer letters a word must begin so: they stand inside nearly every name, and the index of parts is one of three letters.
FEWEST_INSIDE: Final = 3

Named: TypeAlias = type[Organisation] | type[OrganisationName] | type[Person] | type[PersonName]

_CONTAINING: Final = {
    True: text(
        "SELECT word FROM search_words WHERE id IN (SELECT rowid - :first FROM search_parts "
        "WHERE search_parts MATCH :quoted AND rowid >= :first AND rowid < :beyond LIMIT :most)"
    ),
    False: text("SELECT word FROM search_words WHERE loose LIKE :part AND places & :bit <> 0 LIMIT :most"),
}
_BEGINNING: Final = text(
    "SELECT word FROM search_words WHERE loose >= :part AND loose < :end AND places & :bit <> 0 LIMIT :most"
)
_THROUGH_ALL: Final = text("SELECT set_config('enable_seqscan', :allowed, true)")
_TEXTS: Final = table("search_texts", column("rowid", Integer))


@dataclass(frozen=True)
class Found:
    """All records of a kind that can have the words. `count` is how many, up to FEW and one more.

    `says_all`: they do have them, but for those that stand in the index a moment later.
    """

    parts: tuple[Select[int], ...]
    count: int
    says_all: bool

    @property
    def ids(self) -> CompoundSelect[int]:
        return union_all(*self.parts)

    @property
    def are_few(self) -> bool:
        return self.count <= FEW


def entry_id(kind: int, record_id: int) -> int:
    return (kind << KIND_BITS) + record_id


def record_id_of(entry: int) -> int:
    return entry & ((1 << KIND_BITS) - 1)


def place_of(kind: int, *, in_names: bool = False) -> int:
    """Where a word may stand: its bit in `places`, and the number above its id in the index of parts."""
    return kind + IN_NAMES if in_names else kind


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def match_of(session: Session, readings: Sequence[Sequence[Sequence[str]]], kind: int, where: str) -> str:
    """What the database is asked: of one of the readings, of every list, at least one word. `where`: in names, or words."""
    return _sqlite_match(readings, where) if is_sqlite(session) else _postgresql_match(readings, kind)


def on_postgresql(where: str) -> str:
    """What its index has of an entry's names or words, to the letter, or the index is not used: each with its kind before it.

    Without the kind, a word of few houses would be looked for among all the calls that have it.
    """
    kind = "CAST(kind AS text) || ':'"
    return f"array_to_tsvector(string_to_array({kind} || replace({where}, ' ', ' ' || {kind}), ' '))"


def found_with(
    session: Session,
    kind: int,
    words: Sequence[str],
    *,
    in_names: bool = False,
    one_by_one: bool = False,
    whole: Sequence[str] = (),
    most_words: int = MOST_WORDS,
) -> Found | None:
    """A kind's records with a word for each of these, as `search_key` gives them, that it is or is a part of.

    `in_names`: of their names, former ones too. `one_by_one`: whether a short word is meant to the letter does not hang on the
    others. `whole`: and these words themselves. None: the words are too common to tell.
    Whoever was merged into another is not in the index.
    """
    place, mark = place_of(kind, in_names=in_names), NAME_MARK if in_names else ""
    to_the_letter = {word for word in words if (one_by_one or len(words) == 1) and _is_meant_so(word)}
    found_in = [_with_part(session, word, place, strict=word in to_the_letter, most=most_words) for word in words]
    known = [[mark + one for one in several] for several in found_in if several is not None]
    if not known and not whole:
        return None
    each = [*known, *([word[:LONGEST_WORD]] for word in whole)]
    indexed = [_matching(session, kind, each, "names" if in_names else "words")] if all(known) else []
    return _counted(session, (*indexed, _behind(kind)), says_all=len(known) == len(words))


def either(ways: Iterable[Found | None]) -> Found | None:
    """Those found in any of these ways."""
    several = list(ways)
    known = [found for found in several if found is not None]
    if len(known) < len(several):
        return None
    parts = tuple(part for found in known for part in found.parts)
    return Found(parts, sum(found.count for found in known), all(found.says_all for found in known))


def is_behind(session: Session, kind: int) -> bool:
    """Whether some of the kind stand in the index a moment later only."""
    return session.scalars(_behind(kind).limit(1)).first() is not None


def among(one: InstrumentedAttribute[int], found: Found | None) -> list[ColumnElement[bool]]:
    """That it is one of them; nothing, when they are many."""
    return [one.in_(found.ids)] if found is not None and found.parts and found.are_few else []


def part_of(key: InstrumentedAttribute[str] | Column[str], word: str) -> ColumnElement[bool]:
    """That the word, as `search_key` or `loose_key` gives it, is a part of one in the key; a short one must begin it."""
    if len(word) >= FEWEST_INSIDE:
        return key.contains(word)
    return or_(key.startswith(word), key.contains(f" {word}"))


def named_like(table: Named, forms: Sequence[str]) -> ColumnElement[bool]:
    """All words of the first of the forms (`search_forms`) in the one key, or of the last, the loose one, in the other."""
    exactly = and_(*(part_of(table.search_key, word) for word in forms[0].split()))
    # One form is held against both: `braten` is Bråten. A loose key has no å, so `ål` stays to the letter.
    return or_(exactly, and_(*(part_of(table.loose_key, word) for word in forms[-1].split())))


def _with_part(session: Session, typed: str, place: int, *, strict: bool, most: int) -> list[str] | None:
    """Words of the place that have this part, or begin with it when it is short; None when there are more."""
    part = loose_key(typed[:LONGEST_WORD])
    asked: dict[str, Any] = {"most": most + 1, "bit": 1 << place}
    if len(part) < FEWEST_INSIDE:
        query, asked = _BEGINNING, asked | {"part": part, "end": part + LAST}
    else:
        query = _CONTAINING[is_sqlite(session)]
        first, beyond = entry_id(place, 0), entry_id(place + 1, 0)
        on_sqlite = {"quoted": f'"{part}"', "first": first, "beyond": beyond, "most": most + 1}
        asked = on_sqlite if is_sqlite(session) else asked | {"part": f"%{part}%"}
    found = session.scalars(query, asked).all()
    return None if len(found) > most else [word for word in found if not strict or typed in word]


def _behind(kind: int) -> Select[int]:
    """Those that are stored, and stand in the index a moment later: nobody knows yet what they say."""
    row, first, beyond = pending.c.id, entry_id(kind, 0), entry_id(kind + 1, 0)
    return select(row - first).where(row >= first, row < beyond)


def _is_meant_so(word: str) -> bool:
    """Ås, and not every As."""
    return not word.isascii() and len(search_forms(word)) == 1


def _matching(session: Session, kind: int, words: Sequence[Sequence[str]], where: str) -> Select[int]:
    match, first = match_of(session, [words], kind, where), entry_id(kind, 0)
    if is_sqlite(session):
        row, answers = _TEXTS.c.rowid, literal_column("search_texts").op("MATCH")(match)
        return select(row - first).where(answers, row >= first, row < entry_id(kind + 1, 0))
    return select(entries.c.id - first).where(literal_column(on_postgresql(where)).op("@@")(cast(match, TSQUERY)))


def _counted(session: Session, parts: tuple[Select[int], ...], *, says_all: bool) -> Found:
    """Few are looked for once, and asked for by their ids: text, which neither driver takes apart and puts together again."""
    some = union_all(*parts).limit(FEW + 1).subquery()
    if is_sqlite(session):
        count, ids = session.execute(select(func.count(), func.json_group_array(some.c[0]))).one()
        given = select(func.json_each(_text(ids)).table_valued("value").c.value)
    else:
        # PostgreSQL takes words that it has not counted for common ones, and so many of them for nearly all there are, which it
        # would rather read through; and it plans well only for ids that it has seen.
        session.execute(_THROUGH_ALL, {"allowed": "off"})
        count, ids = session.execute(select(func.count(), cast(func.array_agg(some.c[0]), Text))).one()
        session.execute(_THROUGH_ALL, {"allowed": "on"})
        given = select(func.unnest(cast(_text(ids or "{}"), ARRAY(BigInteger))))
    return Found((given,) if count <= FEW else parts, count, says_all)


def _text(ids: str) -> BindParameter[str]:
    return bindparam("found", ids, unique=True)


def _sqlite_match(readings: Sequence[Sequence[Sequence[str]]], where: str) -> str:
    """The words are letters and digits only, and stand in quotation marks, so that none of them is an operator."""
    one_of = [[" OR ".join(f'"{word}"' for word in words) for words in reading] for reading in readings]
    together = (" AND ".join(f"({words})" for words in reading) for reading in one_of)
    return f"{{{where}}} : (" + " OR ".join(f"({reading})" for reading in together) + ")"


def _postgresql_match(readings: Sequence[Sequence[Sequence[str]]], kind: int) -> str:
    one_of = [["|".join(f"'{kind}:{word}'" for word in words) for words in reading] for reading in readings]
    return "|".join("(" + "&".join(f"({words})" for words in reading) + ")" for reading in one_of)
