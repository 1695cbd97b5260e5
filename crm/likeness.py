"""How likely it is that two organisations, or two persons, are one: surely, perhaps, or not; and why.

Pure: no database. The import ("new", "same as", "maybe same as") and the page of duplicates both ask here, so that they agree.
Two are only compared when they share one of their `blocking_keys`, which is what keeps both quick among thousands.

`aa` is å (Aasgard, Åsgard), but A is not Å: Asgard is only perhaps Åsgard. Names are compared without AS, KF, case and marks.
Two houses in different municipalities are never one because of their names, and the name of a municipality alone says nothing:
there are two Våler and two Herøy. Two organisation numbers that differ are two organisations, whatever else is alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz.fuzz import token_sort_ratio

from crm.names import loose_key, search_key, stripped_name


class Reason(StrEnum):
    """Why, the weightiest first."""

    ORG_NUMBER = "org_number"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    WORKPLACE = "workplace"
    DOMAIN = "domain"
    NAME_WITHOUT_LETTERS = "name_without_letters"  # the same but for æ, ø and å
    NAME_BEGINS = "name_begins"  # the one is the beginning of the other
    NAME_SIMILAR = "name_similar"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`is_sure` is what we would choose ourselves. It is still asked, and nothing is done without an answer."""

    is_sure: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OrganisationTraits:
    """`names` are the one it has, those it had and those people use. E-mails and phones as they are compared (`normalised`).

    `former_numbers` are those of organisations that were merged into it.
    """

    names: tuple[str, ...]
    org_number: str | None = None
    municipality_number: str | None = None
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    website: str | None = None
    former_numbers: frozenset[str] = frozenset()

    @property
    def numbers(self) -> frozenset[str]:
        return self.former_numbers | ({self.org_number} if self.org_number else frozenset())


@dataclass(frozen=True, slots=True)
class PersonTraits:
    """`workplaces` are the ids of the organisations, or whatever stands for them in a file."""

    names: tuple[str, ...]
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    workplaces: frozenset[object] = frozenset()


# Typing mistakes, not other words: Lyngmo kulturhus and Lyngmo kulturhsu are 94 alike, kulturhus and samfunnshus 40.
_SIMILAR = 90
# And the words they do not share: Solsiden and Solsida are 80 alike, Fjellglimt and Fjordglimt 70.
_SIMILAR_WORDS = 80
_FEWEST_LETTERS = 5  # of a name that begins another one, or it means nothing

_EVERYBODYS_DOMAINS = frozenset(
    {
        *("gmail.com", "hotmail.com", "hotmail.no", "outlook.com", "live.no", "live.com", "online.no", "yahoo.com"),
        *("yahoo.no", "icloud.com", "me.com", "msn.com", "facebook.com", "instagram.com"),
    }
)
_MUNICIPAL = ".kommune.no"


def blocking_keys(traits: OrganisationTraits | PersonTraits) -> frozenset[str]:
    """Two are compared when they share one of these. For an index in memory; the page of duplicates asks the tables the same."""
    keys = {f"email:{email}" for email in traits.emails} | {f"phone:{phone}" for phone in traits.phones}
    if isinstance(traits, PersonTraits):
        return frozenset(keys | {f"name:{_in_any_order(loose_key(name))}" for name in traits.names})
    keys |= {f"number:{number}" for number in traits.numbers}
    keys |= {f"domain:{domain}" for domain in domains_of(traits)}
    for name in traits.names:
        keys |= {f"name:{beginning}" for beginning in (_loose(name), *_beginnings(name))}
        if traits.municipality_number:
            keys.add(f"place:{traits.municipality_number}{_loose(name)[:2]}")
    return frozenset(keys)


def organisations_alike(
    one: OrganisationTraits, other: OrganisationTraits, places: frozenset[str] = frozenset()
) -> Likeness | None:
    """None: nothing says that they are one. `places` are the names of municipalities as `stripped_name` writes them."""
    if one.numbers & other.numbers:
        return Likeness(True, (Reason.ORG_NUMBER, *_reached_alike(one, other)))
    if one.org_number and other.org_number:
        return None
    reached = _reached_alike(one, other)
    name = _organisation_names_alike(one, other, places)
    elsewhere = _differ(one.municipality_number, other.municipality_number)
    if name is None or (elsewhere and not reached):
        return Likeness(False, reached) if reached and not elsewhere else None
    return Likeness(name is Reason.NAME and not elsewhere, _weightiest_first(name, *reached))


def persons_alike(one: PersonTraits, other: PersonTraits) -> Likeness | None:
    """A name alone is perhaps: there are many Kari Hansen. An address alone is nobody: post@ is everybody's."""
    name = _person_names_alike(one, other)
    if name is None:
        return None
    beside = [reason for reason, shared in _shared(one, other) if shared]
    if one.workplaces & other.workplaces:
        beside.append(Reason.WORKPLACE)
    if name is Reason.NAME_SIMILAR and not beside:
        return None
    return Likeness(bool(beside) and name is Reason.NAME, _weightiest_first(name, *beside))


def domains_of(traits: OrganisationTraits) -> frozenset[str]:
    """Of its web site and its addresses, in their own letters; without those that everybody has, or a whole municipality."""
    found = {email.rpartition("@")[2] for email in traits.emails}
    if traits.website:
        found.add(domain_of(traits.website))
    return frozenset(
        domain for domain in found if domain and domain not in _EVERYBODYS_DOMAINS and not domain.endswith(_MUNICIPAL)
    )


def domain_of(website: str) -> str:
    """`åsgard.example` of `https://www.xn--sgard-lra.example/om-oss`; "" of what is no address."""
    written = website.strip().lower()
    try:
        host = urlsplit(written if "//" in written else f"//{written}").hostname or ""
        host = host.encode("ascii").decode("idna") if "xn--" in host else host
    except ValueError:  # UnicodeError is one, too
        return ""
    return host.removeprefix("www.") if "." in host and " " not in host else ""


def _reached_alike(one: OrganisationTraits, other: OrganisationTraits) -> tuple[Reason, ...]:
    shared = [reason for reason, is_shared in _shared(one, other) if is_shared]
    if Reason.EMAIL not in shared and domains_of(one) & domains_of(other):
        shared.append(Reason.DOMAIN)
    return tuple(shared)


def _shared(
    one: OrganisationTraits | PersonTraits, other: OrganisationTraits | PersonTraits
) -> Iterator[tuple[Reason, bool]]:
    yield Reason.EMAIL, bool(one.emails & other.emails)
    yield Reason.PHONE, bool(one.phones & other.phones)


def _organisation_names_alike(
    one: OrganisationTraits, other: OrganisationTraits, places: frozenset[str]
) -> Reason | None:
    in_one_place = one.municipality_number is not None and one.municipality_number == other.municipality_number
    found = [
        _names_alike(mine, theirs)
        for mine in one.names
        for theirs in other.names
        if in_one_place or places.isdisjoint((_stripped(mine), _stripped(theirs)))
    ]
    return _weightiest(reason for reason in found if reason is not None)


def _names_alike(one: str, other: str) -> Reason | None:
    if not _stripped(one) or not _stripped(other):
        return None
    if _stripped(one) == _stripped(other):
        return Reason.NAME
    if _loose(one) == _loose(other):
        return Reason.NAME_WITHOUT_LETTERS
    if _begins(one, other) or _begins(other, one):
        return Reason.NAME_BEGINS
    if token_sort_ratio(_loose_words(one), _loose_words(other), score_cutoff=_SIMILAR) < _SIMILAR:
        return None
    # Scene 1 and Scene 2 differ in a letter, too.
    is_similar = _digits(one) == _digits(other) and _differing_words_alike(_loose_words(one), _loose_words(other))
    return Reason.NAME_SIMILAR if is_similar else None


def _person_names_alike(one: PersonTraits, other: PersonTraits) -> Reason | None:
    found = [_named_alike(mine, theirs) for mine in one.names for theirs in other.names]
    return _weightiest(reason for reason in found if reason is not None)


def _named_alike(one: str, other: str) -> Reason | None:
    """`Nordmann, Kari` is Kari Nordmann; `Kari A. Nordmann` is similar."""
    if _in_any_order(search_key(one)) == _in_any_order(search_key(other)):
        return Reason.NAME
    if _in_any_order(_loose_words(one)) == _in_any_order(_loose_words(other)):
        return Reason.NAME_WITHOUT_LETTERS
    words, others = set(_loose_words(one).split()), set(_loose_words(other).split())
    contains = min(len(words), len(others)) > 1 and (words <= others or others <= words)
    is_similar = contains or token_sort_ratio(_loose_words(one), _loose_words(other)) >= _SIMILAR
    return Reason.NAME_SIMILAR if is_similar else None


def _begins(whole: str, beginning: str) -> bool:
    """Word by word, or Samfunnshus 1 would begin Samfunnshus 10."""
    return _loose(beginning) in _beginnings(whole)


@lru_cache(maxsize=30_000)
def _beginnings(name: str) -> tuple[str, ...]:
    """`asgard` of Åsgard konserthus Ås, then `asgardkonserthus`."""
    words = _loose_words(name).split()
    joined = ("".join(words[:count]) for count in range(1, len(words)))
    return tuple(beginning for beginning in joined if len(beginning) >= _FEWEST_LETTERS)


def _differing_words_alike(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    only_here, only_there = (
        [word for word in words if word not in others],
        [word for word in others if word not in words],
    )
    return token_sort_ratio(" ".join(only_here), " ".join(only_there)) >= _SIMILAR_WORDS


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


# Each name of a block is held against all the others: worked out once, a comparison costs a tenth.
_stripped = lru_cache(maxsize=30_000)(stripped_name)
_loose_words = lru_cache(maxsize=30_000)(loose_key)


@lru_cache(maxsize=30_000)
def _loose(name: str) -> str:
    return loose_key(stripped_name(name))


def _in_any_order(key: str) -> str:
    return " ".join(sorted(key.split()))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _weightiest(reasons: Iterable[Reason]) -> Reason | None:
    return min(reasons, key=list(Reason).index, default=None)


def _weightiest_first(*reasons: Reason) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=list(Reason).index))
