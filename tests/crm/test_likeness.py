"""When two houses or two persons are surely, perhaps, or not one; and that the keys bring the alike together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm.likeness import (
    Likeness,
    OrganisationTraits,
    PersonTraits,
    Reason,
    blocking_keys,
    domain_of,
    domains_of,
    organisations_alike,
    persons_alike,
)

PLACES = frozenset({"våler", "herøy", "ålesund"})
SURE, PERHAPS, NO = True, False, None


def house(
    name: str,
    *others: str,
    number: str | None = None,
    place: str | None = None,
    email: str = "",
    web: str | None = None,
) -> OrganisationTraits:
    return OrganisationTraits(
        names=(name, *others),
        org_number=number,
        municipality_number=place,
        emails=frozenset({email} - {""}),
        website=web,
    )


def person(name: str, *, email: str = "", phone: str = "", at: int | None = None) -> PersonTraits:
    return PersonTraits(
        names=(name,),
        emails=frozenset({email} - {""}),
        phones=frozenset({phone} - {""}),
        workplaces=frozenset({at} - {None}),
    )


ÅSGARD = house("Åsgard konserthus", number="310000027", email="post@åsgard.example")

HOUSES = [
    # S8: four rows of a list against the house we have
    (ÅSGARD, house("Aasgard Konserthus AS", email="post@aasgard.example"), SURE, [Reason.NAME]),
    (ÅSGARD, house("ÅSGARD KONSERTHUS", email="post@åsgard.example"), SURE, [Reason.NAME, Reason.EMAIL]),
    (ÅSGARD, house("Åsgard konserthus ", number="310000027"), SURE, [Reason.ORG_NUMBER]),
    (ÅSGARD, house("Asgard"), PERHAPS, [Reason.NAME_BEGINS]),
    (ÅSGARD, house("Asgard konserthus"), PERHAPS, [Reason.NAME_WITHOUT_LETTERS]),
    # two Våler and two Herøy
    (house("Våler kulturhus", place="3114"), house("Våler kulturhus", place="3419"), NO, []),
    (house("Herøy kulturhus", place="1515"), house("Herøy kulturhus", place="1818"), NO, []),
    (house("Våler"), house("Våler kulturhus", place="3419"), NO, []),
    (house("Herøy", place="1515"), house("Herøy"), NO, []),
    (house("Våler", place="3114"), house("VÅLER", place="3114"), SURE, [Reason.NAME]),
    # moved, or written with the wrong place: only when something else says so too
    (house("Solsiden", place="0301", email="post@solsiden.example"), house("Solsiden", place="3301"), NO, []),
    (
        house("Solsiden", place="0301", email="post@solsiden.example"),
        house("Solsiden", place="3301", email="post@solsiden.example"),
        PERHAPS,
        [Reason.NAME, Reason.EMAIL],
    ),
    # a number each is two organisations
    (house("Fjordglimt", number="310000027"), house("Fjordglimt", number="310000043"), NO, []),
    # the same address in both alphabets, and the same web site under two names
    (
        house("Lyngmo scene", web="https://www.lyngmø.example/hjem"),
        house("Scenehuset", email="post@lyngmø.example"),
        PERHAPS,
        [Reason.DOMAIN],
    ),
    (
        house("Lyngmo scene", web="xn--lyngm-zua.example"),
        house("Huset", web="lyngmø.example"),
        PERHAPS,
        [Reason.DOMAIN],
    ),
    # what everybody has says nothing
    (house("Huset", email="huset@gmail.com"), house("Fjordglimt", email="fjordglimt@gmail.com"), NO, []),
    (house("Huset", email="huset@ås.kommune.no"), house("Fjordglimt", email="fjord@ås.kommune.no"), NO, []),
    # typing mistakes, and names that only look alike
    (house("Lyngmo kulturhus"), house("Lyngmo kulturhsu"), PERHAPS, [Reason.NAME_SIMILAR]),
    (house("Solsiden kulturhus"), house("Solsida kulturhus"), PERHAPS, [Reason.NAME_SIMILAR]),
    (house("Fjellglimt kulturhus"), house("Fjordglimt kulturhus"), NO, []),
    (house("Samfunnshus 1"), house("Samfunnshus 10"), NO, []),
    (house("Lyngmo kulturhus"), house("Lyngmo Scene og Samfunnshus"), NO, []),
    (house("Ås kulturhus"), house("Ås"), NO, []),
    # a former name is a name
    (house("Lyngmo kulturhus", "Folkets Hus Lyngmo"), house("Lyngmo, Folkets Hus"), PERHAPS, [Reason.NAME_SIMILAR]),
    (house("Lyngmo kulturhus", "Folkets Hus"), house("Folkets hus"), SURE, [Reason.NAME]),
    (house("AS"), house("AS"), SURE, [Reason.NAME]),
    (house("!"), house("?"), NO, []),
]


@pytest.mark.parametrize(("one", "other", "sure", "reasons"), HOUSES)
def test_two_houses(
    one: OrganisationTraits, other: OrganisationTraits, sure: bool | None, reasons: list[Reason]
) -> None:
    expected = None if sure is None else Likeness(sure, tuple(reasons))
    assert organisations_alike(one, other, PLACES) == expected
    assert organisations_alike(other, one, PLACES) == expected
    if expected and reasons != [Reason.NAME_SIMILAR]:
        assert blocking_keys(one) & blocking_keys(other)


KARI = person("Kari Nordmann", email="kari@lyngmo.example", phone="+4740612345", at=1)

PEOPLE = [
    (KARI, person("Nordmann, Kari", email="kari@lyngmo.example"), SURE, [Reason.NAME, Reason.EMAIL]),
    (KARI, person("kari nordmann", phone="+4740612345"), SURE, [Reason.NAME, Reason.PHONE]),
    (KARI, person("Kari Nordmann", at=1), SURE, [Reason.NAME, Reason.WORKPLACE]),
    (KARI, person("Kari Nordmann"), PERHAPS, [Reason.NAME]),
    (KARI, person("Kari Nordman", at=1), PERHAPS, [Reason.WORKPLACE, Reason.NAME_SIMILAR]),
    (KARI, person("Kari Anne Nordmann", phone="+4740612345"), PERHAPS, [Reason.PHONE, Reason.NAME_SIMILAR]),
    (KARI, person("Kari Nordman"), NO, []),
    # an address or a switchboard is shared by many
    (KARI, person("Åsmund Li", email="kari@lyngmo.example", phone="+4740612345", at=1), NO, []),
    (person("Kjærsti Øyen"), person("Kjarsti Oyen"), PERHAPS, [Reason.NAME_WITHOUT_LETTERS]),
    (person("Pål"), person("Pål Ås", at=1), NO, []),
]


@pytest.mark.parametrize(("one", "other", "sure", "reasons"), PEOPLE)
def test_two_persons(one: PersonTraits, other: PersonTraits, sure: bool | None, reasons: list[Reason]) -> None:
    expected = None if sure is None else Likeness(sure, tuple(reasons))
    assert persons_alike(one, other) == expected
    assert persons_alike(other, one) == expected
    if expected and Reason.WORKPLACE not in reasons:
        assert blocking_keys(one) & blocking_keys(other)


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://www.åsgard.example/om-oss?x=1", "åsgard.example"),
        ("XN--SGARD-LRA.example", "åsgard.example"),
        ("http://[feil", ""),
        ("ikke en adresse", ""),
        ("", ""),
    ],
)
def test_a_web_site_by_its_domain(written: str, domain: str) -> None:
    assert domain_of(written) == domain
    assert domains_of(replace(ÅSGARD, emails=frozenset(), website=written)) == frozenset({domain} - {""})
