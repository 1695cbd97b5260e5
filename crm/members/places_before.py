"""Norway from 1 January 2020 to 31 December 2023: 356 municipalities in 11 counties, and which of them a house lay in.

A house stays where it stands, so its place then follows from its place today: each number of today comes of one number of
2023, the two that 1507 Ålesund was split into as well. Only the other way, from an old list to today, has somebody to choose.
Nothing moved between counties from 2020 to 2023. Of the counties before 2020 we have no list.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache

from crm.members.places import County, Municipality, counties, data_rows, municipalities, municipality, renumberings
from crm.names import sort_key

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2023, 12, 31)


class Counties(StrEnum):
    TODAY = "today"  # the fifteen from 2024
    THEN = "then"  # those of the day asked about


def were_others(day: date) -> bool:
    """Whether the counties were others than today's on the day, and we know which."""
    return FIRST_DAY <= day <= LAST_DAY


def counties_on(day: date, by: Counties = Counties.THEN) -> tuple[County, ...]:
    """In alphabetical order. For days we have no list of: today's."""
    return _counties_before() if by is Counties.THEN and were_others(day) else counties()


def municipality_on(number: str | None, day: date, by: Counties = Counties.THEN) -> Municipality | None:
    """Where what lies in this municipality of today lay on the day: 1508 was 1507 in 2023. For days we have no list of: today's."""
    before = by is Counties.THEN and were_others(day)
    return _places_before().get(number or "") if before else municipality(number)


@cache
def municipalities_in(county: str) -> tuple[str, ...]:
    """Today's numbers of what lies in a county, or lay in one that is gone: 30 is Viken. No number has meant two areas."""
    before = _places_before()
    return tuple(
        place.number
        for place in municipalities()
        if county in (place.county.number, before[place.number].county.number)
    )


@cache
def _counties_before() -> tuple[County, ...]:
    found = [County(row["number"], row["short_name"]) for row in data_rows("counties_2020.csv")]
    return tuple(sorted(found, key=lambda county: sort_key(county.name)))


@cache
def _places_before() -> dict[str, Municipality]:
    """By today's number. The first two digits of a number are its county's."""
    by_number = {county.number: county for county in _counties_before()}
    before = {new: (old.number, old.name) for old in renumberings() for new in old.becomes}
    return {
        place.number: Municipality(number, name, by_number[number[:2]])
        for place in municipalities()
        for number, name in [before.get(place.number, (place.number, place.name))]
    }
