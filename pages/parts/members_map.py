"""Norway as fifteen tiles: one group of choices that `shell.css` lays out as a map; it is read aloud, printed and used by keys."""

from __future__ import annotations

import streamlit as st

from crm.i18n import shown_date, shown_number, shown_percent, t
from crm.members.places_before import FIRST_DAY, LAST_DAY, Counties
from crm.members.selects import NOWHERE
from crm.timeline.member_cards import Counts, CountyFigures, MemberFigures
from pages.parts.address import tell_address
from pages.parts.members_filter import COUNTY, Asked, forget

# By number, in the order `shell.css` has places for: from the north-east to the south, each row from the west.
TODAY = ("55", "56", "18", "50", "15", "34", "46", "33", "03", "32", "11", "40", "39", "31", "42")
BEFORE_2024 = ("54", "18", "50", "15", "34", "46", "03", "30", "11", "38", "42")


def show_map(asked: Asked, figures: MemberFigures) -> None:
    """A tile chosen narrows the list; chosen again, or by the button, it is the whole country."""
    shown = {_number(county): county for county in figures.counties}
    order = BEFORE_2024 if set(BEFORE_2024) <= set(shown) else TODAY
    day = shown_date(asked.filter.on)
    st.markdown(f"**{t('Hus vi har hatt kontakt med de 90 dagene til {day}', day=day)}**")
    with st.container(key="county-map-before" if order is BEFORE_2024 else "county-map-today"):
        chosen = st.pills(
            t("Fylke: hus vi har hatt kontakt med, av alle medlemshus"),
            [number for number in (*order, NOWHERE) if number in shown],
            format_func=lambda number: _tile(shown[number]),
            key=COUNTY,
            label_visibility="collapsed",
            width="stretch",
        )
    tell_address("fylke", chosen or "", key=COUNTY)
    _say_which(asked)
    if chosen and st.button(t("Vis hele landet"), key="whole-country", icon=":material/public:"):
        forget("fylke")
        st.rerun()


def show_table(figures: MemberFigures) -> None:
    """The same numbers in words. Only our own words and numbers stand in it, so Markdown is safe here."""
    head = f"| {t('Fylke')} | {t('Hus')} | {t('Kontakt')} | {t('Andel')} |\n|---|--:|--:|--:|"
    rows = [_line(_name(county), county.houses) for county in figures.counties]
    with st.container(key="county-table"):
        st.markdown("\n".join([head, *rows, _line(f"**{t('Hele landet')}**", figures.houses)]))


def _tile(county: CountyFigures) -> str:
    shares = t("{n} av {total}", n=shown_number(county.houses.in_touch), total=shown_number(county.houses.members))
    return f"{_name(county)}  \n**{shares}**"


def _say_which(asked: Asked) -> None:
    on = asked.filter.on
    if asked.by is Counties.THEN:
        st.caption(t("Fylkene som de var {day}.", day=shown_date(on)))
    elif FIRST_DAY <= on <= LAST_DAY:
        st.caption(t("Dagens 15 fylker, etter hvor husene ligger. I {year} var de andre.", year=on.year))
    elif on < FIRST_DAY:
        st.caption(t("Dagens 15 fylker, etter hvor husene ligger. Fylkene før 2020 har vi ikke."))


def _line(name: str, houses: Counts) -> str:
    share = shown_percent(houses.in_touch / houses.members, decimals=0) if houses.members else "–"
    return f"| {name} | {shown_number(houses.members)} | {shown_number(houses.in_touch)} | {share} |"


def _name(county: CountyFigures) -> str:
    return county.county.name if county.county else t("Uten kommune")


def _number(county: CountyFigures) -> str:
    return county.county.number if county.county else NOWHERE
