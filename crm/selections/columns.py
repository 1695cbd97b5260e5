"""The columns a selection can be shown and exported with. Stored as words; the headings are the reader's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from crm.contact_details import read_org_number
from crm.errors import Refused
from crm.i18n import t
from crm.members.places import municipality
from crm.members.said import kind_words, owner_words
from crm.people.reach import shown_phone
from crm.selections.portions import Portion
from crm.selections.sentences import channel_words
from db.models.lists import ListedKind
from db.models.organisations import Organisation
from db.models.people import ContactKind

Cell: TypeAlias = str | date | None
Cells: TypeAlias = Mapping[int, Cell]


@dataclass(frozen=True)
class Column:
    """`fill` gives the cells by the row's id; a row without one is empty."""

    word: str
    heading: Callable[[], str]
    fill: Callable[[Portion], Cells]


def columns(kind: ListedKind, words: Sequence[str]) -> list[Column]:
    """In the order of the words. Refused with "column_unknown" for one that is none of ours."""
    known = {column.word: column for column in COLUMNS[kind]}
    if not words or not set(words) <= set(known):
        raise Refused("column_unknown")
    return [known[word] for word in words]


def _of_house(value: Callable[[Organisation], Cell]) -> Callable[[Portion], Cells]:
    return lambda portion: {row: value(one) for row, one in portion.organisations.items()}


def _place(one: Organisation) -> str:
    place = municipality(one.municipality_number)
    return place.shown if place else one.municipality_number or ""


def _county(one: Organisation) -> str:
    place = municipality(one.municipality_number)
    return place.county.name if place else ""


def _org_number(one: Organisation) -> str:
    return read_org_number(one.org_number, allow_fictitious=True).shown if one.org_number else ""


def _reached(kind: ContactKind) -> Callable[[Portion], Cells]:
    return lambda portion: {row: reach.raw for row, reach in portion.reached(kind).items()}


def _phones(portion: Portion) -> Cells:
    return {row: shown_phone(reach) for row, reach in portion.reached(ContactKind.PHONE).items()}


def _declined(portion: Portion) -> Cells:
    return {row: ", ".join(map(channel_words, channels)) for row, channels in portion.declined().items()}


_PLACES = (
    Column("municipality", lambda: t("Kommune"), _of_house(_place)),
    Column("county", lambda: t("Fylke"), _of_house(_county)),
)
_REACH = (
    Column("email", lambda: t("E-post"), _reached(ContactKind.EMAIL)),
    Column("phone", lambda: t("Telefon"), _phones),
    Column("address", lambda: t("Adresse"), _reached(ContactKind.ADDRESS)),
)

COLUMNS: dict[ListedKind, tuple[Column, ...]] = {
    ListedKind.ORGANISATION: (
        Column("name", lambda: t("Navn"), _of_house(lambda one: one.name)),
        Column("kind", lambda: t("Type"), _of_house(lambda one: kind_words(one.kind))),
        *_PLACES,
        Column("org_number", lambda: t("Organisasjonsnummer"), _of_house(_org_number)),
        Column(
            "owner_form",
            lambda: t("Eierform"),
            _of_house(lambda one: owner_words(one.owner_form) if one.owner_form else ""),
        ),
        Column("member_since", lambda: t("Medlem siden"), lambda portion: portion.member_since),
        Column("last_contact", lambda: t("Sist i kontakt"), lambda portion: portion.last_contact),
        *_REACH,
        Column("website", lambda: t("Nettside"), _of_house(lambda one: one.website)),
        Column("topics", lambda: t("Temaer"), Portion.topics),
        Column("tags", lambda: t("Merkelapper"), Portion.tags),
    ),
    ListedKind.PERSON: (
        Column("name", lambda: t("Navn"), lambda portion: {row: one.name for row, one in portion.persons.items()}),
        Column("title", lambda: t("Stilling"), lambda portion: {row: one.title for row, one in portion.posts.items()}),
        Column("organisation", lambda: t("Organisasjon"), _of_house(lambda one: one.name)),
        *_PLACES,
        *_REACH,
        Column(
            "languages",
            lambda: t("Språk"),
            lambda portion: {row: one.languages for row, one in portion.persons.items()},
        ),
        Column("declines", lambda: t("Ikke kontakt på"), _declined),
        Column("tags", lambda: t("Merkelapper"), Portion.tags),
    ),
}
DEFAULT_COLUMNS: dict[ListedKind, tuple[str, ...]] = {
    ListedKind.ORGANISATION: ("name", "municipality", "county", "email", "phone"),
    ListedKind.PERSON: ("name", "title", "organisation", "email", "phone"),
}
