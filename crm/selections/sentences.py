"""A selection in plain words: `Medlemshus i Nordland vi ikke har hatt kontakt med på 90 dager`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from crm.i18n import sentence, shown_date, shown_number, t
from crm.members.places import counties, municipality
from crm.members.said import owner_words
from crm.selections.conditions import (
    Condition,
    InCounty,
    InMunicipality,
    Membership,
    OfKind,
    OwnedBy,
    PostOf,
    Quiet,
    WithTopic,
)
from crm.selections.of_itself import Declines, OnList, Reached, Tagged
from crm.selections.wanted import Wanted
from db.models.lists import ListedKind
from db.models.organisations import MembershipKind, OrganisationKind
from db.models.people import ContactChannel, ContactKind, PostKind


@dataclass(frozen=True)
class Names:
    """What the ids in conditions are called today."""

    tags: Mapping[int, str] = field(default_factory=dict)
    topics: Mapping[int, str] = field(default_factory=dict)
    lists: Mapping[int, str] = field(default_factory=dict)


def said(wanted: Wanted, names: Names) -> str:
    """All conditions in one sentence without a full stop. Plain text with names that people have given."""
    words = _persons(wanted) if wanted.kind is ListedKind.PERSON else _organisations(wanted)
    phrases = [_phrase(condition, names) for condition in wanted.conditions if type(condition) in _PHRASES]
    if wanted.on:
        phrases.append(t("per {day}", day=shown_date(wanted.on)))
    return sentence(" ".join(filter(None, (words, ", ".join(phrases)))))


def value_words(condition: type[Condition], value: str, names: Names) -> str:
    """One value of a condition, as it is chosen in a list."""
    return _VALUES[condition.word](value, names)


def kind_words(kind: ListedKind) -> str:
    return {ListedKind.ORGANISATION: t("organisasjoner"), ListedKind.PERSON: t("personer")}[kind]


def kinds_in_plural(kind: str) -> str:
    return {
        OrganisationKind.HOUSE: t("kulturhus"),
        OrganisationKind.SUPPLIER: t("leverandører"),
        OrganisationKind.OUTLET: t("redaksjoner"),
        OrganisationKind.AUTHORITY: t("myndigheter"),
        OrganisationKind.PARTY: t("partier"),
        OrganisationKind.NETWORK_BODY: t("organer"),
        OrganisationKind.PARTNER: t("samarbeidspartnere"),
        OrganisationKind.OWN: t("oss selv"),
    }[OrganisationKind(kind)]


def posts_in_plural(kind: str) -> str:
    return {
        PostKind.EMPLOYEE: t("ansatte"),
        PostKind.JOURNALIST: t("journalister"),
        PostKind.ADVISER: t("rådgivere"),
        PostKind.ELECTED: t("folkevalgte"),
        PostKind.NOMINATED: t("oppnevnte"),
        PostKind.BOARD: t("styremedlemmer"),
        PostKind.OTHER: t("personer i andre stillinger"),
    }[PostKind(kind)]


def _persons(wanted: Wanted) -> str:
    posts = wanted.one(PostOf)
    who = _or(posts_in_plural(value) for value in posts.values) if posts else kind_words(wanted.kind)
    place = _organisations(wanted)
    asks_of_the_place = any(wanted.one(of) for of in (OfKind, Membership, InCounty, InMunicipality))
    return t("{who} i {place}", who=who, place=place) if asks_of_the_place else who


def _organisations(wanted: Wanted) -> str:
    kinds, membership = wanted.one(OfKind), wanted.one(Membership)
    what = _or(kinds_in_plural(value) for value in kinds.values) if kinds else t("organisasjoner")
    standing = _or(_membership(value) for value in membership.values) if membership else ""
    if membership and membership.values == (Membership.ANY,) and (kinds is None or kinds.values == ("house",)):
        what, standing = (t("medlemshus") if kinds else t("medlemmer")), ""
    counties_there, places = wanted.one(InCounty), wanted.one(InMunicipality)
    where = [_or(_county(value) for value in counties_there.values)] if counties_there else []
    where += [_or(_place(value) for value in places.values)] if places else []
    lies = t("i {places}", places=", ".join(where)) if where else ""
    return " ".join(filter(None, (what, lies, standing)))


def _membership(value: str) -> str:
    return {
        Membership.ANY: t("som er medlem"),
        MembershipKind.HOUSE: t("som er medlem som hus"),
        MembershipKind.SUPPLIER: t("som er medlem som leverandør"),
        Membership.NEW: t("som er blitt medlem det siste året"),
        Membership.LEFT: t("som har meldt seg ut det siste året"),
        Membership.FORMER: t("som har vært medlem"),
        Membership.NEVER: t("som aldri har vært medlem"),
    }[value]


def _phrase(condition: Condition, names: Names) -> str:
    values = _or(value_words(type(condition), value, names) for value in condition.values)
    return _PHRASES[type(condition)](values)


def _or(words: Iterable[str]) -> str:
    first, *rest = words
    return t("{these} eller {last}", these=", ".join([first, *rest[:-1]]), last=rest[-1]) if rest else first


def _county(number: str) -> str:
    return next(county.name for county in counties() if county.number == number)


def _place(number: str) -> str:
    place = municipality(number)
    return place.shown if place else number


def channel_words(value: str) -> str:
    return {
        ContactChannel.EMAIL: t("e-post"),
        ContactChannel.PHONE: t("telefon"),
        ContactChannel.LETTER: t("brev"),
    }[ContactChannel(value)]


def _reached(value: str) -> str:
    return {
        ContactKind.EMAIL: t("e-post"),
        ContactKind.PHONE: t("telefon"),
        ContactKind.ADDRESS: t("postadresse"),
    }[ContactKind(value)]


def _named(known: Mapping[int, str], value: str) -> str:
    return known.get(int(value), t("ukjent"))


_PHRASES: dict[type[Condition], Callable[[str], str]] = {
    OwnedBy: lambda values: t("med eierform {values}", values=values),
    WithTopic: lambda values: t("med tema {values}", values=values),
    Tagged: lambda values: t("med merkelapp {values}", values=values),
    OnList: lambda values: t("på e-postlisten {values}", values=values),
    Reached: lambda values: t("med {values}", values=values),
    Declines: lambda values: t("som ikke vil ha {values}", values=values),
    Quiet: lambda values: t("vi ikke har hatt kontakt med på {values}", values=values),
}

_VALUES: dict[str, Callable[[str, Names], str]] = {
    OfKind.word: lambda value, _: kinds_in_plural(value),
    Membership.word: lambda value, _: _membership(value),
    InCounty.word: lambda value, _: _county(value),
    InMunicipality.word: lambda value, _: _place(value),
    OwnedBy.word: lambda value, _: owner_words(value),
    WithTopic.word: lambda value, names: _named(names.topics, value),
    PostOf.word: lambda value, _: posts_in_plural(value),
    Tagged.word: lambda value, names: _named(names.tags, value),
    OnList.word: lambda value, names: _named(names.lists, value),
    Reached.word: lambda value, _: _reached(value),
    Declines.word: lambda value, _: channel_words(value),
    Quiet.word: lambda value, _: t("{n} dager", n=shown_number(int(value))),
}
